package org.demarche.score;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.demarche.stance.Scale;

/**
 * Corrects shares of labels for the model's known confusions: the probabilistic adjusted count
 * (Bella, Ferri, Hernández-Orallo and Ramírez-Quintana, <em>Quantification via Probability
 * Estimators</em>, 2010), generalised to any number of labels.
 *
 * <p>If statements with the true label i get the mean probability C[i][j] for label j, and the true
 * shares are π, then the mean probability of label j is Σ π[i]·C[i][j]. So the true shares are the
 * mean probabilities times the inverse of C.
 *
 * <p>The correction enlarges random errors, so it is given only if it is stable. The errors come
 * from the number of statements and of held-out statements from which C is known. How much the
 * probabilities of single statements vary is not known here; they vary at most as much as whole
 * labels would, so the standard error used is an upper bound.
 */
public final class ShareCorrection implements Serializable {

  /** Shares with a larger standard error (or upper bound of it) are not given. */
  static final double MOST_ERROR = 0.15;

  /** A matrix with a smaller pivot counts as one that has no inverse. */
  private static final double SINGULAR = 1e-12;

  private final Scale scale;

  /** Mean probability of each label over held-out statements of each true label; rows sum to 1. */
  private final double[][] confusion;

  private final long[] heldOut;

  /** The inverse of {@code confusion}, or null if there is none. */
  private final double[][] inverse;

  /**
   * @param scale the scale of the labels
   * @param confusion mean predicted probability of every label (second index) over held-out
   *     statements of every true label (first index); a row of zeros if a label has no such
   *     statement
   * @param heldOut the number of held-out statements of each label
   * @throws IllegalArgumentException if the number of rows, columns or counts differs from that of
   *     labels, or an entry is negative or infinite
   */
  public ShareCorrection(Scale scale, double[][] confusion, long[] heldOut) {
    if (confusion.length != scale.size() || heldOut.length != scale.size()) {
      throw new IllegalArgumentException(
          "A confusion matrix of %d rows and %d counts for the %d labels of the scale '%s'"
              .formatted(confusion.length, heldOut.length, scale.size(), scale.name()));
    }
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
      known &= sum > 0 && heldOut[i] > 0;
      for (int j = 0; j < row.length; j++) {
        row[j] /= sum;
      }
      normalised[i] = row;
    }
    this.scale = scale;
    this.confusion = normalised;
    this.heldOut = heldOut.clone();
    this.inverse = known ? inverse(normalised) : null;
  }

  /**
   * Returns the true shares that explain the mean probabilities of {@code tally} if they are
   * stable: each is above 0 and has a standard error of at most {@value #MOST_ERROR}, and their
   * position is on the same side of the middle of the scale as the mean position. Shares are given
   * for all labels or for none, because they sum to 1.
   *
   * @return shares in (0, 1) with sum 1; empty if they are not stable, the tally is empty, a label
   *     has no held-out statement, or the matrix has no inverse
   * @throws IllegalArgumentException if the tally has another number of labels
   */
  public Optional<double[]> adjust(Tally tally) {
    double[] means = tally.meanProbabilities();
    int labels = scale.size();
    if (means.length != labels) {
      throw new IllegalArgumentException(
          "%d shares for the %d labels of the scale '%s'"
              .formatted(means.length, labels, scale.name()));
    }
    if (inverse == null || tally.statements() == 0) {
      return Optional.empty();
    }
    double[] shares = shares(means);
    boolean stable = fromMiddle(shares) * fromMiddle(means) >= 0;
    for (int i = 0; i < labels; i++) {
      double variance = variance(means, i) / tally.statements();
      for (int given = 0; given < labels; given++) {
        variance += shares[given] * shares[given] * variance(confusion[given], i) / heldOut[given];
      }
      stable &= shares[i] > 0 && variance <= MOST_ERROR * MOST_ERROR;
    }
    return stable ? Optional.of(shares) : Optional.empty();
  }

  /** Returns the shares that explain {@code means}; by chance some may be below 0. */
  double[] shares(double[] means) {
    double[] shares = new double[means.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = mean(means, i);
    }
    return shares;
  }

  /** Returns the position of {@code shares}, relative to the middle of the scale. */
  private double fromMiddle(double[] shares) {
    double position = 0;
    for (int i = 0; i < shares.length; i++) {
      position += shares[i] * scale.labels().get(i).value();
    }
    return position - (scale.range()[0] + scale.range()[1]) / 2;
  }

  /** Returns the corrected share of {@code label}: a mean over the labels that models give. */
  private double mean(double[] probabilities, int label) {
    double mean = 0;
    for (int j = 0; j < probabilities.length; j++) {
      mean += probabilities[j] * inverse[j][label];
    }
    return mean;
  }

  /** Returns the variance that belongs to {@link #mean}. */
  private double variance(double[] probabilities, int label) {
    double squares = 0;
    for (int j = 0; j < probabilities.length; j++) {
      squares += probabilities[j] * inverse[j][label] * inverse[j][label];
    }
    double mean = mean(probabilities, label);
    return squares - mean * mean;
  }

  /** Returns the inverse of {@code matrix}; null if it has none. */
  private static double[][] inverse(double[][] matrix) {
    DecompositionSolver solver =
        new LUDecomposition(new Array2DRowRealMatrix(matrix), SINGULAR).getSolver();
    return solver.isNonSingular() ? solver.getInverse().getData() : null;
  }
}
