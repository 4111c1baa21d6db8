package org.demarche.features;

/** What a feature says; the first part of every hash, so that families do not meet by design. */
final class Family {

  /** Hash of a token's characters; a part of other features, not one itself. */
  static final int WORD = 1;

  /** A token, and two in a row. */
  static final int GRAM = 2;

  /** Four and six characters of a padded token. */
  static final int PIECE = 3;

  /** The stem of a token, and of two in a row. */
  static final int STEM = 4;

  /** A stem in the scope of a negation. */
  static final int DENIED = 5;

  /** How the text looks: marks, shouting, repeated letters, length. */
  static final int LOOK = 6;

  /** First and last tokens. */
  static final int EDGE = 7;

  /** A feature of the text, once more for one target. */
  static final int COPY = 8;

  /** The target is named, without regard to the words around it. */
  static final int TARGET = 9;

  /** Words before the mention of the target. */
  static final int LEFT = 10;

  /** Words after the mention of the target. */
  static final int RIGHT = 11;

  /** Words at most six tokens from the mention. */
  static final int WINDOW = 12;

  /** Words at one place, −4 to +4, counted from the mention. */
  static final int OFFSET = 13;

  /** Words in the clause of the mention. */
  static final int CLAUSE = 14;

  /** The words of the mention itself. */
  static final int MENTION = 15;

  /** Tokens in a row that begin or end at the mention. */
  static final int ANCHORED = 16;

  /** A token in the scope of a negation. */
  static final int DENIED_WORD = 17;

  /** Four and six characters of a padded token in the scope of a negation. */
  static final int DENIED_PIECE = 18;

  private Family() {}
}
