package org.demarche.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;

/**
 * Computes how much the figures of held-out answers would vary on other rows of the same kind: the
 * percentile interval of the bootstrap (Efron and Tibshirani 1993, chapters 8 and 13).
 *
 * <p>Each draw takes as many groups as there are, with replacement. Groups are drawn as a whole,
 * because the rows of one group (variants of a sentence, statements of one article) are alike and
 * would seem to be more evidence than they are. All models are evaluated on the same draws, so that
 * what makes a draw easy or hard for all of them cancels in their difference (the paired test of
 * Koehn 2004). Therefore a difference can be significant although the two intervals overlap.
 *
 * <p>The intervals cover the choice of rows, not the variation from training again. With only a few
 * dozen groups they are too narrow. The same rows, seed and number of draws give the same intervals
 * on every machine.
 */
public final class PairedBootstrap {

  /** The default number of draws. */
  public static final int DRAWS = 1000;

  /** The default seed. */
  private static final long SEED = 20120918;

  /** With fewer draws no value would be outside the interval. */
  private static final int FEWEST_DRAWS = 40;

  private final Scale scale;
  private final int[] given;
  private final int[] groupOf;
  private final int groups;
  private final int draws;
  private final long seed;

  private PairedBootstrap(
      Scale scale, int[] given, int[] groupOf, int groups, int draws, long seed) {
    this.scale = scale;
    this.given = given;
    this.groupOf = groupOf;
    this.groups = groups;
    this.draws = draws;
    this.seed = seed;
  }

  /** Draws {@link #DRAWS} times from {@link #SEED}. */
  public static PairedBootstrap of(Scale scale, List<String> given, List<String> groups) {
    return of(scale, given, groups, DRAWS, SEED);
  }

  /**
   * Prepares draws of rows with the labels {@code given} and the groups {@code groups}.
   *
   * @throws IllegalArgumentException if there are no rows, the lists differ in length, a given
   *     label is not on the scale, or {@code draws < 40}
   */
  public static PairedBootstrap of(
      Scale scale, List<String> given, List<String> groups, int draws, long seed) {
    if (given.isEmpty() || given.size() != groups.size()) {
      throw new IllegalArgumentException(
          "%d labels and %d groups: a bootstrap needs one of each for every row"
              .formatted(given.size(), groups.size()));
    }
    if (draws < FEWEST_DRAWS) {
      throw new IllegalArgumentException(
          "A 95 %% interval needs %d draws or more, but has %d".formatted(FEWEST_DRAWS, draws));
    }
    Map<String, Integer> numbers = new HashMap<>();
    int[] groupOf = new int[groups.size()];
    for (int i = 0; i < groupOf.length; i++) {
      Integer number = numbers.putIfAbsent(groups.get(i), numbers.size());
      groupOf[i] = number == null ? numbers.size() - 1 : number;
    }
    return new PairedBootstrap(
        scale, Confusion.labels(scale, given), groupOf, numbers.size(), draws, seed);
  }

  /** Returns the number of groups that are drawn from. */
  public int groups() {
    return groups;
  }

  /** Returns the number of draws. */
  public int draws() {
    return draws;
  }

  /**
   * Evaluates the held-out answers of one model on all draws.
   *
   * @param answers one for each row, in the order of the rows
   * @throws IllegalArgumentException if there are more or fewer answers than rows
   */
  public Figures judge(List<LabelDistribution> answers) {
    if (answers.size() != given.length) {
      throw new IllegalArgumentException(
          "%d answers for %d rows".formatted(answers.size(), given.length));
    }
    GroupCells cells = GroupCells.of(this, answers);
    long[] confusion = new long[scale.size() * scale.size()];
    for (int group = 0; group < groups; group++) {
      cells.addTo(confusion, group);
    }
    double[] macroF1 = new double[draws];
    double[] fAverage = new double[draws];
    Figures figures = new Figures(macroF1(confusion), fAverage(confusion), macroF1, fAverage);
    // A generator with the same seed for each model: all models get the same draws.
    SplittableRandom random = new SplittableRandom(seed);
    for (int draw = 0; draw < draws; draw++) {
      Arrays.fill(confusion, 0);
      for (int i = 0; i < groups; i++) {
        cells.addTo(confusion, random.nextInt(groups));
      }
      macroF1[draw] = macroF1(confusion);
      fAverage[draw] = fAverage(confusion);
    }
    return figures;
  }

