package org.demarche.speaker;

import java.util.Set;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;

/** Tells which words of an article can be part of a name. */
final class NameWords {

  /** Short words that make an adjective behind a hyphen. */
  private static final Set<String> DESCRIBING =
      Set.of(
          "led", "run", "born", "held", "made", "era", "wide", "like", "only", "free", "rich",
          "poor", "area", "type", "bred", "wing", "line", "plus", "ish", "in", "up", "on", "off");

  private final AnnotatedText text;

  NameWords(AnnotatedText text) {
    this.text = text;
  }

  /** Returns whether a name can open with the word: a name word, or "al" before one. */
  boolean opensName(int i) {
    return isNameWord(i)
        || (text.is(i, "al")
            && i + 1 < text.size()
            && text.sameSentence(i, i + 1)
            && isNameWord(i + 1));
  }

  /** Returns whether the word can be part of a name, by its capital and its neighbours. */
  boolean isNameWord(int i) {
    if (!text.isUpper(i)) {
      return false;
    }
    if (isInitial(i)) {
      return true;
    }
    if (text.length(i) > 2 && text.charAt(i, 1) == '-' && i > 0 && text.is(i - 1, '(')) {
      // The party and state of a politician: "(D-Calif.)".
      return false;
    }
    if (text.is(i, "today") && isBehindName(i) || text.is(i, "is", "who") && isShouted(i)) {
      // "Vell Today" is an outlet, and "WHO said" has no pronoun.
      return true;
    }
    long bits = text.classes(i);
    if ((bits & Lexicon.CALENDAR) != 0 || isCompoundAdjective(i) || isMonth(i)) {
      return false;
    }
    if ((bits & Lexicon.FUNCTION) == 0) {
      return true;
    }
    // "Will" and "May" are names next to another name.
    boolean named = (bits & Lexicon.GIVEN) != 0 || text.is(i, "may", "page");
    boolean beforeName =
        i + 1 < text.size()
            && text.isUpper(i + 1)
            && text.sameSentence(i, i + 1)
            && !text.has(i + 1, Lexicon.FUNCTION | Lexicon.CALENDAR);
    return named && !text.opens(i) && (isBehindName(i) || beforeName);
  }

  private boolean isBehindName(int i) {
    return i > 0 && text.isUpper(i - 1) && text.sameSentence(i - 1, i);
  }

  /** Returns whether the word is in capitals, but not those around it. */
  private boolean isShouted(int i) {
    return text.isCapitals(i)
        && !text.isHeadline(i)
        && !(i > 0 && text.isCapitals(i - 1))
        && !(i + 1 < text.size() && text.isCapitals(i + 1));
  }

  /** Returns whether a month that is also a given name is one here: "in April", "April 4". */
  private boolean isMonth(int i) {
    if (!text.is(i, "april", "june", "august")) {
      return false;
    }
    boolean behind =
        i > 0
            && text.sameSentence(i - 1, i)
            && (text.has(i - 1, Lexicon.PREPOSITION)
                || text.isNumber(i - 1)
                || text.is(i - 1, "last", "this", "next", "early", "late", "until", "since"));
    boolean beforeNumber = i + 1 < text.size() && text.isNumber(i + 1);
    boolean named =
        i + 1 < text.size()
            && text.sameSentence(i, i + 1)
            && text.isUpper(i + 1)
            && text.classes(i + 1) == 0
            && !text.is(i - 1 < 0 ? i : i - 1, "in");
    return beforeNumber || behind && !named;
  }

  /**
   * Returns whether the word is an adjective such as "Velland-born" or "Senate-led". Names have a
   * capital or a short syllable behind the hyphen: "Jun-ho".
   */
  private boolean isCompoundAdjective(int i) {
    int length = text.length(i);
    for (int k = 3; k + 1 < length; k++) {
      if (text.charAt(i, k) == '-') {
        int syllable = length - k - 1;
        return Character.isLowerCase(text.charAt(i, k + 1))
            && (syllable > 4 || DESCRIBING.contains(text.string(i, i + 1).substring(k + 1)));
      }
    }
    return false;
  }

  /** Returns whether the word is an initial or several: "J.", "J.K.". */
  boolean isInitial(int i) {
    int length = text.length(i);
    return length >= 2
        && length <= 6
        && text.charAt(i, length - 1) == '.'
        && text.charAt(i, 1) == '.';
  }
}
