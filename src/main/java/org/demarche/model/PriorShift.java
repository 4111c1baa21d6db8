package org.demarche.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;

/**
 * Adjusts answers from the label shares in training to those of other statements: {@code p · new /
 * old} for each label, then normalised. By Bayes' rule this is the calibrated answer under the new
 * shares if only the shares differ, that is, if the statements of each label look as they did in
 * training (Saerens, Latinne and Decaestecker, <em>Adjusting the Outputs of a Classifier to New a
 * Priori Probabilities: A Simple Procedure</em>, Neural Computation 14, 2002).
 *
 * @param scale the labels and their order
 * @param trained share of each label in training, above 0, summing to 1; not copied
 * @param shares share of each label in the statements to answer for, likewise
 */
public record PriorShift(Scale scale, double[] trained, double[] shares) implements Serializable {

  /** The shares are not estimated from fewer statements. */
  public static final int FEWEST_STATEMENTS = 200;

  /** Answers are not adjusted to shares closer than this: the difference may be chance. */
  private static final double NO_SHIFT = 0.02;

  private static final int PARTS = 100;
  private static final int MOST_ROUNDS = 5_000;
  private static final double CONVERGED = 1e-7;

  /**
   * @throws IllegalArgumentException unless both have a share above 0 for each label of {@code
   *     scale} and sum to 1
   */
  public PriorShift {
    for (double[] each : List.of(trained, shares)) {
      if (each.length != scale.size()
          || !Arrays.stream(each).allMatch(share -> share > 0)
          || Math.abs(Arrays.stream(each).sum() - 1) > 1e-6) {
        throw new IllegalArgumentException(
            "Not shares above 0 of the %d labels of scale '%s': %s"
                .formatted(scale.size(), scale.name(), Arrays.toString(each)));
      }
    }
  }

  /**
   * The estimated shares of the labels in some statements.
   *
   * @param shift the shift to these shares, rounded to hundredths (finer for more than ten labels);
   *     null if answers are not adjusted
   * @param why why answers are not adjusted, as the end of a sentence; null with a shift
   */
  public record Estimate(PriorShift shift, String why) {}

