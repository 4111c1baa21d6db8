package org.demarche.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.demarche.Serialized;
import org.demarche.score.ShareCorrection;
import org.demarche.score.Tally;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.demarche.training.Examples;
import org.demarche.training.TribuoTrainer;
import org.junit.jupiter.api.Test;

class PriorShiftTest {

  private static final double[] TRAINED = {0.34, 0.33, 0.33};
  private static final double[] THERE = {0.10, 0.60, 0.30};

  /** Where the statements of each label lie on a line, for a reader who sees nothing else. */
  private static final double[] CENTRES = {-2, 0, 2};

  /** Drawn statements with the exact answers of a reader who believes in the training's shares. */
  private record Drawn(List<Integer> labels, List<double[]> answers) {
    static Drawn of(double[] shares, int n) {
      Random random = new Random(7);
      List<Integer> labels = new ArrayList<>();
      List<double[]> answers = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        double u = random.nextDouble();
        int label = u < shares[0] ? 0 : u < shares[0] + shares[1] ? 1 : 2;
        double x = CENTRES[label] + random.nextGaussian();
        double[] p = new double[3];
        for (int k = 0; k < 3; k++) {
          p[k] = TRAINED[k] * Math.exp(-(x - CENTRES[k]) * (x - CENTRES[k]) / 2);
        }
        double sum = Arrays.stream(p).sum();
        labels.add(label);
        answers.add(Arrays.stream(p).map(v -> v / sum).toArray());
      }
      return new Drawn(labels, answers);
    }

