package org.demarche.speaker;

import org.demarche.language.english.Lexicon;

/** The grammatical gender of a person in an article. */
enum Gender {
  MALE,
  FEMALE,
  /** Not known, or either. */
  OPEN;

  /** Returns the gender that the classes of a word tell. */
  static Gender of(long classes) {
    boolean male = (classes & Lexicon.MALE) != 0;
    boolean female = (classes & Lexicon.FEMALE) != 0;
    return male == female ? OPEN : male ? MALE : FEMALE;
  }

  /** Returns whether one person can have both. */
  boolean agrees(Gender other) {
    return this == OPEN || other == OPEN || this == other;
  }
}
