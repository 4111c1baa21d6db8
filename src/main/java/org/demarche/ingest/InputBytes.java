package org.demarche.ingest;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.io.input.ReaderInputStream;

/**
 * The text of a file as bytes in UTF-8: decompressed, without a byte order mark, and protected from
 * decompression bombs. If the encoding is unknown, the bytes are passed on as they are.
 */
final class InputBytes extends InputStream {

  /**
   * How many first bytes are looked at; enough for the header line of a table and for what stands
   * before the first element of a page.
   */
  static final int HEAD = 16 << 10;

  /** A file below this size is never taken for a bomb. */
  private static final long JUDGED_FROM = 64L << 20;

  /** Thrown when a file becomes larger than its compressed size allows. */
  static final class BombException extends IOException {
    private BombException(long bytes, long compressed) {
      super(
          "File expands to more than %d bytes from %d compressed ones"
              .formatted(bytes, compressed));
    }
  }

  /** The bytes as stored. It remembers failures of the storage, to tell them from bad content. */
  private static final class Stored extends FilterInputStream {
    private long read;
    private IOException failure;

    Stored(InputStream in) {
      super(new BufferedInputStream(in, 1 << 16));
    }

    @Override
    public int read() throws IOException {
      try {
        int b = in.read();
        read += b < 0 ? 0 : 1;
        return b;
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        int n = in.read(bytes, offset, length);
        read += Math.max(0, n);
        return n;
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    /** GZIPInputStream calls this to find another member; remote streams would answer 0. */
    @Override
    public int available() throws IOException {
      return peek(1).length;
    }

    byte[] peek(int length) throws IOException {
      try {
        in.mark(length);
        byte[] bytes = in.readNBytes(length);
        in.reset();
        return bytes;
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }

  private final Stored stored;
  private final InputStream decompressed;
  private final int expansion;
  private long read;

  /** Bytes that were peeked at, and how many of them have been read since. */
  private byte[] peeked = {};

  private int peekedRead;

  /** A failure after the peeked bytes; it is thrown when they have been read. */
  private IOException failure;

  private InputBytes(Stored stored, InputStream decompressed, int expansion) {
    this.stored = stored;
    this.decompressed = decompressed;
    this.expansion = expansion;
  }

  /**
   * Opens the bytes, and closes {@code in} if that fails.
   *
   * @param encoding the encoding of files that have no byte order mark and are not UTF-8; empty if
   *     unknown
   * @throws IOException if the first bytes cannot be read or decompressed
   */
  static InputBytes of(InputStream in, Limits limits, Optional<Charset> encoding)
      throws IOException {
    Stored stored = new Stored(in);
    try {
      InputBytes bytes = new InputBytes(stored, decompressed(stored), limits.expansion());
      byte[] head = bytes.peek(HEAD);
      Optional<Encodings.Mark> mark = Encodings.mark(head);
      if (mark.isPresent()) {
        bytes.skipNBytes(mark.get().bytes());
        return bytes.from(mark.get().encoding());
      }
      boolean wide =
          encoding.isPresent() && !Encodings.extendsAscii(encoding.get()) && !isPlainUtf8(head);
      Optional<Charset> known = wide ? encoding : Encodings.unmarkedUtf16(head);
      if (known.isPresent()) {
        return bytes.from(known.get());
      }
      return encoding.isPresent()
              && !encoding.get().equals(StandardCharsets.UTF_8)
              && Encodings.extendsAscii(encoding.get())
          ? new InputBytes(stored, new Utf8Lines(bytes, encoding.get()), Integer.MAX_VALUE)
          : bytes;
    } catch (IOException e) {
      in.close();
      throw stored.failure == null ? e : new StorageException(stored.failure);
    }
  }

  private static boolean isPlainUtf8(byte[] head) {
    for (byte b : head) {
      if (b == 0) {
        return false;
      }
    }
    // The last character may be cut off.
    for (int cut = 0; cut < Math.min(4, head.length); cut++) {
      if (Encodings.isUtf8(head, 0, head.length - cut)) {
        return true;
      }
    }
    return head.length == 0;
  }

  private InputBytes from(Charset encoding) throws IOException {
    if (encoding.equals(StandardCharsets.UTF_8)) {
      return this;
    }
    InputStream converted =
        ReaderInputStream.builder()
            .setReader(new InputStreamReader(this, encoding))
            .setCharset(StandardCharsets.UTF_8)
            .get();
    return new InputBytes(stored, converted, Integer.MAX_VALUE);
  }

  /** Thrown when the storage failed, not the content; reading again may help. */
  static final class StorageException extends IOException {
    private StorageException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private static InputStream decompressed(Stored stored) throws IOException {
    byte[] magic = stored.peek(4);
    if (magic.length >= 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B) {
      return new GZIPInputStream(stored, 1 << 16);
    }
    if (magic.length == 4
        && magic[0] == 0x28
        && magic[1] == (byte) 0xB5
        && magic[2] == 0x2F
        && magic[3] == (byte) 0xFD) {
      return new ZstdInputStream(stored);
    }
    return stored;
  }

  /** Returns the next bytes without consuming them; fewer near the end of the file or a damage. */
  byte[] peek(int length) throws IOException {
    int have = peeked.length - peekedRead;
    byte[] bytes = Arrays.copyOfRange(peeked, peekedRead, peekedRead + Math.max(have, length));
    while (have < length && failure == null) {
      try {
        int n = decompressed.read(bytes, have, length - have);
        if (n < 0) {
          break;
        }
        have += n;
      } catch (IOException e) {
        failure = storageFirst(e);
      }
    }
    peeked = Arrays.copyOf(bytes, have);
    peekedRead = 0;
    if (have == 0 && failure != null) {
      throw failure;
    }
    return Arrays.copyOf(peeked, Math.min(have, length));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int n = read(one, 0, 1);
    return n < 0 ? n : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n;
    if (peekedRead < peeked.length) {
      n = Math.min(length, peeked.length - peekedRead);
      System.arraycopy(peeked, peekedRead, bytes, offset, n);
      peekedRead += n;
    } else if (failure != null) {
      throw failure;
    } else {
      try {
        n = decompressed.read(bytes, offset, length);
      } catch (IOException e) {
        throw storageFirst(e);
      }
    }
    read += Math.max(0, n);
    if (decompressed != stored && read > JUDGED_FROM && read / expansion > stored.read) {
      throw new BombException(read, stored.read);
    }
    return n;
  }

  @Override
  public void close() throws IOException {
    decompressed.close();
  }

  /** Returns the storage's failure if there was one, since it is the cause of {@code e}. */
  private IOException storageFirst(IOException e) {
    return stored.failure == null || e instanceof StorageException
        ? e
        : new StorageException(stored.failure);
  }
}
