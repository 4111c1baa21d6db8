package org.demarche.model;

import org.demarche.model.calibration.Calibration;

/**
 * How the answers of a table and of a classifier on the encoder become one: the weighted mean of
 * their probabilities (a linear opinion pool), calibrated once more, since such a mean is less sure
 * than it may be (Ranjan and Gneiting 2010).
 *
 * @param weight of the encoder, in [0, 1]; the table has the rest
 * @param calibration of the logarithms of the mean
 */
public record Blend(double weight, Calibration calibration) {

  private static final double LEAST = 1e-9;

  /** Returns the logarithms of the weighted means of two answers. */
  public static double[] pooled(double weight, double[] encoder, double[] table) {
    double[] pooled = new double[encoder.length];
    for (int label = 0; label < pooled.length; label++) {
      double p = weight * encoder[label] + (1 - weight) * table[label];
      pooled[label] = StrictMath.log(Math.max(LEAST, p));
    }
    return pooled;
  }

  /** Returns one answer from two. */
  public double[] apply(double[] encoder, double[] table) {
    double[] answer = pooled(weight, encoder, table);
    calibration.apply(answer);
    return answer;
  }
}
