package org.demarche.attribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Phrases;
import org.demarche.language.english.Quote;
import org.demarche.language.english.Range;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/** The state that the rules share while they read one article, with the statements found so far. */
final class StatementBoard {
  /** How many tokens before a quotation its clause may start. */
  private static final int LONGEST_LEAD = 40;

  final Tokens tokens;
  final AnnotatedText text;
  final Phrases phrases;
  final List<StatementDraft> drafts = new ArrayList<>();

  /** For each token the first draft whose content contains it, or null. */
  private final StatementDraft[] holders;

  /** The last draft with a source for each first token of a cue. */
  private final TreeMap<Integer, StatementDraft> sourced = new TreeMap<>();

  /** For each token whether it is in the cue of a draft. */
  private final boolean[] cues;

  StatementBoard(AnnotatedText text) {
    this.text = text;
    tokens = text.tokens();
    phrases = new Phrases(text);
    holders = new StatementDraft[tokens.size()];
    cues = new boolean[tokens.size()];
  }

  /** Returns whether the token is in the cue of a draft. */
  boolean isCue(int token) {
    return cues[token];
  }

  /** Returns whether the token is in the content of a draft. */
  boolean isTaken(int token) {
    return holders[token] != null;
  }

  /** Adds a draft; its content takes the tokens that are free. */
  void add(StatementDraft draft) {
    drafts.add(draft);
    if (draft.cue() != null) {
      Arrays.fill(cues, draft.cue().first(), draft.cue().limit(), true);
      if (draft.source() != null) {
        sourced.put(draft.cue().first(), draft);
      }
    }
    draft.content().forEach(range -> take(draft, range));
  }

  /** Adds a stretch to the content of a draft on the board. */
  void extend(StatementDraft draft, Range more) {
    draft.append(more);
    take(draft, more);
  }

  private void take(StatementDraft draft, Range range) {
    for (int i = range.first(); i < range.limit(); i++) {
      if (holders[i] == null) {
        holders[i] = draft;
      }
    }
  }

  /** Returns the first draft whose content contains the token, or null. */
  StatementDraft draftAt(int token) {
    return holders[token];
  }

  /**
   * Returns whether the quotation looks like the title of a book: it is short, and its words begin
   * with capitals unless they have three letters or fewer.
   */
  boolean isTitle(Quote quote) {
    int length = quote.limit() - quote.first();
    int capitals = 0;
    for (int i = quote.first() + 1; i < quote.limit() - 1; i++) {
      if (tokens.is(i, Type.WORD)) {
        if (text.isUpper(i)) {
          capitals++;
        } else if (tokens.length(i) > 3) {
          return false;
        }
      }
    }
    return length <= 10 && capitals >= 2;
  }

  /**
   * Returns whether the quotation is a whole sentence: a capital first; a stop, a comma or a dash
   * last.
   */
  boolean isWhole(Quote quote) {
    int first = tokens.is(quote.first(), Type.QUOTE) ? quote.first() + 1 : quote.first();
    return first < quote.limit() && Character.isUpperCase(tokens.first(first)) && endsInMark(quote);
  }

  /** Returns whether the token is a verb that attributes quotations, outside of them. */
  boolean isQuotationVerb(int token) {
    return text.isCueForm(token)
        && text.verb(token).takes('q')
        && (text.has(token, Lexicon.PAST | Lexicon.PRESENT) || text.isVerbal(token))
        && !text.isQuoted(token);
  }

  /**
   * Returns whether a verb stands behind the comma in a quotation: who is quoted is told there,
   * even where no rule knows the words, as in "“…,” came the reply".
   */
  boolean hasWordsBehind(Quote quote) {
    int behind = quote.limit();
    int end = Math.min(tokens.size(), behind + LONGEST_LEAD);
    boolean verb = false;
    for (int i = behind;
        i < end && tokens.sentence(i) == tokens.sentence(quote.first()) && !text.isQuoted(i);
        i++) {
      verb |= text.isFinite(i) || i == behind && text.isInEd(i);
    }
    return verb
        && text.isLower(behind)
        && behind - 2 > quote.first()
        && text.is(behind - 2, ',')
        && !text.has(
            behind,
            Lexicon.CONJUNCTION | Lexicon.SUBORDINATOR | Lexicon.PREPOSITION | Lexicon.ADVERB);
  }

  /** Returns whether the last token inside the quotation is a stop, a comma or a dash. */
  boolean endsInMark(Quote quote) {
    int lastInside = quote.limit() - 1;
    while (lastInside > quote.first() && tokens.is(lastInside, Type.QUOTE)) {
      lastInside--;
    }
    return tokens.is(lastInside, Type.STOP)
        || tokens.is(lastInside, Type.DASH)
        || text.is(lastInside, ',')
        || tokens.last(lastInside) == '.';
  }

  /**
   * Returns where the content of a quotation with its cue behind starts: with its clause if that
   * has no cue of its own ("The tax was “unjust,” Moor said"), else with the quotation.
   */
  int clauseBefore(Quote quote) {
    int paragraph = tokens.paragraphStart(tokens.paragraph(quote.first()));
    for (int i = quote.first() - 1; i >= Math.max(paragraph, quote.first() - LONGEST_LEAD); i--) {
      if (isTaken(i)
          || isCue(i)
          || tokens.is(i, Type.STOP)
          || !text.isQuoted(i) && (text.is(i, ':') || text.isCueForm(i) && text.isVerbal(i))) {
        return quote.first();
      }
      if (tokens.sentenceStart(tokens.sentence(i)) == i) {
        return Math.min(text.behindDateline(i), quote.first());
      }
    }
    return quote.first();
  }

  /** Returns the draft that names a source and whose cue is the last in the stretch, or null. */
  StatementDraft lastDraftIn(int first, int limit) {
    Map.Entry<Integer, StatementDraft> last = sourced.lowerEntry(limit);
    return last == null || last.getKey() < first ? null : last.getValue();
  }
}
