package org.demarche.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Converts a stream from a declared encoding to UTF-8, line by line. A line that is valid UTF-8
 * already is kept: collections mix encodings, and text in another encoding that is not plain ASCII
 * is hardly ever valid UTF-8.
 */
final class Utf8Lines extends InputStream {

  /** A longer line is converted in pieces, so that memory does not grow with it. */
  private static final int LONGEST = 64 << 10;

  private final InputStream in;
  private final Charset encoding;
  private final byte[] buffer = new byte[LONGEST];
  private int filled;
  private boolean ended;
  private byte[] ready = {};
  private int given;

  /**
   * @param encoding one for which {@link Encodings#extendsAscii} is true
   */
  Utf8Lines(InputStream in, Charset encoding) {
    this.in = in;
    this.encoding = encoding;
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
    if (given == ready.length && !fill()) {
      return -1;
    }
    int n = Math.min(length, ready.length - given);
    System.arraycopy(ready, given, bytes, offset, n);
    given += n;
    return n;
  }

  private boolean fill() throws IOException {
    while (!ended && filled < LONGEST) {
      int n = in.read(buffer, filled, LONGEST - filled);
      ended = n < 0;
      filled += Math.max(0, n);
    }
    int whole = ended ? filled : after('\n');
    if (whole == 0) {
      // A space is never part of a longer character, so a line may be cut there.
      whole = after(' ') > 0 ? after(' ') : filled;
    }
    ByteArrayOutputStream converted = new ByteArrayOutputStream(whole);
    for (int start = 0; start < whole; ) {
      int end = start;
      while (end < whole && buffer[end++] != '\n') {
        // to the end of the line
      }
      if (Encodings.isUtf8(buffer, start, end)) {
        converted.write(buffer, start, end - start);
      } else {
        converted.writeBytes(
            new String(buffer, start, end - start, encoding).getBytes(StandardCharsets.UTF_8));
      }
      start = end;
    }
    ready = converted.toByteArray();
    given = 0;
    System.arraycopy(buffer, whole, buffer, 0, filled - whole);
    filled -= whole;
    return ready.length > 0;
  }

  /** Returns the offset after the last {@code b}, or 0. */
  private int after(char b) {
    int i = filled;
    while (i > 0 && buffer[i - 1] != b) {
      i--;
    }
    return i;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
