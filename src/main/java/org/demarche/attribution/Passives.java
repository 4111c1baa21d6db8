package org.demarche.attribution;

import static org.demarche.language.english.Lexicon.ADVERB;
import static org.demarche.language.english.Lexicon.PARTICIPLE;
import static org.demarche.language.english.Lexicon.PREPOSITION;
import static org.demarche.language.english.Lexicon.THAT;
import static org.demarche.language.english.Lexicon.TO;
import static org.demarche.language.english.Lexicon.WH;

import org.demarche.language.english.CueVerb;
import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Range;

/**
 * Attributes by a cue in the passive. Its source stands behind "by", or nowhere: "Moor was told by
 * his lawyer that …", "Moor is believed to …", "… was rejected by Moor".
 */
final class Passives extends SentenceRules {

  private static final int LONGEST_AGENT = 60;

  Passives(StatementBoard board, ContentEnds ends, int floor, int ceiling) {
    super(board, ends, floor, ceiling);
  }

  /** Attributes by a participle behind a form of "be"; its verb group starts at {@code group}. */
  void read(int verb, int group) {
    CueVerb entry = text.verb(verb);
    Range subject = phrases.nounPhraseBefore(group, floor);
    Range cue = new Range(group, verb + 1);
    int at = afterAdverbs(verb + 1);
    Range agent = null;
    if (at < ceiling && tokens.is(at, "by")) {
      agent = agentAt(at + 1);
      at = agent == null ? ceiling : afterAdverbs(agent.limit());
      if (at + 1 < ceiling && text.is(at, ',') && tokens.is(at + 1, "that")) {
        at++; // "told by his lawyer, Moor, that …"
      }
    }
    if (subject == null) {
      return;
    }
    if (tokens.is(subject.first(), "it") && subject.limit() - subject.first() == 1) {
      impersonal(verb, at, cue, agent);
      return;
    }
    boolean addressed = entry.takes('x') || entry.takes('o') || tokens.is(verb, "asked");
    if (addressed
        && at < ceiling
        && (tokens.is(at, "that")
            || entry.takes('w') && text.has(at, WH)
            || tokens.is(verb, "asked") && tokens.is(at, "if"))) {
      add(Rule.PASSIVE_THAT, at, ends.clauseEnd(at, ceiling, verb), cue, agent);
      return;
    }
    if (board.isTaken(subject.first())) {
      return;
    }
    boolean relative = text.has(subject.first(), WH | THAT);
    if (at < ceiling && text.has(at, TO) && (entry.takes('c') || entry.takes('o'))) {
      add(Rule.PASSIVE_RAISING, subject, at, end(at, verb, relative), cue, agent);
    } else if (at + 1 < ceiling && tokens.is(at, "of") && isAccusing(entry)) {
      add(Rule.PASSIVE_OF, subject, at + 1, end(at + 1, verb, relative), cue, agent);
    } else if (at + 1 < ceiling && tokens.is(at, "as") && entry.takes('n')) {
      add(Rule.PASSIVE_AS, subject, at, end(at, verb, relative), cue, agent);
    } else if (agent != null) {
      add(Rule.PASSIVE_BY, subject.first(), subject.limit(), cue, agent);
    } else if (isDenied(group, verb)
        && (entry.lemma().equals("confirm") || entry.lemma().equals("verify"))) {
      add(Rule.UNCONFIRMED, subject.first(), subject.limit(), cue, null);
    }
  }

  /**
   * Attributes by a participle behind its noun: "a man believed to be …", "a man accused of …".
   *
   * @return whether it did
   */
  boolean reduced(int verb, int group) {
    int at = verb + 1;
    if (!text.has(verb, PARTICIPLE)
        || at + 1 >= ceiling
        || hasAuxiliary(group, verb, Lexicon.HAVE)) {
      return false;
    }
    CueVerb entry = text.verb(verb);
    boolean raises =
        text.has(at, TO) && entry.takes('c') && !entry.takes('t') && text.is(at + 1, "be", "have");
    boolean accuses = tokens.is(at, "of") && isAccusing(entry);
    if (!raises && !accuses) {
      return false;
    }
    int limit = group - 1 > floor && text.is(group - 1, ',') ? group - 1 : group;
    Range subject = group == floor ? null : phrases.nounPhraseBefore(limit, floor);
    if (subject == null || board.isTaken(subject.first())) {
      return false;
    }
    int from = raises ? at : at + 1;
    Rule rule = raises ? Rule.PASSIVE_RAISING : Rule.PASSIVE_OF;
    add(rule, subject, from, end(from, verb, true), new Range(verb, verb + 1), null);
    return true;
  }

  /**
   * Returns the end of the complement at {@code first}.
   *
   * @param inSubject whether the verb of the sentence may still follow: "a man accused of theft has
   *     left", "Moor, who is said to be ill, stayed"
   */
  private int end(int first, int verb, boolean inSubject) {
    int end = ends.phraseEnd(first, ceiling, verb);
    if (!inSubject) {
      return end;
    }
    int behind = first + 1;
    while (behind < ceiling && text.has(behind, Lexicon.BE | Lexicon.HAVE | ADVERB)) {
      behind++;
    }
    return ends.beforeVerb(behind + 1, end);
  }

  private static boolean isAccusing(CueVerb entry) {
    return entry.lemma().equals("accuse") || entry.lemma().equals("suspect");
  }

  /** Attributes "it is reported that …": to nobody, or to whom "by" names. */
  private void impersonal(int verb, int at, Range cue, Range agent) {
    if (at >= ceiling
        || !(text.verb(verb).takes('c')
            || text.verb(verb).takes('w')
            || text.verb(verb).takes('T'))) {
      return;
    }
    if (text.is(at, "that", "if")
        || text.has(at, WH)
        || text.isNounLike(at) && !text.has(at, ADVERB)
        || text.has(at, Lexicon.DETERMINER | Lexicon.SUBJECT | Lexicon.POSSESSIVE)) {
      add(Rule.IMPERSONAL, at, ends.clauseEnd(at, ceiling, verb), cue, agent);
    }
  }

  /** Returns the noun phrase behind "by", up to the complement of the cue. */
  private Range agentAt(int first) {
    int furthest = Math.min(ceiling, first + LONGEST_AGENT);
    int limit = first + 1;
    while (limit < furthest && !text.has(limit, TO | THAT) && !tokens.is(limit, "as")) {
      limit++;
    }
    return first >= ceiling ? null : phrases.nounPhraseAfter(first, Math.min(limit, ceiling));
  }

  private boolean isDenied(int group, int verb) {
    for (int i = group; i < verb; i++) {
      String word = tokens.string(i);
      if (text.is(i, "not", "cannot", "never") || word.endsWith("n't") || word.endsWith("n’t")) {
        return true;
      }
    }
    return false;
  }

  private int afterAdverbs(int at) {
    int next = at;
    while (next < ceiling && text.has(next, ADVERB) && !text.has(next, PREPOSITION)) {
      next++;
    }
    int behindTime = next < ceiling ? phrases.timeEnd(next, ceiling) : next;
    return behindTime < ceiling ? behindTime : next;
  }
}
