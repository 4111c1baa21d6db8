package org.demarche.model;

import org.demarche.model.calibration.Calibration;

/**
 * What a backend has learnt: one weight for every feature and label, and a bias for every label.
 *
 * @param weights {@code weights[feature * labels + label]}
 * @param biases one a label
 */
public record LinearWeights(double[] weights, double[] biases) {

  /** Bias of a label that no training row has: less than any score that could win. */
  public static final double NEVER_SEEN = Calibration.NEVER_SEEN;
}
