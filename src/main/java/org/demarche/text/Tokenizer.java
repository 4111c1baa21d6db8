package org.demarche.text;

import java.util.Arrays;
import org.demarche.text.Tokens.Type;

/**
 * Cuts a stretch of text into tokens, sentences and paragraphs, in one pass.
 *
 * <p>It is made for edited news in English. Possessive endings and shortened verbs are tokens of
 * their own ({@code Liang|'s}, {@code they|'re}), negations are not ({@code don't}); an
 * abbreviation keeps its period. A line break ends a paragraph, unless the text is wrapped at a
 * fixed width and has blank lines between paragraphs. Any text can be tokenized: every character
 * that is not white space ends up in exactly one token.
 *
 * <p>Immutable; threads may share one instance.
 */
public final class Tokenizer {

  /** A sentence is cut after this many tokens, so that reading it takes bounded time. */
  private static final int LONGEST_SENTENCE = 500;

  private final Abbreviations abbreviations = new Abbreviations();

  /**
   * Returns the tokens of {@code text} that lie inside {@code within}. Text outside it has no
   * influence.
   *
   * @throws IndexOutOfBoundsException if {@code within} ends after the text
   */
  public Tokens tokenize(String text, Span within) {
    if (within.end() > text.length()) {
      throw new IndexOutOfBoundsException(
          "Span %s ends after the text, which has %d characters".formatted(within, text.length()));
    }
    return new Pass(text, within.start(), within.end()).run();
  }

  /** One pass over one text: the arrays as they grow, and what the next sentence depends on. */
  private final class Pass {
    private final String text;
    private final int start;
    private final int limit;
    private final TokenScanner scanner;

    private int size;
    private int[] starts;
    private int[] ends;
    private byte[] types;
    private int[] hashes;
    private int sentences;
    private int[] sentenceStarts = new int[64];
    private int sentenceLimit;
    private int paragraphs;
    private int[] paragraphStarts = new int[64];

    /** A stop was read; the next token that is no closing mark may open a sentence. */
    private boolean stopped;

    /** The kind of the last token if it is an abbreviation that may end the sentence, or null. */
    private Abbreviations.Kind pending;

    Pass(String text, int start, int limit) {
      this.text = text;
      this.start = start;
      this.limit = limit;
      scanner = new TokenScanner(text, start, limit, abbreviations);
      int expected = (limit - start) / 5 + 16;
      starts = new int[expected];
      ends = new int[expected];
      types = new byte[expected];
      hashes = new int[expected];
    }

    Tokens run() {
      boolean wrapped = isWrapped(text, start, limit);
      while (true) {
        int before = scanner.position();
        int lines = scanner.skipSpace();
        int first = scanner.position();
        if (first >= limit) {
          break;
        }
        boolean opensParagraph =
            size == 0 || lines > 1 || lines == 1 && !wrapped && !continuesLine(before, first);
        Type type = scanner.next();
        if (opensParagraph) {
          paragraphStarts = push(paragraphStarts, paragraphs++, size);
        }
        if (opensParagraph || opensSentence(first, type, first > before)) {
          sentenceStarts = push(sentenceStarts, sentences++, size);
          sentenceLimit = size + LONGEST_SENTENCE;
          stopped = false;
          pending = null;
        }
        add(first, scanner.position(), type);
        noteStop(first, scanner.position(), type);
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

    /** A line that ends inside a sentence and goes on in lower case is the same paragraph. */
    private boolean continuesLine(int lineEnd, int next) {
      char last = text.charAt(lineEnd - 1);
      return Character.isLowerCase(text.charAt(next))
          && (Character.isLetterOrDigit(last) || last == ',');
    }

    private boolean opensSentence(int start, Type type, boolean spaced) {
      if (!stopped && pending == null) {
        return size >= sentenceLimit;
      }
      char c = text.charAt(start);
      if (!spaced && !Character.isUpperCase(c)) {
        return false; // a closing mark, a second stop, or ".com"
      }
      if (type == Type.STOP || isClosing(c)) {
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
        case EITHER -> abbreviations.isOpener(text, word, limit);
        case NUMBER ->
            !Character.isDigit(text.charAt(word)) && abbreviations.isOpener(text, word, limit);
      };
    }

    private void noteStop(int start, int end, Type type) {
      if (type == Type.WORD && text.charAt(end - 1) == '.') {
        Abbreviations.Kind known = abbreviations.find(text, start, end - 1);
        pending = known != null ? known : Abbreviations.Kind.EITHER;
        stopped = false;
      } else if (type != Type.QUOTE && !isClosing(text.charAt(start))) {
        // Marks after a stop leave it in force. An ellipsis counts as a stop like any other: only
        // a capital after it opens a sentence.
        stopped = type == Type.STOP;
        pending = null;
      }
    }

    private void add(int start, int end, Type type) {
      if (size == starts.length) {
        int larger = size + size / 2 + 16;
        starts = Arrays.copyOf(starts, larger);
        ends = Arrays.copyOf(ends, larger);
        types = Arrays.copyOf(types, larger);
        hashes = Arrays.copyOf(hashes, larger);
      }
      int hash = 0;
      for (int i = start; i < end; i++) {
        hash = 31 * hash + Tokens.fold(text.charAt(i));
      }
      starts[size] = start;
      ends[size] = end;
      types[size] = (byte) type.ordinal();
      hashes[size] = hash;
      size++;
    }
  }

  /**
   * Returns whether lines are cut at a fixed width and blank lines separate the paragraphs: of the
   * lines before a single break, 70 % have 45 to 100 characters and 30 % go on in lower case.
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

  private static boolean isClosing(char c) {
    return c == ')' || c == ']';
  }

  private static int[] push(int[] array, int length, int value) {
    int[] target = length == array.length ? Arrays.copyOf(array, length * 2) : array;
    target[length] = value;
    return target;
  }
}
