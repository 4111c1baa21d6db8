package org.demarche.ingest;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
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

  /** No honest file is packed in itself more often: {@code a.tar.gz} is packed twice. */
  static final int MOST_LAYERS = 4;

  /** A file below this size is never taken for a bomb. */
  private static final long JUDGED_FROM = 64L << 20;

  /** Thrown when a file becomes larger than its compressed size allows. */
  static final class BombException extends IOException {
    BombException(String message) {
      super(message);
    }
  }

  /** Counts the bytes that come out of a packed file, and stops those that fill a machine. */
  static final class Expansion {
    private final Stored stored;
    private final int most;
    private long unpacked;

    /**
     * @param most how many times larger than the stored bytes the unpacked ones may be
     */
    private Expansion(Stored stored, int most) {
      this.stored = stored;
      this.most = most;
    }

    /** Returns whether more came out than the stored bytes allow. */
    boolean isExceeded() {
      return unpacked > JUDGED_FROM && unpacked / most > stored.read;
    }

    /** Counts bytes that came out; −1 counts for none. */
    void add(int bytes) throws BombException {
      unpacked += Math.max(0, bytes);
      if (isExceeded()) {
        throw new BombException(
            "File expands to more than %d bytes from %d compressed ones"
                .formatted(unpacked, stored.read));
      }
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
  }

  private final Stored stored;

  /** The unpacked bytes; the stored ones themselves if they are not packed. */
  private final InputStream unpacked;

  /** Counts what comes out of the packing; null if there is none. */
  private final Expansion expansion;

  /** Whether there is one packing around the bytes. */
  private final boolean isOnlyPacking;

  /** Bytes that were peeked at, and how many of them have been read since. */
  private byte[] peeked = {};

  private int peekedRead;

  /** A failure after the peeked bytes; it is thrown when they have been read. */
  private IOException failure;

  private InputBytes(Stored stored, InputStream unpacked, Expansion expansion) {
    this(stored, unpacked, expansion, false);
  }

  private InputBytes(
      Stored stored, InputStream unpacked, Expansion expansion, boolean isOnlyPacking) {
    this.isOnlyPacking = isOnlyPacking;
    this.stored = stored;
    this.unpacked = unpacked;
    this.expansion = expansion;
  }

  /**
   * Opens the text of a file, and closes {@code in} if that fails.
   *
   * @param encoding the encoding of files that have no byte order mark and are not UTF-8; empty if
   *     unknown
   * @throws IOException if the first bytes cannot be read or decompressed
   */
  static InputBytes of(InputStream in, Limits limits, Optional<Charset> encoding)
      throws IOException {
    InputBytes bytes = unpacked(in, "", limits);
    try {
      return bytes.decoded(encoding);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /**
   * Opens the bytes of a file, unpacked but in the encoding that they have, and closes {@code in}
   * if that fails.
   *
   * @param name name of the file
   * @throws IOException if the first bytes cannot be read or decompressed
   */
  static InputBytes unpacked(InputStream in, String name, Limits limits) throws IOException {
    Stored stored = new Stored(in);
    try {
      return unpacked(new InputBytes(stored, stored, null), name, limits);
    } catch (IOException e) {
      in.close();
      throw stored.failure == null || e instanceof StorageException
          ? e
          : new StorageException(stored.failure);
    }
  }

  private static InputBytes unpacked(InputBytes packed, String name, Limits limits)
      throws IOException {
    InputBytes bytes = packed;
    String rest = name;
    for (int layer = 0; ; layer++) {
      Optional<Packing> packing = Packing.of(bytes.peek(Packing.HEAD), rest);
      if (packing.isEmpty()) {
        return bytes;
      }
      if (layer == MOST_LAYERS) {
        throw new BombException("The file is packed more than %d times".formatted(MOST_LAYERS));
      }
      rest = Packing.nameWithout(rest);
      bytes =
          new InputBytes(
              packed.stored,
              packing.get().unpacked(bytes),
              new Expansion(packed.stored, limits.expansion()),
              layer == 0);
    }
  }

  /**
   * Opens a member of the archive that these bytes are.
   *
   * @param entry the bytes of the member
   * @param expansion counts what comes out of the archive
   */
  InputBytes member(InputStream entry, String name, Limits limits, Expansion expansion)
      throws IOException {
    return unpacked(new InputBytes(stored, entry, expansion), name, limits);
  }

  /** Returns a counter of what comes out of these bytes, which are an archive. */
  Expansion expansion(Limits limits) {
    return new Expansion(stored, limits.expansion());
  }

  /**
   * Returns the text as UTF-8. If the encoding is unknown, the bytes are passed on as they are.
   *
   * @param encoding the encoding of files that have no byte order mark and are not UTF-8; empty if
   *     unknown
   */
  InputBytes decoded(Optional<Charset> encoding) throws IOException {
    byte[] head = peek(HEAD);
    Optional<Encodings.Mark> mark = Encodings.mark(head);
    if (mark.isPresent()) {
      skipNBytes(mark.get().bytes());
      return from(mark.get().encoding());
    }
    boolean wide =
        encoding.isPresent() && !Encodings.extendsAscii(encoding.get()) && !isPlainUtf8(head);
    Optional<Charset> known = wide ? encoding : Encodings.unmarkedUtf16(head);
    if (known.isPresent()) {
      return from(known.get());
    }
    return encoding.isPresent()
            && !encoding.get().equals(StandardCharsets.UTF_8)
            && Encodings.extendsAscii(encoding.get())
        ? new InputBytes(stored, new Utf8Lines(this, encoding.get()), null)
        : this;
  }

  /**
   * Goes on after a damage, where the file is packed so that this is possible.
   *
   * @return false if the rest cannot be read
   */
  boolean resume() throws IOException {
    if (stored.failure == null && unpacked instanceof GzipMembers members) {
      peeked = new byte[0];
      peekedRead = 0;
      failure = null;
      return members.resume();
    }
    return false;
  }

  /** Returns whether the bytes are packed as stored. */
  boolean isPacked() {
    return unpacked != stored;
  }

  /**
   * Prepares for questions to {@link #start}, before anything is read.
   *
   * @return whether it has an answer: for bytes that are not packed, or packed by gzip once
   */
  boolean noteStarts() {
    if (unpacked instanceof GzipMembers members && isOnlyPacking) {
      members.noteStarts();
      return true;
    }
    return !isPacked();
  }

  /**
   * Returns the offset in the file, as stored, at which a reader can begin to read what stands at
   * an offset here; −1 if it cannot begin there. Offsets have to be asked for in ascending order.
   */
  long start(long offset) {
    return unpacked instanceof GzipMembers members ? members.start(offset) : offset;
  }

  /** Returns whether a damage was met. */
  boolean isDamaged() {
    return failure != null;
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
    return new InputBytes(stored, converted, null);
  }

  /** Thrown when the storage failed, not the content; reading again may help. */
  static final class StorageException extends IOException {
    private StorageException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Returns the next bytes without consuming them; fewer near the end of the file or a damage. */
  byte[] peek(int length) throws IOException {
    int have = peeked.length - peekedRead;
    byte[] bytes = Arrays.copyOfRange(peeked, peekedRead, peekedRead + Math.max(have, length));
    while (have < length && failure == null) {
      try {
        int n = readUnpacked(bytes, have, length - have);
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
        n = readUnpacked(bytes, offset, length);
      } catch (IOException e) {
        failure = storageFirst(e);
        throw failure;
      }
    }
    if (expansion != null) {
      expansion.add(n);
    }
    return n;
  }

  private int readUnpacked(byte[] bytes, int offset, int length) throws IOException {
    try {
      return unpacked.read(bytes, offset, length);
    } catch (RuntimeException e) {
      // Unpackers throw all kinds of exceptions at damaged bytes.
      throw new IOException("The packed bytes are damaged: " + e, e);
    }
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }

  /** Returns the storage's failure if there was one, since it is the cause of {@code e}. */
  private IOException storageFirst(IOException e) {
    return stored.failure == null || e instanceof StorageException
        ? e
        : new StorageException(stored.failure);
  }
}
