package org.demarche.attribution;

import static org.demarche.language.english.Lexicon.ADVERB;
import static org.demarche.language.english.Lexicon.BASE;
import static org.demarche.language.english.Lexicon.BE;
import static org.demarche.language.english.Lexicon.CONJUNCTION;
import static org.demarche.language.english.Lexicon.DETERMINER;
import static org.demarche.language.english.Lexicon.HAVE;
import static org.demarche.language.english.Lexicon.HEDGE;
import static org.demarche.language.english.Lexicon.ING;
import static org.demarche.language.english.Lexicon.MODAL;
import static org.demarche.language.english.Lexicon.NOUN_CUE;
import static org.demarche.language.english.Lexicon.OBJECT;
import static org.demarche.language.english.Lexicon.PARTICIPLE;
import static org.demarche.language.english.Lexicon.PAST;
import static org.demarche.language.english.Lexicon.POSSESSIVE;
import static org.demarche.language.english.Lexicon.PREPOSITION;
import static org.demarche.language.english.Lexicon.SUBJECT;
import static org.demarche.language.english.Lexicon.SUBORDINATOR;
import static org.demarche.language.english.Lexicon.THAT;
import static org.demarche.language.english.Lexicon.TIME;
import static org.demarche.language.english.Lexicon.TO;
import static org.demarche.language.english.Lexicon.WH;

import org.demarche.language.english.CueVerb;
import org.demarche.language.english.Range;
import org.demarche.text.Tokens.Type;

/**
 * Attributes what follows its cue: "Moor said that …", "Moor vowed to …", "… was rejected by Moor".
 */
final class CueBeforeComplement extends SentenceRules {

  private final Subjects subjects;
  private final Passives passives;
  private final UnnamedSources unnamed;

  CueBeforeComplement(StatementBoard board, ContentEnds ends, int floor, int ceiling) {
    super(board, ends, floor, ceiling);
    subjects = new Subjects(board, ends, floor, ceiling);
    passives = new Passives(board, ends, floor, ceiling);
    unnamed = new UnnamedSources(board, ends, floor, ceiling);
  }

  /** Attributes the complement of a cue at {@code i}, if there is one. */
  void read(int i) {
    if (unnamed.read(i)) {
      return;
    }
    if (text.isCueForm(i) && text.isVerbal(i)) {
      verb(i);
    } else if (text.has(i, NOUN_CUE)
        && i + 1 < ceiling
        && tokens.is(i + 1, "that")
        && !isDismissed(i)) {
      int end = ends.clauseEnd(i + 1, ceiling, i);
      if (isInSubject(i)) {
        end = ends.relativeEnd(i + 1, end); // "Moor’s claim that … surprised the town"
      }
      add(Rule.NOUN_THAT, i + 1, end, new Range(i, i + 1), subjects.ownerOf(i));
    }
  }

  /** Returns whether somebody thinks nothing of what a noun says: "laughed off a claim that". */
  private boolean isDismissed(int noun) {
    int before = noun - 1;
    if (before > floor && text.has(before, DETERMINER)) {
      before--;
    }
    return before > floor
        && text.is(before, "off", "aside", "down", "at")
        && (text.isFinite(before - 1) || text.has(before - 1, PAST | ING | BASE));
  }

  private void verb(int verb) {
    CueVerb entry = text.verb(verb);
    int group = phrases.verbGroupStart(verb, floor);
    if (isPassive(verb, group)) {
      passives.read(verb, group);
      return;
    }
    if (hasAuxiliary(group, verb, HEDGE) && !entry.takes('c') || passives.reduced(verb, group)) {
      return;
    }
    if (text.has(verb, PARTICIPLE) && !text.has(verb, PAST) && !hasAuxiliary(group, verb, HAVE)) {
      return;
    }
    if (!text.has(verb, ING) && verb + 1 < ceiling && tokens.is(verb + 1, "by")) {
      return; // a participle behind its noun: "the plan announced by Moor"
    }
    if (isAdjective(verb, group)) {
      return;
    }
    Range source = subjects.of(verb, group);
    Range cue = new Range(group, verb + 1);
    int at = verb + 1;
    while (at < ceiling
        && text.has(at, ADVERB)
        && !text.has(at, PREPOSITION)
        && !opensExistence(at)
        && !opensSubordinate(at)) {
      at++;
    }
    int behindTime = phrases.timeEnd(at, ceiling);
    boolean dated = behindTime > at && behindTime < ceiling && goesOnBehindTime(behindTime, entry);
    if (dated) {
      at = behindTime; // "agreed on Tuesday to open talks"
    }
    if (at >= ceiling) {
      return;
    }
    for (String preposition : entry.prepositions()) {
      if (tokens.is(at, preposition)) {
        if (preposition.equals("out") || preposition.equals("to") && entry.takes('c')) {
          at++;
          break;
        }
        int start = at + 1;
        add(
            Rule.VERB_PREPOSITION,
            start,
            phraseEnd(start, verb, source),
            dated ? cue : new Range(group, at + 1),
            source);
        return;
      }
    }
    complement(verb, entry, at, cue, source);
  }

