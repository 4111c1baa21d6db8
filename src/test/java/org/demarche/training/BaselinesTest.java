package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class BaselinesTest {

  @Test
  void areGuessingByTheSharesAndAListOfWords() {
    // Examples: 20 conciliatory, 15 neutral, 25 assertive.
    Baselines baselines = Baselines.of(Examples.set());
    assertThat(baselines.chance()).isEqualTo(1 / 3.0);
    double entropy = 0;
    for (double share : new double[] {20 / 60.0, 15 / 60.0, 25 / 60.0}) {
      entropy -= share * Math.log(share);
    }
    assertThat(baselines.chanceLogLoss()).isCloseTo(entropy, within(1e-9));
    assertThat(baselines.lexicon()).isBetween(.4, 1.0);
  }

  @Test
  void countOnlyLabelsThatOccur() {
    List<LabelledStatement> rows = new ArrayList<>(Examples.stance());
    rows.removeIf(row -> row.label().equals("neutral"));
    assertThat(Baselines.of(TrainingSet.of(rows, List.of(), Scales.STANCE, 5, 1)).chance())
        .isEqualTo(.5);
  }

  @Test
  void nameTheFirstOfThemThatAModelLosesTo() {
    // Of three rows of a label two are right with .8 and one is wrong with .1: every F1 is 2/3, the
    // log loss −(2 ln .8 + ln .1) / 3 = .916.
    List<String> given = new ArrayList<>();
    List<LabelDistribution> answers = new ArrayList<>();
    for (int row = 0; row < 9; row++) {
      given.add(Scales.STANCE.labelNames().get(row % 3));
      double[] answer = {.1, .1, .1};
      answer[row < 6 ? row % 3 : (row + 1) % 3] = .8;
      answers.add(new LabelDistribution(Scales.STANCE, answer));
    }
    ClassificationReport report = ClassificationReport.of(Scales.STANCE, given, answers);

    assertThat(new Baselines(.7, 1.1, .6).winnerOver(report)).contains("chance (macro-F1 0.700)");
    assertThat(new Baselines(.5, .9, .6).winnerOver(report))
        .contains("the shares of the labels alone (log loss 0.900, the model's is 0.916)");
    assertThat(new Baselines(.5, 1.1, .7).winnerOver(report))
        .contains("a keyword lexicon (macro-F1 0.700)");
    assertThat(new Baselines(.5, 1.1, .6).winnerOver(report)).isEmpty();
  }
}
