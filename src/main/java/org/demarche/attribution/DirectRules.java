package org.demarche.attribution;

import static org.demarche.language.english.Lexicon.CONJUNCTION;
import static org.demarche.language.english.Lexicon.DETERMINER;
import static org.demarche.language.english.Lexicon.ING;
import static org.demarche.language.english.Lexicon.POSSESSIVE;
import static org.demarche.language.english.Lexicon.SUBJECT;

import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Phrases;
import org.demarche.language.english.Quote;
import org.demarche.language.english.Range;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * Attributes quotations by the cue before or behind them, by a label, or by the quotation that they
 * continue. {@link LeftOverQuotes} takes those that are left.
 */
final class DirectRules {

  private final StatementBoard board;
  private final Tokens tokens;
  private final AnnotatedText text;
  private final Phrases phrases;
  private final CueBehindQuote behind;

  /** The quotation attributed last. */
  private StatementDraft last;

  /** The token after the quotation attributed last and its cue. */
  private int lastEnd;

  private int lastParagraph = -2;

  /** The index of the next quotation that is no nickname. */
  private int next;

  DirectRules(StatementBoard board) {
    this.board = board;
    this.tokens = board.tokens;
    this.text = board.text;
    this.phrases = board.phrases;
    this.behind = new CueBehindQuote(board);
  }

  void run() {
    for (int k = 0; k < board.text.quotes().size(); k++) {
      text.checkTime();
      Quote quote = board.text.quotes().get(k);
      int paragraph = tokens.paragraph(quote.first());
      int floor = tokens.paragraphStart(paragraph);
      if (k > 0) {
        floor = Math.max(floor, board.text.quotes().get(k - 1).limit());
      }
      if (board.isTaken(quote.limit() - 1)) {
        last = board.draftAt(quote.limit() - 1);
        lastEnd = quote.limit();
        lastParagraph = paragraph;
      } else if (!(board.isTitle(quote) && !isIntroduced(quote, floor))) {
        attribute(quote, paragraph, floor, ceiling(k, paragraph));
      }
    }
  }

  /** Returns where the next quotation in the paragraph starts, or the paragraph's end. */
  private int ceiling(int k, int paragraph) {
    next = Math.max(next, k + 1);
    while (next < board.text.quotes().size() && isNickname(board.text.quotes().get(next))) {
      next++;
    }
    int end = tokens.paragraphEnd(paragraph);
    return next < board.text.quotes().size()
        ? Math.min(end, board.text.quotes().get(next).first())
        : end;
  }

  private boolean isNickname(Quote quote) {
    return !tokens.hasWords(quote.first(), quote.limit(), 3) && text.isName(quote.first() - 1);
  }

  /** Returns whether the quotation opens its sentence or follows a colon or a cue verb. */
  private boolean isIntroduced(Quote quote, int floor) {
    int before = quote.first() - 1;
    return quote.first() == floor
        || tokens.is(before, Type.STOP)
        || text.is(before, ':')
        || board.isQuotationVerb(before);
  }

  private void attribute(Quote quote, int paragraph, int floor, int ceiling) {
    int clause = clauseStart(quote.first(), floor);
    boolean opens = clause == quote.first();
    if (!opens && before(quote, paragraph, clause)) {
      return;
    }
    if (after(quote, paragraph, ceiling)) {
      return;
    }
    if (!opens && text.is(quote.first() - 1, ':') && subject(quote, paragraph, clause)) {
      return;
    }
    if (!opens || last == null) {
      return;
    }
    boolean carriedOn =
        quote.carried()
            && lastParagraph == paragraph - 1
            && quote.first() == tokens.paragraphStart(paragraph);
    if (carriedOn
        || lastParagraph == paragraph && lastEnd == quote.first() && !board.hasWordsBehind(quote)) {
      board.extend(last, new Range(quote.first(), quote.limit()));
      lastEnd = quote.limit();
      lastParagraph = paragraph;
    }
  }

  /** Attributes to the subject of the clause before the colon: "The lesson Moor drew: “…”". */
  private boolean subject(Quote quote, int paragraph, int clause) {
    int colon = quote.first() - 1;
    Range subject = phrases.firstSubject(clause, colon);
    if (subject == null) {
      subject = firstName(clause, colon);
    }
    if (subject == null) {
      return false;
    }
    found(
        Rule.QUOTE_SUBJECT, quote, new Range(colon, colon + 1), subject, quote.limit(), paragraph);
    return true;
  }

