package org.demarche.attribution;

import static org.demarche.language.english.Lexicon.BE;
import static org.demarche.language.english.Lexicon.CONJUNCTION;
import static org.demarche.language.english.Lexicon.DETERMINER;
import static org.demarche.language.english.Lexicon.ING;
import static org.demarche.language.english.Lexicon.POSSESSIVE;
import static org.demarche.language.english.Lexicon.PREPOSITION;
import static org.demarche.language.english.Lexicon.SUBJECT;
import static org.demarche.language.english.Lexicon.SUBORDINATOR;
import static org.demarche.language.english.Lexicon.TIME;
import static org.demarche.language.english.Lexicon.TO;

import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Range;

/** Finds the source of a cue in its sentence: the subject of its verb, or its owner. */
final class Subjects extends SentenceRules {

  Subjects(StatementBoard board, ContentEnds ends, int floor, int ceiling) {
    super(board, ends, floor, ceiling);
  }

  /**
   * Returns the subject of a verb, or null.
   *
   * @param group the first token of its verb group
   */
  Range of(int verb, int group) {
    if (text.has(verb, ING) && !hasAuxiliary(group, verb, BE)) {
      if (isLeading(group)) {
        return subjectAfterComma(group);
      }
      boolean behindNoun =
          group > floor && text.isNounLike(group - 1) && !text.has(group - 1, TIME);
      Range noun = behindNoun ? phrases.nounPhraseBefore(group, floor) : null;
      boolean object =
          noun == null
              || noun.first() > floor
                  && text.has(noun.first() - 1, PREPOSITION)
                  && !tokens.is(noun.first() - 1, "with");
      if (!object) {
        return noun;
      }
      Range near = phrases.lastSubject(floor, group);
      return noun == null || near == null ? subjectOfSentence(verb, group) : near;
    }
    if (group == floor || text.has(group - 1, CONJUNCTION)) {
      return subjectOfSentence(verb, group);
    }
    if (text.has(group - 1, TO)) {
      Range near = phrases.lastSubject(floor, group);
      return near != null ? near : subjectOfSentence(verb, group);
    }
    Range noun = phrases.nounPhraseBefore(group, floor);
    StatementDraft earlier =
        noun == null && text.is(group - 1, ',') ? board.lastDraftIn(floor, verb) : null;
    return earlier == null ? noun : earlier.source(); // "called it late, said it was long"
  }

  /** Returns whether a participle opens the sentence: "Citing …, Moor", "After citing …, Moor". */
  private boolean isLeading(int group) {
    return group == floor || group == floor + 1 && text.has(floor, PREPOSITION | SUBORDINATOR);
  }

  private Range subjectAfterComma(int group) {
    for (int i = group + 1; i + 1 < ceiling; i++) {
      if (text.is(i, ',')
          && (text.isName(i + 1) || text.has(i + 1, SUBJECT | DETERMINER | POSSESSIVE))) {
        return phrases.nounPhraseAfter(i + 1, ceiling);
      }
    }
    return null;
  }

  /** Returns the source of the statement before in the sentence, else its first subject. */
  private Range subjectOfSentence(int verb, int group) {
    StatementDraft earlier = board.lastDraftIn(floor, verb);
    if (earlier != null) {
      return earlier.source();
    }
    Range near = phrases.lastSubject(floor, group);
    boolean relative = near != null && text.has(near.first(), Lexicon.WH | Lexicon.THAT);
    return near == null || relative ? phrases.firstSubject(floor, group) : near;
  }

  /** Returns the owner of a noun cue, as "Moor" in "Moor’s claim that …", or null. */
  Range ownerOf(int noun) {
    int owner = noun - 1;
    while (owner > floor
        && text.isNounLike(owner)
        && !text.has(owner, POSSESSIVE)
        && owner > noun - 4) {
      owner--;
    }
    if (owner >= floor && text.has(owner, POSSESSIVE)) {
      return tokens.first(owner) == '\'' || tokens.first(owner) == '’'
          ? phrases.nounPhraseBefore(owner, floor)
          : new Range(owner, owner + 1);
    }
    return phrases.firstSubject(floor, noun);
  }
}
