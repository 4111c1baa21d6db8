package org.demarche.features;

/**
 * The meaning of a feature for one word in one position relative to the target. The same word has
 * several such features, and means much the same in all of them.
 *
 * @param stem hash of the word's stem
 * @param denied whether the word is in the scope of a negation
 * @param position relative to the target, in {@code [0, POSITIONS)}
 */
public record PlacedWord(long stem, boolean denied, int position) {

  static final int LEFT = 0;
  static final int RIGHT = 1;
  static final int NEAR = 2;
  static final int IN_CLAUSE = 3;
  static final int LEFT_IN_CLAUSE = 4;
  static final int RIGHT_IN_CLAUSE = 5;

  /** The number of positions. */
  public static final int POSITIONS = 6;
}
