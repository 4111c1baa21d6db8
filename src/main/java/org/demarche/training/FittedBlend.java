package org.demarche.training;

import java.util.Comparator;
import java.util.stream.DoubleStream;
import org.demarche.model.Blend;

/**
 * The weight with which an encoder and a table together do best on held-out rows, and their
 * answers.
 *
 * @param weight weight of the encoder, in [0, 1]
 * @param heldOut the answers to held-out rows with that weight
 */
record FittedBlend(double weight, HeldOut heldOut) {

  private static final int STEPS = 20;

  Blend blend() {
    return new Blend(weight, heldOut.calibration());
  }

  /**
   * Finds the weight with the lowest log loss on held-out rows. Finally it compares the best mean
   * with each part alone after calibration, as the mean may only look better before calibration.
   */
  static FittedBlend of(HeldOut encoder, HeldOut table) {
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
                new FittedBlend(weight, new HeldOut(encoder.set(), pooled(weight, encoder, table))))
        .min(Comparator.comparingDouble(fitted -> fitted.heldOut().logLoss()))
        .orElseThrow();
  }

  private static double[][] pooled(double weight, HeldOut encoder, HeldOut table) {
    double[][] p = encoder.probabilities();
    double[][] q = table.probabilities();
    double[][] pooled = new double[p.length][];
    for (int row = 0; row < p.length; row++) {
      pooled[row] = Blend.pooled(weight, p[row], q[row]);
    }
    return pooled;
  }
}
