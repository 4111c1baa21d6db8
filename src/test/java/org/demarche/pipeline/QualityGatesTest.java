package org.demarche.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.config.Gate;
import org.demarche.config.GateSettings;
import org.demarche.config.Settings;
import org.demarche.warehouse.Manifest;
import org.demarche.warehouse.Manifest.Verdict;
import org.junit.jupiter.api.Test;

class QualityGatesTest {

  private final Manifest manifest = new Manifest("run", List.of(), "{}");

  @Test
  void passUpToTheThreshold() throws IOException {
    QualityGates gates = gates("gates.rejected-share = 0.25");
    gates.share(Gate.REJECTED_SHARE, 1, 4, List::of);
    assertThatCode(() -> gates.pass(List::of)).doesNotThrowAnyException();
    assertThat(manifest.gates())
        .extracting(
            Manifest.Gate::gate,
            gate -> gate.figure().toPlainString(),
            Manifest.Gate::threshold,
            Manifest.Gate::counted,
            Manifest.Gate::verdict)
        .containsExactly(tuple("rejected-share", "0.25", 0.25, 4L, Verdict.PASSED));
  }

  @Test
  void nameEachThatFailedWithItsFigureAndWhatToDo() throws IOException {
    QualityGates gates = gates("gates.unknown-speaker-share = 0.3\ngates.label-drift = 0.1");
    gates.share(Gate.UNKNOWN_SPEAKER_SHARE, 100, 300, List::of);
    gates.measured(Gate.LABEL_DRIFT, "stance", 0.125, 200, () -> List.of("  such as this"));
    assertThatThrownBy(() -> gates.pass(() -> List.of("  more")))
        .satisfies(Thrown.with(ExitStatus.QUALITY_GATE))
        .message()
        .satisfies(
            message ->
                assertThat(message.lines())
                    .containsExactly(
                        "The gate unknown-speaker-share failed: the speaker is unknown in 0.3333 of"
                            + " 300 statements, more than gates.unknown-speaker-share = 0.3 allows;"
                            + " no table was changed",
                        "  %s; to publish all the same: --accept unknown-speaker-share"
                            .formatted(Gate.UNKNOWN_SPEAKER_SHARE.advice()),
                        "The gate label-drift failed on scale stance: the labels of the new"
                            + " statements differ from those before by 0.125 (200 statements), more"
                            + " than gates.label-drift = 0.1 allows; no table was changed",
                        "  %s; to publish all the same: --accept label-drift"
                            .formatted(Gate.LABEL_DRIFT.advice()),
                        "  such as this",
                        "  more"));
  }

  @Test
  void doNotFailOnFewRows() throws IOException {
    QualityGates gates = gates("");
    gates.share(Gate.UNKNOWN_SPEAKER_SHARE, 199, 199, List::of);
    gates.share(Gate.UNREAD_SHARE, 0, 0, List::of);
    assertThatCode(() -> gates.pass(List::of)).doesNotThrowAnyException();
    assertThat(manifest.gates())
        .extracting(Manifest.Gate::verdict)
        .containsExactly(Verdict.TOO_FEW);
  }

  @Test
  void letThroughWhatTheUserAccepts() throws IOException {
    QualityGates gates = gates("gates.accept = [rejected-share]");
    gates.share(Gate.REJECTED_SHARE, 1, 2, List::of);
    assertThatCode(() -> gates.pass(List::of)).doesNotThrowAnyException();
    assertThat(manifest.gates())
        .singleElement()
        .hasToString("rejected-share: 0.5, more than 0.1")
        .extracting(Manifest.Gate::verdict)
        .isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void areSwitchedOffByAThresholdOfOne() throws IOException {
    QualityGates gates = gates("gates.label-drift = 1");
    assertThat(gates.canFail(Gate.LABEL_DRIFT)).isFalse();
    assertThat(gates.canFail(Gate.SCORE_DRIFT)).isTrue();
    QualityGates none = new QualityGates(GateSettings.NONE, manifest);
    assertThat(Gate.values()).noneMatch(none::canFail);
  }

  /** Of four statements one would need another label: ½(|¾ − ½| + |¼ − ¼| + |0 − ¼|) = ¼. */
  @Test
  void compareLabelsByTheirShares() throws IOException {
    Map<String, Long> fresh = Map.of("for", 6L, "neither", 2L);
    Map<String, Long> before = Map.of("for", 2L, "neither", 1L, "against", 1L);
    assertThat(PublishedDrift.distance(fresh, before)).isEqualTo(0.25);
    assertThat(PublishedDrift.distance(fresh, fresh)).isZero();
  }

  private QualityGates gates(String settings) {
    return new QualityGates(
        Settings.of(List.of(new Settings.Layer("test", settings))).gates(), manifest);
  }
}
