package org.demarche.ingest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip with any number of members, as crawlers write one for each record. After a damage it
 * can go on with the next member.
 */
final class GzipMembers extends InputStream {

  /** Bytes by which a header is recognised. */
  private static final int MAGIC = 3;

  /**
   * At most so many starts are kept. No part begins after a record that has more members inside.
   */
  private static final int MOST_STARTS = 4096;

  private static final int FLAG_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int filled;

  /** Where the data of the member begin in the buffer, or its beginning if they began earlier. */
  private int dataStart;

  private boolean inMember;

  /** Whether the first three bytes of the next header have been read. */
  private boolean magicSeen;

  private boolean ended;

  /** The offset in the file of the first byte of the buffer. */
  private long bufferStart;

  private long given;

  /** Where members begin: offset of what they unpack to, offset in the file. Null if not asked. */
  private Deque<long[]> starts;

  GzipMembers(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember && !header()) {
        ended = true;
        return -1;
      }
      int n = inflate(bytes, offset, length);
      if (n > 0) {
        crc.update(bytes, offset, n);
        given += n;
        return n;
      }
      if (inflater.finished()) {
        trailer();
      }
    }
    return -1;
  }

  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    try {
      int n = inflater.inflate(bytes, offset, length);
      if (n == 0 && inflater.needsDictionary()) {
        throw new ZipException("A member of gzip needs a dictionary");
      }
      if (n == 0 && !inflater.finished()) {
        position = filled;
        if (!fill()) {
          throw new EOFException("The last member of gzip is cut off");
        }
        inflater.setInput(buffer, position, filled - position);
      }
      return n;
    } catch (DataFormatException e) {
      throw new ZipException("A member of gzip is damaged: " + e.getMessage());
    }
  }

  /** Reads more into the buffer, which has been read; false at the end, where it stays. */
  private boolean fill() throws IOException {
    int n = in.read(buffer, 0, buffer.length);
    if (n <= 0) {
      return false;
    }
    bufferStart += filled;
    position = 0;
    dataStart = 0;
    filled = n;
    return true;
  }

  private int next() throws IOException {
    return position < filled || fill() ? buffer[position++] & 0xFF : -1;
  }

  private int required() throws IOException {
    int b = next();
    if (b < 0) {
      throw new EOFException("The last member of gzip is cut off");
    }
    return b;
  }

  /**
   * Reads the header of the next member; false if there is none, only padding or junk up to the end
   * of the file.
   *
   * @throws ZipException if bytes that belong to no member stand before it; the next call goes on
   *     with it
   */
  private boolean header() throws IOException {
    if (!magicSeen) {
      int b = next();
      while (b == 0) {
        b = next();
      }
      if (b != 0x1F || next() != 0x8B || next() != 8) {
        if (findHeader()) {
          throw new ZipException("Between two members of gzip are bytes that belong to none");
        }
        return false;
      }
    }
    magicSeen = false;
    if (starts != null) {
      noteStart(bufferStart + position - MAGIC);
    }
    int flags = required();
    skip(6);
    if ((flags & FLAG_EXTRA) != 0) {
      skip(required() | required() << 8);
    }
    skipText((flags & FLAG_NAME) != 0);
    skipText((flags & FLAG_COMMENT) != 0);
    skip((flags & FLAG_CRC) != 0 ? 2 : 0);
    inflater.reset();
    inflater.setInput(buffer, position, filled - position);
    dataStart = position;
    crc.reset();
    inMember = true;
    return true;
  }

  /** Notes where a member begins; empty members before it begin where it does. */
  private void noteStart(long stored) {
    if (!starts.isEmpty() && starts.peekLast()[0] == given || starts.size() == MOST_STARTS) {
      starts.removeLast();
    }
    starts.add(new long[] {given, stored});
  }

  /** Asks for {@link #start}; it knows the members that begin from now on. */
  void noteStarts() {
    starts = new ArrayDeque<>();
  }

  /**
   * Returns the offset in the file of the member that begins at an offset of what is unpacked; −1
   * if none does. Offsets have to be asked for in ascending order.
   */
  long start(long unpacked) {
    while (!starts.isEmpty() && starts.peek()[0] < unpacked) {
      starts.remove();
    }
    return starts.isEmpty() || starts.peek()[0] > unpacked ? -1 : starts.peek()[1];
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      required();
    }
  }

  private void skipText(boolean isThere) throws IOException {
    while (isThere && required() != 0) {
      continue;
    }
  }

  private void trailer() throws IOException {
    position = filled - inflater.getRemaining();
    long sum = 0;
    for (int i = 0; i < 4; i++) {
      sum |= (long) required() << 8 * i;
    }
    skip(4);
    if (sum != crc.getValue()) {
      throw new ZipException("A member of gzip is damaged: its checksum differs");
    }
    inMember = false;
  }

  /**
   * Goes on after a damage, with the next member that can be found.
   *
   * @return false if there is none
   */
  boolean resume() throws IOException {
    if (magicSeen) {
      return true;
    }
    // The damaged data, or what was taken for them, may have run into the next member.
    position = inMember ? dataStart : position;
    inMember = false;
    ended = !findHeader();
    return !ended;
  }

  /** Moves behind the first three bytes of the next header; false if there is none. */
  private boolean findHeader() throws IOException {
    int matched = 0;
    int b;
    while ((b = next()) >= 0) {
      if (matched == 2 && b == 8) {
        magicSeen = true;
        return true;
      }
      matched = b == 0x1F ? 1 : matched == 1 && b == 0x8B ? 2 : 0;
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
