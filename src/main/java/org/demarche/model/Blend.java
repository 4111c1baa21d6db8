package org.demarche.model;

import org.demarche.model.calibration.Calibration;

/**
 * Combines the answers of a table and of an {@link EncoderHead}. It takes the weighted mean of
 * their probabilities (a linear opinion pool) and calibrates it again, because such a mean is
 * underconfident (Ranjan and Gneiting 2010).
 *
 * @param weight weight of the encoder, in [0, 1]; the table has the rest
 * @param calibration applied to the logarithms of the mean
 */
public record Blend(double weight, Calibration calibration) {

  private static final double LEAST = 1e-9;

  /** Returns the logarithms of the weighted mean of two answers. */
  public static double[] pooled(double weight, double[] encoder, double[] table) {
    double[] pooled = new double[encoder.length];
    for (int label = 0; label < pooled.length; label++) {
      double p = weight * encoder[label] + (1 - weight) * table[label];
      pooled[label] = StrictMath.log(Math.max(LEAST, p));
    }
    return pooled;
  }

  /** Returns the combined and calibrated probabilities. */
  public double[] apply(double[] encoder, double[] table) {
    double[] answer = pooled(weight, encoder, table);
    calibration.apply(answer);
    return answer;
  }
}
