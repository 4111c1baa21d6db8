package org.demarche.text;

import static org.demarche.text.Tokens.fold;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.demarche.text.Tokens.Type;

/**
 * Cuts a stretch of text into tokens, sentences and paragraphs, in one pass.
 *
 * <p>Made for edited news in English. Marks of possession and shortened verbs are tokens of their
 * own ({@code Liang|'s}, {@code they|'re}), negations are not ({@code don't}); an abbreviation
 * keeps its period. A line break ends a paragraph, unless the text is wrapped at a fixed width and
 * has blank lines for paragraphs. Never fails: every character that is not white space ends up in
 * exactly one token.
 *
 * <p>Stateless once made, so one instance serves all threads.
 */
public final class Tokenizer {

  private static final String FOLDER = "/org/demarche/text/";

  /** A sentence is cut after so many tokens, so that reading it takes bounded time. */
  private static final int LONGEST_SENTENCE = 500;

  /** How an abbreviation behaves at the end of a sentence. */
  private enum Abbreviation {
    BEFORE,
    EITHER,
    NUMBER
  }

  private final Map<String, Abbreviation> abbreviations;
  private final Set<String> openers;

  /** Reads the lists of abbreviations that ship with Demarche. */
  public Tokenizer() {
    Map<String, Abbreviation> known = new HashMap<>();
    for (String line : lines("abbreviations.txt")) {
      String[] words = line.split(" ");
      Abbreviation behaviour = Abbreviation.valueOf(words[0].toUpperCase(Locale.ROOT));
      for (int i = 1; i < words.length; i++) {
        known.put(words[i], behaviour);
      }
    }
    abbreviations = Map.copyOf(known);
    Set<String> opening = new HashSet<>();
    for (String line : lines("openers.txt")) {
      opening.addAll(Arrays.asList(line.split(" ")));
    }
    openers = Set.copyOf(opening);
  }

