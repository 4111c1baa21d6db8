package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.demarche.evaluation.Folds;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class TrainingSetTest {

  private final List<LabelledStatement> rows = Examples.stance();
  private final List<LabelledStatement> auxiliary =
      List.of(
          row("x1", rows.get(0).group(), "Peace, said the invented envoy.", "conciliatory"),
          row("x2", "other", "War, said the invented envoy.", "assertive"),
          row("x3", "other", "More war, said the invented envoy.", "assertive"));
  private final TrainingSet set = TrainingSet.of(rows, auxiliary, Scales.STANCE, 5, 7);

  @Test
  void putsItsRowsInTheFoldsThatTheirGroupsAndTheSeedDraw() {
    assertThat(set.judgedFolds()).containsExactly(Folds.byGroup(rows, 5, 7));
    for (int fold = 0; fold < 5; fold++) {
      Set<String> inside = new HashSet<>();
      Arrays.stream(set.inside(fold)).forEach(row -> inside.add(rows.get(row).group()));
      assertThat(Arrays.stream(set.outside(fold)).filter(row -> !set.isAuxiliary(row)))
          .noneMatch(row -> inside.contains(rows.get(row).group()))
          .hasSize(rows.size() - set.inside(fold).length);
    }
  }

  @Test
  void judgesNoAuxiliaryRowButLearnsFromAllOfThemInEveryFold() {
    int[] judged = IntStream.range(0, rows.size()).toArray();
    int[] auxiliaries = IntStream.range(rows.size(), rows.size() + 3).toArray();

    assertThat(set.judged()).isEqualTo(rows.size());
    assertThat(set.rows()).hasSize(rows.size() + 3);
    assertThat(set.given()).isEqualTo(rows.stream().map(LabelledStatement::label).toList());
    List<Integer> insides = new ArrayList<>();
    for (int fold = 0; fold < 5; fold++) {
      assertThat(set.outside(fold)).contains(auxiliaries);
      Arrays.stream(set.inside(fold)).forEach(insides::add);
    }
    assertThat(insides).containsExactlyInAnyOrderElementsOf(Arrays.stream(judged).boxed().toList());
    HeldOut heldOut =
        HeldOut.of(
            set,
            fold ->
                (row, scores) -> {
                  assertThat(set.isAuxiliary(row)).isFalse();
                  scores[set.label(row)] = 1;
                });
    assertThat(heldOut.answers()).hasSize(rows.size());
    assertThat(heldOut.report().accuracy()).isEqualTo(1);
  }

  @Test
  void countsLabelsAndSharesOfJudgedRowsAlone() {
    // 20, 15 and 25 of 60 rows.
    assertThat(set.labelCounts().toString())
        .isEqualTo("{conciliatory=20, neutral=15, assertive=25}");
    assertThat(set.prior(set.all())).containsExactly(20 / 60., 15 / 60., 25 / 60.);
    int[] some = {0, 1, 59, 60, 61, 62};
    assertThat(set.prior(some)).containsExactly(2 / 3., 0, 1 / 3.);
  }

  @Test
  void saysWhatCannotBeLearntFrom() {
    List<LabelledStatement> strange = List.of(rows.get(0), row("odd", "g", "Text.", "friendly"));
    assertThatThrownBy(() -> TrainingSet.of(strange, List.of(), Scales.STANCE, 2, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Label 'friendly' of row 'odd' is not of the scale 'stance', which has"
                + " [conciliatory, neutral, assertive]");
    // That an auxiliary row has the second label does not help: nothing could be judged.
    assertThatThrownBy(() -> TrainingSet.of(rows.subList(0, 10), auxiliary, Scales.STANCE, 2, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the 10 rows have 1");
    assertThatThrownBy(() -> TrainingSet.of(rows, auxiliary, Scales.STANCE, 17, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("17 folds");
  }

  @Test
  void seesWhetherAnyRowIsAboutATarget() {
    assertThat(set.usesTargets()).isFalse();
    LabelledStatement about =
        new LabelledStatement("t", "t", Passage.about("Good.", "dam"), "assertive");
    assertThat(TrainingSet.of(rows, List.of(about), Scales.STANCE, 5, 7).usesTargets()).isTrue();
  }

  private static LabelledStatement row(String id, String group, String text, String label) {
    return new LabelledStatement(id, group, Passage.of(text), label);
  }
}
