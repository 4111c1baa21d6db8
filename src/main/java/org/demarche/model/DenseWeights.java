package org.demarche.model;

/**
 * What logistic regression on the encoder learns: for all rows, and once more for each target, one
 * vector a label.
 *
 * @param vectors {@code vectors[target * labels + label]}, target 0 being what all rows share
 * @param biases one a vector
 */
public record DenseWeights(float[][] vectors, double[] biases) {

  /** Sets {@code scores} to the score of each label for a row about {@code target}, 0 for none. */
  public void score(float[] row, int target, double[] scores) {
    for (int label = 0; label < scores.length; label++) {
      scores[label] = scored(row, label);
      if (target > 0) {
        scores[label] += scored(row, target * scores.length + label);
      }
    }
  }

  public int width() {
    return vectors[0].length;
  }

  private double scored(float[] row, int vector) {
    double score = biases[vector];
    float[] weights = vectors[vector];
    for (int j = 0; j < row.length; j++) {
      score += (double) weights[j] * row[j];
    }
    return score;
  }
}