  /**
   * Estimates the shares of the labels in statements by the EM algorithm of Saerens et al. 2002.
   * Each round adjusts the answers to the current shares; their mean is the next estimate. This
   * raises the likelihood until it converges.
   *
   * <p>The estimate is only as good as the calibration, and explains every difference by the
   * shares. Answers are not adjusted if there are fewer than {@value #FEWEST_STATEMENTS}, the
   * training lacks a label, the algorithm does not converge, or the shares are close to those of
   * the training.
   *
   * @param trained share of each label in training, summing to 1
   * @param answers the model's probabilities for each statement; their order can change the last
   *     bits
   */
  public static Estimate estimate(Scale scale, double[] trained, List<double[]> answers) {
    if (answers.size() < FEWEST_STATEMENTS) {
      return new Estimate(
          null,
          "%d statements are fewer than the %d it takes"
              .formatted(answers.size(), FEWEST_STATEMENTS));
    }
    for (int label = 0; label < trained.length; label++) {
      if (!(trained[label] > 0)) {
        return new Estimate(
            null, "the training has no statement labelled " + scale.labelNames().get(label));
      }
    }
    double[] shares = trained.clone();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[] next = meanAdjusted(trained, shares, answers);
      double change = distance(next, shares);
      shares = next;
      if (change < CONVERGED) {
        double[] rounded = rounded(shares);
        return distance(shares, trained) < NO_SHIFT
            ? new Estimate(null, "the shares are those of the training")
            : new Estimate(new PriorShift(scale, trained, rounded), null);
      }
    }
    return new Estimate(null, "the estimate did not converge");
  }

  private static double[] meanAdjusted(double[] trained, double[] shares, List<double[]> answers) {
    double[] sums = new double[shares.length];
    double[] adjusted = new double[shares.length];
    for (double[] answer : answers) {
      adjust(answer, trained, shares, adjusted);
      for (int label = 0; label < sums.length; label++) {
        sums[label] += adjusted[label] / answers.size();
      }
    }
    return sums;
  }

  private static void adjust(double[] answer, double[] trained, double[] shares, double[] to) {
    double sum = 0;
    for (int label = 0; label < to.length; label++) {
      to[label] = answer[label] * shares[label] / trained[label];
      sum += to[label];
    }
    // An answer all of whose labels have share 0 carries no information.
    for (int label = 0; label < to.length; label++) {
      to[label] = sum > 0 ? to[label] / sum : shares[label];
    }
  }

  /** Rounds to hundredths, each at least 0.01. The largest share absorbs the rounding error. */
  private static double[] rounded(double[] shares) {
    int all = Math.max(PARTS, 10 * shares.length);
    int[] parts = new int[shares.length];
    int rest = all;
    for (int label = 0; label < parts.length; label++) {
      parts[label] = (int) Math.max(1, Math.round(shares[label] * all));
      rest -= parts[label];
    }
    for (; rest != 0; rest -= Integer.signum(rest)) {

      int most = 0;
      for (int label = 1; label < parts.length; label++) {
        most = parts[label] > parts[most] ? label : most;
      }
      parts[most] += Integer.signum(rest);
    }
    return Arrays.stream(parts).mapToDouble(n -> (double) n / all).toArray();
  }

  /**
   * Returns the total variation distance of two distributions, in [0, 1]: half the sum of their
   * absolute differences.
   */
  public static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / 2;
  }

  /**
   * Returns the share of each label in the training of {@code model}, in the order of its scale;
   * zeros if unknown.
   */
  public static double[] trainedShares(ScaleModel model) {
    double[] shares =
        model.scale().labelNames().stream()
            .mapToDouble(label -> model.metadata().labelCounts().getOrDefault(label, 0L))
            .toArray();
    double rows = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(n -> rows > 0 ? n / rows : 0).toArray();
  }

  /** Adjusts an answer of the model to the new shares. */
  public LabelDistribution adjust(LabelDistribution answer) {
    double[] adjusted = new double[shares.length];
    adjust(answer.probabilities(), trained, shares, adjusted);
    return new LabelDistribution(scale, adjusted);
  }

  /** Returns what the shift adds to the log-odds of each label: ln(new / old). */
  public double[] logRatios() {
    double[] logs = new double[shares.length];
    for (int label = 0; label < logs.length; label++) {
      logs[label] = StrictMath.log(shares[label] / trained[label]);
    }
    return logs;
  }

  /**
   * Returns the mean adjusted probability of each label (second index) over statements of each true
   * label (first index). It serves to correct shares of adjusted answers.
   *
   * <p>Cross-validation gives the means of unadjusted answers, and a mean cannot be adjusted
   * afterwards. But a calibrated answer p says how likely each true label i is, so that the mean
   * for labels i and j is Σ p[i]·p[j] / Σ p[i] over {@code answers}. On all these statements
   * together the correction changes nothing, as EM found the shares that agree with their mean
   * answer. For a speaker who differs from the whole it undoes the pull of these shares.
   *
   * @param answers the model's unadjusted probabilities; with fewer than {@value
   *     #FEWEST_STATEMENTS} the result is all zeros, which stands for unknown
   */
  public double[][] meanProbabilities(List<double[]> answers) {
    int k = shares.length;
    double[][] means = new double[k][k];
    if (answers.size() < FEWEST_STATEMENTS) {
      return means;
    }
    double[] sums = new double[k];
    double[] adjusted = new double[k];
    for (double[] answer : answers) {
      adjust(answer, trained, shares, adjusted);
      for (int given = 0; given < k; given++) {
        sums[given] += adjusted[given];
        for (int label = 0; label < k; label++) {
          means[given][label] += adjusted[given] * adjusted[label];
        }
      }
    }
    for (int given = 0; given < k; given++) {
      for (int label = 0; label < k; label++) {
        means[given][label] = sums[given] > 0 ? means[given][label] / sums[given] : 0;
      }
    }
    return means;
  }

  /** Returns the new shares as text: {@code conciliatory .10, neutral .55, assertive .35}. */
  @Override
  public String toString() {
    return shown(scale, shares);
  }

  /** Formats {@code shares} of the labels of {@code scale} as {@link #toString} does. */
  public static String shown(Scale scale, double[] shares) {
    StringBuilder text = new StringBuilder();
    for (int label = 0; label < shares.length; label++) {
      text.append(label == 0 ? "" : ", ").append(scale.labelNames().get(label)).append(' ');
      text.append(String.format(Locale.ROOT, "%.2f", shares[label]).replaceFirst("^0", ""));
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PriorShift that
        && scale.equals(that.scale)
        && Arrays.equals(trained, that.trained)
        && Arrays.equals(shares, that.shares);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * scale.hashCode() + Arrays.hashCode(trained)) + Arrays.hashCode(shares);
  }
}
