package org.demarche.language.english;

import static org.demarche.language.english.Lexicon.CALENDAR;
import static org.demarche.language.english.Lexicon.FORMS;
import static org.demarche.language.english.Lexicon.FUNCTION;
import static org.demarche.language.english.Lexicon.GIVEN;
import static org.demarche.language.english.Lexicon.GRAMMAR;
import static org.demarche.language.english.Lexicon.ROLE;
import static org.demarche.language.english.Lexicon.TIME;
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

  private final Tokens tokens;
  private final Lexicon lexicon;

  NameContext(Tokens tokens, Lexicon lexicon) {
    this.tokens = tokens;
    this.lexicon = lexicon;
  }

  /**
   * Returns whether the word is a name here.
   *
   * @param bits the classes of the word in the lexicon
   */
  boolean isName(int token, long bits) {
    if (!isCapitalised(token)) {
      return false;
    }
    int previous = token - 1;
    boolean near = previous >= 0 && tokens.sentence(previous) == tokens.sentence(token);
    long before = near && tokens.capitalised(previous) ? lexicon.of(tokens, previous) : 0;
    if ((before & TITLE) != 0 && (before & ROLE) == 0) { // Mrs May
      return true;
    }
    if (tokens.is(token, "may")
        && (before & GIVEN) != 0
        && (before & GRAMMAR) == 0
        && !isCapitalised(token + 1)) { // Ana May
      return true;
    }
    boolean dated = near && (bits & (CALENDAR | TIME)) != 0 && leadsToAMonth(previous);
    return (bits & GIVEN) != 0 && !dated && opensFullName(token);
  }

  /** Returns whether a month follows: "in May", "last May", "4 May". */
  private boolean leadsToAMonth(int token) {
    return tokens.is(token, Type.NUMBER)
        || tokens.is(
            token, "in", "since", "until", "by", "before", "after", "during", "from", "through",
            "last", "this", "next", "early", "late", "every", "each", "that", "mid");
  }

  /** Returns whether a surname and no other capital follow: "Will Moor, who", "Jan Moor said". */
  private boolean opensFullName(int token) {
    int at = token + 1;
    while (at < token + LONGEST && isCapitalised(at)) {
      if ((lexicon.of(tokens, at) & (GRAMMAR | FUNCTION | CALENDAR | TITLE | ROLE | FORMS)) != 0) {
        return false;
      }
      at++;
    }
    int sentence = tokens.sentence(token);
    if (at == token + 1
        || at >= tokens.size()
        || tokens.sentence(at) != sentence
        || tokens.capitalised(at)) {
      return false;
    }
    if (tokens.sentenceStart(sentence) != token) {
      return true;
    }
    // "Will Moor resign?" and "Per Moor, it is late" open with the small words.
    return !(tokens.is(token, "will") && tokens.is(tokens.sentenceEnd(sentence) - 1, "?"))
        && !(tokens.is(token, "per") && tokens.is(at, ","));
  }

  /** Returns whether the word has one capital, the first letter. */
  private boolean isCapitalised(int token) {
    return token < tokens.size()
        && tokens.is(token, Type.WORD)
        && tokens.capitalised(token)
        && tokens.length(token) > 2
        && Character.isLowerCase(tokens.last(token));
  }
}
