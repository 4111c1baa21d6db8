package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.demarche.encoder.Encoder;
import org.demarche.model.DenseWeights;
import org.demarche.model.EncoderHead;
import org.demarche.model.ModelMetadata;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class EncoderTrainerTest {

  @Test
  void givesWeightsOfItsOwnToATargetWithRowsEnough() {
    List<LabelledStatement> rows = new ArrayList<>();
    for (int i = 0; i < 99; i++) {
      String target = i < 50 ? "dam" : "port";
      String text = i % 2 == 0 ? "It is good." : "It is bad.";
      // What is good of one is bad of the other.
      String label = i % 2 == 0 == (i < 50) ? "conciliatory" : "assertive";
      rows.add(new LabelledStatement("r" + i, "r" + i, Passage.about(text, target), label));
    }
    EncoderTrainer trainer = trainer(rows, List.of());
    EncoderHead head = trainer.learn(IntStream.range(0, 99).toArray());

    // 50 rows are about the dam, 49 about the port.
    assertThat(head.targets()).containsExactly("dam");
    assertThat(head.weights().biases()).hasSize(2 * 3);
    assertThat(head.placed()).isFalse();
    assertThat(label(head, Passage.about("It is good.", "dam"))).isEqualTo("conciliatory");
    assertThat(label(head, Passage.about("It is good.", "port"))).isEqualTo("assertive");
  }

  @Test
  void readsTheTargetInItsPlaceWhereRowsHaveOne() {
    List<LabelledStatement> rows = new ArrayList<>(Examples.stance().subList(15, 25));
    Passage placed = new Passage("Reed praised the port.", "Reed", 0, 4);
    rows.add(new LabelledStatement("p", "p", placed, "conciliatory"));
    EncoderHead head = trainer(rows, List.of()).learn(IntStream.range(0, 11).toArray());

    assertThat(head.placed()).isTrue();
    assertThat(head.targets()).isEmpty();
    assertThat(head.weights().width()).isEqualTo(2 * Encoder.bundled().width());
  }

  @Test
  void learnsFromAuxiliaryRowsByTheirWeight() {
    List<LabelledStatement> rows = Examples.stance().subList(15, 25);
    List<LabelledStatement> auxiliary =
        List.of(
            new LabelledStatement("x", "x", Passage.of("They denounced the treaty."), "assertive"));
    EncoderTrainer one = trainer(rows, auxiliary);
    DenseWeights without =
        trainer(rows, List.of()).learn(IntStream.range(0, 10).toArray()).weights();
    int[] all = IntStream.range(0, 11).toArray();

    assertThat(one.auxiliaryWeight()).isEqualTo(1);
    assertThat(one.weighing(0).learn(all).weights().vectors()).isDeepEqualTo(without.vectors());
    double[] light = scores(one.weighing(.1).learn(all), auxiliary.get(0).passage());
    double[] full = scores(one.learn(all), auxiliary.get(0).passage());
    assertThat(full[2]).isGreaterThan(light[2]);
  }

  /** What a row of another kind of text may weigh, held-out rows of the first kind decide. */
  @Test
  void saysWhichWeightOfAuxiliaryRowsWasBest() {
    List<LabelledStatement> auxiliary =
        List.of(
            new LabelledStatement("x", "x", Passage.of("They denounced it."), "conciliatory"),
            new LabelledStatement("y", "y", Passage.of("They praised it."), "assertive"));
    TrainingSet set = TrainingSet.of(few(), auxiliary, Scales.STANCE, 2, ModelTrainer.SEED);
    ModelMetadata metadata =
        ModelTrainer.blend(
                set,
                TribuoTrainer.of("linear-svc"),
                Encoder.bundled(),
                null,
                List.of(),
                TrainingLog.SILENT)
            .metadata();

    List<ModelMetadata.Step> tried = metadata.steps().subList(0, 4);
    assertThat(tried)
        .extracting(ModelMetadata.Step::what)
        .containsExactly(
            "encoder, auxiliary rows × 0.0",
            "encoder, auxiliary rows × 0.1",
            "encoder, auxiliary rows × 0.3",
            "encoder, auxiliary rows × 1.0");
    String best =
        tried.stream()
            .min(Comparator.comparingDouble(ModelMetadata.Step::logLoss))
            .orElseThrow()
            .what();
    assertThat(best).endsWith(" " + metadata.settings().get("auxiliary-weight"));
    assertThat(metadata.trainingRows()).isEqualTo(22);
    assertThat(metadata.labelCounts().values().stream().mapToLong(n -> n).sum()).isEqualTo(20);
  }

  private static List<LabelledStatement> few() {
    List<LabelledStatement> all = Examples.stance();
    return IntStream.range(0, 20).mapToObj(i -> all.get(3 * i)).toList();
  }

  private static EncoderTrainer trainer(
      List<LabelledStatement> rows, List<LabelledStatement> auxiliary) {
    TrainingSet set = TrainingSet.of(rows, auxiliary, Scales.STANCE, 2, ModelTrainer.SEED);
    return EncoderTrainer.of(set, Encoder.bundled(), TrainingLog.SILENT);
  }

  private static double[] scores(EncoderHead head, Passage passage) {
    return head.probabilities(Encoder.bundled(), passage);
  }

  private static String label(EncoderHead head, Passage passage) {
    double[] p = scores(head, passage);
    int best = IntStream.range(0, p.length).reduce(0, (a, b) -> p[b] > p[a] ? b : a);
    return Scales.STANCE.labelNames().get(best);
  }
}
