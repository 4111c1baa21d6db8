package org.demarche.attribution;

import static org.demarche.language.english.Lexicon.ADVERB;
import static org.demarche.language.english.Lexicon.BE;
import static org.demarche.language.english.Lexicon.CONJUNCTION;
import static org.demarche.language.english.Lexicon.DETERMINER;
import static org.demarche.language.english.Lexicon.HEARSAY;
import static org.demarche.language.english.Lexicon.HEDGE;
import static org.demarche.language.english.Lexicon.POSSESSIVE;
import static org.demarche.language.english.Lexicon.SUBJECT;
import static org.demarche.language.english.Lexicon.UNSURE;
import static org.demarche.language.english.Lexicon.WH;

import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Range;
import org.demarche.text.Tokens.Type;

/**
 * Attributes what is said by nobody in particular: "Moor reportedly …", "it is unclear whether …",
 * "rumours that …".
 */
final class UnnamedSources extends SentenceRules {

  UnnamedSources(StatementBoard board, ContentEnds ends, int floor, int ceiling) {
    super(board, ends, floor, ceiling);
  }

  /** Attributes by the cue at {@code i}; returns whether it did. */
  boolean read(int i) {
    if (text.has(i, UNSURE)) {
      return i + 1 < ceiling && unsure(i);
    }
    if (i + 2 >= ceiling) {
      return false;
    }
    return text.has(i, HEDGE) ? hedge(i) : text.has(i, HEARSAY) && hearsay(i);
  }

  /** Attributes the clause around "reportedly". */
  private boolean hedge(int hedge) {
    Range cue = new Range(hedge, hedge + 1);
    int next = text.is(hedge + 1, ',') ? hedge + 2 : hedge + 1;
    int group = phrases.verbGroupStart(hedge, floor);
    Range subject = group == floor ? null : phrases.nounPhraseBefore(group, floor);
    if (subject == null && group > floor + 1 && text.has(group - 1, CONJUNCTION)) {
      subject = phrases.firstSubject(floor, group);
    }
    if (text.isCueForm(next) && text.verb(next).takes('c') && !text.has(next - 1, BE)) {
      return false; // "Moor reportedly said that …" has a source
    }
    int end = ends.clauseEnd(next, ceiling, hedge);
    if (subject != null && text.has(subject.first(), WH | Lexicon.THAT)) {
      end = ends.relativeEnd(next, end);
    }
    if (subject == null || board.isTaken(subject.first())) {
      return add(Rule.HEDGE, next, end, cue, null);
    }
    int before =
        subject.limit() < group && text.has(group - 1, CONJUNCTION) ? subject.limit() : hedge;
    return add(Rule.HEDGE, new Range(subject.first(), before), next, end, cue, null);
  }

  /** Attributes "it is unclear whether …" and "… remains unclear". */
  private boolean unsure(int adjective) {
    int group = adjective;
    while (group > floor
        && (text.has(group - 1, BE | Lexicon.HAVE | Lexicon.MODAL | ADVERB)
            || text.is(group - 1, "remains", "remain", "remained"))) {
      group--;
    }
    if (group == adjective || group == floor) {
      return false;
    }
    Range cue = new Range(group, adjective + 1);
    int at = adjective + 1;
    if (text.is(at, ',') && at + 2 < ceiling && text.is(at + 2, ',')) {
      at += 3; // ", however,"
    }
    if (tokens.is(group - 1, "it")) {
      while (at < ceiling && isAdjunct(at)) {
        at = adjunctEnd(at);
      }
      return at < ceiling
          && (text.is(at, "that", "if") || text.has(at, WH))
          && add(Rule.IMPERSONAL, at, ends.clauseEnd(at, ceiling, adjective), cue, null);
    }
    if (tokens.is(adjective, "clear")) {
      return false;
    }
    Range subject =
        text.has(floor, WH) ? new Range(floor, group) : phrases.nounPhraseBefore(group, floor);
    return subject != null && add(Rule.UNCONFIRMED, subject.first(), subject.limit(), cue, null);
  }

  /** Attributes what a noun for hearsay is about, unless it has an owner: "rumours that …". */
  private boolean hearsay(int noun) {
    if (text.isCueForm(noun) && text.isVerbal(noun) || isOwned(noun)) {
      return false;
    }
    Range cue = new Range(noun, noun + 1);
    int at = noun + 1;
    if (tokens.is(at, "that")) {
      return add(Rule.HEARSAY_THAT, at, clauseEndBehind(noun, at), cue, null);
    }
    if (text.is(at, "of", "about")) {
      int end = ends.beforeVerb(at + 2, ends.phraseEnd(at + 1, ceiling, noun));
      return add(Rule.HEARSAY_OF, at + 1, end, cue, null);
    }
    if (text.has(at, SUBJECT | DETERMINER | POSSESSIVE) || text.isName(at)) {
      return add(Rule.HEARSAY_CLAUSE, at, clauseEndBehind(noun, at), cue, null);
    }
    for (int i = at; i < Math.min(ceiling, at + 10); i++) {
      if (tokens.is(i, "that")) {
        return add(Rule.HEARSAY_THAT, i, ends.clauseEnd(i, ceiling, noun), cue, null);
      }
      if (tokens.is(i, Type.PUNCTUATION) || text.isCueForm(i) || text.has(i, SUBJECT)) {
        return false;
      }
    }
    return false;
  }

  private boolean isOwned(int noun) {
    for (int i = noun - 1; i >= Math.max(floor, noun - 3); i--) {
      if (text.has(i, POSSESSIVE)) {
        return true;
      }
      if (!text.isNounLike(i)) {
        return false;
      }
    }
    return false;
  }

  /** Returns the end of the clause, before the verb of the sentence if the noun is its subject. */
  private int clauseEndBehind(int noun, int first) {
    int end = ends.clauseEnd(first, ceiling, noun);
    return isInSubject(noun) ? ends.relativeEnd(first, end) : end;
  }
}
