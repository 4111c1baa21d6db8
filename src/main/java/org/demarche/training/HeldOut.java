package org.demarche.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.model.calibration.Calibration;
import org.demarche.stance.LabelDistribution;

/**
 * The raw scores of every judged row, each from what was learnt without its fold, and what comes of
 * them. Calibrating each fold by the others is most of the work, and done once.
 */
final class HeldOut {

  /** Gives the raw scores of a row. */
  interface Scorer {
    void score(int row, double[] scores);
  }

  private final TrainingSet set;
  private final double[][] scores;
  private final double[][] probabilities;
  private final List<LabelDistribution> answers;
  private final ClassificationReport report;

  /**
   * @param scores one array a judged row
   */
  HeldOut(TrainingSet set, double[][] scores) {
    this.set = set;
    this.scores = scores;
    this.probabilities = Calibration.heldOut(scores, set.judgedLabels(), set.judgedFolds());
    this.answers =
        Arrays.stream(probabilities).map(p -> new LabelDistribution(set.scale(), p)).toList();
    this.report = ClassificationReport.of(set.scale(), set.given(), answers);
  }

  /** Scores every fold by what {@code trainer} learns from the rows outside. */
  static HeldOut of(TrainingSet set, Trainer trainer, boolean withAuxiliary) {
    return of(
        set,
        fold -> {
          int[] outside = set.outside(fold);
          return scorer(
              set, trainer.learn(set, withAuxiliary ? outside : set.withoutAuxiliary(outside)));
        });
  }

  static Scorer scorer(TrainingSet set, Trainer.Learnt learnt) {
    return (row, scores) -> learnt.score(set.features(row), scores);
  }

  /** Scores every fold by what {@code learn} makes of the rows outside. */
  static HeldOut of(TrainingSet set, IntFunction<Scorer> learn) {
    double[][] scores = new double[set.judged()][set.scale().size()];
    for (int fold = 0; fold < set.folds(); fold++) {
      Scorer scorer = learn.apply(fold);
      for (int row : set.inside(fold)) {
        scorer.score(row, scores[row]);
      }
    }
    return new HeldOut(set, scores);
  }

  TrainingSet set() {
    return set;
  }

  /** Returns the calibration of a model that learnt from all rows. */
  Calibration calibration() {
    return Calibration.choose(scores, set.judgedLabels(), set.judgedFolds());
  }

  /** Calibrated answers, the calibration of each fold made without it. */
  double[][] probabilities() {
    return probabilities;
  }

  /** The same as distributions over the scale. */
  List<LabelDistribution> answers() {
    return answers;
  }

  /** Returns how the answers agree with the labels. */
  ClassificationReport report() {
    return report;
  }

  /** Mean −ln of the probability of the right label, calibrated; what choices are made by. */
  double logLoss() {
    return report.logLoss();
  }
}
