package org.demarche.model.calibration;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Isotonic regression by pooling adjacent violators (Zadrozny and Elkan 2002). For each label, a
 * rising function maps its softmax probability to how often the label was right. It is linear
 * between knots; the results are normalised to sum to 1.
 *
 * @param shares the knots of each label, rising, in [0, 1]
 * @param frequencies the value at each knot, rising, in (0, 1)
 */
public record IsotonicCalibration(double[][] shares, double[][] frequencies)
    implements Calibration {

  /** Rows of the label's overall frequency that are added to each knot, so that none is 0 or 1. */
  private static final double SMOOTHING = 0.5;

  /** A knot pools at least this many rows, because steps of single rows are noise. */
  private static final int LEAST_ROWS = 25;

  @Override
  public void apply(double[] scores) {
    Softmax.apply(scores);
    double sum = 0;
    for (int label = 0; label < scores.length; label++) {
      scores[label] = at(shares[label], frequencies[label], scores[label]);
      sum += scores[label];
    }
    for (int label = 0; label < scores.length; label++) {
      scores[label] /= sum;
    }
  }

  private static double at(double[] x, double[] y, double share) {
    int place = Arrays.binarySearch(x, share);
    if (place >= 0) {
      return y[place];
    }
    int after = -place - 1;
    if (after == 0) {
      return y[0];
    }
    if (after == x.length) {
      return y[after - 1];
    }
    double part = (share - x[after - 1]) / (x[after] - x[after - 1]);
    return y[after - 1] + part * (y[after] - y[after - 1]);
  }

  @Override
  public String kind() {
    return "isotonic";
  }

  static IsotonicCalibration fit(double[][] scores, int[] labels) {
    int k = scores[0].length;
    double[][] shares = new double[k][];
    double[][] frequencies = new double[k][];
    double[][] soft = Arrays.stream(scores).map(double[]::clone).toArray(double[][]::new);
    Arrays.stream(soft).forEach(Softmax::apply);
    for (int label = 0; label < k; label++) {
      fit(soft, labels, label, shares, frequencies);
    }
    return new IsotonicCalibration(shares, frequencies);
  }

  private static void fit(
      double[][] soft, int[] labels, int label, double[][] shares, double[][] frequencies) {
    int[] order =
        IntStream.range(0, labels.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> soft[row][label]))
            .mapToInt(row -> row)
            .toArray();
    double prior =
        (Arrays.stream(labels).filter(l -> l == label).count() + 1.0) / (labels.length + 2);
    // Each block is a run of rows: how many they are, how many have the label, the sum of their
    // shares.
    double[] rows = new double[order.length];
    double[] hits = new double[order.length];
    double[] sums = new double[order.length];
    int blocks = 0;
    double before = Double.NaN;
    for (int row : order) {
      // Rows with equal shares stay in one block, because their order is arbitrary.
      if (blocks == 0 || rows[blocks - 1] >= LEAST_ROWS && soft[row][label] > before) {
        blocks = pooled(rows, hits, sums, blocks);
        blocks++;
      }
      before = soft[row][label];
      rows[blocks - 1]++;
      hits[blocks - 1] += labels[row] == label ? 1 : 0;
      sums[blocks - 1] += soft[row][label];
    }
    if (blocks >= 2 && rows[blocks - 1] < LEAST_ROWS) {
      blocks = joined(rows, hits, sums, blocks);
    }
    blocks = pooled(rows, hits, sums, blocks);
    double[] x = new double[blocks];
    double[] y = new double[blocks];
    int kept = 0;
    for (int block = 0; block < blocks; block++) {
      double share = sums[block] / rows[block];
      if (kept == 0 || share > x[kept - 1]) {
        x[kept] = share;
        y[kept] = (hits[block] + SMOOTHING * prior) / (rows[block] + SMOOTHING);
        y[kept] = kept == 0 ? y[kept] : Math.max(y[kept], y[kept - 1]);
        kept++;
      }
    }
    shares[label] = Arrays.copyOf(x, kept);
    frequencies[label] = Arrays.copyOf(y, kept);
  }

  /** Joins the last blocks while the one before has the higher frequency. */
  private static int pooled(double[] rows, double[] hits, double[] sums, int blocks) {
    int n = blocks;
    while (n >= 2 && hits[n - 2] * rows[n - 1] >= hits[n - 1] * rows[n - 2]) {
      n = joined(rows, hits, sums, n);
    }
    return n;
  }

  /** Joins the last of {@code n} blocks to the one before. */
  private static int joined(double[] rows, double[] hits, double[] sums, int n) {
    for (double[] each : new double[][] {rows, hits, sums}) {
      each[n - 2] += each[n - 1];
      each[n - 1] = 0;
    }
    return n - 1;
  }
}