  /**
   * Returns where a noun phrase or infinitive ends. In a relative clause of a subject it ends
   * before the verb of the subject: "an aide who declined [to give his name] said".
   */
  private int phraseEnd(int first, int verb, Range source) {
    int end = ends.phraseEnd(first, ceiling, verb);
    boolean relative =
        source != null && text.has(source.first(), WH) && isInSubject(source.first());
    return relative ? ends.beforeVerb(first, end) : end;
  }

  /**
   * Returns whether the verb seldom attributes without a that-clause: it has no source, is in a
   * relative clause with "that", or follows a modal.
   */
  private boolean isWeak(Range cue, Range source) {
    return source == null
        || tokens.is(source.first(), "that") && source.limit() - source.first() == 1
        || hasAuxiliary(cue.first(), cue.limit(), MODAL);
  }

  /** Attributes a that-clause at or near {@code at}; returns whether there is one. */
  private boolean thatClause(int verb, CueVerb entry, int at, Range cue, Range source) {
    int that = entry.takes('c') || entry.takes('T') ? thatNear(at) : -1;
    if (that < 0) {
      return false;
    }
    int end = ends.clauseEnd(that, ceiling, verb);
    if (!entry.lemma().equals("emerge") && !entry.lemma().equals("turn")) {
      add(Rule.VERB_THAT, that, end, cue, source);
    } else if (source != null && tokens.is(source.first(), "it")) {
      add(Rule.IMPERSONAL, that, end, cue, null); // "it turned out that …"
    }
    return true;
  }

  private void complement(int verb, CueVerb entry, int at, Range cue, Range source) {
    boolean toVerb = entry.takes('t') && text.has(at, TO);
    if (!toVerb && thatClause(verb, entry, at, cue, source)) {
      return;
    }
    int question = entry.takes('w') ? questionNear(at, entry) : -1;
    if (question >= 0) {
      add(Rule.VERB_QUESTION, question, ends.clauseEnd(question, ceiling, verb), cue, source);
      return;
    }
    if (toVerb) {
      if (isSilence(entry, at + 1)) {
        return;
      }
      // "to say when …": the question belongs to the infinitive.
      int from = at + 2 < ceiling && text.has(at + 2, WH) ? at + 2 : at;
      add(Rule.VERB_INFINITIVE, at, phraseEnd(from, verb, source), cue, source);
      return;
    }
    if (tokens.is(at, Type.STOP)
        || text.is(at, ',')
        || tokens.is(at, Type.DASH)
        || text.has(at, CONJUNCTION) && !text.isQuoted(at)) {
      return;
    }
    int behind = entry.takes('c') ? adjunctsEnd(at) : at;
    if (behind > at) {
      at = behind;
      if (at >= ceiling || tokens.is(at, Type.STOP) || text.is(at, ',')) {
        return;
      }
    }
    if (isWeak(cue, source) && !tokens.is(verb, "said") && !tokens.is(verb, "say")) {
      return;
    }
    if (entry.lemma().equals("accuse")) {
      int of = ofAfter(at);
      if (of >= 0) {
        int end = ends.phraseEnd(of + 1, ceiling, verb);
        if (add(Rule.VERB_PREPOSITION, of, end, cue, source)) {
          // The person accused belongs to the content, too.
          board.extend(board.drafts.get(board.drafts.size() - 1), new Range(at, of));
        }
        return;
      }
    }
    if (entry.takes('o')) {
      int infinitive = infinitiveAfter(at);
      if (infinitive >= 0) {
        add(Rule.VERB_OBJECT_INFINITIVE, at, phraseEnd(infinitive, verb, source), cue, source);
        return;
      }
    }
    if (entry.takes('x') && !text.is(at, ':')) {
      Range addressed = phrases.nounPhraseAfter(at, ceiling);
      if (addressed != null
          && addressed.limit() < ceiling
          && !(text.isFinite(addressed.limit()) && !text.has(at, OBJECT))) {
        at = adjunctsEnd(addressed.limit());
        if (at >= ceiling || tokens.is(at, Type.STOP) || text.is(at, ',')) {
          return;
        }
      }
    }
    boolean clause =
        entry.takes('c') && (startsClause(at) || text.is(at, ':') || text.isQuoted(at));
    if (clause && (!entry.takes('n') || isClause(at))) {
      add(Rule.VERB_CLAUSE, at, ends.clauseEnd(at, ceiling, verb), cue, source);
    } else if (entry.takes('n') && startsObject(at)) {
      add(Rule.VERB_OBJECT, at, phraseEnd(at, verb, source), cue, source);
    }
  }

  /** Returns whether a participle belongs to the noun behind it: "two suspected cases". */
  private boolean isAdjective(int verb, int group) {
    int next = verb + 1;
    return verb == group
        && (text.verb(verb).lemma().equals("suspect") || text.verb(verb).lemma().equals("allege"))
        && text.has(verb, PARTICIPLE)
        && next < ceiling
        && text.isNounLike(next)
        && Character.isLowerCase(tokens.first(next))
        && !text.has(next, DETERMINER | POSSESSIVE);
  }

