package org.demarche.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class ShareCorrectionTest {

  private static final double[][] CONFUSION = {
    {.7, .25, .05},
    {.15, .75, .1},
    {.1, .35, .55},
  };

  private static final ShareCorrection CORRECTION = correction(CONFUSION, 1000);

  @Test
  void findsTheSharesBehindAnExactMixture() {
    double[] truth = {.2, .1, .7};

    assertThat(CORRECTION.shares(mixture(truth))).containsExactly(truth, within(1e-12));
    assertThat(CORRECTION.adjust(tally(mixture(truth), 1000)).orElseThrow())
        .containsExactly(truth, within(1e-5));
  }

  @Test
  void removesTheBiasOfAModelThatConfuses() {
    Random random = new Random(11);
    double[] truth = {.2, .2, .6};
    double[] plain = new double[3];
    double[] adjusted = new double[3];
    int rounds = 200;
    for (int round = 0; round < rounds; round++) {
      Tally tally = observe(truth, 300, random);
      double[] corrected = CORRECTION.adjust(tally).orElseThrow();
      for (int i = 0; i < 3; i++) {
        plain[i] += tally.meanProbabilities()[i] / rounds;
        adjusted[i] += corrected[i] / rounds;
      }
    }

    assertThat(Math.abs(plain[2] - truth[2])).isGreaterThan(0.15);
    assertThat(adjusted).containsExactly(truth, within(0.015));
  }

  @Test
  void givesNoShareThatTheEquationsPutBelowZero() {
    // A third of the probability is neutral, which is less than assertive statements alone would
    // give: the equations want a negative share. To call that 0 % would be wrong beside 14
    // statements of 43 that are labelled neutral.
    double[] means = {.05, .32, .63};

    assertThat(CORRECTION.shares(means)[1]).isNegative();
    assertThat(CORRECTION.adjust(tally(means, 43))).isEmpty();
    assertThat(CORRECTION.adjust(tally(means, 100_000))).isEmpty();
  }

  @Test
  void givesSharesOnlyWhereThereAreStatementsEnough() {
    double[] means = mixture(new double[] {.3, .4, .3});

    // The middle label is the least certain: one statement has a variance of 1.2441, and the
    // held-out statements add 0.0003, so that 0.15² is reached with 57 statements.
    assertThat(CORRECTION.adjust(tally(means, 56))).isEmpty();
    assertThat(CORRECTION.adjust(tally(means, 57))).isPresent();
  }

  @Test
  void givesNoSharesWhereTheConfusionsAreHardlyKnown() {
    Tally much = tally(mixture(new double[] {.3, .4, .3}), 10_000);

    assertThat(correction(CONFUSION, 10).adjust(much)).isEmpty();
    assertThat(correction(CONFUSION, 100).adjust(much)).isPresent();
  }

  @Test
  void givesNoSharesWhereLabelsCannotBeToldApart() {
    Tally tally = tally(new double[] {.3, .3, .4}, 100_000);
    double[][] alike = {{.4, .3, .3}, {.4, .3, .3}, {.1, .2, .7}};
    double[][] blurred = {{.4, .3, .3}, {.4, .31, .29}, {.1, .2, .7}};
    double[][] oneUnseen = {{.9, .05, .05}, {0, 0, 0}, {.1, .2, .7}};

    assertThat(correction(alike, 1000).adjust(tally)).isEmpty();
    assertThat(correction(blurred, 1000).adjust(tally)).isEmpty();
    assertThat(correction(oneUnseen, 1000).adjust(tally)).isEmpty();
    assertThat(CORRECTION.adjust(new Tally(0, 0, 0, new long[3], new long[3]))).isEmpty();
  }

  @Test
  void neverSaysZero() {
    double[][] certain = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    ShareCorrection correction = correction(certain, 1000);

    assertThat(correction.adjust(tally(new double[] {.5, .49, .01}, 1000)).orElseThrow())
        .containsExactly(new double[] {.5, .49, .01}, within(1e-9));
    assertThat(correction.adjust(tally(new double[] {.5, .5, 0}, 1000))).isEmpty();
  }

  @Test
  void givesNoSharesThatContradictTheMeanPosition() {
    // The model takes many a conciliatory statement (the first label) for another, so that the mean
    // leans to assertive where the shares say that conciliatory statements are the more.
    double[][] shy = {{.5, .2, .3}, {.1, .8, .1}, {.1, .1, .8}};
    double[] means = {.27, .3, .43};
    ShareCorrection correction = correction(shy, 1000);
    double[] shares = correction.shares(means);

    assertThat(shares[0]).isGreaterThan(shares[2]);
    assertThat(means[0]).isLessThan(means[2]);
    assertThat(correction.adjust(tally(means, 1000))).isEmpty();
  }

  @Test
  void refusesAMatrixOfAnotherScale() {
    assertThatThrownBy(() -> CORRECTION.adjust(new Tally(1, 0, 0, new long[2], new long[2])))
        .hasMessage("2 shares for the 3 labels of the scale 'stance'");
    assertThatThrownBy(() -> correction(new double[][] {{1, 0, 0}, {-1, 2, 0}, {0, 0, 1}}, 9))
        .hasMessageContaining("Row 1");
    assertThatThrownBy(() -> new ShareCorrection(Scales.STANCE, CONFUSION, new long[2]))
        .hasMessage(
            "A confusion matrix of 3 rows and 2 counts for the 3 labels of the scale 'stance'");
  }

  /** The simulation that docs/scores.md reports, on a small scale. */
  @Test
  void isNearerToTheTruthThanTheShareWhereItIsGiven() {
    ShareSimulation simulation = new ShareSimulation(CONFUSION, new long[] {1000, 1000, 1000}, 3);

    ShareSimulation.Result few = simulation.run(20, 500);
    ShareSimulation.Result many = simulation.run(160, 500);

    assertThat(few.given()).isZero();
    assertThat(few.zeros()).isGreaterThan(0.2);
    assertThat(many.given()).isGreaterThan(0.5);
    assertThat(many.error()).isLessThan(0.7 * many.errorOfShare());
    assertThat(many.wrong()).isLessThan(0.05);
  }

  private static ShareCorrection correction(double[][] confusion, long heldOutEach) {
    return new ShareCorrection(
        Scales.STANCE, confusion, new long[] {heldOutEach, heldOutEach, heldOutEach});
  }

  private static double[] mixture(double[] shares) {
    double[] means = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        means[j] += shares[i] * CONFUSION[i][j];
      }
    }
    return means;
  }

  /** The tally of statements that have the mean probabilities {@code means}. */
  private static Tally tally(double[] means, long statements) {
    long[] sums = new long[means.length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Tally.units(means[i] * statements);
    }
    return new Tally(statements, 0, 0, new long[means.length], sums);
  }

  /** The tally of n statements, each scattered around the row of its true label. */
  private static Tally observe(double[] shares, int n, Random random) {
    Tally tally = Tally.ZERO;
    for (int s = 0; s < n; s++) {
      double u = random.nextDouble();
      double[] row = CONFUSION[u < shares[0] ? 0 : u < shares[0] + shares[1] ? 1 : 2];
      double v = random.nextDouble();
      int given = v < row[0] ? 0 : v < row[0] + row[1] ? 1 : 2;
      double[] p = new double[3];
      for (int j = 0; j < 3; j++) {
        p[j] = 0.5 * row[j] + (j == given ? 0.5 : 0);
      }
      tally = tally.plus(Tally.of(new LabelDistribution(Scales.STANCE, p)));
    }
    return tally;
  }
}
