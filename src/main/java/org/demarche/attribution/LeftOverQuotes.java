package org.demarche.attribution;

import org.demarche.text.Tokens;

/**
 * Attributes quoted segments that no other rule reached: to the source of their sentence, to its
 * subject, or to nobody.
 */
final class LeftOverQuotes {

  /** Shorter ones are titles, nicknames and doubt more often than speech. */
  private static final int FEWEST_WORDS = 3;

  private final StatementBoard passage;
  private final Tokens tokens;

  LeftOverQuotes(StatementBoard passage) {
    this.passage = passage;
    this.tokens = passage.tokens;
  }

  void run() {
    for (Quote quote : passage.quotes) {
      if (!passage.isTaken(quote.first())
          && !passage.isTaken(quote.limit() - 1)
          && !passage.isTitle(quote)
          && passage.hasWords(quote.first(), quote.limit(), FEWEST_WORDS)) {
        attribute(quote);
      }
    }
  }

  private void attribute(Quote quote) {
    Range content = new Range(quote.first(), quote.limit());
    int sentence = tokens.sentence(quote.first());
    int floor = tokens.sentenceStart(sentence);
    int ceiling = Math.max(tokens.sentenceEnd(sentence), quote.limit());
    StatementDraft near = passage.lastDraftIn(floor, ceiling);
    if (near != null) {
      passage.add(new StatementDraft(Rule.QUOTE_IN_SENTENCE, content, near.cue, near.source));
      return;
    }
    Range subject = passage.phrases.firstSubject(floor, quote.first());
    if (subject == null) {
      subject = passage.phrases.firstSubject(quote.limit(), ceiling);
    }
    if (subject != null) {
      passage.add(new StatementDraft(Rule.QUOTE_SUBJECT, content, null, subject));
      return;
    }
    passage.add(new StatementDraft(Rule.QUOTE_ALONE, content, null, null));
  }
}
