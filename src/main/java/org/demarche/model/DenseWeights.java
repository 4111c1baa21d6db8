package org.demarche.model;

/**
 * The weights of an {@link EncoderHead}: one vector per label shared by all rows, and one per label
 * for each target.
 *
 * @param vectors {@code vectors[target * labels + label]}, where target 0 stands for the shared
 *     vectors
 * @param biases one per vector
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