  /** Returns who is named before a colon without a verb: "And from Moor:", "[Her] verdict:". */
  private Range firstName(int first, int colon) {
    if (text.is(first, "his", "her", "their")
        && colon - first <= 3
        && !text.has(colon - 1, Lexicon.PEOPLE | Lexicon.ROLE | Lexicon.GROUP)) {
      return new Range(first, first + 1);
    }
    for (int i = first; i < colon; i++) {
      if (text.isFinite(i)) {
        return null;
      }
      if (text.isName(i) && (i > first || colon - first > 1)) {
        return phrases.nounPhraseAfter(i, colon);
      }
    }
    return null;
  }

  private void found(Rule rule, Quote quote, Range cue, Range source, int end, int paragraph) {
    boolean isBehind = cue != null && cue.first() >= quote.limit();
    int start = isBehind ? board.clauseBefore(quote) : quote.first();
    last = new StatementDraft(rule, new Range(start, quote.limit()), cue, source);
    board.add(last);
    lastEnd = end;
    lastParagraph = paragraph;
  }

  /** Returns where the clause that leads to the quotation starts. */
  private int clauseStart(int first, int floor) {
    int at = first;
    while (at > floor && !tokens.is(at - 1, Type.STOP)) {
      if (tokens.sentenceStart(tokens.sentence(at - 1)) == at - 1) {
        int behind = text.behindDateline(at - 1);
        return behind <= first ? behind : at - 1;
      }
      at--;
    }
    return at;
  }

  /** Attributes by a cue or a label before the quotation: "Moor said, “…”", "MOOR: “…”". */
  private boolean before(Quote quote, int paragraph, int clause) {
    int edge = quote.first() - 1;
    boolean labelled = tokens.is(edge, Type.DASH) && isLabel(clause, edge);
    boolean introduced =
        labelled
            || text.is(edge, ':')
            || text.is(edge, ',') && (board.isWhole(quote) || board.endsInMark(quote))
            || board.isWhole(quote) && board.isQuotationVerb(edge);
    if (!introduced) {
      return false;
    }
    for (int verb = edge; verb >= clause; verb--) {
      if (!board.isQuotationVerb(verb)
          || text.is(edge, ',') && !reachesComma(verb, edge)
          || text.is(edge, ':') && reports(verb, edge)) {
        continue;
      }
      int group = phrases.verbGroupStart(verb, clause);
      if (last != null
          && lastParagraph == paragraph
          && last.cue() != null
          && last.cue().contains(verb)) {
        board.extend(last, new Range(quote.first(), quote.limit()));
        lastEnd = quote.limit();
        return true;
      }
      Range source =
          verb == clause && text.is(edge, ':') && verb + 1 < edge
              ? phrases.nounPhraseAfter(verb + 1, edge) // Said Moor: "…"
              : sourceBefore(verb, group, clause);
      if (introduced(quote, group, verb, source, paragraph)) {
        return true;
      }
    }
    if (labelled || text.is(edge, ':') && (isLabel(clause, edge) || isSpeaker(clause, quote))) {
      found(
          Rule.LABEL,
          quote,
          new Range(edge, edge + 1),
          new Range(clause, edge),
          quote.limit(),
          paragraph);
      return true;
    }
    return false;
  }

  /** Attributes to the subject of a verb before the quotation, if that is known. */
  private boolean introduced(Quote quote, int group, int verb, Range source, int paragraph) {
    if (verb > group
        && text.has(verb - 1, Lexicon.BE)
        && text.has(verb, Lexicon.PARTICIPLE)
        && !text.has(verb, ING)) {
      found(
          Rule.NAME_VERB_QUOTE, quote, new Range(group, verb + 1), null, quote.limit(), paragraph);
      return true; // "Moor was asked: “…”"
    }
    if (source == null) {
      return false;
    }
    Range cue = new Range(group, verb + 1);
    found(Rule.NAME_VERB_QUOTE, quote, cue, source, quote.limit(), paragraph);
    return true;
  }

