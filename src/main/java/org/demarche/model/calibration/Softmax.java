package org.demarche.model.calibration;

/** The softmax function. */
public final class Softmax {

  private Softmax() {}

  /**
   * Turns scores into probabilities, in place. It uses StrictMath, so that probabilities are the
   * same on every machine to the last bit.
   */
  public static void apply(double[] scores) {
    double greatest = scores[0];
    for (double score : scores) {
      greatest = Math.max(greatest, score);
    }
    double sum = 0;
    for (int label = 0; label < scores.length; label++) {
      scores[label] = StrictMath.exp(scores[label] - greatest);
      sum += scores[label];
    }
    for (int label = 0; label < scores.length; label++) {
      scores[label] /= sum;
    }
  }
}
