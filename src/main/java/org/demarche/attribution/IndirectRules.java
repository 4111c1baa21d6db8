package org.demarche.attribution;

import static org.demarche.attribution.Lexicon.ADVERB;
import static org.demarche.attribution.Lexicon.BASE;
import static org.demarche.attribution.Lexicon.BE;
import static org.demarche.attribution.Lexicon.CONJUNCTION;
import static org.demarche.attribution.Lexicon.DETERMINER;
import static org.demarche.attribution.Lexicon.HAVE;
import static org.demarche.attribution.Lexicon.ING;
import static org.demarche.attribution.Lexicon.NOUN_CUE;
import static org.demarche.attribution.Lexicon.PARTICIPLE;
import static org.demarche.attribution.Lexicon.PAST;
import static org.demarche.attribution.Lexicon.POSSESSIVE;
import static org.demarche.attribution.Lexicon.PREPOSITION;
import static org.demarche.attribution.Lexicon.PRESENT;
import static org.demarche.attribution.Lexicon.SUBJECT;
import static org.demarche.attribution.Lexicon.THAT;
import static org.demarche.attribution.Lexicon.TIME;
import static org.demarche.attribution.Lexicon.TO;
import static org.demarche.attribution.Lexicon.WH;

import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/** Finds reported speech that is not a quotation, sentence by sentence, cue by cue. */
final class IndirectRules {

  private final StatementBoard passage;
  private final Tokens tokens;
  private final AnnotatedText reading;
  private final Phrases phrases;
  private final ContentEnds ends;

  /** The sentence at hand. */
  private int floor;

  private int ceiling;

  IndirectRules(StatementBoard passage) {
    this.passage = passage;
    this.tokens = passage.tokens;
    this.reading = passage.reading;
    this.phrases = passage.phrases;
    this.ends = new ContentEnds(passage);
  }

  void run() {
    for (int sentence = 0; sentence < tokens.sentences(); sentence++) {
      floor = PlaceLine.end(tokens, tokens.sentenceStart(sentence));
      ceiling = tokens.sentenceEnd(sentence);
      for (int i = floor; i < ceiling; i++) {
        if (!reading.isCueForm(i) && !tokens.is(i, "according")) {
          continue; // nearly every token
        }
        if (isFree(i)
            && (tokens.is(i, "according") && i + 1 < ceiling && tokens.is(i + 1, "to")
                || isClauseFinal(i))) {
          clauseBefore(i);
        } else if (isFree(i) && isInverted(i)) {
          verbNameAfter(i);
        }
      }
      for (int i = floor; i < ceiling; i++) {
        if (isFree(i)) {
          if (reading.isCueForm(i) && reading.isVerbal(i)) {
            verb(i);
          } else if (reading.has(i, NOUN_CUE) && i + 1 < ceiling && tokens.is(i + 1, "that")) {
            nounThat(i);
          }
        }
      }
    }
  }

  private boolean isFree(int token) {
    return !passage.isQuoted(token) && !passage.isTaken(token) && !passage.isCue(token);
  }

  private boolean add(Rule rule, int first, int limit, Range cue, Range source) {
    int start = first;
    int end = limit;
    while (start < end && (reading.is(start, ',') || reading.is(start, ':'))) {
      start++;
    }
    while (end > start
        && !passage.isQuoted(end - 1)
        && (tokens.is(end - 1, Type.STOP)
            || reading.is(end - 1, ',')
            || reading.is(end - 1, ';')
            || reading.is(end - 1, ':')
            || tokens.is(end - 1, Type.DASH))) {
      end--;
    }
    Quote last = end > start ? passage.quoteAt(end - 1) : null;
    if (last != null && last.first() >= start) {
      end = Math.max(end, last.limit());
    }
    for (int i = start; i < end; i++) {
      if (passage.isTaken(i)) {
        end = i;
      }
    }
    if (end <= start) {
      return false;
    }
    passage.add(new StatementDraft(rule, new Range(start, end), cue, source));
    return true;
  }

  // ---------------------------------------------------------------- cue behind the clause

  /** A reporting verb with nothing after it that it could report: ", Moor said." */
  private boolean isClauseFinal(int verb) {
    if (!reading.isCueForm(verb)
        || !reading.hasForm(verb, PAST | PRESENT | BASE)
        || !(reading.verb(verb).takes('c') || reading.verb(verb).takes('q'))
        || !reading.isVerbal(verb) && !reading.is(verb - 1 < floor ? verb : verb - 1, ',')) {
      return false;
    }
    int next = verb + 1;
    while (next < ceiling && (reading.has(next, ADVERB) || isAdjunct(next))) {
      next = isAdjunct(next) ? adjunctEnd(next) : next + 1;
    }
    return next >= ceiling || tokens.is(next, Type.STOP) || reading.is(next, ',');
  }

