package org.demarche.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into records, each whole in one buffer. A record above the limit is
 * skipped without being held in memory.
 */
final class RecordSlicer implements Closeable {

  private static final int FIRST_BUFFER = 1 << 16;
  private static final byte[] NONE = {};

  /** Finds where records end. It keeps state between calls, so it belongs to one slicer. */
  interface Boundary {

    /**
     * Looks for the end of the current record in the next bytes.
     *
     * @return the offset after the record and its boundary; −1 if it does not end here
     */
    int end(byte[] bytes, int from, int to);
  }

  private final InputStream in;
  private final Boundary boundary;
  private final int limit;
  private byte[] buffer;
  private int start;
  private int end;
  private int filled;
  private long size;
  private byte[] head = NONE;

  /**
   * @param limit longest record in bytes
   */
  RecordSlicer(InputStream in, Boundary boundary, int limit) {
    this.in = in;
    this.boundary = boundary;
    this.limit = limit;
    this.buffer = new byte[Math.min(FIRST_BUFFER, limit)];
  }

  /**
   * Moves to the next record.
   *
   * @return false at the end of the stream
   */
  boolean next() throws IOException {
    start = end;
    size = 0;
    head = NONE;
    int seen = start;
    while (true) {
      int found = boundary.end(buffer, seen, filled);
      if (found >= 0) {
        size += found - start;
        end = found;
        return true;
      }
      if (size > 0 || filled - start >= limit) {
        // The record is too long: keep only its beginning and count the rest.
        if (size == 0) {
          head = Arrays.copyOfRange(buffer, start, Math.min(filled, start + Utf8.RAW));
        }
        size += filled - start;
        start = 0;
        filled = 0;
      } else {
        makeRoom();
      }
      seen = filled;
      int n = in.read(buffer, filled, buffer.length - filled);
      if (n < 0) {
        size += filled - start;
        end = filled;
        return size > 0;
      }
      filled += n;
    }
  }

  private void makeRoom() {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      start = 0;
    }
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(limit, 2L * buffer.length));
    }
  }

  /** Returns whether the record is longer than the limit, so that its bytes are not kept. */
  boolean tooLarge() {
    return size > end - start;
  }

  /** Returns the beginning of a record that is {@link #tooLarge}, otherwise no bytes. */
  byte[] head() {
    return head;
  }

  /** Returns the length of the record in bytes, with its boundary. */
  long size() {
    return size;
  }

  /** Returns the buffer that holds the record from {@link #start()} to {@link #end()}. */
  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Returns the boundary of records that are lines. */
  static Boundary lines() {
    return (bytes, from, to) -> {
      for (int i = from; i < to; i++) {
        if (bytes[i] == '\n') {
          return i + 1;
        }
      }
      return -1;
    };
  }

  /** Returns the boundary of JSON objects or arrays, whatever stands between them. */
  static Boundary jsonValues() {
    return new Boundary() {
      private int depth;
      private boolean inString;
      private boolean escaped;

      @Override
      public int end(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
          byte b = bytes[i];
          if (inString) {
            if (escaped) {
              escaped = false;
            } else if (b == '\\') {
              escaped = true;
            } else if (b == '"') {
              inString = false;
            }
          } else if (b == '"') {
            inString = true;
          } else if (b == '{' || b == '[') {
            depth++;
          } else if ((b == '}' || b == ']') && depth > 0 && --depth == 0) {
            return i + 1;
          }
        }
        return -1;
      }
    };
  }
}
