package org.demarche.speaker;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.demarche.language.english.PlaceLine;
import org.demarche.text.Tokens;

/**
 * The words of one article: how each is written, which lists contain it, its sentence, and whether
 * it is quoted. Punctuation marks count as words. Folded forms are made when first asked for.
 */
final class Words {

  /** The bits of a word that has not been looked up. */
  private static final int UNREAD = -1;

  private static final byte UPPER = 1;
  private static final byte LOWER = 1 << 1;
  private static final byte CAPITALS = 1 << 2;
  private static final byte QUOTED = 1 << 3;
  private static final byte HEADLINE = 1 << 4;
  private static final byte OPENS = 1 << 5;
  private static final byte DIGIT = 1 << 6;

  private final String text;

  /** The text as an array, which is read faster. */
  private final char[] chars;

  private final int size;
  private final int[] starts;
  private final int[] ends;
  private final int[] sentences;
  private final int[] paragraphs;
  private final byte[] shapes;
  private final String[] folded;
  private final int[] bits;
  private final Tokens tokens;
  private final WordLists lists = WordLists.bundled();

  /** The words that start with a lower-case letter; filled when first asked for. */
  private Set<String> lowerWords;

  Words(Tokens tokens) {
    this.tokens = tokens;
    this.text = tokens.text();
    this.chars = text.toCharArray();
    this.size = tokens.size();
    this.starts = new int[size];
    this.ends = new int[size];
    this.sentences = new int[size];
    this.paragraphs = new int[size];
    this.shapes = new byte[size];
    this.folded = new String[size];
    this.bits = new int[size];
    Arrays.fill(bits, UNREAD);
    for (int i = 0; i < size; i++) {
      starts[i] = tokens.start(i);
      ends[i] = tokens.end(i);
    }
    for (int s = 0; s < tokens.sentences(); s++) {
      Arrays.fill(sentences, tokens.sentenceStart(s), tokens.sentenceEnd(s), s);
    }
    for (int p = 0; p < tokens.paragraphs(); p++) {
      Arrays.fill(paragraphs, tokens.paragraphStart(p), tokens.paragraphEnd(p), p);
    }
    shape();
    quote();
    headlines();
  }

  int size() {
    return size;
  }

  /** Returns the word behind the dateline that starts here, or {@code i} if none does. */
  int behindPlaceLine(int i) {
    boolean opens = isUpper(i) && (i == 0 || paragraphs[i] != paragraphs[i - 1]);
    return opens ? PlaceLine.end(tokens, i) : i;
  }

  /** Returns whether the word is in the label of a transcript: "MOOR: …". */
  boolean isLabel(int i) {
    if (!isCapitals(i)) {
      return false;
    }
    int colon = i + 1;
    while (colon < size && colon - i < 4 && isCapitals(colon)) {
      colon++;
    }
    if (colon == size || first(colon) != ':' || paragraphs[colon] != paragraphs[i]) {
      return false;
    }
    int first = i;
    while (first > 0 && paragraphs[first - 1] == paragraphs[i] && isCapitals(first - 1)) {
      first--;
    }
    return first == 0 || paragraphs[first - 1] != paragraphs[first];
  }

  int start(int i) {
    return starts[i];
  }

  int end(int i) {
    return ends[i];
  }

  /** Returns the number of the sentence of word {@code i}. */
  int sentence(int i) {
    return sentences[i];
  }

  /** Returns the text from the start of word {@code from} to the end of word {@code to - 1}. */
  String text(int from, int to) {
    return text.substring(starts[from], ends[to - 1]);
  }

  char first(int i) {
    return chars[starts[i]];
  }

  /** Returns the character at {@code offset} of word {@code i}. */
  char charAt(int i, int offset) {
    return chars[starts[i] + offset];
  }

  int length(int i) {
    return ends[i] - starts[i];
  }

  /** Returns whether the word starts with a capital, or has letters without case. */
  boolean isUpper(int i) {
    return (shapes[i] & UPPER) != 0;
  }

