package org.demarche.ingest;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.brotli.dec.BrotliInputStream;

/**
 * How a file is compressed. All but Brotli are recognised by their first bytes; Brotli has none by
 * which it could be, so the name of the file has to say it.
 */
enum Packing {
  GZIP(GzipMembers::new, List.of(".gz", ".gzip"), 0x1F, 0x8B, 8),
  ZSTD(ZstdInputStream::new, List.of(".zst", ".zstd"), 0x28, 0xB5, 0x2F, 0xFD),
  BZIP2(in -> new BZip2CompressorInputStream(in, true), List.of(".bz2"), 'B', 'Z', 'h'),
  BROTLI(BrotliInputStream::new, List.of(".br"));

  /** How many first bytes {@link #of} wants. */
  static final int HEAD = 10;

  /** The first digits of π, with which a block of bzip2 begins. */
  private static final byte[] BZIP2_BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};

  /** The digits with which bzip2 without any block ends. */
  private static final byte[] BZIP2_END = {0x17, 0x72, 0x45, 0x38, 0x50, (byte) 0x90};

  @FunctionalInterface
  private interface Unpacker {
    InputStream open(InputStream in) throws IOException;
  }

  private final Unpacker unpacker;
  private final List<String> endings;
  private final int[] magic;

  Packing(Unpacker unpacker, List<String> endings, int... magic) {
    this.unpacker = unpacker;
    this.endings = endings;
    this.magic = magic;
  }

  /**
   * Returns how a file is compressed; empty if it is not.
   *
   * @param head its first bytes
   * @param name its name, of which the ending counts for Brotli
   */
  static Optional<Packing> of(byte[] head, String name) {
    return Arrays.stream(values()).filter(packing -> packing.fits(head, name)).findFirst();
  }

  private boolean fits(byte[] head, String name) {
    if (magic.length == 0) {
      return head.length > 0 && hasEnding(name);
    }
    for (int i = 0; i < magic.length; i++) {
      if (i >= head.length || (head[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    // "BZh" could be the beginning of a word.
    return this != BZIP2
        || head.length >= HEAD
            && (Arrays.equals(head, 4, HEAD, BZIP2_BLOCK, 0, 6)
                || Arrays.equals(head, 4, HEAD, BZIP2_END, 0, 6));
  }

  private boolean hasEnding(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return endings.stream().anyMatch(lower::endsWith);
  }

  /** Returns the name of a file without the ending of a compression, such as {@code .gz}. */
  static String nameWithout(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Packing packing : values()) {
      for (String ending : packing.endings) {
        if (lower.endsWith(ending)) {
          return name.substring(0, name.length() - ending.length());
        }
      }
    }
    return name;
  }

  /** Returns the unpacked bytes. */
  InputStream unpacked(InputStream in) throws IOException {
    return unpacker.open(in);
  }
}
