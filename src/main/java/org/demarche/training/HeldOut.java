package org.demarche.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.model.calibration.Calibration;
import org.demarche.stance.LabelDistribution;

/**
 * The raw scores of every judged row, from what was learnt without its fold, with the calibrated
 * answers and figures that follow. The constructor calibrates each fold by the others.
 */
final class HeldOut {

  /** Writes the raw scores of a row into {@code scores}. */
  interface Scorer {
    void score(int row, double[] scores);
  }

  private final TrainingSet set;
  private final double[][] scores;
  private final double[][] probabilities;
  private final List<LabelDistribution> answers;
  private final ClassificationReport report;

  /**
   * @param scores one array per judged row
   */
  HeldOut(TrainingSet set, double[][] scores) {
    this.set = set;
    this.scores = scores;
    this.probabilities = Calibration.heldOut(scores, set.judgedLabels(), set.judgedFolds());
    this.answers =
        Arrays.stream(probabilities).map(p -> new LabelDistribution(set.scale(), p)).toList();
    this.report = ClassificationReport.of(set.scale(), set.given(), answers);
  }

  /** Scores each fold with what {@code trainer} learns from the rows outside it. */
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

  /** Scores each fold with the scorer that {@code learn} returns for its number. */
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

  /** Returns the calibration for a model that learnt from all rows. */
  Calibration calibration() {
    return Calibration.choose(scores, set.judgedLabels(), set.judgedFolds());
  }

  /** Returns calibrated probabilities; each fold is calibrated by the others. */
  double[][] probabilities() {
    return probabilities;
  }

  List<LabelDistribution> answers() {
    return answers;
  }

  ClassificationReport report() {
    return report;
  }

  /** Returns the log loss, by which alternatives are compared. */
  double logLoss() {
    return report.logLoss();
  }
}
