package org.demarche.attribution;

import static org.demarche.language.english.Lexicon.ADVERB;
import static org.demarche.language.english.Lexicon.BASE;
import static org.demarche.language.english.Lexicon.CONJUNCTION;
import static org.demarche.language.english.Lexicon.DETERMINER;
import static org.demarche.language.english.Lexicon.ING;
import static org.demarche.language.english.Lexicon.PAST;
import static org.demarche.language.english.Lexicon.POSSESSIVE;
import static org.demarche.language.english.Lexicon.PREPOSITION;
import static org.demarche.language.english.Lexicon.PRESENT;
import static org.demarche.language.english.Lexicon.SUBORDINATOR;
import static org.demarche.language.english.Lexicon.WH;

import org.demarche.language.english.Range;
import org.demarche.text.Tokens.Type;

/** Attributes clauses whose cue follows them: "…, Moor said", "…, according to Moor". */
final class CueAfterClause extends SentenceRules {

  /** What somebody has of a matter: "in Moor's view". */
  static final String[] VIEWS = {"view", "opinion", "judgment", "judgement", "estimation"};

  /** "In the mayor of Vell's view" has so many tokens between "in" and "view" at most. */
  private static final int LONGEST_OWNER = 8;

  CueAfterClause(StatementBoard board, ContentEnds ends, int floor, int ceiling) {
    super(board, ends, floor, ceiling);
  }

  /** Attributes the clause before a cue at {@code i}, if there is one. */
  void read(int i) {
    if (tokens.is(i, "according") && i + 1 < ceiling && tokens.is(i + 1, "to")) {
      accordingTo(new Range(i, i + 2));
    } else if (tokens.is(i, "words") && i - 2 >= floor && i + 1 < ceiling && isInTheWordsOf(i)) {
      accordingTo(new Range(i - 2, i + 2));
    } else if (text.is(i, VIEWS)) {
      inTheViewOf(i);
    } else if (isClauseFinal(i)) {
      nameVerb(i);
    } else if (isInverted(i)) {
      verbName(i);
    }
  }

  /** Returns whether nothing that it could report follows the cue verb: ", Moor said." */
  private boolean isClauseFinal(int verb) {
    if (!text.isCueForm(verb)
        || !text.has(verb, PAST | PRESENT | BASE)
        || !(text.verb(verb).takes('c') || text.verb(verb).takes('q'))
        || !text.isVerbal(verb) && !text.is(verb - 1 < floor ? verb : verb - 1, ',')) {
      return false;
    }
    int next = verb + 1;
    if (text.verb(verb).takes('x') && next < ceiling) { // "…, Moor told the paper"
      Range addressed = phrases.nounPhraseAfter(next, ceiling);
      next = addressed == null ? next : addressed.limit();
    }
    while (next < ceiling && (text.has(next, ADVERB) || isAdjunct(next))) {
      next = isAdjunct(next) ? adjunctEnd(next) : next + 1;
    }
    return next >= ceiling || tokens.is(next, Type.STOP) || text.is(next, ',');
  }

  private boolean isInverted(int verb) {
    return verb > floor + 2
        && verb + 1 < ceiling
        && text.is(verb - 1, ',')
        && text.is(verb, "said", "says", "wrote")
        && phrases.timeEnd(verb + 1, ceiling) == verb + 1
        && (text.isNounLike(verb + 1) || text.has(verb + 1, DETERMINER | POSSESSIVE));
  }

  /** Attributes the clause before ", Moor said", and what follows if the clause goes on there. */
  private void nameVerb(int cue) {
    int group = phrases.verbGroupStart(cue, floor);
    Range source = phrases.nounPhraseBefore(group, floor);
    if (source == null || isSubordinate(source.first())) {
      return;
    }
    int comma = source.first() - 1;
    if (comma <= floor || !text.is(comma, ',') || board.isTaken(comma - 1)) {
      return;
    }
    int start = freeStart(comma);
    if (tokens.is(start, "asked") || start + 1 < comma && tokens.is(start + 1, "asked")) {
      return; // "Asked whether …, Moor laughed" reports no answer
    }
    int next = cue + 1;
    boolean commaBehind = next < ceiling && text.is(next, ',');
    boolean adjunct = text.has(start, PREPOSITION | SUBORDINATOR) || text.has(start, ING);
    boolean clause =
        tokens.hasWords(start, comma, 3)
            && (hasFinite(start, comma) || !adjunct && tokens.hasWords(start, comma, 6));
    if (!clause && !commaBehind) {
      return; // "In Ohio, Moor said …" opens with an adjunct
    }
    Range words = new Range(group, next);
    if (commaBehind && goesOn(next + 1)) {
      StatementDraft draft =
          new StatementDraft(Rule.CLAUSE_NAME_VERB, new Range(start, comma), words, source);
      board.add(draft);
      int first = next + 1;
      int end = freeEnd(first, withoutStops(first, ends.clauseEnd(first, ceiling, cue)));
      if (end > first) {
        board.extend(draft, new Range(first, end));
      }
    } else {
      add(Rule.CLAUSE_NAME_VERB, start, comma, words, source);
    }
  }

