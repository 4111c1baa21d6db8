package org.demarche.attribution;

import static org.demarche.attribution.Lexicon.CONJUNCTION;
import static org.demarche.attribution.Lexicon.PREPOSITION;
import static org.demarche.attribution.Lexicon.SUBORDINATOR;
import static org.demarche.attribution.Lexicon.WH;

import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/** Where the content of reported speech ends. */
final class ContentEnds {

  private final Passage passage;
  private final Tokens tokens;
  private final Reading reading;

  ContentEnds(Passage passage) {
    this.passage = passage;
    this.tokens = passage.tokens;
    this.reading = passage.reading;
  }

  /** Returns the token after the clause that starts at {@code first}. */
  int clauseEnd(int first, int ceiling) {
    for (int i = first; i < ceiling; i++) {
      if (passage.isTaken(i)) {
        return i;
      }
      if (passage.isQuoted(i)) {
        i = Math.max(i, passage.quoteAt(i).limit() - 1);
        continue;
      }
      if (reading.is(i, ',') && i + 1 < ceiling && endsClause(i + 1, ceiling)) {
        return i;
      }
    }
    return ceiling;
  }

  private boolean endsClause(int next, int ceiling) {
    return tokens.is(next, "according")
        || reading.isCueForm(next) && reading.hasForm(next, Lexicon.ING)
        || reading.has(next, CONJUNCTION)
            && next + 1 < ceiling
            && reading.isCueForm(next + 1)
            && reading.hasForm(next + 1, Lexicon.PAST);
  }

  /** Returns the token after the phrase that starts at {@code first}. */
  int phraseEnd(int first, int ceiling) {
    for (int i = first; i < ceiling; i++) {
      if (passage.isTaken(i)) {
        return i;
      }
      if (passage.isQuoted(i)) {
        i = Math.max(i, passage.quoteAt(i).limit() - 1);
        continue;
      }
      if (i > first
          && (reading.is(i, ',') && endsPhrase(i + 1, ceiling)
              || tokens.is(i, Type.DASH)
              || reading.is(i, ';')
              || reading.has(i, PREPOSITION) && passage.phrases.isManner(i)
              || reading.has(i, SUBORDINATOR) && !reading.has(i, PREPOSITION | WH))) {
        return i;
      }
    }
    return ceiling;
  }

  private boolean endsPhrase(int next, int ceiling) {
    return next < ceiling;
  }
}