    double logLoss(PriorShift shift) {
      double sum = 0;
      for (int i = 0; i < labels.size(); i++) {
        LabelDistribution answer = new LabelDistribution(Scales.STANCE, answers.get(i));
        LabelDistribution given = shift == null ? answer : shift.adjust(answer);
        sum -= Math.log(given.probabilities()[labels.get(i)]);
      }
      return sum / labels.size();
    }
  }

  private static PriorShift.Estimate estimate(List<double[]> answers) {
    return PriorShift.estimate(Scales.STANCE, TRAINED, answers);
  }

  @Test
  void findsTheSharesThatTheStatementsWereDrawnFrom() {
    PriorShift shift = estimate(Drawn.of(THERE, 20_000).answers()).shift();
    for (int label = 0; label < 3; label++) {
      assertThat(shift.shares()[label]).isCloseTo(THERE[label], within(0.021));
      // In hundredths, so that a little drift does not score everything anew.
      assertThat(shift.shares()[label]).isEqualTo(Math.round(shift.shares()[label] * 100) / 100.0);
    }
    // The mean of the answers as they are is drawn towards the training's shares.
    double mean =
        Drawn.of(THERE, 20_000).answers().stream().mapToDouble(p -> p[1]).average().orElseThrow();
    assertThat(mean).isLessThan(0.5);
  }

  @Test
  void answersBetterWhereTheSharesHaveChanged() {
    Drawn drawn = Drawn.of(THERE, 20_000);
    PriorShift shift = estimate(drawn.answers()).shift();
    assertThat(drawn.logLoss(shift)).isLessThan(drawn.logLoss(null) - 0.05);
    // As good as knowing the shares.
    assertThat(drawn.logLoss(shift))
        .isCloseTo(drawn.logLoss(new PriorShift(Scales.STANCE, TRAINED, THERE)), within(0.001));
  }

  @Test
  void leavesStatementsOfTheTrainingsSharesAlone() {
    PriorShift.Estimate found = estimate(Drawn.of(TRAINED, 20_000).answers());
    assertThat(found.shift()).isNull();
    assertThat(found.why()).isEqualTo("the shares are those of the training");
  }

  @Test
  void leavesAloneWhatItCannotEstimate() {
    assertThat(estimate(Drawn.of(THERE, 199).answers()).why())
        .isEqualTo("199 statements are fewer than the 200 it takes");
    assertThat(
            PriorShift.estimate(
                    Scales.STANCE, new double[] {0.5, 0.5, 0}, Drawn.of(THERE, 300).answers())
                .why())
        .isEqualTo("the training has no statement labelled assertive");
  }

  @Test
  void leavesNoLabelImpossible() {
    List<double[]> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(new double[] {0.01, 0.98, 0.01});
    }
    answers.add(new double[] {1, 0, 0});
    PriorShift shift = estimate(answers).shift();
    assertThat(shift.shares()).containsExactly(0.01, 0.98, 0.01);
    assertThat(Arrays.stream(shift.logRatios())).allMatch(Double::isFinite);
  }

  @Test
  void correctsTheSharesOfASpeakerWhoDiffersFromTheWhole() {
    Drawn whole = Drawn.of(THERE, 20_000);
    PriorShift shift = estimate(whole.answers()).shift();
    ShareCorrection correction =
        new ShareCorrection(
            Scales.STANCE,
            shift.meanProbabilities(whole.answers()),
            new long[] {20_000, 20_000, 20_000});
    double[] other = {0.5, 0.2, 0.3};
    Tally tally = tally(shift, Drawn.of(other, 20_000));
    // The shares of the whole pull at each answer.
    assertThat(tally.meanProbabilities()[0]).isLessThan(0.35);
    double[] corrected = correction.adjust(tally).orElseThrow();
    for (int label = 0; label < 3; label++) {
      assertThat(corrected[label]).isCloseTo(other[label], within(0.03));
    }
    // The whole is as it was found.
    assertThat(correction.adjust(tally(shift, whole)).orElseThrow())
        .containsExactly(tally(shift, whole).meanProbabilities(), within(0.01));
  }

  private static Tally tally(PriorShift shift, Drawn drawn) {
    Tally tally = Tally.ZERO;
    for (double[] answer : drawn.answers()) {
      tally = tally.plus(Tally.of(shift.adjust(new LabelDistribution(Scales.STANCE, answer))));
    }
    return tally;
  }

  @Test
  void refusesWhatAreNotShares() {
    for (double[] wrong :
        List.of(new double[] {0.5, 0.5}, new double[] {1, 0, 0}, new double[] {0.2, 0.2, 0.2})) {
      assertThatThrownBy(() -> new PriorShift(Scales.STANCE, TRAINED, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Not shares above 0 of the 3 labels of scale 'stance'");
    }
  }

  @Test
  void shiftsAModelWithItsExplanation() throws IOException, ClassNotFoundException {
    ScaleModel model =
        Examples.train(Examples.stance(), Scales.STANCE, TribuoTrainer.of("linear-svc"));
    // 4, 3 and 5 of the 12 predicates.
    assertThat(PriorShift.trainedShares(model))
        .containsExactly(new double[] {4 / 12.0, 3 / 12.0, 5 / 12.0}, within(1e-12));
    PriorShift shift = new PriorShift(Scales.STANCE, PriorShift.trainedShares(model), THERE);
    ShiftedModel shifted = new ShiftedModel(model, shift, new double[3][3]);
    assertThat(shifted.id()).isNotEqualTo(model.id()).hasSize(16);
    assertThat(shifted.id())
        .isNotEqualTo(
            new ShiftedModel(
                    model,
                    new PriorShift(Scales.STANCE, shift.trained(), new double[] {0.1, 0.5, 0.4}),
                    new double[3][3])
                .id());
    assertThat(shifted.profile()).isEqualTo(Profile.fast);
    assertThat(shifted.description())
        .endsWith("; answers adjusted to conciliatory .10, neutral .60, assertive .30");

    for (String text : List.of("Orsund urged calm on day 3.", "zzz", "The envoy counted ships.")) {
      Explanation explanation = shifted.explain(Passage.of(text));
      double[] scores = explanation.priors().clone();
      for (Explanation.Word word : explanation.words()) {
        for (int label = 0; label < 3; label++) {
          scores[label] += word.contributions()[label];
        }
      }
      double sum = Arrays.stream(scores).map(Math::exp).sum();
      double[] fromScores = Arrays.stream(scores).map(s -> Math.exp(s) / sum).toArray();
      assertThat(explanation.scores()).containsExactly(scores, within(1e-9));
      assertThat(shifted.predict(Passage.of(text)).probabilities())
          .as(text)
          .containsExactly(fromScores, within(1e-9));
      assertThat(explanation.distribution()).isEqualTo(shifted.predict(Passage.of(text)));
    }

    ShiftedModel sent = Serialized.copyOf(shifted);
    assertThat(sent.id()).isEqualTo(shifted.id());
    assertThat(sent.predict(Passage.of("He urged calm.")))
        .isEqualTo(shifted.predict(Passage.of("He urged calm.")));
  }
}