  private boolean isSubordinate(int first) {
    return first > floor && text.has(first - 1, SUBORDINATOR | WH);
  }

  /** Attributes the clause before ", said Moor" where that ends a sentence or a clause. */
  private void verbName(int verb) {
    Range source = phrases.nounPhraseAfter(verb + 1, ceiling);
    if (source == null || !tokens.hasWords(floor, verb, 3) || !hasFinite(floor, verb - 1)) {
      return;
    }
    int next = source.limit();
    if (next < ceiling && !tokens.is(next, Type.STOP) && !text.is(next, ',') && !isAdjunct(next)) {
      return; // "Moor, the mayor, said the tax would rise"
    }
    add(Rule.CLAUSE_VERB_NAME, freeStart(verb - 1), verb - 1, new Range(verb, verb + 1), source);
  }

  /** Returns whether the reported clause goes on after ", Moor said,". */
  private boolean goesOn(int at) {
    return at < ceiling
        && !text.has(at, CONJUNCTION | SUBORDINATOR)
        && !(text.isCueForm(at) && text.has(at, ING))
        && !board.isTaken(at)
        && !text.isQuoted(at);
  }

  private int commaBehind(int first) {
    int comma = first;
    while (comma < ceiling && !text.is(comma, ',')) {
      comma++;
    }
    return comma;
  }

  /** Attributes "In Moor's view, …" and "…, in Moor's view.". */
  private void inTheViewOf(int view) {
    if (view - floor < 2 || !text.has(view - 1, POSSESSIVE)) {
      return;
    }
    int in = view - 2;
    while (in > floor && view - in < LONGEST_OWNER && !text.is(in, "in")) {
      in--;
    }
    Range source = text.is(in, "in") ? ownerOfView(in + 1, view) : null;
    if (source == null) {
      return;
    }
    Range cue = new Range(view, view + 1);
    if (in == floor && view + 2 < ceiling && text.is(view + 1, ',')) {
      int end = ends.clauseEnd(view + 2, ceiling, view);
      if (!hasCueBehindComma(view + 2)) {
        add(Rule.ACCORDING_TO, view + 2, end, cue, source);
      }
    } else if (in > floor + 2
        && text.is(in - 1, ',')
        && (view + 1 == ceiling || tokens.is(view + 1, Type.STOP))
        && !hasCue(floor, in)
        && hasFinite(freeStart(in - 1), in - 1)) {
      add(Rule.ACCORDING_TO, freeStart(in - 1), in - 1, cue, source);
    }
  }

  /**
   * Returns whose view it is: "her" in "in her view", "Rand" in "in Rand's view"; null if unclear.
   */
  private Range ownerOfView(int first, int view) {
    if (first == view - 1) {
      return new Range(first, view);
    }
    Range owner = phrases.nounPhraseAfter(first, view - 1);
    return owner != null && owner.limit() == view - 1 ? owner : null;
  }

  private boolean hasCue(int first, int limit) {
    for (int i = first; i < limit; i++) {
      if (text.isCueForm(i) && text.isVerbal(i)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether somebody else is credited in the sentence: "…, the mayor said". */
  private boolean hasCueBehindComma(int first) {
    for (int i = first; i < ceiling; i++) {
      if (isClauseFinal(i)) {
        return true;
      }
    }
    return false;
  }

  private boolean isInTheWordsOf(int words) {
    return tokens.is(words - 2, "in") && tokens.is(words - 1, "the") && tokens.is(words + 1, "of");
  }

  /** Attributes "according to Moor, …" and "…, in the words of Moor". */
  private void accordingTo(Range words) {
    int cue = words.first();
    Range source = phrases.nounPhraseAfter(words.limit(), ceiling);
    if (source == null) {
      return;
    }
    if (cue - floor <= 1 || !tokens.hasWords(floor, cue, 2)) {
      int comma = commaBehind(words.limit());
      int name = comma + 1;
      while (name < ceiling && text.isName(name)) {
        name++;
      }
      if (name > comma + 1 && name < ceiling && text.is(name, ',')) {
        comma = name; // "according to the mayor, Ada Moor, …"
      }
      if (comma + 1 < ceiling) {
        Range named = new Range(words.limit(), comma);
        int end = ends.clauseEnd(comma + 1, ceiling, cue);
        add(Rule.ACCORDING_TO, comma + 1, end, words, named);
      }
      return;
    }
    add(Rule.ACCORDING_TO, freeStart(cue), cue, words, source);
  }
}
