package org.demarche.speaker;

/** The grammatical gender in which an article speaks of somebody. */
enum Gender {
  MALE,
  FEMALE,
  /** Nothing tells, or either would do. */
  OPEN;

  /** Returns whether one person can be spoken of in both. */
  boolean agrees(Gender other) {
    return this == OPEN || other == OPEN || this == other;
  }
}