  boolean isLower(int i) {
    return (shapes[i] & LOWER) != 0;
  }

  /** Returns whether the word has two or more letters and all are capitals. */
  boolean isCapitals(int i) {
    return (shapes[i] & CAPITALS) != 0;
  }

  boolean isNumber(int i) {
    return (shapes[i] & DIGIT) != 0;
  }

  boolean isPunctuation(int i) {
    return (shapes[i] & (UPPER | LOWER | DIGIT)) == 0;
  }

  boolean isQuoted(int i) {
    return (shapes[i] & QUOTED) != 0;
  }

  /** Returns whether the word is in a headline, where a capital does not show a name. */
  boolean isHeadline(int i) {
    return (shapes[i] & HEADLINE) != 0;
  }

  /**
   * Returns whether the word opens a sentence or quotation, where a capital does not show a name.
   */
  boolean opens(int i) {
    return (shapes[i] & OPENS) != 0;
  }

  /** Returns whether the word is "'s", or the apostrophe behind a plural. */
  boolean isPossessive(int i) {
    char c = first(i);
    return (c == '\'' || c == '’')
        && (length(i) == 1
            ? i > 0 && ends[i - 1] == starts[i] && chars[starts[i] - 1] == 's'
            : length(i) == 2 && (chars[starts[i] + 1] | 0x20) == 's');
  }

  /** Returns the {@link String#hashCode} of the word in lower case. */
  int hash(int i) {
    return tokens.hash(i);
  }

  boolean isComma(int i) {
    return first(i) == ',';
  }