  private boolean isInverted(int verb) {
    return verb > floor + 2
        && verb + 1 < ceiling
        && reading.is(verb - 1, ',')
        && (tokens.is(verb, "said") || tokens.is(verb, "says") || tokens.is(verb, "wrote"))
        && (reading.isNounLike(verb + 1) || reading.has(verb + 1, DETERMINER | POSSESSIVE));
  }

  private boolean isAdjunct(int at) {
    return reading.has(at, TIME)
        || reading.has(at, PREPOSITION) && !reading.has(at, TO) && phrases.isManner(at);
  }

  private int adjunctEnd(int at) {
    int end = at + 1;
    while (end < ceiling
        && (reading.isNounLike(end)
            || reading.has(end, TIME | DETERMINER | POSSESSIVE)
            || tokens.is(end, Type.NUMBER)
            || tokens.is(end, "of")
            || tokens.is(end, "in")
            || tokens.is(end, "with"))
        && !(reading.isName(end) && reading.has(end - 1, TIME))) {
      end++;
    }
    return end;
  }

  private void clauseBefore(int cue) {
    boolean accordingTo = tokens.is(cue, "according");
    if (accordingTo) {
      accordingTo(cue);
      return;
    }
    int group = phrases.verbGroupStart(cue, floor);
    Range source = phrases.nounPhraseBefore(group, floor);
    if (source == null || isSubordinate(source.first())) {
      return;
    }
    int comma = source.first() - 1;
    if (comma <= floor || !reading.is(comma, ',') || passage.isTaken(comma - 1)) {
      return;
    }
    int start = floor;
    for (int i = comma - 1; i >= floor; i--) {
      if (passage.isTaken(i)) {
        start = i + 1;
        break;
      }
    }
    if (!passage.hasWords(start, comma, 3) || !hasFinite(start, comma)) {
      // "In Ohio, Moor said …" : an adjunct, no clause
      if (!(reading.is(cue + 1 < ceiling ? cue + 1 : cue, ','))) {
        return;
      }
    }
    Range group2 = new Range(group, cue + 1);
    int next = cue + 1;
    boolean goesOn = next < ceiling && reading.is(next, ',') && goesOn(next + 1);
    if (goesOn) {
      StatementDraft draft =
          new StatementDraft(Rule.CLAUSE_NAME_VERB, new Range(start, comma), group2, source);
      int end = ends.clauseEnd(next + 1, ceiling, cue);
      while (end > next + 1 && tokens.is(end - 1, Type.STOP) && !passage.isQuoted(end - 1)) {
        end--;
      }
      for (int i = next + 1; i < end; i++) {
        if (passage.isTaken(i)) {
          end = i;
        }
      }
      if (end > next + 1) {
        draft.and(new Range(next + 1, end));
      }
      passage.add(draft);
      return;
    }
    add(Rule.CLAUSE_NAME_VERB, start, comma, group2, source);
  }

  private boolean isSubordinate(int first) {
    return first > floor && reading.has(first - 1, Lexicon.SUBORDINATOR | WH);
  }

  /** ", said Moor", at the end of its sentence. */
  private void verbNameAfter(int verb) {
    Range source = phrases.nounPhraseAfter(verb + 1, ceiling);
    if (source == null || !passage.hasWords(floor, verb, 3) || !hasFinite(floor, verb - 1)) {
      return;
    }
    int next = source.limit();
    if (next < ceiling
        && !tokens.is(next, Type.STOP)
        && !reading.is(next, ',')
        && !isAdjunct(next)) {
      return; // "Moor, the mayor, said the tax would rise"
    }
    int start = floor;
    for (int i = verb - 2; i >= floor; i--) {
      if (passage.isTaken(i)) {
        start = i + 1;
        break;
      }
    }
    add(Rule.CLAUSE_VERB_NAME, start, verb - 1, new Range(verb, verb + 1), source);
  }

  /**
   * Whether after ", Moor said," the reported clause goes on, rather than another one beginning.
   */
  private boolean goesOn(int at) {
    return at < ceiling
        && !reading.has(at, CONJUNCTION | Lexicon.SUBORDINATOR)
        && !(reading.isCueForm(at) && reading.hasForm(at, ING))
        && !passage.isTaken(at)
        && !passage.isQuoted(at);
  }

