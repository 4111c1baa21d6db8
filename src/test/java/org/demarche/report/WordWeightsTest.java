package org.demarche.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.demarche.config.Settings;
import org.demarche.model.Explanation;
import org.demarche.model.ScaleModel;
import org.demarche.model.store.ModelStore;
import org.demarche.report.ReportData.Pull;
import org.demarche.report.ReportData.Tint;
import org.demarche.report.ReportData.Tinting;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.demarche.stance.StatementPassage;
import org.demarche.text.Span;
import org.demarche.training.Examples;
import org.demarche.training.TribuoTrainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordWeightsTest {

  private static final String PASSAGE = "Orsund accused Kelmar of lying";

  @TempDir private static Path folder;
  private static ScaleModel model;

  @BeforeAll
  static void train() throws IOException {
    model = Examples.train(Examples.stance(), Scales.STANCE, TribuoTrainer.of("linear-svc"));
    ModelStore.save(model, folder.resolve("stance"));
  }

  @Test
  void tintsWordsByWhatTheyAddToThePosition() {
    WordWeights tints = new WordWeights(settings("stance"), List.of(Scales.STANCE), Map.of());
    Tint tint = tints.of(List.of(sentence(model.id()))).get(0).get(0);
    Explanation explanation = model.explain(Passage.of(PASSAGE));
    Explanation.Word accused = explanation.words().get(1);
    assertThat(tint.target()).isNull();
    assertThat(tint.creditPulls())
        .contains(new Pull(7, 14, explanation.alongScale(accused)))
        .allSatisfy(pull -> assertThat(pull.end()).isLessThanOrEqualTo(14));
    assertThat(explanation.alongScale(accused)).isNegative();
    assertThat(tint.pulls()).allSatisfy(pull -> assertThat(pull.end()).isLessThanOrEqualTo(15));
    assertThat(tints.tintings()).singleElement().matches(Tinting::drawn);
  }

  @Test
  void saysWhyNothingIsTinted() {
    WordWeights other = new WordWeights(settings("stance"), List.of(Scales.STANCE), Map.of());
    assertThat(other.of(List.of(sentence("0123")))).containsExactly(List.of());
    assertThat(other.tintings())
        .containsExactly(
            new Tinting(
                "stance",
                false,
                "words are not tinted, because the model at hand, "
                    + model.id()
                    + ", is not the one that scored them; scales.stance.model names it"));
    WordWeights none = new WordWeights(settings("missing"), List.of(Scales.STANCE), Map.of());
    assertThat(none.of(List.of(sentence(model.id())))).containsExactly(List.of());
    assertThat(none.tintings())
        .singleElement()
        .satisfies(
            tinting ->
                assertThat(tinting.note())
                    .contains("is missing")
                    .doesNotContain(folder.toString()));
  }

  private static WordWeights.Sentence sentence(String model) {
    return sentence(
        new StatementPassage(
            PASSAGE, 0, List.of(new Span(15, 30)), new Span(7, 14), new Span(0, 6)),
        "Orsund",
        model);
  }

  private static WordWeights.Sentence sentence(
      StatementPassage passage, String source, String model) {
    return new WordWeights.Sentence(passage, source, "s1", 1, Map.of("stance", model));
  }

  private static Settings settings(String name) {
    String place = folder.resolve(name).toString().replace("\\", "/");
    return Settings.of(
        List.of(new Settings.Layer("test", "scales.stance.model = \"" + place + "\"")));
  }

  @Test
  void placesTheWordsOfAnInterruptedQuotationWhereThePageShowsThem() {
    // Shown as: accused accused: “We accused\n  Kelmar,” “accused twice.”
    String text = "“We accused\n  Kelmar,” accused accused, “accused twice.”";
    StatementPassage passage =
        new StatementPassage(
            text,
            80,
            List.of(new Span(0, 22), new Span(40, 56)),
            new Span(23, 30),
            new Span(31, 38));
    Tint tint = tint(sentence(passage, "accused", model.id()));
    assertThat(starts(tint.pulls())).contains(4, 24).doesNotContain(0, 23);
    assertThat(starts(tint.creditPulls())).containsExactly(0, 8);
  }

  @Test
  void placesTheCueAfterASourceThatStandsFarAway() {
    StatementPassage passage =
        StatementPassage.of(
            PASSAGE, 400, List.of(new Span(415, 430)), new Span(407, 414), new Span(0, 5));
    Tint tint = tint(sentence(passage, "Vidal", model.id()));
    assertThat(starts(tint.creditPulls())).containsExactly(6);
  }

  private static Tint tint(WordWeights.Sentence sentence) {
    return new WordWeights(settings("stance"), List.of(Scales.STANCE), Map.of())
        .of(List.of(sentence))
        .get(0)
        .get(0);
  }

  private static List<Integer> starts(List<Pull> pulls) {
    return pulls.stream().map(Pull::start).toList();
  }
}
