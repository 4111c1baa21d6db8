package org.demarche.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;

/**
 * How often answers of a given probability are right: a reliable model is right in 70 of 100
 * answers that it gives with 70 %.
 *
 * @param bins ranges of the probability, ascending, without empty ones
 */
public record ReliabilityCurve(List<Bin> bins) {

  /** The number of bins of equal width, as in Guo et al. 2017. */
  public static final int BINS = 15;

  /** The 97.5 % quantile of the normal distribution. */
  private static final double Z975 = 1.959963984540054;

  public ReliabilityCurve {
    bins = List.copyOf(bins);
  }

  /**
   * The answers whose probability lies in {@code (from, to]}.
   *
   * @param from lower end, in [0, 1]
   * @param to upper end, in [0, 1]
   * @param rows number of answers, {@code >= 1}
   * @param right number of answers that equal the given label
   * @param confidence sum of the probabilities of the answers
   */
  public record Bin(double from, double to, long rows, long right, double confidence) {

    /** Returns the mean probability of the answers, in [0, 1]. */
    public double meanConfidence() {
      return confidence / rows;
    }

    /**
     * Returns the share of right answers with its interval (Wilson 1927). The interval assumes
     * independent rows, so it is too narrow if rows of one group are alike.
     */
    public Estimate accuracy() {
      double share = (double) right / rows;
      double z2 = Z975 * Z975;
      double centre = (share + z2 / (2 * rows)) / (1 + z2 / rows);
      double half =
          Z975 * Math.sqrt(share * (1 - share) / rows + z2 / (4.0 * rows * rows)) / (1 + z2 / rows);
      return new Estimate(share, Math.max(0, centre - half), Math.min(1, centre + half));
    }
  }

  /**
   * Sorts answers into bins by the probability of their most probable label.
   *
   * @param scale the scale of {@code given}
   * @throws IllegalArgumentException if there are no rows, the lists differ in length, or a given
   *     label is not on the scale
   */
  public static ReliabilityCurve of(
      Scale scale, List<String> given, List<LabelDistribution> answers) {
    int[] truth = Confusion.labels(scale, given, answers);
    long[] rows = new long[BINS];
    long[] right = new long[BINS];
    double[] confidence = new double[BINS];
    for (int i = 0; i < truth.length; i++) {
      int best = answers.get(i).best();
      double p = answers.get(i).probabilities()[best];
      int bin = Math.min(BINS - 1, Math.max(0, (int) StrictMath.ceil(p * BINS) - 1));
      rows[bin]++;
      right[bin] += best == truth[i] ? 1 : 0;
      confidence[bin] += p;
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      if (rows[bin] > 0) {
        bins.add(
            new Bin(
                (double) bin / BINS, (bin + 1.0) / BINS, rows[bin], right[bin], confidence[bin]));
      }
    }
    return new ReliabilityCurve(bins);
  }

  /** Returns the number of answers. */
  public long rows() {
    return bins.stream().mapToLong(Bin::rows).sum();
  }

  /**
   * Returns the expected calibration error (Guo et al. 2017), in [0, 1]: the difference between
   * mean probability and share of right answers of a bin, averaged over rows.
   */
  public double calibrationError() {
    double error = 0;
    for (Bin bin : bins) {
      error += Math.abs(bin.right() - bin.confidence());
    }
    return error / rows();
  }
}
