package org.demarche.model.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * From the raw scores of a model to probabilities, fitted on scores of rows that the model did not
 * learn from. Which of the kinds is used is decided by the log loss on rows held out once more.
 */
public sealed interface Calibration permits AffineCalibration, IsotonicCalibration {

  /** Score of a label that no training row has: less than any score that could win. */
  double NEVER_SEEN = -1000;

  /** Returns whether {@code score} is that of a label which no training row has. */
  static boolean isNeverSeen(double score) {
    return score < NEVER_SEEN / 2;
  }

  /** Turns raw scores into probabilities, in place. */
  void apply(double[] scores);

  /** Returns this calibration where it is affine, so that it leaves sums of scores sums. */
  default Optional<AffineCalibration> affine() {
    return Optional.empty();
  }

  /** Returns the kind, as model files and cards name it. */
  String kind();

  /** Less of the log loss than this is not worth another parameter. */
  double NOISE = 0.005;

  /** A way to fit a calibration. */
  interface Fit {

    /**
     * Fits to rows.
     *
     * @param scores raw scores, one array a row
     * @param labels indices into the scale, one a row
     */
    Calibration fit(double[][] scores, int[] labels);
  }

  /**
   * Temperature, temperature with biases and vector scaling (Guo et al. 2017; Alexandari et al.
   * 2020), isotonic regression (Zadrozny and Elkan 2002): the fewest parameters first, so that
   * among equals the simplest is taken.
   */
  List<Fit> KINDS =
      List.of(
          (scores, labels) -> AffineCalibration.fit(scores, labels, 1, 0),
          (scores, labels) -> AffineCalibration.fit(scores, labels, 1, scores[0].length),
          (scores, labels) ->
              AffineCalibration.fit(scores, labels, scores[0].length, scores[0].length),
          IsotonicCalibration::fit);

  /**
   * Returns the kind of least log loss in cross-validation over {@code foldOf}, fitted to all rows.
   * A kind with more parameters is taken only where it lowers the loss by half a hundredth.
   *
   * @param foldOf the fold of each row, which the scores were held out by
   */
  static Calibration choose(double[][] scores, int[] labels, int[] foldOf) {
    return best(scores, labels, foldOf).fit(scores, labels);
  }

  /**
   * Returns what each row's probabilities are when the kind is chosen and fitted without its fold:
   * how a calibrated model answers rows that it has not seen.
   */
  static double[][] heldOut(double[][] scores, int[] labels, int[] foldOf) {
    double[][] answers = new double[scores.length][];
    int folds = Arrays.stream(foldOf).max().orElse(0) + 1;
    for (int fold = 0; fold < folds; fold++) {
      int[] others = where(foldOf, fold, false);
      double[][] otherScores = pick(scores, others);
      int[] otherLabels = pick(labels, others);
      Calibration calibration =
          others.length == 0
              ? AffineCalibration.none(scores[0].length)
              : best(otherScores, otherLabels, pick(foldOf, others)).fit(otherScores, otherLabels);
      for (int row : where(foldOf, fold, true)) {
        answers[row] = scores[row].clone();
        calibration.apply(answers[row]);
      }
    }
    return answers;
  }

  private static Fit best(double[][] scores, int[] labels, int[] foldOf) {
    int[] folds = Arrays.stream(foldOf).distinct().sorted().toArray();
    Fit best = KINDS.get(0);
    double bestLoss = Double.POSITIVE_INFINITY;
    for (Fit kind : KINDS) {
      double loss = 0;
      for (int fold : folds) {
        int[] others = where(foldOf, fold, false);
        int[] own = where(foldOf, fold, true);
        if (others.length == 0) {
          continue;
        }
        Calibration calibration = kind.fit(pick(scores, others), pick(labels, others));
        for (int row : own) {
          if (isNeverSeen(scores[row][labels[row]])) {
            continue;
          }
          double[] p = scores[row].clone();
          calibration.apply(p);
          loss -= StrictMath.log(Math.max(1e-15, p[labels[row]]));
        }
      }
      if (loss < bestLoss * (1 - NOISE)) {
        best = kind;
        bestLoss = loss;
      }
    }
    return best;
  }

  private static int[] where(int[] foldOf, int fold, boolean inside) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < foldOf.length; row++) {
      if ((foldOf[row] == fold) == inside) {
        rows.add(row);
      }
    }
    return rows.stream().mapToInt(row -> row).toArray();
  }

  private static double[][] pick(double[][] from, int[] rows) {
    return Arrays.stream(rows).mapToObj(row -> from[row]).toArray(double[][]::new);
  }

  private static int[] pick(int[] from, int[] rows) {
    return Arrays.stream(rows).map(row -> from[row]).toArray();
  }
}
