package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.demarche.model.LinearModel;
import org.demarche.model.ModelFiles;
import org.demarche.model.ScaleModel;
import org.demarche.stance.Label;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class AdaptationTest {

  /** Words of a collection of its own, which the old model has never seen. */
  private static final String[] SUBJECTS = {
    "Quintel", "Berrow", "the guild", "Ashgrove", "Tamsin", "Oskar", "a tenant", "Perrin"
  };

  private static final String[] PREDICATES = {
    "conciliatory:waived the arrears at once",
    "conciliatory:hugged old rivals gladly",
    "conciliatory:lauded a fair bargain",
    "neutral:polishes brass every Friday",
    "neutral:rents three barns nearby",
    "assertive:denounced greedy landlords fiercely",
    "assertive:torched every bridge behind",
    "assertive:cursed such shameless swindlers"
  };

  private final LinearModel old =
      (LinearModel)
          ModelTrainer.train(Examples.set(), TribuoTrainer.of("linear-svc"), TrainingLog.SILENT);

  /** Knows the collection; a table, so that the test does not wait for an encoder. */
  private final ScaleModel teacher =
      Examples.train(collection(), Scales.STANCE, TribuoTrainer.of("logistic-regression"));

  @Test
  void bringsAModelNearerToItsTeacherOnPassagesThatWereHeldOut() {
    byte[] before = old.parameters().toBytes();

    Adaptation adapted = Adaptation.of(old, teacher, sample(), TrainingLog.SILENT);

    assertThat(adapted.heldOut()).isEqualTo(20);
    assertThat(adapted.before().agreement()).isLessThan(.6);
    assertThat(adapted.after().agreement()).isGreaterThan(.9);
    assertThat(adapted.after().divergence()).isLessThan(adapted.before().divergence() / 2);
    assertThat(adapted.after().teacherShares()).isEqualTo(adapted.before().teacherShares());
    for (Adaptation.Agreement one : List.of(adapted.before(), adapted.after())) {
      assertThat(Arrays.stream(one.shares()).sum()).isCloseTo(1, within(1e-9));
    }
    assertThat(old.parameters().toBytes()).as("the old model").isEqualTo(before);
    assertThat(adapted.model().id()).isNotEqualTo(old.id());
  }

  @Test
  void saysInTheModelWhatItWasAdaptedFromAndTo() {
    Adaptation adapted = Adaptation.of(old, teacher, sample(), TrainingLog.SILENT);

    assertThat(adapted.model().metadata().settings())
        .containsEntry("adapted-from", old.id())
        .containsEntry("adapted-by", teacher.id())
        .containsEntry("adapted-to", "180")
        .containsKey("adapted-to-sha256");
    assertThat(adapted.model().metadata().maker()).isEqualTo("distilled");
    ScaleModel travelled = ModelFiles.of(adapted.model(), null).toModel();
    assertThat(travelled.predict(sample().get(0)))
        .isEqualTo(adapted.model().predict(sample().get(0)));
    assertThat(
            Adaptation.of(old, teacher, sample(), TrainingLog.SILENT)
                .model()
                .parameters()
                .toBytes())
        .isEqualTo(adapted.model().parameters().toBytes());
  }

  @Test
  void keepsWhatTheOldModelKnowsOfWordsThatTheCollectionLacks() {
    Adaptation adapted = Adaptation.of(old, teacher, sample(), TrainingLog.SILENT);
    for (LabelledStatement row : Examples.stance()) {
      assertThat(adapted.model().predict(row.passage()).label())
          .as(row.passage().text())
          .isEqualTo(old.predict(row.passage()).label());
    }
  }

  @Test
  void refusesATeacherOfAnotherScaleAndTooSmallASample() {
    Scale other =
        new Scale(
            "dam", List.of(new Label("builds", 1), new Label("waits", 0), new Label("stops", -1)));
    LinearModel dam = new LinearModel(other, old.parameters(), old.metadata());
    assertThatThrownBy(() -> Adaptation.of(old, dam, sample(), TrainingLog.SILENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The teacher is of the scale 'dam', the model of 'stance'");
    assertThatThrownBy(
            () -> Adaptation.of(old, teacher, sample().subList(0, 99), TrainingLog.SILENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("99 passages are too few to adapt to: it takes 100");
  }

  private static List<LabelledStatement> collection() {
    List<LabelledStatement> rows = new ArrayList<>();
    for (String predicate : PREDICATES) {
      String[] parts = predicate.split(":");
      for (String subject : SUBJECTS) {
        String id = "c" + rows.size();
        rows.add(new LabelledStatement(id, id, Passage.of(subject + " " + parts[1]), parts[0]));
      }
    }
    return rows;
  }

  /** Other sentences of the collection: each subject twice in other company. */
  private static List<Passage> sample() {
    List<Passage> sample = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String predicate = PREDICATES[i * 3 % PREDICATES.length].split(":")[1];
      sample.add(
          Passage.of(
              SUBJECTS[i % 7] + " and " + SUBJECTS[1 + i / 5 % 7] + " " + predicate + " in " + i));
    }
    return sample;
  }
}
