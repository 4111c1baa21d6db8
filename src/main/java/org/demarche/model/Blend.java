package org.demarche.model;

import java.util.Comparator;
import java.util.stream.DoubleStream;

/**
 * How the answers of a table and of a classifier on the encoder become one: the weighted mean of
 * their probabilities (a linear opinion pool), calibrated once more, since such a mean is less sure
 * than it may be (Ranjan and Gneiting 2010).
 *
 * @param weight of the encoder, in [0, 1]; the table has the rest
 * @param calibration of the logarithms of the mean
 */
record Blend(double weight, Calibration calibration) {

  private static final double LEAST = 1e-9;
  private static final int STEPS = 20;

  /** Returns the logarithms of the weighted means. */
  private static double[] pooled(double weight, double[] encoder, double[] table) {
    double[] pooled = new double[encoder.length];
    for (int label = 0; label < pooled.length; label++) {
      double p = weight * encoder[label] + (1 - weight) * table[label];
      pooled[label] = StrictMath.log(Math.max(LEAST, p));
    }
    return pooled;
  }

  /** Returns one answer from two. */
  double[] apply(double[] encoder, double[] table) {
    double[] answer = pooled(weight, encoder, table);
    calibration.apply(answer);
    return answer;
  }

  /** The pooled scores of held-out rows at the weight of least log loss, and that weight. */
  record Fitted(double weight, HeldOut heldOut) {

    Blend blend() {
      return new Blend(weight, heldOut.calibration());
    }
  }

  /**
   * Finds the weight by rows that neither part has learnt from. Either part alone is asked once
   * more in the end, calibrated like the mean: a mean that only looks better before is not taken.
   */
  static Fitted fit(HeldOut encoder, HeldOut table) {
    double best = 0;
    double bestLoss = Double.POSITIVE_INFINITY;
    for (int step = 0; step <= STEPS; step++) {
      double weight = (double) step / STEPS;
      double loss = 0;
      double[][] pooled = pooled(weight, encoder, table);
      for (int row = 0; row < pooled.length; row++) {
        loss -= pooled[row][encoder.set().label(row)];
      }
      if (loss < bestLoss) {
        bestLoss = loss;
        best = weight;
      }
    }
    return DoubleStream.of(best, 1, 0)
        .distinct()
        .mapToObj(
            weight ->
                new Fitted(weight, new HeldOut(encoder.set(), pooled(weight, encoder, table))))
        .min(Comparator.comparingDouble(fitted -> fitted.heldOut().logLoss()))
        .orElseThrow();
  }

  private static double[][] pooled(double weight, HeldOut encoder, HeldOut table) {
    double[][] p = encoder.probabilities();
    double[][] q = table.probabilities();
    double[][] pooled = new double[p.length][];
    for (int row = 0; row < p.length; row++) {
      pooled[row] = pooled(weight, p[row], q[row]);
    }
    return pooled;
  }
}