  private static Iterable<String> lines(String name) {
    try (InputStream in = Tokenizer.class.getResourceAsStream(FOLDER + name);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + FOLDER + name, e);
    }
  }

  /**
   * Returns the tokens of {@code text} that lie inside {@code within}; what stands outside has no
   * influence.
   *
   * @throws IndexOutOfBoundsException if {@code within} ends after the text
   */
  public Tokens tokenize(String text, Span within) {
    if (within.end() > text.length()) {
      throw new IndexOutOfBoundsException(
          "Span %s ends after the text, which has %d characters".formatted(within, text.length()));
    }
    return new Scan(text, within.start(), within.end()).run();
  }

  /** One pass over one text: the arrays as they grow, and where the pass stands. */
  private final class Scan {
    private final String text;
    private final int limit;
    private final boolean wrapped;
    private int at;

    private int size;
    private int[] starts;
    private int[] ends;
    private byte[] types;
    private int[] hashes;
    private int sentences = 0;
    private int[] sentenceStarts = new int[64];
    private int paragraphs = 0;
    private int[] paragraphStarts = new int[64];

    /** Set when a stop was read; the next token that is no closing mark may open a sentence. */
    private boolean stopped;

    /** The last token is an abbreviation that may have ended the sentence, or null. */
    private Abbreviation pending;

    Scan(String text, int start, int limit) {
      this.text = text;
      this.at = start;
      this.limit = limit;
      this.wrapped = isWrapped(text, start, limit);
      int expected = (limit - start) / 5 + 16;
      starts = new int[expected];
      ends = new int[expected];
      types = new byte[expected];
      hashes = new int[expected];
    }

    Tokens run() {
      boolean breaks = true;
      while (true) {
        int before = at;
        int newlines = 0;
        boolean softBreak = false;
        while (at < limit && isSpace(text.charAt(at))) {
          char c = text.charAt(at);
          if (c == '\n' || c == '\u2029') {
            newlines++;
          } else if (c == '\u2028'
              || c == '\r' && (at + 1 == limit || text.charAt(at + 1) != '\n')) {
            newlines++;
          }
          at++;
        }
        if (at >= limit) {
          break;
        }
        if (newlines == 1 && (wrapped || continuesLine(before, at))) {
          softBreak = true;
        }
        breaks |= newlines > 0 && !softBreak;
        boolean spaced = at > before;
        int start = at;
        Type type = scanToken();
        if (breaks) {
          paragraphStarts = push(paragraphStarts, paragraphs++, size);
          startSentence();
        } else if (opensSentence(start, type, spaced)) {
          startSentence();
        }
        breaks = false;
        add(start, type);
        noteStop(type);
      }
      sentenceStarts = push(sentenceStarts, sentences, size);
      paragraphStarts = push(paragraphStarts, paragraphs, size);
      return new Tokens(
          text,
          size,
          Arrays.copyOf(starts, size),
          Arrays.copyOf(ends, size),
          Arrays.copyOf(types, size),
          Arrays.copyOf(hashes, size),
          Arrays.copyOf(sentenceStarts, sentences + 1),
          Arrays.copyOf(paragraphStarts, paragraphs + 1));
    }

    private void startSentence() {
      sentenceStarts = push(sentenceStarts, sentences++, size);
      stopped = false;
      pending = null;
    }

    /** A line that ends inside a sentence and goes on in lower case is the same paragraph. */
    private boolean continuesLine(int lineEnd, int next) {
      if (size == 0 || !Character.isLowerCase(text.charAt(next))) {
        return false;
      }
      char last = text.charAt(lineEnd - 1);
      return Character.isLetterOrDigit(last) || last == ',';
    }

    private boolean opensSentence(int start, Type type, boolean spaced) {
      if (size - sentenceStarts[sentences - 1] == LONGEST_SENTENCE) {
        return true;
      }
      if (!stopped && pending == null) {
        return false;
      }
      char c = text.charAt(start);
      if (!spaced && !Character.isUpperCase(c)) {
        return false; // a closing mark, a second stop, or ".com"
      }
      if (type == Type.STOP || c == ')' || c == ']') {
        return false;
      }
      int word = start;
      while (word < limit && !Character.isLetterOrDigit(text.charAt(word)) && word < start + 3) {
        word++;
      }
      if (word >= limit || Character.isLowerCase(text.charAt(word))) {
        return false;
      }
      if (stopped) {
        return type != Type.PUNCTUATION || c == '(' || c == '[';
      }
      return switch (pending) {
        case BEFORE -> false;
        case EITHER -> opensSentences(word);
        case NUMBER -> !Character.isDigit(text.charAt(word)) && opensSentences(word);
      };
    }

    private boolean opensSentences(int word) {
      int end = word;
      while (end < limit && end < word + 12 && Character.isLetter(text.charAt(end))) {
        end++;
      }
      return openers.contains(text.substring(word, end).toLowerCase(Locale.ROOT));
    }

    private void noteStop(Type type) {
      if (type == Type.STOP) {
        // An ellipsis goes on as often as it ends; a capital decides, as after any stop.
        stopped = true;
        pending = null;
      } else if (type == Type.WORD && text.charAt(at - 1) == '.') {
        pending = abbreviation(starts[size - 1], at);
        stopped = false;
      } else if (type == Type.QUOTE || isClosing(text.charAt(starts[size - 1]))) {
        return; // marks after a stop leave it in force
      } else {
        stopped = false;
        pending = null;
      }
    }

    private boolean isClosing(char c) {
      return c == ')' || c == ']';
    }

    /** Returns how the word that ends with a period behaves; all are abbreviations by now. */
    private Abbreviation abbreviation(int start, int end) {
      Abbreviation known = lookUp(start, end - 1);
      return known != null ? known : Abbreviation.EITHER;
    }

    /** Looks the last part of the word up: "R-Ky." is as short as "Ky.". */
    private Abbreviation lookUp(int wordStart, int end) {
      int start = end;
      while (start > wordStart && text.charAt(start - 1) != '-') {
        start--;
        if (end - start > 8) {
          return null;
        }
      }
      return abbreviations.get(text.substring(start, end).toLowerCase(Locale.ROOT));
    }

    private void add(int start, Type type) {
      if (size == starts.length) {
        int larger = size + size / 2 + 16;
        starts = Arrays.copyOf(starts, larger);
        ends = Arrays.copyOf(ends, larger);
        types = Arrays.copyOf(types, larger);
        hashes = Arrays.copyOf(hashes, larger);
      }
      int hash = 0;
      for (int i = start; i < at; i++) {
        hash = 31 * hash + fold(text.charAt(i));
      }
      starts[size] = start;
      ends[size] = at;
      types[size] = (byte) type.ordinal();
      hashes[size] = hash;
      size++;
    }

    /** Moves {@code at} behind the token that starts there and returns what it is. */
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
          while (at < limit && isNameCharacter(text.charAt(at))) {
            at++;
          }
          return at - 1 > 0 && Character.isLetterOrDigit(text.charAt(at - 1))
              ? Type.WORD
              : Type.SYMBOL;
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
      if (clitic > 0 && size > 0 && ends[size - 1] == at && types[size - 1] <= 1) {
        at += clitic;
        return Type.WORD;
      }
      at++;
      return Type.QUOTE;
    }

    /** Length of 's, 'm, 'd, 'll, 're, 've at {@code from} when no letter follows, else 0. */
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
        } else if (c == '-' || c == '‑' || c == '&' || c == '@' || c == '_' || c == '\u00AD') {
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

    /** Decides on the period at {@code at}, moves behind it if it belongs to the word. */
    private boolean takesPeriod(int start) {
      int next = at + 1;
      boolean letterNext = next < limit && Character.isLetter(text.charAt(next));
      boolean single = at - start == 1 || text.charAt(at - 2) == '.' || text.charAt(at - 2) == '-';
      if (letterNext) {
        // U.S. and J.K., Ph.D, or an address such as example.com; "end.Next" is a missing space
        if (single || Character.isLowerCase(text.charAt(next)) || isShort(start, next)) {
          at += 1;
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
      if (dotted
          || initial
          || (next >= limit || text.charAt(next) != '.') && isAbbreviation(start)) {
        at += 1;
        return true;
      }
      return false;
    }

    /** Ph.D and the like: two letters, a period, and one more letter. */
    private boolean isShort(int start, int next) {
      return next - start <= 3 && (next + 1 >= limit || !Character.isLetter(text.charAt(next + 1)));
    }

    private boolean isAbbreviation(int start) {
      Abbreviation known = lookUp(start, at);
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
        // "me." and "miss." are words, "Me." and "Miss." states
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

    private boolean isQuote(char c) {
      return c == '"' || c == '“' || c == '”' || c == '«' || c == '»';
    }

    private boolean isNameCharacter(char c) {
      return Character.isLetterOrDigit(c) || c == '_';
    }

    private boolean isDash(char c) {
      return c == '-' || c == '–' || c == '—' || c == '―' || c == '−';
    }

    private boolean isCombining(char c) {
      return c >= '\u0300' && c <= '\u036F' || c == '\u200D' || c == '\u200C';
    }
  }

  /**
   * Whether lines are cut at a fixed width and blank lines part the paragraphs: most lines before a
   * single break are about as long, and a good share goes on in lower case.
   */
  private static boolean isWrapped(String text, int start, int limit) {
    int single = 0;
    int fits = 0;
    int lower = 0;
    boolean blankLine = false;
    int lineStart = start;
    for (int i = text.indexOf('\n', start);
        i >= 0 && i + 1 < limit;
        i = text.indexOf('\n', i + 1)) {
      char next = text.charAt(i + 1);
      if (next == '\n' || next == '\r' || i == lineStart) {
        blankLine |= next == '\n' || next == '\r';
      } else {
        single++;
        fits += i - lineStart >= 45 && i - lineStart <= 100 ? 1 : 0;
        lower += Character.isLowerCase(next) ? 1 : 0;
      }
      lineStart = i + 1;
    }
    return blankLine && single >= 3 && fits * 10 >= single * 7 && lower * 10 >= single * 3;
  }

  /** White space of any kind, the zero-width ones and the byte order mark included. */
  private static boolean isSpace(char c) {
    if (c <= ' ') {
      return true;
    }
    return c >= 0x7F
        && (Character.isWhitespace(c)
            || Character.isSpaceChar(c)
            || c <= 0x9F
            || c == '\u200B'
            || c == '\uFEFF');
  }

  private static int[] push(int[] array, int length, int value) {
    int[] target = length == array.length ? Arrays.copyOf(array, length * 2) : array;
    target[length] = value;
    return target;
  }
}
