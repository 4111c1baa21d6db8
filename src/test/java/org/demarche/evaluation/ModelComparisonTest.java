package org.demarche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.demarche.evaluation.ModelComparison.Contestant;
import org.demarche.evaluation.ModelComparison.Entry;
import org.demarche.evaluation.ModelComparison.LearningPoint;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class ModelComparisonTest {

  private static final Scale SCALE = Scales.STANCE;

  @Test
  void ranksByMacroF1AndMeasuresTheOthersAgainstTheBest() {
    List<LabelledStatement> rows = rows(300);
    ModelComparison contest =
        ModelComparison.judge(
            SCALE,
            rows,
            5,
            1,
            List.of(
                Entry.of("often wrong", wrongInEvery(3, rows)),
                new Entry(
                    "seldom wrong",
                    wrongInEvery(10, rows),
                    List.of(new LearningPoint(200, .8), new LearningPoint(100, .7)),
                    1.5),
                Entry.of("as seldom wrong", wrongInEvery(10, rows))));

    assertThat(contest.contestants())
        .extracting(Contestant::name)
        .containsExactly("seldom wrong", "as seldom wrong", "often wrong");
    assertThat(contest.best().macroF1Behind()).isNull();
    assertThat(contest.best().learning())
        .extracting(LearningPoint::trainingRows)
        .containsExactly(100L, 200L);
    Contestant equal = contest.contestants().get(1);
    assertThat(equal.macroF1Behind()).isEqualTo(new Estimate(0, 0, 0));
    assertThat(equal.surelyBehind()).isFalse();
    Contestant last = contest.contestants().get(2);
    assertThat(last.macroF1Behind().value())
        .isEqualTo(last.report().macroF1() - contest.best().report().macroF1());
    assertThat(last.surelyBehind()).isTrue();
    assertThat(last.fAverageBehind().high()).isNegative();
    assertThat(last.reliability().rows()).isEqualTo(300);
    assertThat(contest.groups()).isEqualTo(150);
  }

  @Test
  void refusesTwoOfOneNameAndNone() {
    List<LabelledStatement> rows = rows(10);
    Entry entry = Entry.of("twin", wrongInEvery(3, rows));

    assertThatThrownBy(() -> ModelComparison.judge(SCALE, rows, 5, 1, List.of(entry, entry)))
        .hasMessage("Two models have the name 'twin'");
    assertThatThrownBy(() -> ModelComparison.judge(SCALE, rows, 5, 1, List.of()))
        .hasMessage("A comparison needs at least one model");
  }

  private static List<LabelledStatement> rows(int count) {
    List<LabelledStatement> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          new LabelledStatement(
              "r" + i, "g" + i / 2, Passage.of("Words."), SCALE.labelNames().get(i % 3)));
    }
    return rows;
  }

  private static List<LabelDistribution> wrongInEvery(int nth, List<LabelledStatement> rows) {
    List<LabelDistribution> answers = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      answers.add(PairedBootstrapTest.sure((i + (i % nth == 0 ? 1 : 0)) % 3));
    }
    return answers;
  }
}
