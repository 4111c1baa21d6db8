package org.demarche.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.demarche.config.Settings;
import org.demarche.model.Explanation;
import org.demarche.model.StanceModel;
import org.demarche.model.store.ModelStore;
import org.demarche.report.ReportData.Pull;
import org.demarche.report.ReportData.Tint;
import org.demarche.report.ReportData.Tinting;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.training.Examples;
import org.demarche.training.ModelTrainer;
import org.demarche.training.TribuoTrainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordWeightsTest {

  private static final String PASSAGE = "Orsund accused Kelmar of lying";

  @TempDir private static Path folder;
  private static StanceModel model;

  @BeforeAll
  static void train() throws IOException {
    model = ModelTrainer.train(Examples.stance(), Scale.STANCE, TribuoTrainer.of("linear-svc"));
    ModelStore.save(model, folder.resolve("stance"));
  }

  @Test
  void tintsWordsByWhatTheyAddToThePosition() {
    WordWeights tints = new WordWeights(settings("stance"), List.of(Scale.STANCE), List.of());
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
    WordWeights other = new WordWeights(settings("stance"), List.of(Scale.STANCE), List.of());
    assertThat(other.of(List.of(sentence("0123")))).containsExactly(List.of());
    assertThat(other.tintings())
        .containsExactly(
            new Tinting(
                "stance",
                false,
                "words of the sentences are not tinted, since the model at hand, "
                    + model.id()
                    + ", is not the one that scored them; scales.stance.model names it"));
    WordWeights none = new WordWeights(settings("missing"), List.of(Scale.STANCE), List.of());
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
    return new WordWeights.Sentence(
        List.of("Kelmar of lying"), PASSAGE, "Orsund", "accused", "s1", 1, Map.of("stance", model));
  }

  private static Settings settings(String name) {
    String place = folder.resolve(name).toString().replace("\\", "/");
    return Settings.of(
        List.of(new Settings.Layer("test", "scales.stance.model = \"" + place + "\"")));
  }

  @Test
  void findsTheTextInThePassageWhereWhiteSpaceDiffers() {
    int[] places = WordWeights.places(List.of("no\n  deal"), "She said no deal.");
    assertThat(places).startsWith(-1, -1).endsWith(0, 1, 4, 5, 6, 7, 8, -1);
  }

  @Test
  void findsThePartsOfAnInterruptedQuotation() {
    String text = "“No,” “not ever.”";
    String passage = "“No,” she said, “not ever.”";
    List<String> fragments = WordWeights.cut(text, "100-105,116-127");
    assertThat(fragments).containsExactly("“No,”", "“not ever.”");
    int[] places = WordWeights.places(fragments, passage);
    for (int i = 0; i < passage.length(); i++) {
      if (places[i] >= 0) {
        assertThat(text.charAt(places[i])).isEqualTo(passage.charAt(i));
      }
    }
    assertThat(places[passage.indexOf("she")]).isEqualTo(-1);
    assertThat(places[passage.indexOf("not")]).isEqualTo(text.indexOf("not"));
  }

  @Test
  void leavesATextAloneThatIsNoPartOfThePassage() {
    assertThat(WordWeights.places(List.of("No deal"), "Another sentence.")).isNull();
    assertThat(WordWeights.places(List.of("b", "a"), "a b")).isNull();
    assertThat(WordWeights.places(List.of(" "), "a b")).isNull();
  }

  @Test
  void takesTextsApartOnlyByTheSpansThatFit() {
    assertThat(WordWeights.cut("short", "0-400")).containsExactly("short");
  }

  @Test
  void findsWhoIsCreditedOutsideTheStatement() {
    String passage = "“Rosa denied it,” denied Rosa";
    int[] text = WordWeights.places(List.of("“Rosa denied it,”"), passage);
    int[] places = WordWeights.creditPlaces(List.of("Rosa", "denied"), passage, text);
    assertThat(places[passage.lastIndexOf("Rosa")]).isZero();
    assertThat(places[passage.lastIndexOf("denied")]).isEqualTo(5);
    assertThat(places[1]).isEqualTo(-1);
    assertThat(
            WordWeights.creditPlaces(
                List.of("he"), "the end", WordWeights.places(List.of("end"), "the end")))
        .containsOnly(-1);
  }
}
