package org.demarche.ingest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Decodes bytes to text, and recognises bytes that are no text. */
final class Utf8 {

  /** How much of a rejected record is kept, in bytes. */
  static final int RAW = 64 << 10;

  /** A text may have this many odd characters; more make it no text if they exceed 1 %. */
  private static final int STRAY = 3;

  private Utf8() {}

  /**
   * The result of decoding.
   *
   * @param text the text, with U+FFFD in place of a few stray bytes; empty if there is a fault
   * @param fault why the bytes are no text, or null
   * @param advice what to do about the fault, or null if unknown
   */
  record Decoded(String text, String fault, String advice) {

    static Decoded of(String text) {
      return new Decoded(text, null, null);
    }

    boolean isFaulty() {
      return fault != null;
    }

    /** Returns the fault and what to do about it, for the table of rejects. */
    String detail() {
      return advice == null ? fault : fault + ": " + advice;
    }
  }

  /**
   * Bytes that are not UTF-8.
   *
   * @param bytes their number
   * @param first offset of the first of them
   * @param besideUtf8 whether there are also valid UTF-8 characters beyond ASCII
   */
  private record Damage(int bytes, int first, boolean besideUtf8) {}

  /** Decodes like {@link #read}, but accepts no stray bytes: labelled files can be corrected. */
  static Decoded readAll(String what, byte[] bytes, int start, int end) {
    return read(what, bytes, start, end, false);
  }

  /**
   * Decodes a whole record as UTF-8, or as windows-1252 if that is certain.
   *
   * @param what what the bytes are, for the fault: Row, Record, File
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
    // Beside valid UTF-8 characters, wrong bytes are damage. Otherwise several wrong bytes are
    // letters and quotation marks of another encoding, which the article needs.
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
   * Decodes UTF-8, with U+FFFD in place of invalid bytes.
   *
   * @param end offset after the last byte
   */
  static String decoded(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  /** Returns the start of a record for the table of rejects; empty if it is no text. */
  static String raw(byte[] bytes, int start, int end) {
    String text = decoded(bytes, start, Math.min(end, start + RAW));
    return isNoText(text) ? "" : text.stripTrailing();
  }

  /** Returns {@code text} for a message, with U+FFFD in place of control characters. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
    }
    return shown.toString();
  }

  /** Returns whether more than a few characters are control characters or could not be decoded. */
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