  /** Returns whether the verb has a clause of its own before the colon: "said it was late: “…”". */
  private boolean reports(int verb, int colon) {
    return verb + 3 < colon
        && text.has(verb + 1, SUBJECT | DETERMINER | POSSESSIVE | Lexicon.THAT)
        && !reachesComma(verb, colon);
  }

  /** Returns whether only an addressee or an adjunct can stand between the verb and the comma. */
  private boolean reachesComma(int verb, int comma) {
    if (comma - verb > 14) {
      return false;
    }
    for (int i = verb + 1; i < comma; i++) {
      if (text.isFinite(i) || text.has(i, Lexicon.THAT)) {
        return false;
      }
    }
    return true;
  }

  private Range sourceBefore(int verb, int group, int floor) {
    int sentence = Math.min(floor, tokens.sentenceStart(tokens.sentence(verb)));
    boolean leans =
        group == floor
            || text.has(group - 1, CONJUNCTION)
            || text.has(verb, ING) && text.is(group - 1, ',')
            || text.has(verb, ING) && text.has(group - 1, Lexicon.PREPOSITION);
    if (leans) {
      StatementDraft earlier =
          board.lastDraftIn(tokens.paragraphStart(tokens.paragraph(verb)), verb);
      if (earlier != null && tokens.sentence(earlier.cue().first()) == tokens.sentence(verb)) {
        return earlier.source();
      }
      return phrases.firstSubject(sentence, group);
    }
    return phrases.nounPhraseBefore(group, floor);
  }

  private boolean isLabel(int first, int colon) {
    return colon > first
        && colon - first <= 8
        && first == tokens.paragraphStart(tokens.paragraph(first))
        && text.isName(first);
  }

  /** Returns whether a sentence has only who speaks before its quotation: "Police: “…”". */
  private boolean isSpeaker(int first, Quote quote) {
    int colon = quote.first() - 1;
    if (!board.isWhole(quote)
        || colon <= first
        || colon - first > 3
        || first != tokens.sentenceStart(tokens.sentence(first))) {
      return false;
    }
    for (int i = first; i < colon; i++) {
      boolean name = text.isName(i) && (i > first || !text.isAlsoLower(i) && colon - first > 1);
      if (!name && !text.has(i, Lexicon.PEOPLE)) {
        return false;
      }
    }
    return true;
  }

  /** Attributes by a cue behind, or by the paragraph behind or before. */
  private boolean after(Quote quote, int paragraph, int ceiling) {
    if (quote.limit() >= ceiling) {
      return signed(quote, paragraph) || introducedBefore(quote, paragraph);
    }
    return found(quote, paragraph, behind.find(quote, ceiling));
  }

  private boolean found(Quote quote, int paragraph, CueBehindQuote.Found found) {
    if (found != null) {
      found(found.rule(), quote, found.cue(), found.source(), found.end(), paragraph);
    }
    return found != null;
  }

  /** Attributes a paragraph that is a quotation where the next is "— Moor, pilot". */
  private boolean signed(Quote quote, int paragraph) {
    int dash = quote.limit();
    if (dash >= tokens.size()
        || !tokens.is(dash, Type.DASH)
        || quote.first() != tokens.paragraphStart(paragraph)) {
      return false;
    }
    int limit = tokens.paragraphEnd(tokens.paragraph(dash));
    return found(quote, paragraph, behind.signature(dash, limit, quote.limit()));
  }

  /** Attributes a paragraph that is a quotation where the one before ends with "Moor said:". */
  private boolean introducedBefore(Quote quote, int paragraph) {
    if (paragraph == 0 || quote.first() != tokens.paragraphStart(paragraph)) {
      return false;
    }
    int colon = quote.first() - 1;
    if (!text.is(colon, ':')) {
      return false;
    }
    int floor = tokens.sentenceStart(tokens.sentence(colon));
    for (int verb = colon - 1; verb >= floor; verb--) {
      if (board.isQuotationVerb(verb)) {
        int group = phrases.verbGroupStart(verb, floor);
        if (introduced(quote, group, verb, sourceBefore(verb, group, floor), paragraph)) {
          return true;
        }
      }
    }
    return subject(quote, paragraph, floor);
  }
}
