package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.demarche.ExitStatus;
import org.demarche.Serialized;
import org.demarche.Thrown;
import org.demarche.encoder.Encoder;
import org.demarche.model.Explanation;
import org.demarche.model.ScaleModel;
import org.demarche.model.calibration.Softmax;
import org.demarche.model.store.ModelStore;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.fm.FMClassificationModel;

class FactorizationMachineTest {

  private final FactorizationMachine algorithm = new FactorizationMachine();
  private final TrainingSet set = Examples.set();
  private final ScaleModel model = ModelTrainer.train(set, algorithm, TrainingLog.SILENT);

  @Test
  void answersAsTribuoAnswers() {
    int[] all = set.all();
    TrainingRows rows = TrainingRows.of(set, all, set.vocabulary(all, 3), true);
    FMClassificationModel tribuo = FactorizationMachine.train(rows);
    MutableDataset<Label> dataset = TribuoTrainer.allLabels(rows);
    Trainer.Learnt learnt = algorithm.learn(set, all);
    for (int row : all) {
      double[] answer = new double[3];
      learnt.score(set.features(row), answer);
      Softmax.apply(answer);
      Prediction<Label> expected = tribuo.predict(dataset.getExample(row));
      for (int label = 0; label < 3; label++) {
        assertThat(answer[label])
            .isCloseTo(
                expected.getOutputScores().get(Integer.toString(label)).getScore(), within(1e-5));
      }
    }
  }

  @Test
  void countsWordsInPairs() {
    Trainer.Learnt learnt = algorithm.learn(set, set.all());
    int[] both = set.features(0);
    double[] together = new double[3];
    learnt.score(both, together);
    double[] apart = new double[3];
    for (int feature : both) {
      double[] alone = new double[3];
      learnt.score(new int[] {feature}, alone);
      for (int label = 0; label < 3; label++) {
        apart[label] += alone[label];
      }
    }
    assertThat(Math.abs(together[0] - apart[0])).isGreaterThan(1e-3);
  }

  @Test
  void readsStatementsThatItHasNotSeen() {
    assertThat(model.predict(Passage.of("Tessaly accused Orsund of lying")).label())
        .isEqualTo("assertive");
    assertThat(model.predict(Passage.of("∑ ∑")).probabilities())
        .containsExactly(set.prior(set.all()));
    assertThat(model.description())
        .startsWith("tribuo factorization-machine on 60 labelled statements");
  }

  @Test
  void givesBackTheModelThatWasSavedAndRefusesADamagedOne(@TempDir Path folder) throws IOException {
    Path place = folder.resolve("m");
    ModelStore.save(model, place);
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("MODEL_CARD.md", "factors.bin", "model.json", "rows.bin");
    }
    assertThat(place.resolve("model.json"))
        .content()
        .contains("\"factors_sha256\"", "\"algorithm\" : \"factorization-machine\"");
    assertThat(place.resolve("MODEL_CARD.md")).content().contains("A factorization machine over");
    assertAnswersAlike(ModelStore.load(place, null));

    byte[] bytes = Files.readAllBytes(place.resolve("factors.bin"));
    for (int at = 0; at < bytes.length; at += 1 + bytes.length / 100) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 4;
      Files.write(place.resolve("factors.bin"), damaged);
      assertThatThrownBy(() -> ModelStore.load(place, null))
          .as("byte %d", at)
          .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE));
      Files.write(place.resolve("factors.bin"), Arrays.copyOf(bytes, at));
      assertThatThrownBy(() -> ModelStore.load(place, null))
          .as("%d bytes", at)
          .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE));
    }
  }

  @Test
  void travelsThroughSerialization() throws Exception {
    assertAnswersAlike(Serialized.copyOf(model));
  }

  @Test
  void explainsAScoreByTheWordsThatAddUpToIt() {
    for (String text :
        List.of("Kelmar did not welcome the offer, the offer of talks.", "∑", "", "Orsund")) {
      Explanation explanation = model.explain(Passage.of(text));
      double[] scores = explanation.priors().clone();
      for (Explanation.Word word : explanation.words()) {
        for (int label = 0; label < scores.length; label++) {
          scores[label] += word.contributions()[label];
        }
      }
      assertThat(scores).containsExactly(explanation.scores(), within(1e-9));
      Softmax.apply(scores);
      assertThat(scores).containsExactly(explanation.distribution().probabilities(), within(1e-9));
    }
  }

  @Test
  void answersTogetherWithAnEncoder(@TempDir Path folder) throws IOException {
    ScaleModel blended =
        ModelTrainer.blend(set, algorithm, Encoder.bundled(), null, List.of(), TrainingLog.SILENT);
    ModelStore.save(blended, folder.resolve("m"));
    ScaleModel loaded = ModelStore.load(folder.resolve("m"), null);
    assertThat(loaded.id()).isEqualTo(blended.id());
    assertThat(loaded.table().id()).isEqualTo(model.id());
    Passage passage = Passage.of("Tessaly accused Orsund of lying");
    assertThat(loaded.predict(passage)).isEqualTo(blended.predict(passage));
  }

  @Test
  void neverAnswersALabelThatItHasNotSeen() {
    int[] two =
        Arrays.stream(set.all())
            .filter(row -> !set.rows().get(row).label().equals("assertive"))
            .toArray();
    Trainer.Learnt learnt = algorithm.learn(set, two);
    for (int row : set.all()) {
      double[] scores = new double[3];
      learnt.score(set.features(row), scores);
      assertThat(scores[2]).isLessThan(Math.min(scores[0], scores[1]));
    }
  }

  @Test
  void isTrainedWhereOneLabelOfTheScaleNeverOccurs() {
    List<LabelledStatement> rows = new ArrayList<>(Examples.stance());
    rows.removeIf(row -> row.label().equals("assertive"));
    ScaleModel two = Examples.train(rows, Scales.STANCE, algorithm);
    assertThat(two.predict(Passage.of("Orsund accused Kelmar")).probabilities()[2]).isLessThan(.01);
  }

  private void assertAnswersAlike(ScaleModel other) {
    assertThat(other.id()).isEqualTo(model.id());
    for (LabelledStatement row : Examples.stance()) {
      assertThat(other.predict(row.passage())).isEqualTo(model.predict(row.passage()));
    }
  }
}
