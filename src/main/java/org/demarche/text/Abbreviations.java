package org.demarche.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The abbreviations whose period is part of the word, and the words that open a sentence after one
 * of them; read from {@code abbreviations.txt} and {@code openers.txt}.
 */
final class Abbreviations {

  /** How an abbreviation behaves at the end of a sentence. */
  enum Kind {
    /** Stands before a name and never ends a sentence: {@code Mr.} */
    BEFORE,
    /** Ends a sentence if a word follows that opens sentences: {@code Inc.} */
    EITHER,
    /** Is an abbreviation only before a number: {@code No. 5} */
    NUMBER
  }

  private static final int LONGEST = 8;

  private final Map<String, Kind> kinds = new HashMap<>();
  private final Set<String> openers = new HashSet<>();

  Abbreviations() {
    for (String line : ResourceLines.of(Abbreviations.class, "abbreviations.txt")) {
      List<String> words = List.of(line.split(" "));
      Kind kind = Kind.valueOf(words.get(0).toUpperCase(Locale.ROOT));
      words.stream().skip(1).forEach(word -> kinds.put(word, kind));
    }
    for (String line : ResourceLines.of(Abbreviations.class, "openers.txt")) {
      openers.addAll(List.of(line.split(" ")));
    }
  }

  /**
   * Returns the kind of the word from {@code start} to {@code end}, the offset of its period; null
   * if it is no known abbreviation. Of a compound the last part counts: "R-Ky." is found as "Ky.".
   */
  Kind find(String text, int start, int end) {
    int first = end;
    while (first > start && text.charAt(first - 1) != '-') {
      first--;
      if (end - first > LONGEST) {
        return null;
      }
    }
    return kinds.get(text.substring(first, end).toLowerCase(Locale.ROOT));
  }

  /** Returns whether the word at {@code start} opens a sentence after an abbreviation. */
  boolean isOpener(String text, int start, int limit) {
    int end = start;
    while (end < limit && end < start + 12 && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return openers.contains(text.substring(start, end).toLowerCase(Locale.ROOT));
  }
}
