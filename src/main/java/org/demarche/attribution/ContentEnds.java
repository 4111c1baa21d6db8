package org.demarche.attribution;

import static org.demarche.attribution.Lexicon.ADVERB;
import static org.demarche.attribution.Lexicon.CONJUNCTION;
import static org.demarche.attribution.Lexicon.DETERMINER;
import static org.demarche.attribution.Lexicon.ING;
import static org.demarche.attribution.Lexicon.PAST;
import static org.demarche.attribution.Lexicon.PREPOSITION;
import static org.demarche.attribution.Lexicon.PRESENT;
import static org.demarche.attribution.Lexicon.SUBJECT;
import static org.demarche.attribution.Lexicon.SUBORDINATOR;
import static org.demarche.attribution.Lexicon.WH;

import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * Where the content of reported speech ends: at the end of its sentence, unless something before
 * that ends such content more often than not. Which marks and words do was counted in the training
 * articles of PolNeAR: for instance a comma with a verb in -ing ends four noun phrases of five, and
 * one clause of two; a comma with a plain noun ends hardly any.
 */
final class ContentEnds {

  private final StatementBoard passage;
  private final Tokens tokens;
  private final AnnotatedText reading;

  ContentEnds(StatementBoard passage) {
    this.passage = passage;
    this.tokens = passage.tokens;
    this.reading = passage.reading;
  }

  /**
   * Returns the token after the clause that starts at {@code first}.
   *
   * @param verb the cue, whose coordinate verbs end its clause
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
      if (passage.isTaken(i) || passage.isCue(i)) {
        return i;
      }
      Quote quote = passage.quoteAt(i);
      if (quote != null) {
        i = Math.max(i, quote.limit() - 1);
        continue;
      }
      if (i == first || i + 1 >= ceiling) {
        continue;
      }
      if (reading.is(i, '(')) {
        i = closing(i, ceiling);
        continue;
      }
      if (reading.is(i, ')')
          || reading.is(i, ';')
          || reading.is(i, ',')
              && (dependent && opensMainClause(i + 1) || endsAtComma(i + 1, ceiling, clause))
          || reading.has(i, CONJUNCTION) && endsAtConjunction(i, ceiling, verb, clause)) {
        return i;
      }
      if (!clause
          && (tokens.is(i, Type.DASH)
              || reading.has(i, PREPOSITION | SUBORDINATOR) && passage.phrases.isManner(i)
              || endsPhrase(i))) {
        return i;
      }
    }
    return ceiling;
  }

  private int closing(int open, int ceiling) {
    for (int i = open + 1; i < ceiling; i++) {
      if (reading.is(i, ')')) {
        return i;
      }
    }
    return open;
  }

  /** Whether the cue stands in a clause that leads up to the main one: "While he said …, she …". */
  private boolean isDependent(int verb) {
    int first = tokens.sentenceStart(tokens.sentence(verb));
    while (first < verb && tokens.is(first, Type.QUOTE)) {
      first++;
    }
    for (int i = first; i < verb; i++) {
      if (reading.is(i, ',')) {
        return false;
      }
    }
    return reading.has(first, SUBORDINATOR)
        || tokens.is(first, "despite")
        || (tokens.is(first, "in") || tokens.is(first, "by") || first == verb)
            && reading.hasForm(verb, ING);
  }

  private boolean opensMainClause(int next) {
    return reading.isName(next)
        || reading.has(next, SUBJECT | DETERMINER | Lexicon.POSSESSIVE) && !tokens.is(next, "who");
  }

  private boolean endsAtComma(int next, int ceiling, boolean clause) {
    if (tokens.is(next, "according")
        || tokens.is(next, "which")
        || tokens.is(next, "who")
        || tokens.is(next, "while")
        || tokens.is(next, "whereas")
        || reading.hasForm(next, ING)
        || isIng(next)) {
      return true;
    }
    if (clause) {
      return tokens.is(next, "but") && !(next + 1 < ceiling && tokens.is(next + 1, "that"))
          || tokens.is(next, "a")
          || tokens.is(next, "an");
    }
    return reading.has(next, CONJUNCTION) && !tokens.is(next, "or")
        || reading.has(next, SUBJECT | DETERMINER)
        || reading.has(next, WH | SUBORDINATOR)
        || tokens.is(next, "with")
        || tokens.is(next, "even")
        || reading.isName(next);
  }

  private boolean isIng(int token) {
    return tokens.length(token) > 4
        && tokens.text().startsWith("ing", tokens.end(token) - 3)
        && Character.isLowerCase(tokens.first(token))
        && !tokens.is(token, "including")
        && !tokens.is(token, "during");
  }

  /** Whether the main clause goes on with a second verb: "said … and called on …". */
  private boolean endsAtConjunction(int at, int ceiling, int verb, boolean clause) {
    int next = at + 1;
    while (next < ceiling && reading.has(next, ADVERB)) {
      next++;
    }
    if (next >= ceiling || tokens.is(at, "or")) {
      return false;
    }
    if (!clause) {
      return tokens.is(at, "but") || reading.isFinite(next) && !tokens.capitalised(next);
    }
    return reading.isCueForm(next)
        && (reading.hasForm(next, PAST) && reading.hasForm(verb, PAST)
            || reading.hasForm(next, PRESENT)
                && reading.hasForm(verb, PRESENT)
                && reading.verb(next).takes('c'));
  }

  private boolean endsPhrase(int at) {
    return tokens.is(at, "after")
        || tokens.is(at, "while")
        || tokens.is(at, "because")
        || tokens.is(at, "when")
        || tokens.is(at, "until")
        || tokens.is(at, "although")
        || tokens.is(at, "though");
  }
}
