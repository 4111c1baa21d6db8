package org.demarche.attribution.training;

import java.util.SplittableRandom;

/** Brings numbers into a random order. */
final class Shuffle {

  private Shuffle() {}

  /** Shuffles in place (Fisher and Yates). */
  static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = order[i];
      order[i] = order[j];
      order[j] = other;
    }
  }
}
