package org.demarche.text;

import static org.demarche.text.Tokens.fold;

import org.demarche.text.Tokens.Type;

/**
 * Finds where the next token ends and what it is made of. {@link Tokenizer} skips the white space
 * between tokens and calls {@link #next} for each of them; one scanner reads one text.
 */
final class TokenScanner {

  private final String text;
  private final int limit;
  private final Abbreviations abbreviations;
  private int at;
  private int previousEnd = -1;
  private Type previous;

  TokenScanner(String text, int start, int limit, Abbreviations abbreviations) {
    this.text = text;
    this.at = start;
    this.limit = limit;
    this.abbreviations = abbreviations;
  }

  /** Returns the offset that the scanner has reached. */
  int position() {
    return at;
  }

  /**
   * Moves past white space and returns how many lines end in it; {@code \r\n} ends one line.
   * Afterwards {@link #position} is the limit or the start of a token.
   */
  int skipSpace() {
    int lines = 0;
    while (at < limit && isSpace(text.charAt(at))) {
      char c = text.charAt(at++);
      boolean loneReturn = c == '\r' && (at == limit || text.charAt(at) != '\n');
      lines += c == '\n' || c == '\u2028' || c == '\u2029' || loneReturn ? 1 : 0;
    }
    return lines;
  }

  /** Moves past the token that starts at {@link #position} and returns its type. */
  Type next() {
    Type type = scanToken();
    previous = type;
    previousEnd = at;
    return type;
  }

  private Type scanToken() {
    char c = text.charAt(at);
    if (Character.isLetter(c)) {
      return (c == 'h' || c == 'w') && scanAddress() ? Type.ADDRESS : scanWord();
    }
    if (Character.isDigit(c)) {
      return scanNumber();
    }
    switch (c) {
      case '"', '“', '”', '„', '‟', '«', '»', '‹', '›', '‘', '‚', '‛':
        at++;
        return Type.QUOTE;
      case '\'', '’', '`':
        return scanApostrophe(c);
      case '.':
        while (at < limit && text.charAt(at) == '.') {
          at++;
        }
        return Type.STOP;
      case '?', '!', '…':
        at++;
        return Type.STOP;
      case '-', '–', '—', '―', '−':
        while (at < limit && isDash(text.charAt(at))) {
          at++;
        }
        return Type.DASH;
      case ',', ';', ':', '(', ')', '[', ']', '{', '}', '/':
        at++;
        return Type.PUNCTUATION;
      case '@', '#':
        at++;
        while (at < limit
            && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
          at++;
        }
        return Character.isLetterOrDigit(text.charAt(at - 1)) ? Type.WORD : Type.SYMBOL;
      default:
        at++;
        if (Character.isHighSurrogate(c)
            && at < limit
            && Character.isLowSurrogate(text.charAt(at))) {
          at++;
        }
        return Type.SYMBOL;
    }
  }

  private Type scanApostrophe(char c) {
    int next = at + 1;
    if (next < limit && text.charAt(next) == c && c != '’') { // '' and `` stand for a double mark
      at += 2;
      return Type.QUOTE;
    }
    int clitic = c == '`' ? 0 : cliticLength(at);
    if (clitic > 0 && previousEnd == at && (previous == Type.WORD || previous == Type.NUMBER)) {
      at += clitic;
      return Type.WORD;
    }
    at++;
    return Type.QUOTE;
  }

