package org.demarche.attribution;

import org.demarche.language.english.Lexicon;
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
    for (int k = 0; k < board.text.quotes().size(); k++) {
      board.text.checkTime();
      Quote quote = board.text.quotes().get(k);
      if (!board.isTaken(quote.first())
          && !board.isTaken(quote.limit() - 1)
          && !board.isTitle(quote)
          && tokens.hasWords(quote.first(), quote.limit(), FEWEST_WORDS)) {
        StatementDraft before =
            quote.first() > 0
                    && board.isWhole(quote)
                    && !board.hasWordsBehind(quote)
                    && !board.text.is(quote.first() - 1, ':')
                ? draftBefore(quote, k > 0 ? board.text.quotes().get(k - 1) : null)
                : null;
        if (before != null) {
          board.extend(before, new Range(quote.first(), quote.limit()));
        } else {
          attribute(quote);
        }
      }
    }
  }

  /**
   * Returns the statement that a free-standing quotation continues, or null: the last one with a
   * source in its paragraph, or in the paragraph before if it opens its own.
   */
  private StatementDraft draftBefore(Quote quote, Quote previous) {
    int paragraph = tokens.paragraph(quote.first());
    int floor = tokens.paragraphStart(paragraph);
    if (quote.first() == floor && paragraph > 0) {
      floor = tokens.paragraphStart(paragraph - 1);
    }
    StatementDraft last = board.lastDraftIn(floor, quote.first());
    if (previous != null
        && previous.first() >= floor
        && (board.isWhole(previous) || quote.carried())
        && (last == null || last.cue().first() < previous.first())) {
      StatementDraft quoted = board.draftAt(previous.first());
      last = quoted == null ? last : quoted;
    }
    return last == null || last.source() == null || isAnswer(last, quote) ? null : last;
  }

  private void attribute(Quote quote) {
    Range content = new Range(quote.first(), quote.limit());
    int sentence = tokens.sentence(quote.first());
    int floor = tokens.sentenceStart(sentence);
    int ceiling = Math.max(tokens.sentenceEnd(sentence), quote.limit());
    StatementDraft near = board.lastDraftIn(floor, ceiling);
    if (near != null
        && !(board.isWhole(quote)
            && near.cue().first() < quote.first()
            && floor == quote.first())) {
      board.add(new StatementDraft(Rule.QUOTE_IN_SENTENCE, content, near.cue(), near.source()));
      return;
    }
    Range subject = board.phrases.firstSubject(floor, quote.first());
    if (subject == null) {
      subject = board.phrases.firstSubject(quote.limit(), ceiling);
    }
    if (subject != null && !speaks(subject)) {
      subject = null;
    }
    Range beat = subject == null && board.isWhole(quote) ? beatBefore(quote) : null;
    if (beat != null) {
      board.add(new StatementDraft(Rule.QUOTE_AFTER_BEAT, content, null, beat));
      return;
    }
    Rule rule = subject == null ? Rule.QUOTE_ALONE : Rule.QUOTE_SUBJECT;
    board.add(new StatementDraft(rule, content, null, subject));
  }

  /**
   * Returns the subject of the sentence before, if that is not quoted and its subject is a name or
   * a pronoun: "Moor shook her head. “No.”".
   */
  private Range beatBefore(Quote quote) {
    int before = quote.first() - 1;
    if (before < 0
        || board.text.isQuoted(before)
        || tokens.paragraph(quote.first()) - tokens.paragraph(before) > 1) {
      return null;
    }
    int first = tokens.sentenceStart(tokens.sentence(before));
    Range subject = board.phrases.firstSubject(first, quote.first());
    boolean person =
        subject != null
            && (board.text.isName(subject.limit() - 1)
                || board.text.has(subject.first(), Lexicon.SUBJECT));
    return person ? subject : null;
  }

  /**
   * Returns whether somebody else than the source of the statement acts in the sentence before the
   * quotation: "“We are done,” Moor said. Oake shook her head. “No.”". After "he said" a name is
   * somebody else's.
   */
  private boolean isAnswer(StatementDraft last, Quote quote) {
    Range beat = beatBefore(quote);
    if (beat == null || last.cue() != null && last.cue().first() >= beat.first()) {
      return false;
    }
    int name = beat.limit() - 1;
    int source = last.source().limit() - 1;
    return board.text.isName(name)
        && (board.text.isName(source) && !tokens.string(name).equals(tokens.string(source))
            || board.text.has(source, Lexicon.SUBJECT));
  }

  /** Returns whether the phrase can name somebody: the lamps do not speak. */
  private boolean speaks(Range subject) {
    for (int i = subject.first(); i < subject.limit(); i++) {
      if (board.text.isName(i)
          || board.text.has(i, Lexicon.PEOPLE | Lexicon.SUBJECT | Lexicon.WH)) {
        return true;
      }
    }
    return false;
  }
}
