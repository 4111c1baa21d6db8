package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.demarche.encoder.Encoder;
import org.demarche.features.Featuriser;
import org.demarche.model.EncoderHead;
import org.demarche.model.LinearModel;
import org.demarche.model.LinearParameters;
import org.demarche.model.ModelMetadata;
import org.demarche.model.ModelMetadata.Step;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class DistillationTest {

  private static final String[] PEOPLE = {"Orsund", "Kelmar", "Varnholt", "Tessaly", "Mirel"};
  private static final String[] PREDICATES = {
    "denounced the blockade as an outrage",
    "denounced the rulers as thugs",
    "applauded the truce with delight",
    "applauded the friendly gesture",
    "measured the depth of the canal"
  };

  private final TrainingSet set = Examples.set();

  @Test
  void teachesATableWordsThatTheLabelledRowsLack() {
    EncoderTrainer teacher = EncoderTrainer.of(set, Encoder.bundled(), TrainingLog.SILENT);
    EncoderHead[] heads = teacher.learnFolds();
    Distillation distillation =
        new Distillation(set, teacher, heads, unlabelled(), TrainingLog.SILENT);
    LinearParameters distilled = distillation.learn().parameters();
    LinearParameters plain =
        ((LearntTable) TribuoTrainer.of("linear-svc").learn(set, set.all())).parameters();

    assertThat(heads).hasSize(set.folds() + 1);
    Set<Integer> known = ids(plain);
    for (String word : List.of("denounced", "applauded")) {
      Set<Integer> taught =
          Arrays.stream(new Featuriser().features(Passage.of(word)))
              .boxed()
              .filter(id -> !known.contains(id))
              .collect(Collectors.toSet());
      taught.retainAll(ids(distilled));
      assertThat(taught).as(word).isNotEmpty();
    }
    LinearModel table = new LinearModel(Scales.STANCE, distilled, metadata());
    assertThat(table.predict(Passage.of("They denounced it.")).position())
        .isLessThan(table.predict(Passage.of("They applauded it.")).position());
    assertThat(distillation.holdOut().report().rows()).isEqualTo(set.judged());
  }

  /**
   * Of the words of held-out predicates a table of labels knows nothing. A distilled one does where
   * they stand in what the teacher answers.
   */
  @Test
  void isKeptOrDroppedByLogLossAndSaysSo() {
    List<Passage> withThem = byPredicate().rows().stream().map(LabelledStatement::passage).toList();
    List<Boolean> kept = new ArrayList<>();
    for (List<Passage> unlabelled : List.of(withThem, unlabelled())) {
      List<String> heard = new ArrayList<>();
      TrainingLog log = heard::add;
      ModelMetadata metadata =
          ModelTrainer.distil(
                  byPredicate(), TribuoTrainer.of("linear-svc"), Encoder.bundled(), unlabelled, log)
              .metadata();

      assertThat(metadata.steps())
          .extracting(Step::what)
          .containsExactly("encoder", "table", "table, distilled");
      double table = metadata.steps().get(1).logLoss();
      double distilled = metadata.steps().get(2).logLoss();
      boolean better = distilled < table;
      kept.add(better);
      assertThat(metadata.maker()).isEqualTo(better ? "distilled" : "tribuo linear-svc");
      assertThat(metadata.settings().containsKey("teacher")).isEqualTo(better);
      assertThat(metadata.settings().containsKey("unlabelled-sha256")).isEqualTo(better);
      assertThat(metadata.crossValidation().logLoss()).isEqualTo(Math.min(table, distilled));
      assertThat(heard.contains("kept: the distilled table, by log loss")).isEqualTo(better);
    }
    assertThat(kept).as("both ways").containsExactly(true, false);
  }

  /** The same rows, a predicate always held out as a whole. */
  private static TrainingSet byPredicate() {
    List<LabelledStatement> rows =
        Examples.stance().stream()
            .map(
                row ->
                    new LabelledStatement(
                        row.id(),
                        row.passage()
                            .text()
                            .replaceAll("^(the ministry|an envoy|\\w+) | on day.*", ""),
                        row.passage(),
                        row.label()))
            .toList();
    return TrainingSet.of(rows, List.of(), Scales.STANCE, 9, ModelTrainer.SEED);
  }

  private ModelMetadata metadata() {
    return ModelTrainer.train(set, TribuoTrainer.of("linear-svc"), TrainingLog.SILENT).metadata();
  }

  private static Set<Integer> ids(LinearParameters parameters) {
    return Arrays.stream(parameters.featureIds()).boxed().collect(Collectors.toSet());
  }

  private static List<Passage> unlabelled() {
    List<Passage> passages = new ArrayList<>();
    for (String predicate : PREDICATES) {
      for (String person : PEOPLE) {
        passages.add(Passage.of(person + " " + predicate + "."));
      }
    }
    return passages;
  }
}
