package org.demarche.score;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import org.demarche.stance.LabelDistribution;

/**
 * The sums over one speaker's distinct statements on one scale, towards one target, in one window.
 *
 * <p>Every sum is a whole number of millionths, so that adding is exact: the tally does not depend
 * on how statements are distributed over partitions, batches or months. With positions between −1
 * and 1 there is room for 9·10¹² statements.
 *
 * @param statements number of distinct statements, {@code >= 0}
 * @param sum sum of the positions, in {@link #UNIT}s
 * @param sumOfSquares sum of the squared positions, in {@link #UNIT}s
 * @param labelStatements for each label of the scale, the number of statements whose most probable
 *     label it is; the array is not copied and must not be changed
 * @param labelProbabilities for each label, the sum of its probabilities, in {@link #UNIT}s; not
 *     copied either
 */
public record Tally(
    long statements, long sum, long sumOfSquares, long[] labelStatements, long[] labelProbabilities)
    implements Serializable {

  /** Positions, their squares and probabilities are counted in millionths. */
  public static final double UNIT = 1e-6;

  /** No statements, on any scale. */
  public static final Tally ZERO = new Tally(0, 0, 0, new long[0], new long[0]);

  public Tally {
    requireNonNull(labelStatements, "labelStatements is null");
    requireNonNull(labelProbabilities, "labelProbabilities is null");
    if (statements < 0 || sumOfSquares < 0) {
      throw new IllegalArgumentException(
          "A tally cannot have %d statements and a sum of squares of %d"
              .formatted(statements, sumOfSquares));
    }
    if (labelStatements.length != labelProbabilities.length) {
      throw new IllegalArgumentException(
          "Counts for %d labels, but probabilities for %d"
              .formatted(labelStatements.length, labelProbabilities.length));
    }
  }

  /** Returns the tally of one statement. */
  public static Tally of(LabelDistribution distribution) {
    double[] probabilities = distribution.probabilities();
    long[] counts = new long[probabilities.length];
    counts[distribution.best()] = 1;
    long[] sums = new long[probabilities.length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = units(probabilities[i]);
    }
    double position = distribution.position();
    return new Tally(1, units(position), units(position * position), counts, sums);
  }

  /** Returns {@code value} in {@link #UNIT}s, rounded half up. */
  public static long units(double value) {
    return Math.round(value / UNIT);
  }

  /**
   * Returns the tally of the statements of both, which must be on the same scale.
   *
   * @throws IllegalArgumentException if the numbers of labels differ and neither is 0
   */
  public Tally plus(Tally other) {
    return new Tally(
        Math.addExact(statements, other.statements),
        Math.addExact(sum, other.sum),
        Math.addExact(sumOfSquares, other.sumOfSquares),
        plus(labelStatements, other.labelStatements),
        plus(labelProbabilities, other.labelProbabilities));
  }

  /**
   * Returns the tally of the statements of this tally that are not of {@code other}, which is a
   * part of it.
   *
   * @throws IllegalArgumentException if {@code other} is no part of it
   */
  public Tally minus(Tally other) {
    return new Tally(
        Math.subtractExact(statements, other.statements),
        Math.subtractExact(sum, other.sum),
        Math.subtractExact(sumOfSquares, other.sumOfSquares),
        plus(labelStatements, negative(other.labelStatements)),
        plus(labelProbabilities, negative(other.labelProbabilities)));
  }

  private static long[] negative(long[] counts) {
    return Arrays.stream(counts).map(count -> -count).toArray();
  }

  /** Returns the mean position, on the scale; 0 for no statements. */
  public double mean() {
    return statements == 0 ? 0 : sum * UNIT / statements;
  }

  /** Returns the sum of the squared distances from the mean position, {@code >= 0}. */
  public double squaredDeviations() {
    // Squares are rounded one by one, so equal positions may seem to differ by a millionth.
    return statements == 0 ? 0 : Math.max(0, sumOfSquares * UNIT - mean() * sum * UNIT);
  }

  /** Returns the mean probability of each label, with sum 1; zeros if there are no statements. */
  public double[] meanProbabilities() {
    long total = Arrays.stream(labelProbabilities).sum();
    double[] means = new double[labelProbabilities.length];
    for (int i = 0; total > 0 && i < means.length; i++) {
      means[i] = (double) labelProbabilities[i] / total;
    }
    return means;
  }

  private static long[] plus(long[] a, long[] b) {
    if (a.length == 0 || b.length == 0) {
      return a.length == 0 ? b : a;
    }
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "Tallies of different scales: %d and %d labels".formatted(a.length, b.length));
    }
    long[] sum = new long[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.addExact(a[i], b[i]);
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tally that
        && statements == that.statements
        && sum == that.sum
        && sumOfSquares == that.sumOfSquares
        && Arrays.equals(labelStatements, that.labelStatements)
        && Arrays.equals(labelProbabilities, that.labelProbabilities);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(new long[] {statements, sum, sumOfSquares})
        + 17 * Arrays.hashCode(labelStatements)
        + Arrays.hashCode(labelProbabilities);
  }

  @Override
  public String toString() {
    return "%d statements, sum %d, squares %d, labels %s, probabilities %s"
        .formatted(
            statements,
            sum,
            sumOfSquares,
            Arrays.toString(labelStatements),
            Arrays.toString(labelProbabilities));
  }
}
