package org.demarche.attribution.learned;

/**
 * Tells how often a word was part of a cue in annotated articles. Shares are rounded to a few
 * numbered steps, which are what features are made of; "said" has the highest, "harbour" the
 * lowest.
 */
@FunctionalInterface
public interface CueShares {

  /** The step of a word that no annotated article has. */
  int UNSEEN = 0;

  /** A word that occurs more seldom than this gets steps of its own, since its share is vague. */
  int OFTEN = 4;

  /** The number of steps of a share. */
  int LEVELS = 6;

  /** Returns the step of the word with this {@link org.demarche.text.Tokens#hash hash}. */
  int step(int hash);

  /** Returns the step of a word that was part of a cue {@code cues} times out of {@code all}. */
  static int step(int cues, int all) {
    if (all <= 0) {
      return UNSEEN;
    }
    double share = cues / (double) all;
    int level =
        cues == 0 ? 0 : share < .05 ? 1 : share < .2 ? 2 : share < .5 ? 3 : share < .8 ? 4 : 5;
    return 1 + (all < OFTEN ? LEVELS : 0) + level;
  }

  /** Returns whether words of this step are cues often enough to look for one around them. */
  static boolean isTrigger(int step) {
    int level = step == UNSEEN ? 0 : (step - 1) % LEVELS;
    return level >= (step > LEVELS ? 4 : 3);
  }
}
