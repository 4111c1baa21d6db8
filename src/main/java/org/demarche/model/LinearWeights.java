package org.demarche.model;

/**
 * What a backend has learnt: one weight for every feature and label, and a bias for every label.
 *
 * @param weights {@code weights[feature * labels + label]}
 * @param biases one a label
 */
public record LinearWeights(double[] weights, double[] biases) {

  /** Bias of a label that no training row has: less than any score that could win. */
  public static final double NEVER_SEEN = -1000;

  /** Whether a score is that of a label which no training row had. */
  static boolean isNeverSeen(double score) {
    return score < NEVER_SEEN / 2;
  }
}
