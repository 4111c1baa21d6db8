package org.demarche.attribution;

import static org.demarche.language.english.Lexicon.ADVERB;
import static org.demarche.language.english.Lexicon.CONJUNCTION;
import static org.demarche.language.english.Lexicon.DETERMINER;
import static org.demarche.language.english.Lexicon.ING;
import static org.demarche.language.english.Lexicon.PAST;
import static org.demarche.language.english.Lexicon.PREPOSITION;
import static org.demarche.language.english.Lexicon.PRESENT;
import static org.demarche.language.english.Lexicon.SUBJECT;
import static org.demarche.language.english.Lexicon.SUBORDINATOR;
import static org.demarche.language.english.Lexicon.WH;

import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Quote;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * Finds where reported content ends: with its sentence, or before a mark or a word that ends such
 * content more often than not. This was counted in the training articles of PolNeAR: a comma before
 * a verb in -ing, for instance, ends four of five noun phrases and every second clause.
 */
final class ContentEnds {

  private final StatementBoard board;
  private final Tokens tokens;
  private final AnnotatedText text;

  ContentEnds(StatementBoard board) {
    this.board = board;
    this.tokens = board.tokens;
    this.text = board.text;
  }

  /**
   * Returns the token after the clause that starts at {@code first}.
   *
   * @param verb the cue; "and" with a second verb of the same form ends its clause
   */
  int clauseEnd(int first, int ceiling, int verb) {
    return end(first, ceiling, verb, true);
  }

  /** Returns the token after the noun phrase or infinitive that starts at {@code first}. */
  int phraseEnd(int first, int ceiling, int verb) {
    return end(first, ceiling, verb, false);
  }

  private int end(int first, int ceiling, int verb, boolean clause) {
    boolean dependent = isDependent(verb);
    for (int i = first; i < ceiling; i++) {
      if (board.isTaken(i) || board.isCue(i)) {
        return i;
      }
      Quote quote = text.quoteAt(i);
      if (quote != null) {
        i = Math.max(i, quote.limit() - 1);
        continue;
      }
      if (i == first || i + 1 >= ceiling) {
        continue;
      }
      if (text.is(i, '(')) {
        i = closing(i, ceiling);
        continue;
      }
      if (text.is(i, ')')
          || text.is(i, ';')
          || text.is(i, ',')
              && (dependent && opensMainClause(i + 1) || endsAtComma(i + 1, ceiling, clause))
          || text.has(i, CONJUNCTION) && endsAtConjunction(i, ceiling, verb, clause)) {
        return i;
      }
      if (!clause
          && (tokens.is(i, Type.DASH)
              || text.has(i, PREPOSITION | SUBORDINATOR) && board.phrases.isManner(i)
              || endsPhrase(i))) {
        return i;
      }
    }
    return ceiling;
  }

  private int closing(int open, int ceiling) {
    for (int i = open + 1; i < ceiling; i++) {
      if (text.is(i, ')')) {
        return i;
      }
    }
    return open;
  }

  /** Returns whether the cue is in a clause before the main one: "While he said …, she …". */
  private boolean isDependent(int verb) {
    int first = tokens.sentenceStart(tokens.sentence(verb));
    while (first < verb && tokens.is(first, Type.QUOTE)) {
      first++;
    }
    for (int i = first; i < verb; i++) {
      if (text.is(i, ',')) {
        return false;
      }
    }
    return text.has(first, SUBORDINATOR)
        || tokens.is(first, "despite")
        || (text.is(first, "in", "by") || first == verb) && text.has(verb, ING);
  }

  private boolean opensMainClause(int next) {
    return text.isName(next)
        || text.has(next, SUBJECT | DETERMINER | Lexicon.POSSESSIVE) && !tokens.is(next, "who");
  }

  private boolean endsAtComma(int next, int ceiling, boolean clause) {
    if (text.is(next, "according", "which", "who", "while", "whereas")
        || text.has(next, ING)
        || isIng(next)) {
      return true;
    }
    if (clause) {
      return tokens.is(next, "but") && !(next + 1 < ceiling && tokens.is(next + 1, "that"))
          || text.is(next, "a", "an");
    }
    return text.has(next, CONJUNCTION) && !tokens.is(next, "or")
        || text.has(next, SUBJECT | DETERMINER)
        || text.has(next, WH | SUBORDINATOR)
        || text.is(next, "with", "even")
        || text.isName(next);
  }

  private boolean isIng(int token) {
    return tokens.length(token) > 4
        && tokens.text().startsWith("ing", tokens.end(token) - 3)
        && Character.isLowerCase(tokens.first(token))
        && !text.is(token, "including", "during");
  }

  /** Returns whether a second verb of the main clause follows: "said … and called on …". */
  private boolean endsAtConjunction(int at, int ceiling, int verb, boolean clause) {
    int next = at + 1;
    while (next < ceiling && text.has(next, ADVERB)) {
      next++;
    }
    if (next >= ceiling || tokens.is(at, "or")) {
      return false;
    }
    if (!clause) {
      return tokens.is(at, "but") || text.isFinite(next) && !tokens.capitalised(next);
    }
    return text.isCueForm(next)
        && (text.has(next, PAST) && text.has(verb, PAST)
            || text.has(next, PRESENT) && text.has(verb, PRESENT) && text.verb(next).takes('c'));
  }

  private boolean endsPhrase(int at) {
    return text.is(at, "after", "while", "because", "when", "until", "although", "though");
  }
}
