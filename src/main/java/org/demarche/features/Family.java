package org.demarche.features;

/** The families of features. The family is part of every hash, so that families do not mix. */
final class Family {

  /** The hash of a token's characters, which is a part of other features and no feature itself. */
  static final int WORD = 1;

  /** A token, or two in a row. */
  static final int GRAM = 2;

  /** Four or six characters in a row of a padded token. */
  static final int PIECE = 3;

  /** The stem of a token, or of two in a row. */
  static final int STEM = 4;

  /** A stem in the scope of a negation. */
  static final int DENIED = 5;

  /** How the text looks: punctuation, words in capitals, repeated letters. */
  static final int LOOK = 6;

  /** The first or the last token. */
  static final int EDGE = 7;

  /** A feature of the text, repeated for one target. */
  static final int COPY = 8;

  /** The target itself, whatever the words are. */
  static final int TARGET = 9;

  /** A word before the mention of the target. */
  static final int LEFT = 10;

  /** A word after the mention of the target. */
  static final int RIGHT = 11;

  /** A word at most six tokens from the mention. */
  static final int WINDOW = 12;

  /** A word with its distance from the mention, −4 to +4. */
  static final int OFFSET = 13;

  /** A word in the clause of the mention. */
  static final int CLAUSE = 14;

  /** A word of the mention itself. */
  static final int MENTION = 15;

  /** Up to three tokens in a row that end before the mention or begin after it. */
  static final int ANCHORED = 16;

  /** A token in the scope of a negation. */
  static final int DENIED_WORD = 17;

  /** Four or six characters in a row of a padded token in the scope of a negation. */
  static final int DENIED_PIECE = 18;

  private Family() {}
}
