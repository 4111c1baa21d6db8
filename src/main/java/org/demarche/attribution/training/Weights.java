package org.demarche.attribution.training;

import java.util.Arrays;

/** Weights that are learnt by adaptive steps and averaged over all of them. */
final class Weights {

  /** Keeps the first step of a weight finite. */
  private static final float TINY = 1e-6f;

  /**
   * Initial sum of squared gradients of a weight that was trained before, so that its first steps
   * are small.
   */
  private static final float LEARNT = 3;

  final float[] values;
  private final float[] squares;

  /** The changes of each weight, each times the number of its step: they give the mean. */
  private final float[] changes;

  /** Starts with all weights 0. */
  Weights(int size) {
    this(new float[size], 0);
  }

  /** Starts with weights that a model learnt before. */
  Weights(float[] learnt) {
    this(learnt, LEARNT);
  }

  private Weights(float[] start, float learnt) {
    values = start.clone();
    squares = new float[start.length];
    Arrays.fill(squares, learnt);
    changes = new float[start.length];
  }

  /** Moves a weight against its gradient. */
  void step(int i, float gradient, float rate, int step) {
    squares[i] += gradient * gradient;
    float change = rate * gradient / ((float) Math.sqrt(squares[i]) + TINY);
    values[i] -= change;
    changes[i] += step * change;
  }

  /** Returns the mean of each weight over the steps up to {@code steps}. */
  float[] mean(int steps) {
    float[] mean = new float[values.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = values[i] + changes[i] / steps;
    }
    return mean;
  }
}
