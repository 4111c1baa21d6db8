package org.demarche.ingest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Bytes to text, and how to tell that they are none. */
final class Utf8 {

  /** The most of a refused record that is kept, in bytes. */
  static final int RAW = 64 << 10;

  /** So many odd characters are in every text; more must also be one in a hundred. */
  private static final int STRAY = 3;

  private Utf8() {}

  /**
   * What bytes say.
   *
   * @param text the text, with U+FFFD in place of a few stray bytes; empty where there is none
   * @param fault why the bytes are no text, or null where they are
   * @param advice what to do about it, where that is known, or null
   */
  record Decoded(String text, String fault, String advice) {

    static Decoded of(String text) {
      return new Decoded(text, null, null);
    }

    /** Whether the bytes are no text. */
    boolean isFaulty() {
      return fault != null;
    }

    /** Returns the fault and what to do about it, as the table of rejects says it. */
    String detail() {
      return advice == null ? fault : fault + ": " + advice;
    }
  }

  /** What is not UTF-8 in bytes that should be. */
  private record Damage(int bytes, int first, boolean besideUtf8) {}

  /**
   * Decodes a whole record as {@link #read} does, but puts up with no stray byte, which who labels
   * can mend.
   */
  static Decoded readAll(String what, byte[] bytes, int start, int end) {
    return read(what, bytes, start, end, false);
  }

  /**
   * Decodes a whole record: as UTF-8, or as windows-1252 where that is certain.
   *
   * @param what what the bytes are, for the fault: a row, a record, a file
   * @param end offset after the last byte
   */
  static Decoded read(String what, byte[] bytes, int start, int end) {
    return read(what, bytes, start, end, true);
  }

  private static Decoded read(
      String what, byte[] bytes, int start, int end, boolean withStrayBytes) {
    String text = decoded(bytes, start, end);
    if (text.indexOf('\uFFFD') >= 0) {
      Damage damage = damage(bytes, start, end);
      if (damage.bytes() > 0 && !isBinary(text)) {
        return damaged(what, text, damage, bytes, start, end, withStrayBytes);
      }
    }
    return isNoText(text)
        ? new Decoded("", "%s of %,d bytes is not text".formatted(what, end - start), null)
        : Decoded.of(text);
  }

  private static Decoded damaged(
      String what,
      String text,
      Damage damage,
      byte[] bytes,
      int start,
      int end,
      boolean withStrayBytes) {
    if (!damage.besideUtf8()) {
      String windows = new String(bytes, start, end - start, Encodings.WINDOWS_1252);
      if (Encodings.isCertainlyWindows1252(windows)) {
        return Decoded.of(windows);
      }
    }
    // Among characters of UTF-8 a wrong byte is damage. Where there is none, several are letters
    // and quotation marks of another encoding, and the article would be the worse without them.
    if (withStrayBytes && (damage.besideUtf8() ? !isNoText(text) : damage.bytes() <= STRAY)) {
      return Decoded.of(text);
    }
    String fault =
        "%s is not UTF-8 (byte 0x%02X at offset %,d)"
            .formatted(what, bytes[damage.first()], damage.first() - start);
    return Encodings.looksLike(bytes, start, end)
        .map(
            name ->
                new Decoded(
                    "",
                    fault + "; it looks like " + name,
                    "if it is, set articles.encoding=" + name))
        .orElseGet(
            () -> new Decoded("", fault, "set articles.encoding to the name of its encoding"));
  }

  private static Damage damage(byte[] bytes, int start, int end) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, start, end - start);
    CharBuffer out = CharBuffer.allocate(8192);
    int wrong = 0;
    int first = -1;
    boolean besideUtf8 = false;
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      besideUtf8 |= out.flip().chars().anyMatch(c -> c >= 0x80);
      out.clear();
      if (result.isMalformed()) {
        first = first < 0 ? in.position() : first;
        wrong += result.length();
        in.position(in.position() + result.length());
      } else if (result.isUnderflow()) {
        return new Damage(wrong, first, besideUtf8);
      }
    }
  }

  /**
   * Decodes, with U+FFFD in place of what is not UTF-8.
   *
   * @param end offset after the last byte
   */
  static String decoded(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
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
      odd += text.charAt(i) == '\uFFFD' || isControl(text.charAt(i)) ? 1 : 0;
    }
    return isMore(odd, text);
  }

  private static boolean isBinary(String text) {
    return isMore((int) text.chars().filter(c -> isControl((char) c)).count(), text);
  }

  private static boolean isMore(int odd, String text) {
    return odd > STRAY && odd * 100L > text.length();
  }

  private static boolean isControl(char c) {
    return c < ' ' && c != '\n' && c != '\t' && c != '\r' && c != '\f';
  }
}