  /** Returns whether a complement of the verb follows behind a date. */
  private boolean goesOnBehindTime(int at, CueVerb entry) {
    if (text.has(at, TO)) {
      return entry.takes('t');
    }
    if (tokens.is(at, "that")) {
      return entry.takes('c') || entry.takes('T');
    }
    return entry.prepositions().stream().anyMatch(preposition -> tokens.is(at, preposition));
  }

  /** Returns whether the source says nothing: "declined to comment", "refused to be named". */
  private boolean isSilence(CueVerb entry, int infinitive) {
    if (!(entry.lemma().equals("decline") || entry.lemma().equals("refuse"))
        || infinitive >= ceiling) {
      return false;
    }
    int first = infinitive;
    while (first + 1 < ceiling && text.has(first, ADVERB)) {
      first++;
    }
    return text.is(first, "comment", "elaborate")
            && !(first + 1 < ceiling && tokens.is(first + 1, "on"))
        || tokens.is(first, "be")
            && first + 1 < ceiling
            && text.is(first + 1, "named", "identified", "quoted", "interviewed")
        || tokens.is(first, "give")
            && first + 2 < ceiling
            && text.has(first + 1, POSSESSIVE | DETERMINER)
            && text.is(first + 2, "name", "names", "reason", "surname");
  }

  /** Returns whether what starts at {@code at} has its own finite verb before the first comma. */
  private boolean isClause(int at) {
    for (int i = at + 1; i < ceiling && !text.is(i, ','); i++) {
      if (text.has(i, THAT | WH)) {
        return false;
      }
      if (text.isFinite(i)) {
        return true;
      }
    }
    return false;
  }

  private boolean startsObject(int at) {
    return text.isNounLike(at)
        || text.has(at, DETERMINER | POSSESSIVE | SUBJECT | OBJECT | WH | THAT)
        || text.isQuoted(at)
        || text.is(at, '$');
  }

  private boolean startsClause(int at) {
    return opensExistence(at)
        || startsObject(at) && !text.has(at, PREPOSITION)
        || text.has(at, SUBORDINATOR | PREPOSITION) && hasFinite(at, ceiling);
  }

  /** Returns whether "there was" or the like starts here. */
  private boolean opensExistence(int at) {
    return tokens.is(at, "there")
        && at + 1 < ceiling
        && text.has(at + 1, BE | HAVE | MODAL | ADVERB);
  }

  /** Returns whether "once the rain stopped" or the like starts here. */
  private boolean opensSubordinate(int at) {
    return text.has(at, SUBORDINATOR)
        && at + 1 < ceiling
        && text.has(at + 1, DETERMINER | POSSESSIVE | SUBJECT);
  }

  /** Returns the next "that" if at most an addressee or an adjunct stands before it, else −1. */
  private int thatNear(int at) {
    int limit = Math.min(ceiling, at + 12);
    for (int i = at; i < limit; i++) {
      if (tokens.is(i, "that")) {
        return i;
      }
      if (text.isFinite(i) && !text.has(i, TIME)
          || tokens.is(i, Type.STOP)
          || text.isQuoted(i)
          || text.has(i, WH)) {
        return -1;
      }
    }
    return -1;
  }

  /** Returns where a question starts, for "asked" also behind whom it asks, else −1. */
  private int questionNear(int at, CueVerb entry) {
    if (text.has(at, WH)) {
      return at;
    }
    int limit = entry.lemma().equals("ask") ? Math.min(ceiling, at + 12) : at;
    for (int i = at; i < limit; i++) {
      if (text.has(i, WH) && !tokens.is(i, "who") || tokens.is(i, "if")) {
        return i;
      }
      if (text.isFinite(i)
          || text.has(i, TO)
          || tokens.is(i, Type.PUNCTUATION)
          || text.isQuoted(i)) {
        return -1;
      }
    }
    return -1;
  }

  /** Returns the "of" of "accused Moor of …", or −1. */
  private int ofAfter(int at) {
    for (int i = at + 1; i + 1 < Math.min(ceiling, at + 12); i++) {
      if (tokens.is(i, "of") && (ends.isIng(i + 1) || text.has(i - 1, OBJECT))) {
        return i;
      }
    }
    return -1;
  }

  private int infinitiveAfter(int at) {
    int limit = Math.min(ceiling, at + 14);
    for (int i = at; i < limit; i++) {
      if (text.has(i, TO)
          && i + 1 < ceiling
          && i > at
          && !text.has(i + 1, DETERMINER | POSSESSIVE)
          && !tokens.capitalised(i + 1)) {
        return i;
      }
      if (tokens.is(i, Type.STOP) || text.isFinite(i)) {
        return -1;
      }
    }
    return -1;
  }

  private boolean isPassive(int verb, int group) {
    return text.has(verb, PARTICIPLE) && hasAuxiliary(group, verb, BE) && !text.has(verb, ING);
  }
}
