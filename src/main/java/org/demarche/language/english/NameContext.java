package org.demarche.language.english;

import static org.demarche.language.english.Lexicon.CALENDAR;
import static org.demarche.language.english.Lexicon.FORMS;
import static org.demarche.language.english.Lexicon.FUNCTION;
import static org.demarche.language.english.Lexicon.GIVEN;
import static org.demarche.language.english.Lexicon.GRAMMAR;
import static org.demarche.language.english.Lexicon.ROLE;
import static org.demarche.language.english.Lexicon.TITLE;

import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * Tells the names that are also small words or months, May, Will, Per and Jan, from those words, by
 * their neighbours: "May Larkin said", "Mrs May said".
 */
final class NameContext {

  /** A given name and what follows it have so many words at most. */
  private static final int LONGEST = 4;

  private NameContext() {}

  /**
   * Returns whether the word is a name here.
   *
   * @param bits the classes of the word in the lexicon
   */
  static boolean isName(Tokens tokens, Lexicon lexicon, int token, long bits) {
    if (!isCapitalised(tokens, token)) {
      return false;
    }
    int before = token - 1;
    boolean near = before >= 0 && tokens.sentence(before) == tokens.sentence(token);
    long earlier = near && tokens.capitalised(before) ? lexicon.of(tokens, before) : 0;
    if ((earlier & TITLE) != 0 && (earlier & ROLE) == 0) { // Mrs May
      return true;
    }
    if (tokens.is(token, "may")
        && (earlier & GIVEN) != 0
        && (earlier & GRAMMAR) == 0
        && !isCapitalised(tokens, token + 1)) { // Ana May
      return true;
    }
    boolean dated =
        near
            && ((lexicon.of(tokens, before) & Lexicon.PREPOSITION) != 0
                || tokens.is(before, Type.NUMBER)
                || isTimeWord(tokens, before));
    return (bits & GIVEN) != 0 && !dated && opensFullName(tokens, lexicon, token);
  }

  private static boolean isTimeWord(Tokens tokens, int token) {
    return tokens.is(token, "last")
        || tokens.is(token, "this")
        || tokens.is(token, "next")
        || tokens.is(token, "early")
        || tokens.is(token, "late");
  }

  /**
   * Returns whether a surname and the words of a clause follow: "Will Moor, who", "Jan Moor said".
   */
  private static boolean opensFullName(Tokens tokens, Lexicon lexicon, int token) {
    int at = token + 1;
    while (at < token + LONGEST && isCapitalised(tokens, at)) {
      if ((lexicon.of(tokens, at) & (GRAMMAR | FUNCTION | CALENDAR | TITLE | ROLE | FORMS)) != 0) {
        return false;
      }
      at++;
    }
    if (at == token + 1
        || at >= tokens.size()
        || tokens.sentence(at) != tokens.sentence(token)
        || tokens.capitalised(at)) {
      return false;
    }
    if (!tokens.is(token, "will") && !tokens.is(token, "per")
        || tokens.sentenceStart(tokens.sentence(token)) != token) {
      return true;
    }
    // "Will Moor resign?" and "Per Moor, it is late" open with the small words.
    return (lexicon.of(tokens, at) & (AnnotatedText.AUXILIARY | Lexicon.VERB | Lexicon.PAST)) != 0;
  }

  /** Returns whether the word has one capital, the first letter. */
  private static boolean isCapitalised(Tokens tokens, int token) {
    return token < tokens.size()
        && tokens.is(token, Type.WORD)
        && tokens.capitalised(token)
        && tokens.length(token) > 2
        && Character.isLowerCase(tokens.last(token));
  }
}
