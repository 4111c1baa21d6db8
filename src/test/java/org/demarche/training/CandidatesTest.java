package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.demarche.encoder.Encoder;
import org.demarche.evaluation.ModelComparison;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class CandidatesTest {

  private final TrainingSet set = Examples.set();

  @Test
  void judgesEveryWayOnTheSameRowsAndFindsTheMajorityBehind() throws IOException {
    List<String> heard = new ArrayList<>();
    TrainingLog log = heard::add;
    Candidates contestants = new Candidates(set, false, log);
    contestants.baselines();
    TribuoBackend tribuo = new TribuoBackend();
    tribuo.with(
        tribuo.algorithms(),
        null,
        trainers -> {
          trainers.forEach(contestants::table);
          return null;
        });
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
            Scales.STANCE, set.rows(), set.folds(), ModelTrainer.SEED, contestants.entries());
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
    assertThat(scores[Scales.STANCE.indexOf("assertive")])
        .isGreaterThan(scores[Scales.STANCE.indexOf("conciliatory")])
        .isEqualTo(Math.rint(scores[Scales.STANCE.indexOf("assertive")]));
  }

  private static int rowWith(TrainingSet set, String words) {
    return IntStream.range(0, set.rows().size())
        .filter(row -> set.rows().get(row).passage().text().contains(words))
        .findFirst()
        .orElseThrow();
  }
}
