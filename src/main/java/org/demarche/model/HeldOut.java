package org.demarche.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.scale.LabelDistribution;

/**
 * The raw scores of every judged row, each from what was learnt without its fold, and what comes of
 * them.
 *
 * @param set the rows
 * @param scores one array a judged row
 */
record HeldOut(TrainingSet set, double[][] scores) {

  /** Gives the raw scores of a row. */
  interface Scorer {
    void score(int row, double[] scores);
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

  Calibration calibration() {
    return Calibration.choose(scores, set.judgedLabels(), set.judgedFolds());
  }

  /** Calibrated answers, the calibration of each fold made without it. */
  double[][] probabilities() {
    return Calibration.heldOut(scores, set.judgedLabels(), set.judgedFolds());
  }

  /** The same as distributions over the scale. */
  List<LabelDistribution> answers() {
    return Arrays.stream(probabilities()).map(p -> new LabelDistribution(set.scale(), p)).toList();
  }

  ClassificationReport report() {
    return ClassificationReport.of(set.scale(), set.given(), answers());
  }

  /** Mean −ln of the probability of the right label, calibrated; what choices are made by. */
  double logLoss() {
    double[][] answers = probabilities();
    double loss = 0;
    for (int row = 0; row < answers.length; row++) {
      loss -= StrictMath.log(Math.max(1e-15, answers[row][set.label(row)]));
    }
    return loss / answers.length;
  }
}
