package org.demarche.attribution.learned;

/**
 * Tells how often a word was part of a cue in annotated articles. Shares are rounded to a few
 * numbered bins, which are what features are made of; "said" has the highest, "harbour" the lowest.
 */
@FunctionalInterface
public interface CueShares {

  /** The bin of a word that no annotated article has. */
  int UNSEEN = 0;

  /** Words seen fewer times than this have bins of their own, because their share is unreliable. */
  int OFTEN = 4;

  /** The number of bins of a share. */
  int LEVELS = 6;

  /** Returns the bin of the word with this {@link org.demarche.text.Tokens#hash hash}. */
  int bin(int hash);

  /** Returns the bin of a word that was part of a cue {@code cues} times out of {@code all}. */
  static int bin(int cues, int all) {
    if (all <= 0) {
      return UNSEEN;
    }
    double share = cues / (double) all;
    int level =
        cues == 0 ? 0 : share < .05 ? 1 : share < .2 ? 2 : share < .5 ? 3 : share < .8 ? 4 : 5;
    return 1 + (all < OFTEN ? LEVELS : 0) + level;
  }

  /** Returns whether words of this bin are cues often enough to look for one around them. */
  static boolean isTrigger(int bin) {
    int level = bin == UNSEEN ? 0 : (bin - 1) % LEVELS;
    return level >= (bin > LEVELS ? 4 : 3);
  }
}