  /** Returns whether word {@code i} in lower case is {@code lower}. */
  boolean is(int i, String lower) {
    int length = lower.length();
    int start = starts[i];
    if (ends[i] - start != length) {
      return false;
    }
    for (int k = 0; k < length; k++) {
      char c = chars[start + k];
      if (c != lower.charAt(k) && Character.toLowerCase(c) != lower.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  String folded(int i) {
    String known = folded[i];
    if (known == null) {
      known = Name.fold(text.substring(starts[i], ends[i]));
      folded[i] = known;
    }
    return known;
  }

  /** Returns the folded form of word {@code i} from its character {@code from} on. */
  String folded(int i, int from) {
    return Name.fold(text.substring(starts[i] + from, ends[i]));
  }

  /** Returns whether the word occurs in the article with a lower-case letter first. */
  boolean hasLower(String word) {
    if (lowerWords == null) {
      lowerWords = new HashSet<>();
      for (int i = 0; i < size; i++) {
        if (isLower(i)) {
          lowerWords.add(lower(i));
        }
      }
    }
    return lowerWords.contains(word);
  }

  private String lower(int i) {
    char[] lower = Arrays.copyOfRange(chars, starts[i], ends[i]);
    for (int k = 0; k < lower.length; k++) {
      lower[k] = Character.toLowerCase(lower[k]);
    }
    return new String(lower);
  }

  /** Returns the bits of {@link WordLists} for word {@code i}. */
  int bits(int i) {
    int known = bits[i];
    if (known == UNREAD) {
      known = lookUp(i);
      bits[i] = known;
    }
    return known;
  }

  private int lookUp(int i) {
    boolean plain = isPlain(i);
    int known = plain ? lists.of(chars, starts[i], ends[i], tokens.hash(i)) : lists.of(folded(i));
    if (known == 0 || !isCapitals(i) || isHeadline(i)) {
      return known;
    }
    // "WHO" and "US" are not pronouns, and "VELL TODAY" is a name.
    boolean named =
        (i > 0 && isCapitals(i - 1))
            || is(i, "who")
            || (plain ? is(i, "us") : folded(i).equals("us"));
    return named
        ? known & ~(WordLists.FUNCTION | WordLists.PREPOSITION | WordLists.DETERMINER)
        : known;
  }

  /** Returns whether the word has only ASCII letters, so that folding changes only its case. */
  private boolean isPlain(int i) {
    int end = ends[i];
    for (int k = starts[i]; k < end; k++) {
      int c = chars[k] | 0x20;
      if (c < 'a' || c > 'z') {
        return false;
      }
    }
    return true;
  }

  /** Returns the shared form of the role that ends with word {@code i}, or null. */
  String roleHead(int i) {
    String word = folded(i);
    if (i > 0) {
      String compound = lists.role(folded(i - 1), word);
      if (compound != null) {
        return compound;
      }
    }
    return lists.role(word);
  }

  /** Returns whether a list of the bits contains word {@code i}. */
  boolean has(int i, int bit) {
    return (bits(i) & bit) != 0;
  }

  /** Returns whether both words are in one sentence and one paragraph. */
  boolean adjacent(int i, int j) {
    return sentences[i] == sentences[j] && paragraphs[i] == paragraphs[j];
  }

  /** Returns the first word that starts at or after {@code offset}, or {@link #size()}. */
  int at(int offset) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void shape() {
    for (int i = 0; i < size; i++) {
      char c = chars[starts[i]];
      if (c >= 'a' && c <= 'z') {
        shapes[i] = isArabicName(i) ? UPPER : LOWER;
      } else if (c < 0x80 && (c < 'A' || c > 'Z')) {
        shapes[i] = c >= '0' && c <= '9' ? DIGIT : 0;
      } else if (Character.isUpperCase(c)) {
        shapes[i] = isAllCapitals(i) ? UPPER | CAPITALS : UPPER;
      } else if (Character.isLowerCase(c)) {
        shapes[i] = LOWER;
      } else if (Character.isLetter(c)) {
        // In scripts without case every word can be a name.
        shapes[i] = UPPER;
      }
    }
  }

  /** Returns whether the word has two or more letters and all are capitals. */
  private boolean isAllCapitals(int i) {
    int letters = 0;
    for (int k = starts[i]; k < ends[i]; k++) {
      char c = chars[k];
      if (Character.isLetter(c)) {
        if (!Character.isUpperCase(c)) {
          return false;
        }
        letters++;
      }
    }
    return letters > 1;
  }

  /** Returns whether the word is a name such as "al-Thani". */
  private boolean isArabicName(int i) {
    int start = starts[i];
    return ends[i] - start > 4
        && chars[start + 2] == '-'
        && Character.isUpperCase(chars[start + 3]);
  }

  private void quote() {
    boolean open = false;
    for (int i = 0; i < size; i++) {
      boolean newLine = i == 0 || !lineGoesOn(i);
      if (newLine) {
        open = false;
      }
      char c = chars[starts[i]];
      boolean mark = false;
      if (c == '“' || c == '«' || c == '„') {
        open = true;
        mark = true;
      } else if (c == '”' || c == '»') {
        open = false;
        mark = true;
      } else if (c == '"') {
        open = !open;
        mark = true;
      } else if (open) {
        shapes[i] |= QUOTED;
      }
      boolean opens = newLine || sentences[i] != sentences[i - 1] || opensAfter(i - 1) && !mark;
      if (opens) {
        shapes[i] |= OPENS;
      }
    }
  }

  private boolean lineGoesOn(int i) {
    return paragraphs[i - 1] == paragraphs[i];
  }

  /** Returns whether a capital behind word {@code i} does not show a name. */
  private boolean opensAfter(int i) {
    if (isPunctuation(i)) {
      char c = first(i);
      return c == '“'
          || c == '"'
          || c == '«'
          || c == '‘'
          || c == ':'
          || c == '•'
          || ((shapes[i] & OPENS) != 0 && c != '(');
    }
    return false;
  }

  private void headlines() {
    int from = 0;
    while (from < size) {
      int to = from + 1;
      while (to < size && sentences[to] == sentences[from] && lineGoesOn(to)) {
        to++;
      }
      if (Headlines.isHeadline(this, from, to, paragraphs[from] <= 1)) {
        for (int i = from; i < to; i++) {
          shapes[i] |= HEADLINE;
        }
      }
      from = to;
    }
  }
}
