package org.demarche.model.calibration;

import java.util.Arrays;
import java.util.Optional;

/**
 * {@code softmax(slope · score + shift)}, with one slope for all labels (temperature scaling) or a
 * slope for each (vector scaling), and with or without shifts (Guo et al. 2017, Alexandari et al.
 * 2020).
 *
 * @param slopes one per label, {@code > 0}
 * @param shifts one per label
 */
public record AffineCalibration(double[] slopes, double[] shifts) implements Calibration {

  private static final int ROUNDS = 100;

  /** Keeps the steps finite if the scores carry no information. */
  private static final double RIDGE = 1e-3;

  private static final double IMPOSSIBLE = -1e12;

  private static final double LEAST_SLOPE = 1e-6;

  /** Returns the calibration that is only a softmax. */
  public static AffineCalibration none(int labels) {
    double[] ones = new double[labels];
    Arrays.fill(ones, 1);
    return new AffineCalibration(ones, new double[labels]);
  }

  @Override
  public void apply(double[] scores) {
    for (int label = 0; label < scores.length; label++) {
      scores[label] = calibrated(scores[label], slopes[label], shifts[label]);
    }
    Softmax.apply(scores);
  }

  /** Keeps a label that training never saw practically impossible, whatever the slope. */
  private static double calibrated(double score, double slope, double shift) {
    return Calibration.isNeverSeen(score) ? IMPOSSIBLE : slope * score + shift;
  }

  @Override
  public Optional<AffineCalibration> affine() {
    return Optional.of(this);
  }

  @Override
  public String kind() {
    boolean oneSlope = Arrays.stream(slopes).distinct().count() == 1;
    boolean shifted = Arrays.stream(shifts).anyMatch(shift -> shift != 0);
    return oneSlope ? shifted ? "temperature with biases" : "temperature" : "vector scaling";
  }

  /**
   * Maximizes the likelihood of {@code labels} by Newton's method. Each of n rows with a label
   * counts as 1/(n + 2) of a row of the other labels (Platt 1999), so that a few rows without
   * errors do not make the model certain.
   *
   * @param slopeCount 1, or the number of labels
   * @param shiftCount 0, or the number of labels
   */
  public static AffineCalibration fit(
      double[][] scores, int[] labels, int slopeCount, int shiftCount) {
    double[] at = new double[slopeCount + shiftCount];
    Arrays.fill(at, 0, slopeCount, 1);
    int k = scores[0].length;
    Problem problem = new Problem(scores, targets(scores, labels), k, slopeCount, shiftCount);
    double loss = problem.loss(at);
    for (int round = 0; round < ROUNDS; round++) {
      double[] step = problem.newtonStep(at);
      double length = 1;
      double[] next = moved(at, step, length);
      double nextLoss = problem.loss(next);
      while (nextLoss > loss && length > 1e-6) {
        length /= 2;
        next = moved(at, step, length);
        nextLoss = problem.loss(next);
      }
      boolean settled = !(loss - nextLoss > 1e-10 * scores.length);
      if (nextLoss <= loss) {
        at = next;
        loss = nextLoss;
      }
      if (settled) {
        break;
      }
    }
    return problem.calibration(at);
  }

  /**
   * Returns the target probabilities of each row. A label that training never saw gets none, and
   * rows with such a label have no target (null).
   */
  private static double[][] targets(double[][] scores, int[] labels) {
    int k = scores[0].length;
    int[] counts = new int[k];
    for (int label : labels) {
      counts[label]++;
    }
    double[][] targets = new double[labels.length][];
    for (int row = 0; row < labels.length; row++) {
      int seen = 0;
      for (double score : scores[row]) {
        seen += Calibration.isNeverSeen(score) ? 0 : 1;
      }
      if (seen < 2 || Calibration.isNeverSeen(scores[row][labels[row]])) {
        continue;
      }
      targets[row] = new double[k];
      double others = 1.0 / (counts[labels[row]] + 2);
      for (int label = 0; label < k; label++) {
        if (!Calibration.isNeverSeen(scores[row][label])) {
          targets[row][label] = label == labels[row] ? 1 - others : others / (seen - 1);
        }
      }
    }
    return targets;
  }

