package org.demarche.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.demarche.model.calibration.Softmax;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.demarche.training.Examples;
import org.demarche.training.TribuoTrainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinearModelTest {

  private LinearModel model;

  @BeforeAll
  void train() {
    model =
        (LinearModel)
            Examples.train(Examples.stance(), Scales.STANCE, TribuoTrainer.of("linear-svc"));
  }

  @Test
  void readsStatementsThatItHasNotSeen() {
    assertThat(model.predict(Passage.of("Tessaly accused Orsund of lying")).label())
        .isEqualTo("assertive");
    assertThat(model.predict(Passage.of("Tessaly thanked Orsund and agreed to talks")).label())
        .isEqualTo("conciliatory");
  }

  @Test
  void answersAPassageWithoutAKnownFeatureWithThePrior() {
    List<LabelledStatement> rows = Examples.stance();
    double conciliatory = rows.stream().filter(r -> r.label().equals("conciliatory")).count();
    LabelDistribution answer = model.predict(Passage.of("∑ ∑"));
    assertThat(answer.probabilities()[0]).isEqualTo(conciliatory / rows.size(), within(1e-12));
    assertThat(model.explain(Passage.of("∑ ∑")).distribution()).isEqualTo(answer);
  }

  @Test
  void explainsAScoreByTheWordsThatAddUpToIt() {
    for (String text :
        List.of("Kelmar did not welcome the offer, the offer of talks.", "∑", "", "Orsund")) {
      Explanation explanation = model.explain(Passage.of(text));
      double[] scores = explanation.priors().clone();
      for (Explanation.Word word : explanation.words()) {
        assertThat(word.text()).isEqualTo(text.substring(word.start(), word.end()));
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
  void namesTheWordThatDecided() {
    Explanation explanation = model.explain(Passage.of("Orsund accused Kelmar"));
    int assertive = Scales.STANCE.indexOf("assertive");
    assertThat(explanation.kind()).isEqualTo(Explanation.Kind.EXACT);
    Explanation.Word accused = explanation.words().get(1);
    assertThat(explanation.towardsLabel(accused)).isPositive();
    assertThat(explanation.alongScale(accused))
        .isEqualTo(accused.contributions()[0] - accused.contributions()[assertive]);
    assertThat(explanation.words())
        .filteredOn(word -> word.text().equals("accused"))
        .singleElement()
        .satisfies(
            word ->
                assertThat(word.contributions()[assertive])
                    .isGreaterThan(explanation.words().get(2).contributions()[assertive]));
  }

  @Test
  void answersTheSameFromManyThreads() {
    List<LabelledStatement> rows = Examples.stance();
    List<LabelDistribution> one = rows.stream().map(r -> model.predict(r.passage())).toList();
    List<LabelDistribution> many =
        IntStream.range(0, 40 * rows.size())
            .parallel()
            .mapToObj(i -> model.predict(rows.get(i % rows.size()).passage()))
            .toList();
    assertThat(many.subList(0, rows.size())).isEqualTo(one);
    assertThat(many.subList(39 * rows.size(), 40 * rows.size())).isEqualTo(one);
  }

  @Test
  void isNotTrainedOnOneLabelOnly() {
    List<LabelledStatement> rows =
        Examples.stance().stream().filter(r -> r.label().equals("neutral")).toList();
    assertThatThrownBy(() -> Examples.train(rows, Scales.STANCE, TribuoTrainer.of("linear-svc")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two labels");
  }

  @Test
  void isTrainedWhereOneLabelOfTheScaleNeverOccurs() {
    List<LabelledStatement> rows =
        Examples.stance().stream().filter(r -> !r.label().equals("assertive")).toList();
    for (String algorithm : TribuoTrainer.ALGORITHMS) {
      ScaleModel two = Examples.train(rows, Scales.STANCE, TribuoTrainer.of(algorithm));
      assertThat(two.predict(Passage.of("Orsund accused Kelmar")).probabilities()[2])
          .as(algorithm)
          .isLessThan(.01);
    }
  }
}
