package org.demarche.speaker;

/** The grammatical gender of a person in an article. */
enum Gender {
  MALE,
  FEMALE,
  /** Not known, or either. */
  OPEN;

  /** Returns whether one person can have both. */
  boolean agrees(Gender other) {
    return this == OPEN || other == OPEN || this == other;
  }
}
