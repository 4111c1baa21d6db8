package org.demarche.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void takeAnyEncodingThatJavaKnowsAndNoOther() {
    assertThat(encoding("auto")).isEqualTo("auto");
    assertThat(encoding("\"windows-1252\"")).isEqualTo("windows-1252");
    for (String unknown : List.of("\"windows-1\"", "\"no such\"", "\"\"")) {
      assertThatThrownBy(() -> encoding(unknown))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(
              "articles.encoding' must be auto or the name of an encoding such as windows-1252");
    }
  }

  @Test
  void areTheDefaultsOfReferenceConfWhenNothingIsSet() {
    Settings settings = Settings.of(List.of());
    assertThat(settings.warehouse()).isNull();
    assertThat(settings.scales().get("stance").scale()).isEqualTo(Scales.STANCE);
    assertThat(settings.scales().get("sentiment").scale()).isEqualTo(Scales.SENTIMENT);
    assertThat(settings.score().scales()).containsExactly("stance", "sentiment");
    assertThat(settings.articles().maxRecordBytes()).isEqualTo(16L << 20);
  }

  @Test
  void takeTheFirstLayerThatSaysAKey() {
    Settings settings = of("aggregate.low-n = 3", "aggregate.low-n = 7\nwarehouse = w");
    assertThat(settings.aggregate().lowN()).isEqualTo(3);
    assertThat(settings.warehouse()).isEqualTo("w");
  }

  @Test
  void mayStandBelowTheNameOfTheProgram() {
    assertThat(of("demarche { warehouse = w }").warehouse()).isEqualTo("w");
  }

  @Test
  void reportEveryFaultAtOnceWithItsPlace() {
    assertThatThrownBy(
            () ->
                of("aggregate.low-n = 0\narticles.format = pdf\nwarehose = w\nscore.scales=[mood]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("4 faults")
        .hasMessageContaining(
            "'aggregate.low-n' must be in [1, 1000000], but was 0 (layer 0, line 1)")
        .hasMessageContaining("'articles.format' must be one of")
        .hasMessageContaining("but was 'pdf'")
        .hasMessageContaining("'warehose' is not a setting")
        .hasMessageContaining("'score.scales' may hold sentiment, stance, but has 'mood'");
  }

  @Test
  void refuseOneFileForBothKindsOfMetrics() {
    assertThatThrownBy(() -> of("metrics {prometheus = a.prom, openlineage = ./a.prom}"))
        .hasMessageContaining("'metrics.openlineage' must be another file than metrics.prometheus");
  }

  @Test
  void refuseTextWhereANumberIsWanted() {
    assertThatThrownBy(() -> of("aggregate.low-n = few"))
        .hasMessageContaining(
            "'aggregate.low-n' must be a whole number in [1, 1000000], but was 'few'");
  }

  @Test
  void sayTheRangeOfAThresholdAndWhereItWasSet() {
    Settings.Layer option =
        new Settings.Layer("--set gates.label-drift=30%", "gates.label-drift = \"30%\"");
    assertThatThrownBy(() -> Settings.of(List.of(option)))
        .hasMessage(
            "Configuration: 'gates.label-drift' must be a number in [0, 1], but was '30%'"
                + " (--set gates.label-drift=30%)");
  }

  @Test
  void sortTheLabelsOfAScaleByTheirValue() {
    Settings settings = of("scales.semeval.labels = {FAVOR: 1, NONE: 0, AGAINST: -1}");
    assertThat(settings.scales().get("semeval").scale().labelNames())
        .containsExactly("FAVOR", "NONE", "AGAINST");
  }

  @Test
  void wantAModelForAScaleThatScores() {
    assertThatThrownBy(() -> of("scales.mood.labels = {good: 1, bad: -1}\nscore.scales = [mood]"))
        .hasMessageContaining("'scales.mood.model' names no model");
  }

  @Test
  void refuseTwoTargetsOfOneId() {
    assertThatThrownBy(
            () ->
                of(
                    "targets = [{id = a, name = A, aliases = []}, {id = a, name = B, aliases = []}]"))
        .hasMessageContaining("has the id 'a', which is taken");
  }

  @Test
  void maskSecretsInWhatTheManifestShows() {
    assertThat(Settings.of(List.of()).rendered()).contains("\"low-n\":5");
    String rendered = of("scales.token.labels = {a: 1, b: 2}").rendered();
    assertThat(rendered).contains("***").doesNotContain("\"a\":1");
  }

  @Test
  void sayWhatAnswersAreAdjustedTo() {
    assertThat(of("").score().prior()).isEqualTo("none");
    assertThat(of("score.prior = auto").score().estimatesPrior()).isTrue();
    assertThat(of("score.prior = auto").score().givesPrior()).isFalse();
    assertThat(of("score.prior = shares.json").score().givesPrior()).isTrue();
    assertThatThrownBy(() -> of("score.prior = \" \""))
        .hasMessageContaining("'score.prior' must be none, auto or a file, but is empty");
  }

  @Test
  void haveAThresholdForEachGateAndKnowTheirNames() {
    GateSettings gates = of("gates.accept = [score-drift]\ngates.unread-share = 1").gates();
    assertThat(gates.thresholds())
        .containsOnlyKeys(Gate.values())
        .containsEntry(Gate.UNREAD_SHARE, 1.0);
    assertThat(gates.accepted()).containsExactly(Gate.SCORE_DRIFT);
    assertThatThrownBy(() -> of("gates.accept = [drift]\ngates.label-drift = 2"))
        .hasMessageContaining("2 faults")
        .hasMessageContaining("'gates.accept' may hold corrected-share, label-drift, ")
        .hasMessageContaining("but has 'drift'")
        .hasMessageContaining("'gates.label-drift' must be in [0, 1], but was 2");
  }

  @Test
  void takeTheShareOfRejectsUnderItsFirstNameToo() {
    Settings read =
        Settings.of(List.of(new Settings.Layer("--set", "articles.max-rejected-share = 1")));
    assertThat(read.gates().thresholds()).containsEntry(Gate.REJECTED_SHARE, 1.0);
    assertThat(
            Settings.keys(List.of(new Settings.Layer("test", "articles.max-rejected-share = 1"))))
        .containsExactly("gates.rejected-share");
  }

  @Test
  void readTheExampleThatIsShipped() throws IOException {
    Settings settings =
        Settings.of(
            List.of(
                new Settings.Layer(
                    "conf/demarche.conf", Files.readString(Path.of("conf/demarche.conf")))));
    assertThat(settings.targets()).hasSize(2);
    assertThat(settings.scales().get("dam").scale().labelNames())
        .containsExactly("builds", "waits", "stops");
  }

  private static Settings of(String... layers) {
    java.util.ArrayList<Settings.Layer> all = new java.util.ArrayList<>();
    for (int i = 0; i < layers.length; i++) {
      all.add(new Settings.Layer("layer " + i, layers[i]));
    }
    return Settings.of(all);
  }

  private static String encoding(String value) {
    return Settings.of(List.of(new Settings.Layer("test", "articles.encoding = " + value)))
        .articles()
        .encoding();
  }

  /** A file may have the name none or auto; the setting means the word all the same. */
  @Test
  void keepsTheWordsOfAPriorAndOfAModelOfAttribution() {
    String kept =
        of("score.prior = auto\nextract.model = none")
            .own()
            .replacing("{}", Set.of("score", "extract"), place -> "/here/" + place);
    assertThat(kept).contains("\"auto\"", "\"none\"").doesNotContain("/here");
  }
}