  private static double[] moved(double[] from, double[] step, double length) {
    double[] to = from.clone();
    for (int i = 0; i < to.length; i++) {
      to[i] -= length * step[i];
    }
    return to;
  }

  /** The function to minimize. Its parameters are the slopes, then the shifts. */
  private record Problem(
      double[][] scores, double[][] targets, int k, int slopeCount, int shiftCount) {

    AffineCalibration calibration(double[] at) {
      double[] slopes = new double[k];
      double[] shifts = new double[k];
      for (int label = 0; label < k; label++) {
        slopes[label] = Math.max(at[slopeOf(label)], LEAST_SLOPE);
        shifts[label] = shiftCount == 0 ? 0 : at[slopeCount + label];
      }
      return new AffineCalibration(slopes, shifts);
    }

    private int slopeOf(int label) {
      return slopeCount == 1 ? 0 : label;
    }

    private void probabilities(double[] at, double[] scores, double[] p) {
      for (int label = 0; label < k; label++) {
        double shift = shiftCount == 0 ? 0 : at[slopeCount + label];
        p[label] = calibrated(scores[label], at[slopeOf(label)], shift);
      }
      Softmax.apply(p);
    }

    double loss(double[] at) {
      double loss = 0;
      double[] p = new double[k];
      for (int row = 0; row < scores.length; row++) {
        if (targets[row] == null) {
          continue;
        }
        probabilities(at, scores[row], p);
        for (int label = 0; label < k; label++) {
          if (targets[row][label] > 0) {
            loss -= targets[row][label] * StrictMath.log(Math.max(1e-300, p[label]));
          }
        }
      }
      for (double value : at) {
        loss += RIDGE * value * value / 2;
      }
      return loss;
    }

    /** Returns the factor of parameter {@code i} in the exponent of label {@code a}. */
    private double part(int i, int a, double[] s) {
      if (i >= slopeCount) {
        return i - slopeCount == a ? 1 : 0;
      }
      return i == slopeOf(a) ? s[a] : 0;
    }

    double[] newtonStep(double[] at) {
      int n = at.length;
      double[] gradient = new double[n];
      double[][] hessian = new double[n][n];
      double[] p = new double[k];
      double[] means = new double[n];
      for (int row = 0; row < scores.length; row++) {
        if (targets[row] == null) {
          continue;
        }
        double[] s = scores[row];
        probabilities(at, s, p);
        for (int i = 0; i < n; i++) {
          means[i] = 0;
          for (int a = 0; a < k; a++) {
            means[i] += p[a] * part(i, a, s);
            gradient[i] += (p[a] - targets[row][a]) * part(i, a, s);
          }
        }
        for (int i = 0; i < n; i++) {
          for (int j = 0; j <= i; j++) {
            double both = 0;
            for (int a = 0; a < k; a++) {
              both += p[a] * part(i, a, s) * part(j, a, s);
            }
            hessian[i][j] += both - means[i] * means[j];
          }
        }
      }
      for (int i = 0; i < n; i++) {
        gradient[i] += RIDGE * at[i];
        hessian[i][i] += RIDGE;
        for (int j = 0; j < i; j++) {
          hessian[j][i] = hessian[i][j];
        }
      }
      return solve(hessian, gradient);
    }
  }

  /** Solves a small positive definite system by Gaussian elimination with pivoting. */
  private static double[] solve(double[][] a, double[] b) {
    int n = b.length;
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        if (Math.abs(a[row][column]) > Math.abs(a[pivot][column])) {
          pivot = row;
        }
      }
      double[] swappedRow = a[column];
      a[column] = a[pivot];
      a[pivot] = swappedRow;
      double swapped = b[column];
      b[column] = b[pivot];
      b[pivot] = swapped;
      for (int row = column + 1; row < n; row++) {
        double factor = a[row][column] / a[column][column];
        for (int i = column; i < n; i++) {
          a[row][i] -= factor * a[column][i];
        }
        b[row] -= factor * b[column];
      }
    }
    double[] x = new double[n];
    for (int row = n - 1; row >= 0; row--) {
      double rest = b[row];
      for (int i = row + 1; i < n; i++) {
        rest -= a[row][i] * x[i];
      }
      x[row] = rest / a[row][row];
    }
    return x;
  }
}
