package org.demarche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.demarche.stance.Label;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;
import org.junit.jupiter.api.Test;

class ClassificationReportTest {

  private static final Scale SEMEVAL =
      new Scale(
          "semeval",
          List.of(new Label("FAVOR", 1), new Label("NONE", 0), new Label("AGAINST", -1)));

  @Test
  void agreesWithFiguresWorkedByHand() {
    // One of two right for every label: precision, recall and F1 are all one half.
    ClassificationReport report =
        ClassificationReport.of(
            SEMEVAL,
            List.of("FAVOR", "FAVOR", "AGAINST", "AGAINST", "NONE", "NONE"),
            List.of(sure(0), sure(2), sure(2), sure(1), sure(1), sure(0)));
    assertThat(report.accuracy()).isEqualTo(.5);
    assertThat(report.macroF1()).isEqualTo(.5);
    assertThat(report.fAverage()).isEqualTo(.5);
    assertThat(report.macroRecall()).isEqualTo(.5);
    assertThat(report.rows()).isEqualTo(6);
    assertThat(report.confusion()).isDeepEqualTo(new long[][] {{1, 0, 1}, {1, 1, 0}, {0, 1, 1}});
  }

  @Test
  void countsErrorsOnTheMiddleLabelButNotItsHitsInTheAverageOfTheEnds() {
    ClassificationReport report =
        ClassificationReport.of(
            SEMEVAL, List.of("FAVOR", "AGAINST", "NONE"), List.of(sure(0), sure(2), sure(0)));
    assertThat(report.fAverage()).isEqualTo((2.0 / 3 + 1) / 2, within(1e-12));
  }

  @Test
  void measuresProbabilitiesAsWorkedByHand() {
    ClassificationReport report =
        ClassificationReport.of(
            SEMEVAL,
            List.of("FAVOR", "NONE"),
            List.of(distribution(.8, .2, 0), distribution(.6, .4, 0)));
    assertThat(report.logLoss()).isEqualTo(-(Math.log(.8) + Math.log(.4)) / 2, within(1e-12));
    assertThat(report.brier()).isEqualTo((.04 + .04 + .36 + .36) / 2, within(1e-12));
    assertThat(report.calibrationError()).isEqualTo((.2 + .6) / 2, within(1e-12));
    assertThat(report.meanProbabilities())
        .isDeepEqualTo(new double[][] {{.8, .2, 0}, {.6, .4, 0}, {0, 0, 0}});
  }

  @Test
  void leavesALabelThatNeverOccursOutOfItsMeans() {
    ClassificationReport report =
        ClassificationReport.of(SEMEVAL, List.of("FAVOR", "NONE"), List.of(sure(0), sure(1)));
    assertThat(report.macroF1()).isEqualTo(1);
    assertThat(report.macroRecall()).isEqualTo(1);
    assertThat(report.fAverage()).as("the ends are fixed").isEqualTo(.5);
  }

  @Test
  void refusesALabelOfAnotherScale() {
    assertThatThrownBy(() -> ClassificationReport.of(SEMEVAL, List.of("favour"), List.of(sure(0))))
        .hasMessageContaining("'favour'")
        .hasMessageContaining("FAVOR");
  }

  @Test
  void printsEveryLabel() {
    assertThat(ClassificationReport.of(SEMEVAL, List.of("NONE"), List.of(sure(1))).toTable())
        .contains("macro-F1", "calibration error", "FAVOR", "NONE", "AGAINST");
  }

  private static LabelDistribution sure(int label) {
    double[] p = new double[3];
    p[label] = 1;
    return new LabelDistribution(SEMEVAL, p);
  }

  private static LabelDistribution distribution(double... p) {
    return new LabelDistribution(SEMEVAL, p);
  }
}