  /** The figures of one model on all rows and on every draw. */
  public static final class Figures {

    private final double macroF1;
    private final double fAverage;
    private final double[] drawnMacroF1;
    private final double[] drawnFAverage;

    private Figures(
        double macroF1, double fAverage, double[] drawnMacroF1, double[] drawnFAverage) {
      this.macroF1 = macroF1;
      this.fAverage = fAverage;
      this.drawnMacroF1 = drawnMacroF1;
      this.drawnFAverage = drawnFAverage;
    }

    /** Returns the macro-F1 of {@link ClassificationReport}. */
    public Estimate macroF1() {
      return estimate(macroF1, drawnMacroF1);
    }

    /** Returns the F_avg of {@link ClassificationReport}. */
    public Estimate fAverage() {
      return estimate(fAverage, drawnFAverage);
    }

    /**
     * Returns the macro-F1 minus that of {@code other}, which must come from the same bootstrap.
     */
    public Estimate macroF1Above(Figures other) {
      return estimate(macroF1 - other.macroF1, differences(drawnMacroF1, other.drawnMacroF1));
    }

    /** Returns F_avg minus that of {@code other}, which must come from the same bootstrap. */
    public Estimate fAverageAbove(Figures other) {
      return estimate(fAverage - other.fAverage, differences(drawnFAverage, other.drawnFAverage));
    }

    private static double[] differences(double[] one, double[] other) {
      double[] differences = new double[one.length];
      for (int draw = 0; draw < one.length; draw++) {
        differences[draw] = one[draw] - other[draw];
      }
      return differences;
    }

    private static Estimate estimate(double value, double[] drawn) {
      double[] sorted = drawn.clone();
      Arrays.sort(sorted);
      int outside = Math.max(1, (int) (.025 * (sorted.length + 1)));
      return new Estimate(value, sorted[outside - 1], sorted[sorted.length - outside]);
    }
  }

  /** The non-empty cells of each group's confusion matrix; most groups have only one. */
  private record GroupCells(int[] starts, int[] cells, int[] counts) {

    static GroupCells of(PairedBootstrap rows, List<LabelDistribution> answers) {
      List<Map<Integer, Integer>> byGroup = new ArrayList<>();
      for (int group = 0; group < rows.groups; group++) {
        byGroup.add(new HashMap<>());
      }
      for (int i = 0; i < rows.given.length; i++) {
        byGroup
            .get(rows.groupOf[i])
            .merge(rows.given[i] * rows.scale.size() + answers.get(i).best(), 1, Integer::sum);
      }
      int[] starts = new int[rows.groups + 1];
      int[] cells = new int[rows.given.length];
      int[] counts = new int[rows.given.length];
      int end = 0;
      for (int group = 0; group < rows.groups; group++) {
        for (Map.Entry<Integer, Integer> cell : byGroup.get(group).entrySet()) {
          cells[end] = cell.getKey();
          counts[end++] = cell.getValue();
        }
        starts[group + 1] = end;
      }
      return new GroupCells(starts, cells, counts);
    }

    void addTo(long[] confusion, int group) {
      for (int i = starts[group]; i < starts[group + 1]; i++) {
        confusion[cells[i]] += counts[i];
      }
    }
  }

  private double macroF1(long[] confusion) {
    double sum = 0;
    int occurring = 0;
    for (int label = 0; label < scale.size(); label++) {
      long occurrences = occurrences(confusion, label);
      sum += f1(confusion, label);
      occurring += occurrences > 0 ? 1 : 0;
    }
    return Confusion.ratio(sum, occurring);
  }

  private double fAverage(long[] confusion) {
    return (f1(confusion, 0) + f1(confusion, scale.size() - 1)) / 2;
  }

  private double f1(long[] confusion, int label) {
    return Confusion.f1(confusion[label * scale.size() + label], occurrences(confusion, label));
  }

  private long occurrences(long[] confusion, int label) {
    int k = scale.size();
    long sum = 0;
    for (int other = 0; other < k; other++) {
      sum += confusion[label * k + other] + confusion[other * k + label];
    }
    return sum;
  }
}
