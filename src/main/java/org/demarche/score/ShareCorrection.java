package org.demarche.score;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Corrects shares of labels for the model's known confusions: the probabilistic adjusted count
 * (Bella, Ferri, Hernández-Orallo and Ramírez-Quintana, <em>Quantification via Probability
 * Estimators</em>, 2010), generalised to any number of labels.
 *
 * <p>If statements whose true label is i get the probability C[i][j] of label j on average, and
 * shares π are truly so, the mean probability of label j is Σ π[i]·C[i][j]: the mean probabilities
 * times the inverse of C are the true shares. Chance can put a share below 0; it is then 0, and the
 * others are brought to sum to 1.
 *
 * <p>A correction magnifies chance. Where it would by more than {@value #MOST_MAGNIFIED} times
 * (labels that the model hardly tells apart), the shares are left as they are.
 */
public final class ShareCorrection implements Serializable {

  private static final double MOST_MAGNIFIED = 10;

  private final int labels;

  /** What turns mean probabilities into shares; null where shares are left as they are. */
  private final double[][] inverse;

  /**
   * @param confusion mean predicted probability of every label (second index) over held-out
   *     statements of every true label (first index); a row of zeros when a label has no such
   *     statement
   * @throws IllegalArgumentException if it is not square or has a negative or infinite entry
   */
  public ShareCorrection(double[][] confusion) {
    double[][] normalised = new double[confusion.length][];
    boolean known = true;
    for (int i = 0; i < confusion.length; i++) {
      double[] row = confusion[i].clone();
      if (row.length != confusion.length
          || Arrays.stream(row).anyMatch(p -> !(p >= 0) || p == Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "Row %d of a confusion matrix of %d labels is %s"
                .formatted(i, confusion.length, Arrays.toString(row)));
      }
      double sum = Arrays.stream(row).sum();
      known &= sum > 0;
      for (int j = 0; j < row.length; j++) {
        row[j] /= sum;
      }
      normalised[i] = row;
    }
    double[][] found = known ? inverse(normalised) : null;
    this.labels = confusion.length;
    this.inverse = found == null || magnification(found) > MOST_MAGNIFIED ? null : found;
  }

  /**
   * Returns the true shares that explain {@code means}, or these as they came where the matrix does
   * not allow a correction.
   *
   * @param means mean probability of each label over the statements; {@link
   *     Tally#meanProbabilities}
   * @return shares in [0, 1] which sum to 1, or zeros for zeros
   * @throws IllegalArgumentException if the number of labels is another than that of the matrix
   */
  public double[] adjust(double[] means) {
    if (means.length != labels) {
      throw new IllegalArgumentException(
          "%d shares for a confusion matrix of %d labels".formatted(means.length, labels));
    }
    double total = Arrays.stream(means).sum();
    if (inverse == null || total == 0) {
      return means.clone();
    }
    double[] shares = new double[means.length];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      double share = 0;
      for (int j = 0; j < means.length; j++) {
        share += means[j] / total * inverse[j][i];
      }
      shares[i] = Math.max(0, share);
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  /** Returns the inverse of {@code matrix} by Gauss and Jordan; null if it has none. */
  private static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] work = new double[n][2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], 0, work[i], 0, n);
      work[i][n + i] = 1;
    }
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int i = column + 1; i < n; i++) {
        if (Math.abs(work[i][column]) > Math.abs(work[pivot][column])) {
          pivot = i;
        }
      }
      if (Math.abs(work[pivot][column]) < 1e-12) {
        return null;
      }
      double[] swapped = work[pivot];
      work[pivot] = work[column];
      work[column] = swapped;
      double scale = swapped[column];
      for (int j = 0; j < 2 * n; j++) {
        swapped[j] /= scale;
      }
      for (int i = 0; i < n; i++) {
        double factor = i == column ? 0 : work[i][column];
        for (int j = 0; factor != 0 && j < 2 * n; j++) {
          work[i][j] -= factor * swapped[j];
        }
      }
    }
    return Arrays.stream(work)
        .map(row -> Arrays.copyOfRange(row, n, 2 * n))
        .toArray(double[][]::new);
  }

  /** Returns the greatest row sum of magnitudes. */
  private static double magnification(double[][] inverse) {
    return Arrays.stream(inverse)
        .mapToDouble(row -> Arrays.stream(row).map(Math::abs).sum())
        .max()
        .orElse(0);
  }
}
