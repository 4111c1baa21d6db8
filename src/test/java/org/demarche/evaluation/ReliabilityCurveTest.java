package org.demarche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class ReliabilityCurveTest {

  private static final Scale SCALE = Scales.STANCE;

  @Test
  void addsUpToTheRowsAndTheCalibrationError() {
    SplittableRandom random = new SplittableRandom(1);
    List<String> given = new ArrayList<>();
    List<LabelDistribution> answers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      given.add(SCALE.labelNames().get(random.nextInt(3)));
      double one = random.nextDouble();
      double two = (1 - one) * random.nextDouble();
      answers.add(new LabelDistribution(SCALE, new double[] {one, two, 1 - one - two}));
    }

    ReliabilityCurve curve = ReliabilityCurve.of(SCALE, given, answers);

    assertThat(curve.rows()).isEqualTo(500);
    double error =
        curve.bins().stream()
            .mapToDouble(
                bin -> bin.rows() * Math.abs(bin.meanConfidence() - bin.accuracy().value()) / 500)
            .sum();
    ClassificationReport report = ClassificationReport.of(SCALE, given, answers);
    assertThat(error).isEqualTo(report.calibrationError(), within(1e-12));
    assertThat(curve.calibrationError()).isEqualTo(report.calibrationError());
    double right = curve.bins().stream().mapToLong(ReliabilityCurve.Bin::right).sum();
    assertThat(right / 500).isEqualTo(report.accuracy());
    assertThat(curve.bins())
        .allSatisfy(
            bin -> assertThat(bin.meanConfidence()).isBetween(bin.from() - 1e-9, bin.to() + 1e-9));
  }

  @Test
  void leavesEmptyBinsOutAndPutsCertaintyInTheLast() {
    ReliabilityCurve curve =
        ReliabilityCurve.of(
            SCALE,
            List.of("conciliatory", "neutral"),
            List.of(PairedBootstrapTest.sure(0), PairedBootstrapTest.sure(0)));

    assertThat(curve.bins()).containsExactly(new ReliabilityCurve.Bin(14.0 / 15, 1, 2, 1, 2));
  }

  /** 8 of 10 is 0.490 to 0.943, 0 of 10 is 0 to 0.278 (Newcombe 1998 gives such tables). */
  @Test
  void givesTheIntervalOfWilson() {
    Estimate most = new ReliabilityCurve.Bin(.6, .7, 10, 8, 6.5).accuracy();
    assertThat(most.value()).isEqualTo(.8);
    assertThat(most.low()).isEqualTo(.4902, within(5e-5));
    assertThat(most.high()).isEqualTo(.9433, within(5e-5));
    Estimate none = new ReliabilityCurve.Bin(.6, .7, 10, 0, 6.5).accuracy();
    assertThat(none.low()).isZero();
    assertThat(none.high()).isEqualTo(.2775, within(5e-5));
  }

  @Test
  void refusesNoRows() {
    assertThatThrownBy(() -> ReliabilityCurve.of(SCALE, List.of(), List.of()))
        .hasMessageContaining("0 labels given");
  }
}
