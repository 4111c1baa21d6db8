package org.demarche.model;

import java.util.Arrays;

/**
 * From the raw scores of a linear model to probabilities: {@code softmax(slope · score + shift)},
 * one slope for all labels and a shift for each (temperature scaling with biases, after Guo et al.
 * 2017). Fitted on scores of rows that the weights were not learnt from.
 *
 * @param slope without unit, {@code > 0}
 * @param shifts one a label, in the order of the scale
 */
record Calibration(double slope, double[] shifts) {

  private static final int ROUNDS = 100;

  /** Keeps the answer finite where few rows are separated without a fault. */
  private static final double RIDGE = 1e-3;

  /** Turns raw scores into probabilities, in place. */
  void apply(double[] scores) {
    for (int label = 0; label < scores.length; label++) {
      scores[label] = slope * scores[label] + shifts[label];
    }
    softmax(scores);
  }

  /** StrictMath, because a probability must be the same on every machine, to the last bit. */
  static void softmax(double[] scores) {
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

  /**
   * Fits slope and shifts to the greatest likelihood of {@code labels} by Newton's method.
   *
   * @param scores raw scores, one array a row
   * @param labels indices into the scale, one a row
   */
  static Calibration fit(double[][] scores, int[] labels) {
    int k = scores[0].length;
    double[] at = new double[k + 1];
    at[0] = 1;
    double loss = loss(at, scores, labels);
    for (int round = 0; round < ROUNDS; round++) {
      double[] step = newtonStep(at, scores, labels);
      double length = 1;
      double[] next = moved(at, step, length);
      double nextLoss = loss(next, scores, labels);
      while (nextLoss > loss && length > 1e-6) {
        length /= 2;
        next = moved(at, step, length);
        nextLoss = loss(next, scores, labels);
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
    return new Calibration(Math.max(at[0], 1e-6), Arrays.copyOfRange(at, 1, k + 1));
  }

  private static double[] moved(double[] from, double[] step, double length) {
    double[] to = from.clone();
    for (int i = 0; i < to.length; i++) {
      to[i] -= length * step[i];
    }
    return to;
  }

  private static double loss(double[] at, double[][] scores, int[] labels) {
    int k = at.length - 1;
    double loss = 0;
    double[] p = new double[k];
    for (int row = 0; row < scores.length; row++) {
      probabilities(at, scores[row], p);
      loss -= StrictMath.log(Math.max(1e-300, p[labels[row]]));
    }
    for (double value : at) {
      loss += RIDGE * value * value / 2;
    }
    return loss;
  }

  private static void probabilities(double[] at, double[] scores, double[] p) {
    for (int label = 0; label < p.length; label++) {
      p[label] = at[0] * scores[label] + at[label + 1];
    }
    softmax(p);
  }

  private static double[] newtonStep(double[] at, double[][] scores, int[] labels) {
    int k = at.length - 1;
    double[] gradient = new double[k + 1];
    double[][] hessian = new double[k + 1][k + 1];
    double[] p = new double[k];
    for (int row = 0; row < scores.length; row++) {
      double[] s = scores[row];
      probabilities(at, s, p);
      double mean = 0;
      double meanOfSquares = 0;
      for (int a = 0; a < k; a++) {
        mean += p[a] * s[a];
        meanOfSquares += p[a] * s[a] * s[a];
      }
      gradient[0] += mean - s[labels[row]];
      hessian[0][0] += meanOfSquares - mean * mean;
      for (int a = 0; a < k; a++) {
        gradient[a + 1] += p[a] - (labels[row] == a ? 1 : 0);
        hessian[0][a + 1] += p[a] * (s[a] - mean);
        for (int b = 0; b < k; b++) {
          hessian[a + 1][b + 1] += (a == b ? p[a] : 0) - p[a] * p[b];
        }
      }
    }
    for (int i = 0; i <= k; i++) {
      gradient[i] += RIDGE * at[i];
      hessian[i][i] += RIDGE;
      hessian[i][0] = hessian[0][i];
    }
    return solve(hessian, gradient);
  }

  /** Gauss with pivoting; the system is small and positive definite. */
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
