package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.demarche.encoder.Encoder;
import org.demarche.evaluation.ModelComparison;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.junit.jupiter.api.Test;

class CandidatesTest {

  private final TrainingSet set = Examples.set();

  @Test
  void judgesEveryWayOnTheSameRowsAndFindsTheMajorityBehind() {
    List<String> heard = new ArrayList<>();
    TrainingLog log = heard::add;
    Candidates contestants = new Candidates(set, false, log);
    contestants.baselines();
    TribuoTrainer.ALGORITHMS.forEach(name -> contestants.table(TribuoTrainer.of(name)));
    contestants.factorizationMachine();
    List<Passage> unlabelled = List.of(Passage.of("Orsund denounced the treaty as a fraud."));
    contestants.encoder(Encoder.bundled(), TribuoTrainer.of("linear-svc"), unlabelled);

    assertThat(contestants.entries())
        .extracting(ModelComparison.Entry::name)
        .containsExactly(
            "majority",
            "keyword lexicon",
            "tribuo linear-svc",
            "tribuo logistic-regression",
            "tribuo sgd",
            "tribuo factorization-machine",
            "encoder",
            "encoder and table",
            "table, distilled");
    assertThat(contestants.entries()).allSatisfy(entry -> assertThat(entry.answers()).hasSize(60));
    assertThat(heard).hasSize(8).allMatch(line -> line.contains("macro-F1"));
    ModelComparison contest =
        ModelComparison.judge(
            Scale.STANCE, set.rows(), set.folds(), ModelTrainer.SEED, contestants.entries());
    assertThat(contest.contestants())
        .filteredOn(one -> one.name().equals("majority"))
        .singleElement()
        .satisfies(majority -> assertThat(majority.surelyBehind()).isTrue());
  }

  @Test
  void learnsFromPartsOfTheRowsForACurve() {
    Candidates contestants = new Candidates(set, true, TrainingLog.SILENT);
    contestants.baselines();
    contestants.table(TribuoTrainer.of("linear-svc"));

    assertThat(contestants.entries().get(0).learning()).isEmpty();
    // 60 rows in 5 folds: 48 to learn from, of which an eighth, a quarter, a half.
    assertThat(contestants.entries().get(2).learning())
        .extracting(ModelComparison.LearningPoint::trainingRows)
        .containsExactly(6L, 12L, 24L, 48L);
  }

  @Test
  void answersAsTheMajorityWithTheSharesOfTheOtherFolds() {
    List<LabelDistribution> answers = Candidates.majority(set);
    for (int fold = 0; fold < set.folds(); fold++) {
      for (int row : set.inside(fold)) {
        assertThat(answers.get(row).probabilities()).containsExactly(set.prior(set.outside(fold)));
      }
    }
  }

  @Test
  void countsWordsOfTheListsOfEachLabel() {
    HeldOut.Scorer lexicon = KeywordLexicon.learn(set, set.all());
    int row = rowWith(set, "accused the other side of lying");
    double[] scores = new double[3];
    lexicon.score(row, scores);
    assertThat(scores[Scale.STANCE.indexOf("assertive")])
        .isGreaterThan(scores[Scale.STANCE.indexOf("conciliatory")])
        .isEqualTo(Math.rint(scores[Scale.STANCE.indexOf("assertive")]));
  }

  @Test
  void hasAFactorizationMachineThatAnswersARowWithoutAKnownFeature() {
    List<LabelledStatement> rows = new ArrayList<>(Examples.stance());
    rows.add(new LabelledStatement("odd", "odd", Passage.of("∑ ∑"), "neutral"));
    TrainingSet odd = TrainingSet.of(rows, List.of(), Scale.STANCE, 5, ModelTrainer.SEED);
    HeldOut.Scorer machine =
        FactorizationMachine.learn(odd, IntStream.range(0, rows.size() - 1).toArray());

    double[] scores = new double[3];
    machine.score(rows.size() - 1, scores);
    assertThat(scores).containsExactly(0, 0, 0);
    machine.score(rowWith(odd, "vowed to strike back"), scores);
    assertThat(scores[2]).isGreaterThan(Math.max(scores[0], scores[1]));
  }

  @Test
  void hasAFactorizationMachineThatNeverAnswersALabelItHasNotSeen() {
    int[] two =
        Arrays.stream(set.all())
            .filter(row -> !set.rows().get(row).label().equals("assertive"))
            .toArray();
    HeldOut.Scorer machine = FactorizationMachine.learn(set, two);
    for (int row : set.all()) {
      double[] scores = new double[3];
      machine.score(row, scores);
      assertThat(scores[2]).isLessThan(Math.min(scores[0], scores[1]));
    }
  }

  private static int rowWith(TrainingSet set, String words) {
    return IntStream.range(0, set.rows().size())
        .filter(row -> set.rows().get(row).passage().text().contains(words))
        .findFirst()
        .orElseThrow();
  }
}
