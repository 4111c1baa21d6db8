package org.demarche.model;

import org.demarche.model.calibration.Calibration;

/**
 * The weights that a backend has learnt: one per feature and label, and a bias per label.
 *
 * @param weights {@code weights[feature * labels + label]}
 * @param biases one per label
 */
public record LinearWeights(double[] weights, double[] biases) {

  /** Bias of a label that no training row has; lower than any score that could win. */
  public static final double NEVER_SEEN = Calibration.NEVER_SEEN;
}
