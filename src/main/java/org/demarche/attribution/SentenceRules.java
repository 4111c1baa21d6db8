package org.demarche.attribution;

import static org.demarche.language.english.Lexicon.DETERMINER;
import static org.demarche.language.english.Lexicon.POSSESSIVE;
import static org.demarche.language.english.Lexicon.PREPOSITION;
import static org.demarche.language.english.Lexicon.TIME;
import static org.demarche.language.english.Lexicon.TO;

import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Phrases;
import org.demarche.language.english.Quote;
import org.demarche.language.english.Range;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * What the rules for reported speech share: the bounds of the sentence that they read, and how a
 * statement is trimmed before it goes to the board. One is created for each sentence.
 */
abstract class SentenceRules {

  /** A verb is looked for in at most this many tokens before a noun. */
  private static final int LONGEST_SUBJECT = 60;

  final StatementBoard board;
  final Tokens tokens;
  final AnnotatedText text;
  final Phrases phrases;
  final ContentEnds ends;

  /** The first token of the sentence, after a dateline. */
  final int floor;

  /** The token after the last one of the sentence. */
  final int ceiling;

  SentenceRules(StatementBoard board, ContentEnds ends, int floor, int ceiling) {
    this.board = board;
    this.tokens = board.tokens;
    this.text = board.text;
    this.phrases = board.phrases;
    this.ends = ends;
    this.floor = floor;
    this.ceiling = ceiling;
  }

  /**
   * Adds a statement whose content is what is still free of the stretch, without the punctuation at
   * its edges.
   *
   * @return whether any content is left
   */
  boolean add(Rule rule, int first, int limit, Range cue, Range source) {
    int start = first;
    int end = limit;
    while (start < end && (text.is(start, ',') || text.is(start, ':'))) {
      start++;
    }
    while (end > start && !text.isQuoted(end - 1) && isMark(end - 1)) {
      end--;
    }
    Quote last = end > start ? text.quoteAt(end - 1) : null;
    if (last != null && last.first() >= start) {
      end = Math.max(end, last.limit());
    }
    end = freeEnd(start, end);
    if (end <= start) {
      return false;
    }
    board.add(new StatementDraft(rule, new Range(start, end), cue, source));
    return true;
  }

  /**
   * Adds a statement whose content is a subject and what is said of it behind the cue.
   *
   * @param first the first token of what is said
   * @return whether anything is said
   */
  boolean add(Rule rule, Range subject, int first, int limit, Range cue, Range source) {
    int end = freeEnd(first, withoutStops(first, limit));
    if (end <= first) {
      return false;
    }
    StatementDraft draft = new StatementDraft(rule, subject, cue, source);
    board.add(draft);
    board.extend(draft, new Range(first, end));
    return true;
  }

  private boolean isMark(int token) {
    return tokens.is(token, Type.STOP)
        || tokens.is(token, Type.DASH)
        || text.is(token, ',')
        || text.is(token, ';')
        || text.is(token, ':');
  }

  /** Returns the first token from which all are free up to {@code limit}. */
  int freeStart(int limit) {
    int start = limit;
    while (start > floor && !board.isTaken(start - 1)) {
      start--;
    }
    return start;
  }

  /** Returns the end of the free tokens that start at {@code first}. */
  int freeEnd(int first, int limit) {
    int end = first;
    while (end < limit && !board.isTaken(end)) {
      end++;
    }
    return end;
  }

  /** Returns the limit of the stretch without the stops at its end. */
  int withoutStops(int first, int limit) {
    int end = limit;
    while (end > first && tokens.is(end - 1, Type.STOP) && !text.isQuoted(end - 1)) {
      end--;
    }
    return end;
  }

  /** Returns whether "on Tuesday", "in a statement" or the like starts here. */
  boolean isAdjunct(int at) {
    return text.has(at, TIME)
        || text.has(at, PREPOSITION) && !text.has(at, TO) && phrases.isManner(at);
  }

  /** Returns the token after the adjunct that starts here. */
  int adjunctEnd(int at) {
    int end = at + 1;
    while (end < ceiling
        && (text.isNounLike(end)
            || text.has(end, TIME | DETERMINER | POSSESSIVE)
            || tokens.is(end, Type.NUMBER)
            || text.is(end, "of", "in", "with"))
        && !(text.isName(end) && text.has(end - 1, TIME))) {
      end++;
    }
    return end;
  }

  /**
   * Returns the token after the times and occasions that start here, before a clause: "on Monday",
   * "in an interview with the paper".
   */
  int adjunctsEnd(int first) {
    int at = first;
    int end = adjunctsStep(at);
    while (end > at) {
      at = end;
      end = adjunctsStep(at);
    }
    return at;
  }

  private int adjunctsStep(int at) {
    if (at >= ceiling) {
      return at;
    }
    int time = phrases.timeEnd(at, ceiling);
    if (time > at) {
      return time;
    }
    if (!text.has(at, PREPOSITION) || text.has(at, TO)) {
      return at;
    }
    int noun = at + 1;
    while (noun < ceiling
        && noun < at + 6
        && !text.has(noun, Lexicon.OCCASION | TIME)
        && (text.isNounLike(noun) || text.has(noun, DETERMINER | POSSESSIVE))) {
      noun++;
    }
    if (noun >= ceiling || !text.has(noun, Lexicon.OCCASION | TIME)) {
      return placeEnd(at);
    }
    int end = noun + 1;
    while (end < ceiling && text.has(end, TIME)) {
      end++;
    }
    boolean more =
        end + 1 < ceiling
            && text.is(end, "with", "to", "on", "by", "from")
            && phrases.timeEnd(end, ceiling) == end;
    if (more) {
      end += text.has(end + 1, DETERMINER | POSSESSIVE) ? 2 : 1;
      boolean name = end < ceiling && text.isName(end);
      while (end < ceiling
          && text.isNounLike(end)
          && !text.has(end, DETERMINER | POSSESSIVE)
          && !text.isFinite(end)
          && (!name || text.isName(end))) {
        end++;
      }
    }
    return end;
  }

  /** Returns the token behind "in Port Vell" before a clause, or {@code at}. */
  private int placeEnd(int at) {
    int end = at + 1;
    while (end < ceiling && text.isName(end)) {
      end++;
    }
    boolean clause =
        end > at + 1
            && end < ceiling
            && text.has(end, DETERMINER | POSSESSIVE | Lexicon.SUBJECT)
            && !text.isPossessive(end);
    return clause ? end : at;
  }

  /** Returns whether a finite verb is in the stretch. */
  boolean hasFinite(int first, int limit) {
    for (int i = first; i < limit; i++) {
      if (text.isFinite(i)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a noun is in the subject of its sentence: no verb stands before it. */
  boolean isInSubject(int noun) {
    return !hasFinite(Math.max(floor, noun - LONGEST_SUBJECT), noun);
  }

  /** Returns whether a word of the classes is in the verb group before its verb. */
  boolean hasAuxiliary(int group, int verb, long bits) {
    for (int i = group; i < verb; i++) {
      if (text.has(i, bits)) {
        return true;
      }
    }
    return false;
  }
}
