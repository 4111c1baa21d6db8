package org.demarche.corpus;

import java.nio.charset.StandardCharsets;

/** Bytes to text, and how to tell that they are none. */
final class Utf8 {

  /** The most of a refused record that is kept, in bytes. */
  static final int RAW = 64 << 10;

  /** So many odd characters are in every text; more must also be one in a hundred. */
  private static final int STRAY = 3;

  private Utf8() {}

  /**
   * Decodes, with U+FFFD in place of what is not UTF-8.
   *
   * @param end offset after the last byte
   */
  static String decoded(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  /** Decodes as {@link #decoded} or, where the first two bytes say so, as UTF-16. */
  static String decodedByMark(byte[] bytes, int start, int end) {
    boolean marked =
        end - start >= 2
            && ((bytes[start] == (byte) 0xFF && bytes[start + 1] == (byte) 0xFE)
                || (bytes[start] == (byte) 0xFE && bytes[start + 1] == (byte) 0xFF));
    return marked
        ? new String(bytes, start, end - start, StandardCharsets.UTF_16)
        : decoded(bytes, start, end);
  }

  /** Returns a refused record as the table of rejects keeps it: cut, and empty if it is no text. */
  static String raw(byte[] bytes, int start, int end) {
    String text = decoded(bytes, start, Math.min(end, start + RAW));
    return isNoText(text) ? "" : text.stripTrailing();
  }

  /**
   * Returns {@code text} with U+FFFD in place of control characters, as a message may repeat it.
   */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
    }
    return shown.toString();
  }

  /**
   * Returns whether more of {@code text} than a few stray characters is control characters or was
   * no text when it was decoded.
   */
  static boolean isNoText(String text) {
    int odd = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\uFFFD' || (c < ' ' && c != '\n' && c != '\t' && c != '\r' && c != '\f')) {
        odd++;
      }
    }
    return odd > STRAY && odd * 100L > text.length();
  }
}
