package org.demarche.attribution;

import org.demarche.language.english.Quote;
import org.demarche.language.english.Range;
import org.demarche.text.Tokens;

/**
 * Attributes the quotations that no other rule took: to the source of another statement in their
 * sentence, to the subject of their sentence, or to nobody.
 */
final class LeftOverQuotes {

  /** Shorter quotations are more often titles, nicknames or irony than speech. */
  private static final int FEWEST_WORDS = 3;

  private final StatementBoard board;
  private final Tokens tokens;

  LeftOverQuotes(StatementBoard board) {
    this.board = board;
    this.tokens = board.tokens;
  }

  void run() {
    for (Quote quote : board.text.quotes()) {
      if (!board.isTaken(quote.first())
          && !board.isTaken(quote.limit() - 1)
          && !board.isTitle(quote)
          && board.hasWords(quote.first(), quote.limit(), FEWEST_WORDS)) {
        attribute(quote);
      }
    }
  }

  private void attribute(Quote quote) {
    Range content = new Range(quote.first(), quote.limit());
    int sentence = tokens.sentence(quote.first());
    int floor = tokens.sentenceStart(sentence);
    int ceiling = Math.max(tokens.sentenceEnd(sentence), quote.limit());
    StatementDraft near = board.lastDraftIn(floor, ceiling);
    if (near != null) {
      board.add(new StatementDraft(Rule.QUOTE_IN_SENTENCE, content, near.cue(), near.source()));
      return;
    }
    Range subject = board.phrases.firstSubject(floor, quote.first());
    if (subject == null) {
      subject = board.phrases.firstSubject(quote.limit(), ceiling);
    }
    Rule rule = subject == null ? Rule.QUOTE_ALONE : Rule.QUOTE_SUBJECT;
    board.add(new StatementDraft(rule, content, null, subject));
  }
}
