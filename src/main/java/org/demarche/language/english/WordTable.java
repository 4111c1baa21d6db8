package org.demarche.language.english;

import java.util.Map;
import org.demarche.text.Tokens;

/**
 * Maps words to numbers and is asked with a token, so that no string is made. Open addressing over
 * {@link Tokens#hash}.
 */
final class WordTable {

  private final String[] words;
  private final long[] values;
  private final int mask;

  /**
   * Makes a table.
   *
   * @param entries lower-case words with straight apostrophes, each with a number other than 0
   */
  WordTable(Map<String, Long> entries) {
    int capacity = Integer.highestOneBit(Math.max(4, entries.size()) * 4);
    words = new String[capacity];
    values = new long[capacity];
    mask = capacity - 1;
    entries.forEach(
        (word, value) -> {
          int slot = slot(word.hashCode());
          while (words[slot] != null) {
            slot = (slot + 1) & mask;
          }
          words[slot] = word;
          values[slot] = value;
        });
  }

  /** Returns the number of the word, or 0 for an unknown word. */
  long get(Tokens tokens, int token) {
    int slot = slot(tokens.hash(token));
    while (words[slot] != null) {
      if (tokens.is(token, words[slot])) {
        return values[slot];
      }
      slot = (slot + 1) & mask;
    }
    return 0;
  }

  private int slot(int hash) {
    return (hash * 0x9E3779B9 >>> 8) & mask;
  }
}
