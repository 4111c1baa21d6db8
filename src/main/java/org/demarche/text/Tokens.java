package org.demarche.text;

import java.util.Arrays;

/**
 * The tokens of an article, with the sentences and paragraphs they form.
 *
 * <p>Tokens are numbered from 0 in the order of the text; they do not overlap, and together cover
 * every character that is not white space. Their offsets and types stand in arrays, and words are
 * compared with the text itself, so that no string is made for each token. Immutable; made by
 * {@link Tokenizer}.
 */
public final class Tokens {

  /** What a token is made of. */
  public enum Type {
    /** Letters, with the hyphens, apostrophes and periods that belong to the word. */
    WORD,
    /** Starts with a digit: {@code 1,000}, {@code 3rd}, {@code 2016-17}. */
    NUMBER,
    /** A web or mail address. */
    ADDRESS,
    /** A quotation mark of any shape, single or double, opening or closing. */
    QUOTE,
    /** A dash, or hyphens used as one. */
    DASH,
    /** A mark that usually ends a sentence: period, question mark, exclamation mark, ellipsis. */
    STOP,
    /** Comma, colon, semicolon, brackets, slash. */
    PUNCTUATION,
    /** Anything else. */
    SYMBOL
  }

  private static final Type[] TYPES = Type.values();

  private final String text;
  private final int size;
  private final int[] starts;
  private final int[] ends;
  private final byte[] types;

  private final int[] hashes;

  /** The first token of each sentence, followed by the number of tokens; paragraphs likewise. */
  private final int[] sentences;

  private final int[] paragraphs;

  /** The sentence of each token; paragraphs likewise. */
  private final int[] sentenceOf;

  private final int[] paragraphOf;

  /** The arrays are not copied; they have one number for each token. */
  Tokens(
      String text,
      int size,
      int[] starts,
      int[] ends,
      byte[] types,
      int[] hashes,
      int[] sentences,
      int[] paragraphs) {
    this.text = text;
    this.size = size;
    this.starts = starts;
    this.ends = ends;
    this.types = types;
    this.hashes = hashes;
    this.sentences = sentences;
    this.paragraphs = paragraphs;
    this.sentenceOf = groups(sentences, size);
    this.paragraphOf = groups(paragraphs, size);
  }

  private static int[] groups(int[] firsts, int size) {
    int[] groupOf = new int[size];
    for (int group = 0; group + 1 < firsts.length; group++) {
      Arrays.fill(groupOf, firsts[group], firsts[group + 1], group);
    }
    return groupOf;
  }

  /** Returns the text that the tokens address. */
  public String text() {
    return text;
  }

  /** Returns the number of tokens. */
  public int size() {
    return size;
  }

  /** Returns the offset of the token's first character. */
  public int start(int token) {
    return starts[token];
  }

  /** Returns the offset after the token's last character. */
  public int end(int token) {
    return ends[token];
  }

  /** Returns what the token is made of. */
  public Type type(int token) {
    return TYPES[types[token]];
  }

  /** Returns whether the token is of the type given. */
  public boolean is(int token, Type type) {
    return types[token] == type.ordinal();
  }

  /** Returns the span from token {@code first} to the last before token {@code limit}. */
  public Span span(int first, int limit) {
    return new Span(starts[first], ends[limit - 1]);
  }

  /** Returns whether the token is a word or a number. */
  public boolean isWordOrNumber(int token) {
    return is(token, Type.WORD) || is(token, Type.NUMBER);
  }

  /** Returns whether the tokens {@code [first, limit)} have at least {@code fewest} of these. */
  public boolean hasWords(int first, int limit, int fewest) {
    int words = 0;
    for (int i = first; i < limit && words < fewest; i++) {
      words += isWordOrNumber(i) ? 1 : 0;
    }
    return words >= fewest;
  }

  /** Returns the token's characters as printed. */
  public String string(int token) {
    return text.substring(starts[token], ends[token]);
  }

  /** Returns the token's first character. */
  public char first(int token) {
    return text.charAt(starts[token]);
  }

  /** Returns the token's last character. */
  public char last(int token) {
    return text.charAt(ends[token] - 1);
  }

  /** Returns the number of characters of the token. */
  public int length(int token) {
    return ends[token] - starts[token];
  }

  /**
   * Returns the {@link String#hashCode} of the token in lower case with straight apostrophes. With
   * it a table of words can be asked without making a string.
   */
  public int hash(int token) {
    return hashes[token];
  }

  /** Returns whether the token is one of the lower-case words, ignoring its case. */
  public boolean is(int token, String... words) {
    for (String word : words) {
      if (is(token, word)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the token is {@code word}, ignoring its case; {@code word} is lower case. */
  public boolean is(int token, String word) {
    int length = word.length();
    int start = starts[token];
    if (ends[token] - start != length || hashes[token] != word.hashCode()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (fold(text.charAt(start + i)) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the token is a word that starts with a capital. */
  public boolean capitalised(int token) {
    return types[token] == Type.WORD.ordinal() && Character.isUpperCase(first(token));
  }

  /** Returns whether the token comes first or after white space. */
  public boolean spaceBefore(int token) {
    return token == 0 || ends[token - 1] < starts[token];
  }

  /** Returns the first token that ends after {@code offset}; {@link #size()} if none does. */
  public int at(int offset) {
    int found = Arrays.binarySearch(ends, 0, size, offset + 1);
    return found >= 0 ? found : -found - 1;
  }

  /** Returns the number of sentences. */
  public int sentences() {
    return sentences.length - 1;
  }

  /** Returns the sentence that the token is in. */
  public int sentence(int token) {
    return sentenceOf[token];
  }

  /** Returns the first token of the sentence. */
  public int sentenceStart(int sentence) {
    return sentences[sentence];
  }

  /** Returns the token after the last of the sentence. */
  public int sentenceEnd(int sentence) {
    return sentences[sentence + 1];
  }

  /** Returns the number of paragraphs. */
  public int paragraphs() {
    return paragraphs.length - 1;
  }

  /** Returns the paragraph that the token is in. */
  public int paragraph(int token) {
    return paragraphOf[token];
  }

  /** Returns the first token of the paragraph. */
  public int paragraphStart(int paragraph) {
    return paragraphs[paragraph];
  }

  /** Returns the token after the last of the paragraph. */
  public int paragraphEnd(int paragraph) {
    return paragraphs[paragraph + 1];
  }

  /** Returns {@code c} as it is compared: in lower case, a curly apostrophe straightened. */
  static char fold(char c) {
    if (c < 128) {
      return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
    return c == '’' ? '\'' : Character.toLowerCase(c);
  }
}