  /**
   * Returns the length of 's, 'm, 'd, 'll, 're or 've at {@code from}, 0 if none stands there or a
   * letter follows.
   */
  private int cliticLength(int from) {
    int end = from + 1;
    while (end < limit && end < from + 4 && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    char first = end > from + 1 ? fold(text.charAt(from + 1)) : 0;
    switch (end - from) {
      case 2:
        return first == 's' || first == 'm' || first == 'd' ? 2 : 0;
      case 3:
        char second = fold(text.charAt(from + 2));
        return first == 'l' && second == 'l' || (first == 'r' || first == 'v') && second == 'e'
            ? 3
            : 0;
      default:
        return 0;
    }
  }

  private Type scanWord() {
    int start = at++;
    while (at < limit) {
      char c = text.charAt(at);
      if (Character.isLetterOrDigit(c) || isCombining(c)) {
        at++;
      } else if (c == '\'' || c == '’') {
        if (at + 1 >= limit || !Character.isLetter(text.charAt(at + 1)) || cliticLength(at) > 0) {
          return Type.WORD;
        }
        at++;
      } else if (c == '-' || c == '‑' || c == '&' || c == '@' || c == '_') {
        if (at + 1 >= limit || !Character.isLetterOrDigit(text.charAt(at + 1))) {
          return Type.WORD;
        }
        at++;
      } else if (c == '.') {
        if (!takesPeriod(start)) {
          return Type.WORD;
        }
      } else {
        return Type.WORD;
      }
    }
    return Type.WORD;
  }

  /** Returns whether the period at {@code at} belongs to the word, and moves past it if so. */
  private boolean takesPeriod(int start) {
    int next = at + 1;
    boolean letterNext = next < limit && Character.isLetter(text.charAt(next));
    boolean single = at - start == 1 || text.charAt(at - 2) == '.' || text.charAt(at - 2) == '-';
    if (letterNext) {
      // U.S. and J.K., Ph.D, an address such as example.com; but "end.Next" lacks a space
      if (single || Character.isLowerCase(text.charAt(next)) || isShort(start, next)) {
        at++;
        return true;
      }
      return false;
    }
    boolean dotted = single && at - start > 1;
    boolean initial =
        at - start == 1
            && Character.isUpperCase(text.charAt(start))
            && text.charAt(start) != 'I'
            && next < limit
            && (isSpace(text.charAt(next)) || text.charAt(next) == ',');
    if (dotted || initial || (next >= limit || text.charAt(next) != '.') && isAbbreviation(start)) {
      at++;
      return true;
    }
    return false;
  }

  /** Returns whether the word is like Ph.D: two letters, a period, and one more letter. */
  private boolean isShort(int start, int next) {
    return next - start <= 3 && (next + 1 >= limit || !Character.isLetter(text.charAt(next + 1)));
  }

  private boolean isAbbreviation(int start) {
    Abbreviations.Kind known = abbreviations.find(text, start, at);
    if (known == null) {
      return false;
    }
    int next = at + 1;
    while (next < limit && text.charAt(next) == ' ') {
      next++;
    }
    if (next >= limit || text.charAt(next) == '\n') {
      return false;
    }
    char follows = text.charAt(next);
    boolean capital = Character.isUpperCase(text.charAt(start));
    return switch (known) {
      case BEFORE -> Character.isLetterOrDigit(follows);
      // "me." and "miss." are words, "Me." and "Miss." are states
      case EITHER -> capital || start + 2 >= at || Character.isLowerCase(follows);
      case NUMBER -> Character.isDigit(follows);
    };
  }

  private Type scanNumber() {
    at++;
    while (at < limit) {
      char c = text.charAt(at);
      if (Character.isLetterOrDigit(c)) {
        at++;
      } else if ((c == '.' || c == ',' || c == ':' || c == '/')
          && at + 1 < limit
          && Character.isDigit(text.charAt(at + 1))) {
        at += 2;
      } else if (c == '-' && at + 1 < limit && Character.isLetterOrDigit(text.charAt(at + 1))) {
        at += 2;
      } else {
        return Type.NUMBER;
      }
    }
    return Type.NUMBER;
  }

  private boolean scanAddress() {
    if (!startsWith("http://") && !startsWith("https://") && !startsWith("www.")) {
      return false;
    }
    int end = at;
    while (end < limit && !isSpace(text.charAt(end)) && !isQuote(text.charAt(end))) {
      end++;
    }
    while (end > at + 1
        && !Character.isLetterOrDigit(text.charAt(end - 1))
        && text.charAt(end - 1) != '/') {
      end--;
    }
    at = end;
    return true;
  }

  private boolean startsWith(String prefix) {
    return at + prefix.length() <= limit && text.startsWith(prefix, at);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '“' || c == '”' || c == '«' || c == '»';
  }

  private static boolean isDash(char c) {
    return c == '-' || c == '–' || c == '—' || c == '―' || c == '−';
  }

  private static boolean isCombining(char c) {
    // U+FFFD stands for a letter that was lost.
    return c >= '\u0300' && c <= '\u036F' || c == '\u200D' || c == '\u200C' || c == '\uFFFD';
  }

  private static boolean isSpace(char c) {
    if (c <= ' ') {
      return true;
    }
    return c >= 0x7F && (Character.isWhitespace(c) || Character.isSpaceChar(c) || c <= 0x9F);
  }
}
