package org.demarche.attribution;

import static org.demarche.language.english.Lexicon.ADVERB;
import static org.demarche.language.english.Lexicon.BE;
import static org.demarche.language.english.Lexicon.DETERMINER;
import static org.demarche.language.english.Lexicon.HAVE;
import static org.demarche.language.english.Lexicon.ING;
import static org.demarche.language.english.Lexicon.MODAL;
import static org.demarche.language.english.Lexicon.PEOPLE;
import static org.demarche.language.english.Lexicon.POSSESSIVE;
import static org.demarche.language.english.Lexicon.SUBJECT;
import static org.demarche.language.english.Lexicon.WH;

import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Phrases;
import org.demarche.language.english.Quote;
import org.demarche.language.english.Range;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * Finds who is credited behind a quotation: "“…,” Moor said", "“…,” according to Moor", "“…” —
 * Moor".
 */
final class CueBehindQuote {

  /** How many tokens behind a quotation its verb is looked for; appositions can be long. */
  private static final int REACH = 40;

  /** "— Moor, the mayor of Vell" has so many tokens at most. */
  private static final int LONGEST_SIGNATURE = 12;

  /** Verbs of the face and the voice. */
  private static final String[] MANNER = {
    "grinned", "beamed", "nodded", "smiled", "laughed", "chuckled", "giggled", "sobbed", "wept",
    "sighed", "shrugged", "winked", "frowned", "boomed", "thundered", "roared", "pleaded", "begged",
    "worried", "cheered", "joked", "quipped", "gushed", "enthused", "fumed", "raged", "moaned",
    "groaned", "gasped", "croaked", "breathed", "hissed", "growled", "snapped", "barked", "drawled",
    "crowed", "lamented", "mused", "marvelled", "marveled"
  };

  private final StatementBoard board;
  private final Tokens tokens;
  private final AnnotatedText text;
  private final Phrases phrases;

  /**
   * An attribution of a quotation.
   *
   * @param end the token behind the attribution and the stop that ends it
   */
  record Found(Rule rule, Range cue, Range source, int end) {}

  CueBehindQuote(StatementBoard board) {
    this.board = board;
    this.tokens = board.tokens;
    this.text = board.text;
    this.phrases = board.phrases;
  }

  /**
   * Returns who is credited behind the quotation, or null.
   *
   * @param ceiling where the next quotation or paragraph starts
   */
  Found find(Quote quote, int ceiling) {
    int at = quote.limit();
    if (text.is(at, ',')) {
      at++;
    }
    int limit = at;
    while (limit < ceiling && !tokens.is(limit, Type.STOP) && limit - at < REACH) {
      limit++;
    }
    if (limit == at) {
      return null;
    }
    int end = limit < ceiling && tokens.is(limit, Type.STOP) ? limit + 1 : limit;
    if (tokens.is(at, Type.DASH)) {
      return signature(at, limit, end);
    }
    if (at + 1 < limit && tokens.is(at, "according") && tokens.is(at + 1, "to")) {
      Range source = phrases.nounPhraseAfter(at + 2, limit);
      return source == null
          ? null
          : new Found(Rule.QUOTE_ACCORDING_TO, new Range(at, at + 2), source, end);
    }
    if (!board.endsInMark(quote) && !text.is(quote.limit(), ',')) {
      return null;
    }
    Found found = verbName(at, limit, end);
    if (found == null) {
      found = nameVerb(quote, at, limit, end);
    }
    if (found == null) {
      found = described(at, limit, end);
    }
    return found == null && !endsInFullStop(quote) ? mannerVerb(at, limit, end) : found;
  }

  /** Returns who signs with a dash before the name, or null. */
  Found signature(int dash, int limit, int end) {
    return dash + 1 < limit && limit - dash < LONGEST_SIGNATURE && text.isName(dash + 1)
        ? new Found(
            Rule.QUOTE_DASH_NAME, new Range(dash, dash + 1), new Range(dash + 1, limit), end)
        : null;
  }

