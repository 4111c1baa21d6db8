package org.demarche.training;

import java.util.Comparator;
import java.util.stream.DoubleStream;
import org.demarche.model.Blend;

/**
 * The weight with which an encoder and a table answer held-out rows best together, and these
 * answers.
 *
 * @param weight of the encoder, in [0, 1]
 * @param heldOut the pooled scores of held-out rows at that weight
 */
record FittedBlend(double weight, HeldOut heldOut) {

  private static final int STEPS = 20;

  Blend blend() {
    return new Blend(weight, heldOut.calibration());
  }

  /**
   * Finds the weight of least log loss by rows that neither part has learnt from. Either part alone
   * is asked once more in the end, calibrated like the mean: a mean that only looks better before
   * is not taken.
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
