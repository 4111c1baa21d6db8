package org.demarche.model.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Turns the raw scores of a model into probabilities. It is fitted to rows that the model did not
 * learn from; {@link #choose} picks the kind by log loss in a further cross-validation.
 */
public sealed interface Calibration permits AffineCalibration, IsotonicCalibration {

  /** Score of a label that no training row has; lower than any score that could win. */
  double NEVER_SEEN = -1000;

  /** Returns whether {@code score} belongs to a label that no training row has. */
  static boolean isNeverSeen(double score) {
    return score < NEVER_SEEN / 2;
  }

  /** Turns raw scores into probabilities, in place. */
  void apply(double[] scores);

  /**
   * Returns this calibration if it is affine, which means that contributions to scores still add
   * up.
   */
  default Optional<AffineCalibration> affine() {
    return Optional.empty();
  }

  /** Returns the name of the kind in model files and cards. */
  String kind();

  /** The part by which a kind with more parameters must lower the log loss to be chosen. */
  double NOISE = 0.005;

  /** A way to fit a calibration. */
  interface Fit {

    /**
     * Fits a calibration to rows.
     *
     * @param scores raw scores, one array per row
     * @param labels indices into the scale, one per row
     */
    Calibration fit(double[][] scores, int[] labels);
  }

  /**
   * The kinds from which {@link #choose} picks: temperature, temperature with biases and vector
   * scaling (Guo et al. 2017; Alexandari et al. 2020), isotonic regression (Zadrozny and Elkan
   * 2002). Those with fewer parameters come first and win ties.
   */
  List<Fit> KINDS =
      List.of(
          (scores, labels) -> AffineCalibration.fit(scores, labels, 1, 0),
          (scores, labels) -> AffineCalibration.fit(scores, labels, 1, scores[0].length),
          (scores, labels) ->
              AffineCalibration.fit(scores, labels, scores[0].length, scores[0].length),
          IsotonicCalibration::fit);

  /**
   * Fits to all rows the kind with the lowest log loss in cross-validation. A kind with more
   * parameters must lower the loss by at least 0.5 %.
   *
   * @param foldOf the fold of each row; its scores come from a model trained on the other folds
   */
  static Calibration choose(double[][] scores, int[] labels, int[] foldOf) {
    return best(scores, labels, foldOf).fit(scores, labels);
  }

  /**
   * Returns the probabilities of each row when the kind is chosen and fitted without its fold. They
   * show how a calibrated model answers unseen rows.
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