  private Found verbName(int at, int limit, int end) {
    int verb = at;
    while (verb < limit && text.has(verb, ADVERB)) {
      verb++;
    }
    if (verb >= limit || !board.isQuotationVerb(verb) || text.has(verb, ING)) {
      return null;
    }
    Range source = phrases.nounPhraseAfter(verb + 1, limit);
    return source == null || source.limit() < limit && text.isFinite(source.limit())
        ? null
        : new Found(Rule.QUOTE_VERB_NAME, new Range(verb, verb + 1), source, end);
  }

  private Found nameVerb(Quote quote, int at, int limit, int end) {
    if (!startsPhrase(at)) {
      return null;
    }
    for (int verb = at + 1; verb < limit; verb++) {
      if (board.isQuotationVerb(verb) && (!text.has(verb, ING) || text.has(verb - 1, BE))) {
        int group = phrases.verbGroupStart(verb, at + 1);
        int sourceEnd = text.is(group - 1, ',') ? group - 1 : group;
        if (endsInFullStop(quote) && verb + 1 < limit) {
          return null;
        }
        if (sourceEnd > at && !isClause(at, sourceEnd)) {
          Range source = new Range(at, sourceEnd);
          return new Found(Rule.QUOTE_NAME_VERB, new Range(group, verb + 1), source, end);
        }
      }
    }
    return null;
  }

  /** Reads "“…,” was how Moor described it". */
  private Found described(int at, int limit, int end) {
    if (at + 1 >= limit || !text.has(at, BE) || !text.is(at + 1, "how")) {
      return null;
    }
    for (int verb = at + 3; verb < limit; verb++) {
      if (text.isCueForm(verb) && text.isVerbal(verb)) {
        int group = phrases.verbGroupStart(verb, at + 2);
        Range source = phrases.nounPhraseBefore(group, at + 2);
        return source == null
            ? null
            : new Found(Rule.QUOTE_NAME_VERB, new Range(group, verb + 1), source, end);
      }
    }
    return null;
  }

  /**
   * Attributes by a verb that tells how somebody speaks and is no cue elsewhere: "“…!” grinned
   * Moor", "“…,” she nodded.", "“…,” reads the sign".
   */
  private Found mannerVerb(int at, int limit, int end) {
    boolean reads = text.is(at, "read", "reads");
    if (reads || text.is(at, MANNER)) {
      Range source = phrases.nounPhraseAfter(at + 1, limit);
      boolean speaks =
          source != null
              && (text.isName(source.first())
                  || text.has(source.first(), DETERMINER) && (reads || hasPeople(source)));
      boolean isSubject =
          speaks && source.limit() < limit && text.has(source.limit(), BE | HAVE | MODAL);
      return speaks && !isSubject
          ? new Found(Rule.QUOTE_VERB_NAME, new Range(at, at + 1), source, end)
          : null;
    }
    int verb = at;
    while (verb < limit && (text.isName(verb) || verb == at && text.has(verb, SUBJECT))) {
      verb++;
    }
    return verb > at && verb + 1 == limit && text.is(verb, MANNER)
        ? new Found(Rule.QUOTE_NAME_VERB, new Range(verb, verb + 1), new Range(at, verb), end)
        : null;
  }

  private boolean hasPeople(Range phrase) {
    for (int i = phrase.first(); i < phrase.limit(); i++) {
      if (text.has(i, PEOPLE)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a new sentence begins behind the quotation: "“….” Moor told reporters …". */
  private boolean endsInFullStop(Quote quote) {
    int lastInside = quote.limit() - 2;
    return lastInside > quote.first()
        && tokens.is(lastInside, Type.STOP)
        && text.is(lastInside, '.');
  }

  /** Returns whether the stretch has a finite verb that is not in a relative clause. */
  private boolean isClause(int first, int limit) {
    for (int i = first; i < limit; i++) {
      if (text.has(i, WH) || text.is(i, ',')) {
        return false;
      }
      if (text.isFinite(i)) {
        return true;
      }
    }
    return false;
  }

  private boolean startsPhrase(int at) {
    return text.isNounLike(at) || text.has(at, SUBJECT | DETERMINER | POSSESSIVE);
  }
}
