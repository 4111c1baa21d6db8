package org.demarche.speaker;

import java.util.Set;

/** Tells which words of an article can be part of a name. */
final class NameWords {

  /** Short words that make an adjective behind a hyphen. */
  private static final Set<String> DESCRIBING =
      Set.of(
          "led", "run", "born", "held", "made", "era", "wide", "like", "only", "free", "rich",
          "poor", "area", "type", "bred", "wing", "line", "plus", "ish", "in", "up", "on", "off");

  private final Words words;

  NameWords(Words words) {
    this.words = words;
  }

  /** Returns whether a name can open with the word: a name word, or "al" before one. */
  boolean opensName(int i) {
    return isNameWord(i)
        || (words.is(i, "al")
            && i + 1 < words.size()
            && words.adjacent(i, i + 1)
            && isNameWord(i + 1));
  }

  /** Returns whether the word can be part of a name, by its capital and its neighbours. */
  boolean isNameWord(int i) {
    if (!words.isUpper(i)) {
      return false;
    }
    if (isInitial(i)) {
      return true;
    }
    int bits = words.bits(i);
    if ((bits & WordLists.CALENDAR) != 0 || isCompoundAdjective(i) || isMonth(i)) {
      return false;
    }
    if ((bits & WordLists.FUNCTION) == 0) {
      return true;
    }
    // "Will" and "May" are names next to another name.
    boolean named = (bits & WordLists.GIVEN) != 0 || words.is(i, "may") || words.is(i, "page");
    boolean afterName = i > 0 && words.isUpper(i - 1) && words.adjacent(i - 1, i);
    boolean beforeName =
        i + 1 < words.size()
            && words.isUpper(i + 1)
            && words.adjacent(i, i + 1)
            && !words.has(i + 1, WordLists.FUNCTION | WordLists.CALENDAR);
    return named && !words.opens(i) && (afterName || beforeName);
  }

  /** Returns whether a month that is also a given name is one here: "in April", "April 4". */
  private boolean isMonth(int i) {
    if (!(words.is(i, "april") || words.is(i, "june") || words.is(i, "august"))) {
      return false;
    }
    boolean behind =
        i > 0
            && words.adjacent(i - 1, i)
            && (words.has(i - 1, WordLists.PREPOSITION)
                || words.isNumber(i - 1)
                || words.is(i - 1, "last")
                || words.is(i - 1, "this")
                || words.is(i - 1, "next")
                || words.is(i - 1, "early")
                || words.is(i - 1, "late")
                || words.is(i - 1, "until")
                || words.is(i - 1, "since"));
    boolean beforeNumber = i + 1 < words.size() && words.isNumber(i + 1);
    boolean named =
        i + 1 < words.size()
            && words.adjacent(i, i + 1)
            && words.isUpper(i + 1)
            && words.bits(i + 1) == 0
            && !words.is(i - 1 < 0 ? i : i - 1, "in");
    return beforeNumber || behind && !named;
  }

  /**
   * Returns whether the word is an adjective such as "Velland-born" or "Senate-led". Names have a
   * capital or a short syllable behind the hyphen: "Jun-ho".
   */
  private boolean isCompoundAdjective(int i) {
    int length = words.length(i);
    for (int k = 3; k + 1 < length; k++) {
      if (words.charAt(i, k) == '-') {
        int syllable = length - k - 1;
        return Character.isLowerCase(words.charAt(i, k + 1))
            && (syllable > 4 || DESCRIBING.contains(words.folded(i, k + 1)));
      }
    }
    return false;
  }

  /** Returns whether the word is an initial or several: "J.", "J.K.". */
  boolean isInitial(int i) {
    int length = words.length(i);
    return length >= 2
        && length <= 6
        && words.charAt(i, length - 1) == '.'
        && words.charAt(i, 1) == '.';
  }
}
