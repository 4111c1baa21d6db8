package org.demarche.console;

/**
 * Makes text from articles safe to print on a terminal: removes control characters and counts the
 * columns that the text takes.
 */
public final class TerminalText {

  private TerminalText() {}

  /**
   * Returns {@code text} on one line. One space replaces each run of white space; U+FFFD replaces
   * control characters and characters that change the writing direction.
   */
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isSpace(c)) {
        space = true;
        continue;
      }
      if (space && clean.length() > 0) {
        clean.append(' ');
      }
      space = false;
      clean.appendCodePoint(harmless(c));
    }
    return clean.toString();
  }

  static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /** Returns {@code c}, or U+FFFD for a control, an unpaired surrogate or a direction change. */
  static int harmless(int c) {
    boolean turns = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return turns || half || Character.isISOControl(c) ? 0xFFFD : c;
  }

  /** Returns how many columns of a terminal the character takes: 0, 1 or 2. */
  static int columns(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(c) ? 2 : 1;
    };
  }

  /** Tells East Asian wide and fullwidth characters and emoji by their Unicode blocks. */
  private static boolean isWide(int c) {
    return c >= 0x1100
        && (c <= 0x115F
            || c >= 0x2E80 && c <= 0xA4CF && c != 0x303F
            || c >= 0xA960 && c <= 0xA97F
            || c >= 0xAC00 && c <= 0xD7A3
            || c >= 0xF900 && c <= 0xFAFF
            || c >= 0xFE30 && c <= 0xFE6F
            || c >= 0xFF00 && c <= 0xFF60
            || c >= 0xFFE0 && c <= 0xFFE6
            || c >= 0x1F300 && c <= 0x1F64F
            || c >= 0x1F680 && c <= 0x1F6FF
            || c >= 0x1F900 && c <= 0x1FAFF
            || c >= 0x20000 && c <= 0x3FFFD);
  }

  /** Returns how many columns {@code text}, the result of {@link #clean}, takes. */
  static int columns(String text) {
    return text.codePoints().map(TerminalText::columns).sum();
  }

  /** Returns {@code text} cut or filled up with spaces to exactly {@code columns} columns. */
  static String padded(String text, int columns) {
    String fitting = text;
    if (columns(text) > columns) {
      int end = 0;
      int taken = 0;
      while (taken + columns(text.codePointAt(end)) < columns) {
        taken += columns(text.codePointAt(end));
        end += Character.charCount(text.codePointAt(end));
      }
      fitting = text.substring(0, end) + "…";
    }
    return fitting + " ".repeat(columns - columns(fitting));
  }
}