  private boolean hasFinite(int first, int limit) {
    for (int i = first; i < limit; i++) {
      if (reading.isFinite(i)) {
        return true;
      }
    }
    return false;
  }

  private void accordingTo(int cue) {
    Range source = phrases.nounPhraseAfter(cue + 2, ceiling);
    if (source == null) {
      return;
    }
    Range words = new Range(cue, cue + 2);
    if (cue - floor <= 1 || !passage.hasWords(floor, cue, 2)) {
      int comma = cue + 2;
      while (comma < ceiling && !reading.is(comma, ',')) {
        comma++;
      }
      if (comma + 1 < ceiling) {
        Range named = new Range(cue + 2, comma);
        int end = ends.clauseEnd(comma + 1, ceiling, cue);
        add(Rule.ACCORDING_TO, comma + 1, end, words, named);
      }
      return;
    }
    int start = floor;
    for (int i = cue - 1; i >= floor; i--) {
      if (passage.isTaken(i)) {
        start = i + 1;
        break;
      }
    }
    add(Rule.ACCORDING_TO, start, cue, words, source);
  }

  // ---------------------------------------------------------------- cue before its complement

  private void verb(int verb) {
    Lexicon.Verb entry = reading.verb(verb);
    int group = phrases.verbGroupStart(verb, floor);
    boolean passive = isPassive(verb, group);
    if (passive) {
      passive(verb, group, entry);
      return;
    }
    if (reading.hasForm(verb, PARTICIPLE)
        && !reading.hasForm(verb, PAST)
        && !hasAuxiliary(group, verb, HAVE)) {
      return;
    }
    if (!reading.hasForm(verb, ING) && verb + 1 < ceiling && tokens.is(verb + 1, "by")) {
      return; // a participle behind its noun: "the plan announced by Moor"
    }
    Range source = source(verb, group);
    Range cue = new Range(group, verb + 1);
    int at = verb + 1;
    while (at < ceiling && reading.has(at, ADVERB) && !reading.has(at, PREPOSITION)) {
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
            ends.phraseEnd(start, ceiling, verb),
            dated ? cue : new Range(group, at + 1),
            source);
        return;
      }
    }
    complement(verb, entry, at, cue, source);
  }

  /**
   * Where a verb seldom attributes unless a that-clause follows: in a relative clause with "that",
   * behind a modal, without anybody who could speak.
   */
  private boolean isWeak(Range cue, Range source) {
    return source == null
        || tokens.is(source.first(), "that") && source.limit() - source.first() == 1
        || hasAuxiliary(cue.first(), cue.limit(), Lexicon.MODAL);
  }

  private void complement(int verb, Lexicon.Verb entry, int at, Range cue, Range source) {
    if (entry.takes('c') || entry.takes('T')) {
      int that = thatNear(at);
      if (that >= 0) {
        add(Rule.VERB_THAT, that, ends.clauseEnd(that, ceiling, verb), cue, source);
        return;
      }
    }
    if (entry.takes('w') && reading.has(at, WH)) {
      add(Rule.VERB_QUESTION, at, ends.clauseEnd(at, ceiling, verb), cue, source);
      return;
    }
    if (entry.takes('t') && reading.has(at, TO)) {
      if (isSilence(entry, at + 1)) {
        return;
      }
      // "to say when …": the question belongs to the infinitive.
      int from = at + 2 < ceiling && reading.has(at + 2, WH) ? at + 2 : at;
      add(Rule.VERB_INFINITIVE, at, ends.phraseEnd(from, ceiling, verb), cue, source);
      return;
    }
    if (tokens.is(at, Type.STOP)
        || reading.is(at, ',')
        || tokens.is(at, Type.DASH)
        || reading.has(at, CONJUNCTION) && !passage.isQuoted(at)) {
      return;
    }
    if (entry.takes('c') && isAdjunct(at)) {
      at = adjunctEnd(at);
      if (at >= ceiling || tokens.is(at, Type.STOP) || reading.is(at, ',')) {
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
          // Whom is content too: without it nobody is accused.
          passage.extend(passage.drafts.get(passage.drafts.size() - 1), new Range(at, of));
        }
        return;
      }
    }
    if (entry.takes('o')) {
      int infinitive = infinitiveAfter(at);
      if (infinitive >= 0) {
        add(
            Rule.VERB_OBJECT_INFINITIVE,
            at,
            ends.phraseEnd(infinitive, ceiling, verb),
            cue,
            source);
        return;
      }
    }
    if (entry.takes('x') && !reading.is(at, ':')) {
      Range addressed = phrases.nounPhraseAfter(at, ceiling);
      if (addressed != null && addressed.limit() < ceiling) {
        at = addressed.limit();
        if (tokens.is(at, Type.STOP) || reading.is(at, ',')) {
          return;
        }
      }
    }
    boolean clause =
        entry.takes('c') && (startsClause(at) || reading.is(at, ':') || passage.isQuoted(at));
    if (clause && (!entry.takes('n') || isClause(at))) {
      add(Rule.VERB_CLAUSE, at, ends.clauseEnd(at, ceiling, verb), cue, source);
    } else if (entry.takes('n') && startsObject(at)) {
      add(Rule.VERB_OBJECT, at, ends.phraseEnd(at, ceiling, verb), cue, source);
    }
  }

  /** Whether a complement of the verb follows a date: its infinitive, clause or preposition. */
  private boolean goesOnBehindTime(int at, Lexicon.Verb entry) {
    if (reading.has(at, TO)) {
      return entry.takes('t');
    }
    if (tokens.is(at, "that")) {
      return entry.takes('c') || entry.takes('T');
    }
    return entry.prepositions().stream().anyMatch(preposition -> tokens.is(at, preposition));
  }

  /** "declined to comment", "refused to be named": that somebody says nothing is no statement. */
  private boolean isSilence(Lexicon.Verb entry, int infinitive) {
    if (!(entry.lemma().equals("decline") || entry.lemma().equals("refuse"))
        || infinitive >= ceiling) {
      return false;
    }
    int first = infinitive;
    while (first + 1 < ceiling && reading.has(first, ADVERB)) {
      first++;
    }
    return (tokens.is(first, "comment") || tokens.is(first, "elaborate"))
            && !(first + 1 < ceiling && tokens.is(first + 1, "on"))
        || tokens.is(first, "be")
            && first + 1 < ceiling
            && (tokens.is(first + 1, "named")
                || tokens.is(first + 1, "identified")
                || tokens.is(first + 1, "quoted")
                || tokens.is(first + 1, "interviewed"));
  }

  /** Whether what starts at {@code at} has a verb of its own before its first comma. */
  private boolean isClause(int at) {
    for (int i = at + 1; i < ceiling && !reading.is(i, ','); i++) {
      if (reading.has(i, Lexicon.THAT | WH)) {
        return false;
      }
      if (reading.isFinite(i)) {
        return true;
      }
    }
    return false;
  }

  private boolean startsObject(int at) {
    return reading.isNounLike(at)
        || reading.has(at, DETERMINER | POSSESSIVE | SUBJECT | Lexicon.OBJECT | WH | THAT)
        || passage.isQuoted(at)
        || reading.is(at, '$');
  }

  private boolean startsClause(int at) {
    return startsObject(at) && !reading.has(at, PREPOSITION)
        || reading.has(at, Lexicon.SUBORDINATOR | PREPOSITION) && hasFinite(at, ceiling);
  }

  /** Returns the next "that" when only an addressee or an adjunct stands before it, else −1. */
  private int thatNear(int at) {
    int limit = Math.min(ceiling, at + 12);
    for (int i = at; i < limit; i++) {
      if (tokens.is(i, "that")) {
        return i;
      }
      if (reading.isFinite(i) && !reading.has(i, TIME)
          || tokens.is(i, Type.STOP)
          || passage.isQuoted(i)
          || reading.has(i, WH)) {
        return -1;
      }
    }
    return -1;
  }

  /** Returns the "of" of "accused Moor of …", or −1. */
  private int ofAfter(int at) {
    for (int i = at + 1; i + 1 < Math.min(ceiling, at + 12); i++) {
      if (tokens.is(i, "of") && (isIng(i + 1) || reading.has(i - 1, Lexicon.OBJECT))) {
        return i;
      }
    }
    return -1;
  }

  private boolean isIng(int token) {
    return tokens.length(token) > 4 && tokens.text().startsWith("ing", tokens.end(token) - 3);
  }

  private int infinitiveAfter(int at) {
    int limit = Math.min(ceiling, at + 14);
    for (int i = at; i < limit; i++) {
      if (reading.has(i, TO)
          && i + 1 < ceiling
          && i > at
          && !reading.has(i + 1, DETERMINER | POSSESSIVE)
          && !tokens.capitalised(i + 1)) {
        return i;
      }
      if (tokens.is(i, Type.STOP) || reading.isFinite(i)) {
        return -1;
      }
    }
    return -1;
  }

  private boolean hasAuxiliary(int group, int verb, int bits) {
    for (int i = group; i < verb; i++) {
      if (reading.has(i, bits)) {
        return true;
      }
    }
    return false;
  }

  private boolean isPassive(int verb, int group) {
    return reading.hasForm(verb, PARTICIPLE)
        && hasAuxiliary(group, verb, BE)
        && !reading.hasForm(verb, ING);
  }

  private void passive(int verb, int group, Lexicon.Verb entry) {
    Range subject = phrases.nounPhraseBefore(group, floor);
    int at = verb + 1;
    if (at >= ceiling || subject == null || passage.isTaken(subject.first())) {
      return;
    }
    Range cue = new Range(group, verb + 1);
    if (tokens.is(at, "by")) {
      Range source = phrases.nounPhraseAfter(at + 1, ceiling);
      if (source != null) {
        add(Rule.PASSIVE_BY, subject.first(), subject.limit(), cue, source);
      }
    } else if (reading.has(at, TO) && entry.takes('c')) {
      int end = ends.phraseEnd(at, ceiling, verb);
      while (end > at && tokens.is(end - 1, Type.STOP) && !passage.isQuoted(end - 1)) {
        end--;
      }
      StatementDraft draft = new StatementDraft(Rule.PASSIVE_RAISING, subject, cue, null);
      if (end > at && !passage.isTaken(at)) {
        draft.and(new Range(at, end));
      }
      passage.add(draft);
    }
  }

  private Range source(int verb, int group) {
    if (reading.hasForm(verb, ING) && !hasAuxiliary(group, verb, BE)) {
      if (isLeading(group)) {
        return subjectAfterComma(group);
      }
      boolean behindNoun =
          group > floor && reading.isNounLike(group - 1) && !reading.has(group - 1, TIME);
      return behindNoun ? phrases.nounPhraseBefore(group, floor) : subjectOfSentence(verb, group);
    }
    if (group == floor || reading.has(group - 1, CONJUNCTION)) {
      return subjectOfSentence(verb, group);
    }
    if (reading.has(group - 1, TO)) {
      Range near = phrases.lastSubject(floor, group);
      return near != null ? near : subjectOfSentence(verb, group);
    }
    return phrases.nounPhraseBefore(group, floor);
  }

  /** Whether a participle opens the sentence: "Citing …, Moor", "After rejecting …, Moor". */
  private boolean isLeading(int group) {
    return group == floor
        || group == floor + 1 && reading.has(floor, PREPOSITION | Lexicon.SUBORDINATOR);
  }

  private Range subjectAfterComma(int group) {
    for (int i = group + 1; i + 1 < ceiling; i++) {
      if (reading.is(i, ',')
          && (reading.isName(i + 1) || reading.has(i + 1, SUBJECT | DETERMINER | POSSESSIVE))) {
        return phrases.nounPhraseAfter(i + 1, ceiling);
      }
    }
    return null;
  }

  private Range subjectOfSentence(int verb, int group) {
    StatementDraft earlier = passage.lastDraftIn(floor, verb);
    if (earlier == null) {
      // the quotation before may belong to the same sentence for its reader
      int paragraph = tokens.paragraph(verb);
      earlier = passage.lastDraftIn(tokens.paragraphStart(paragraph), verb);
      if (earlier != null && !quoteReachesInto(earlier)) {
        earlier = null;
      }
    }
    return earlier != null ? earlier.source : phrases.firstSubject(floor, group);
  }

  private boolean quoteReachesInto(StatementDraft earlier) {
    return earlier.cue.first() >= floor;
  }

  private void nounThat(int noun) {
    Range source = null;
    int owner = noun - 1;
    while (owner > floor
        && reading.isNounLike(owner)
        && !reading.has(owner, POSSESSIVE)
        && owner > noun - 4) {
      owner--;
    }
    if (owner >= floor && reading.has(owner, POSSESSIVE)) {
      source =
          tokens.first(owner) == '\'' || tokens.first(owner) == '’'
              ? phrases.nounPhraseBefore(owner, floor)
              : new Range(owner, owner + 1);
    } else {
      source = phrases.firstSubject(floor, noun);
    }
    add(
        Rule.NOUN_THAT,
        noun + 1,
        ends.clauseEnd(noun + 1, ceiling, noun),
        new Range(noun, noun + 1),
        source);
  }
}
