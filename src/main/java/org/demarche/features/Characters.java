package org.demarche.features;

/** Classes and normal forms of characters, from tables because scoring looks up every character. */
final class Characters {

  static final byte SYMBOL = 0;
  static final byte SPACE = 1;

  /** Characters of words have this class or a higher one. */
  static final byte LETTER = 2;

  static final byte DIGIT = 3;

  /** Classes of the characters up to the typographic quotation marks. */
  private static final byte[] CLASSES = new byte[0x2070];

  private static final char[] NORMAL = new char[CLASSES.length];

  static {
    for (char c = 0; c < CLASSES.length; c++) {
      CLASSES[c] = findClassOf(c);
      NORMAL[c] = findNormalOf(c);
    }
  }

  private Characters() {}

  /** Returns whether a hashtag or a name with @ starts at {@code i}. */
  static boolean opensTag(char[] text, int i, int length) {
    return (text[i] == '#' || text[i] == '@') && i + 1 < length && classOf(text[i + 1]) >= LETTER;
  }

  /** Returns whether the apostrophe at {@code i} is part of a word and no possessive ending. */
  static boolean innerApostrophe(char[] text, int i, int length) {
    return (text[i] == '\'' || text[i] == '’')
        && i + 1 < length
        && classOf(text[i + 1]) >= LETTER
        && !possessive(text, i, length);
  }

  private static boolean possessive(char[] text, int apostrophe, int length) {
    return (text[apostrophe + 1] == 's' || text[apostrophe + 1] == 'S')
        && (apostrophe + 2 >= length || classOf(text[apostrophe + 2]) < LETTER);
  }

  /** Returns the offset after the run of equal characters that starts at {@code start}. */
  static int endOfRun(char[] text, int start, int length) {
    int i = start + 1;
    while (i < length && text[i] == text[start]) {
      i++;
    }
    return i;
  }

  /** Returns SYMBOL, SPACE, LETTER or DIGIT. */
  static byte classOf(char c) {
    return c < CLASSES.length ? CLASSES[c] : findClassOf(c);
  }

  private static byte findClassOf(char c) {
    if (c == '_' || Character.isLetter(c)) {
      return LETTER;
    }
    if (Character.isDigit(c)) {
      return DIGIT;
    }
    return c <= ' ' || c == 127 || Character.isWhitespace(c) || Character.isSpaceChar(c)
        ? SPACE
        : SYMBOL;
  }

  /** Returns {@code c} as it counts in features: lower case, ASCII digits as 0, ’ as '. */
  static char normalOf(char c) {
    return c < NORMAL.length ? NORMAL[c] : findNormalOf(c);
  }

  private static char findNormalOf(char c) {
    if (c >= '0' && c <= '9') {
      return '0';
    }
    return c == '’' ? '\'' : Character.toLowerCase(c);
  }
}
