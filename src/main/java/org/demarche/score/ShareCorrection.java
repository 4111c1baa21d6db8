package org.demarche.score;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Corrects shares of labels for the model's known confusions: the probabilistic adjusted count
 * (Bella, Ferri, Hernández-Orallo and Ramírez-Quintana, <em>Quantification via Probability
 * Estimators</em>, 2010), generalised to any number of labels.
 *
 * <p>If statements whose true label is i get the probability C[i][j] of label j on average, and
 * shares π are truly so, the mean probability of label j is Σ π[i]·C[i][j]. Given the mean
 * probabilities, the shares are the π, none negative and summing to 1, whose mixture comes nearest
 * to them (in Kullback and Leibler's sense); found by expectation and maximisation, which keeps to
 * the constraints by itself. Where the equations have a solution within the constraints, this is
 * it.
 *
 * <p>A correction magnifies chance. Where it would by more than {@value #MOST_MAGNIFIED} times
 * (labels that the model hardly tells apart), the shares are left as they are.
 */
public final class ShareCorrection implements Serializable {

  private static final double MOST_MAGNIFIED = 10;
  private static final int MOST_ROUNDS = 2000;
  private static final double SETTLED = 1e-9;

  private final double[][] confusion;
  private final boolean usable;

  /**
   * @param confusion mean predicted probability of every label (second index) over held-out
   *     statements of every true label (first index); a row of zeros when a label has no such
   *     statement
   * @throws IllegalArgumentException if it is not square or has a negative or infinite entry
   */
  public ShareCorrection(double[][] confusion) {
    this.confusion = new double[confusion.length][];
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
      this.confusion[i] = row;
    }
    this.usable = known && magnification(this.confusion) <= MOST_MAGNIFIED;
  }

  /** Returns whether shares are corrected at all; if not, they are returned as they came. */
  public boolean isUsable() {
    return usable;
  }

  /**
   * Returns the true shares that explain {@code means}.
   *
   * @param means mean probability of each label over the statements; {@link
   *     Tally#meanProbabilities}
   * @return shares in [0, 1] which sum to 1, or zeros for zeros
   * @throws IllegalArgumentException if the number of labels is another than that of the matrix
   */
  public double[] adjust(double[] means) {
    if (means.length != confusion.length) {
      throw new IllegalArgumentException(
          "%d shares for a confusion matrix of %d labels"
              .formatted(means.length, confusion.length));
    }
    double total = Arrays.stream(means).sum();
    if (!usable || total == 0) {
      return means.clone();
    }
    int labels = means.length;
    // A label of share 0 would stay at 0, so all begin equal.
    double[] shares = new double[labels];
    Arrays.fill(shares, 1.0 / labels);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[] next = new double[labels];
      for (int j = 0; j < labels; j++) {
        double mixture = 0;
        for (int i = 0; i < labels; i++) {
          mixture += shares[i] * confusion[i][j];
        }
        for (int i = 0; mixture > 0 && i < labels; i++) {
          next[i] += means[j] / total * shares[i] * confusion[i][j] / mixture;
        }
      }
      double sum = Arrays.stream(next).sum();
      double moved = 0;
      for (int i = 0; i < labels; i++) {
        // Probability of a label that no true label explains is lost above; the rest sums to 1.
        double share = sum > 0 ? next[i] / sum : shares[i];
        moved = Math.max(moved, Math.abs(share - shares[i]));
        shares[i] = share;
      }
      if (moved < SETTLED) {
        break;
      }
    }
    return shares;
  }

  /** Returns the greatest row sum of the inverse's magnitudes; infinite if there is none. */
  private static double magnification(double[][] matrix) {
    int n = matrix.length;
    double[][] work = new double[n][2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], 0, work[i], 0, n);
      work[i][n + i] = 1;
    }
    // Gauss and Jordan, the greatest pivot first.
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int i = column + 1; i < n; i++) {
        if (Math.abs(work[i][column]) > Math.abs(work[pivot][column])) {
          pivot = i;
        }
      }
      if (Math.abs(work[pivot][column]) < 1e-12) {
        return Double.POSITIVE_INFINITY;
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
    double greatest = 0;
    for (double[] row : work) {
      greatest = Math.max(greatest, Arrays.stream(row, n, 2 * n).map(Math::abs).sum());
    }
    return greatest;
  }
}
