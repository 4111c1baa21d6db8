package org.demarche.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShareCorrectionTest {

  private static final double[][] CONFUSION = {
    {.7, .25, .05},
    {.15, .75, .1},
    {.1, .35, .55},
  };

  @Test
  void findsTheSharesBehindAnExactMixture() {
    double[] truth = {.2, .1, .7};

    double[] adjusted = new ShareCorrection(CONFUSION).adjust(mixture(truth));

    assertThat(adjusted).containsExactly(truth, within(1e-5));
  }

  @Test
  void removesTheBiasOfAModelThatConfuses() {
    Random random = new Random(11);
    double[] truth = {.1, .2, .7};
    double[] plain = new double[3];
    double[] adjusted = new double[3];
    int rounds = 200;
    for (int round = 0; round < rounds; round++) {
      double[] means = observe(truth, 300, random);
      double[] corrected = new ShareCorrection(CONFUSION).adjust(means);
      for (int i = 0; i < 3; i++) {
        plain[i] += means[i] / rounds;
        adjusted[i] += corrected[i] / rounds;
      }
    }

    assertThat(Math.abs(plain[2] - truth[2])).isGreaterThan(0.2);
    assertThat(adjusted).containsExactly(truth, within(0.015));
  }

  @Test
  void staysWithinTheRangeWhereTheEquationsDoNot() {
    // Fewer neutral probabilities than even a text without neutral statements would give.
    double[] adjusted = new ShareCorrection(CONFUSION).adjust(new double[] {.05, .05, .9});

    assertThat(adjusted[0] + adjusted[1] + adjusted[2]).isEqualTo(1, within(1e-9));
    assertThat(adjusted[2]).isGreaterThan(0.99);
    assertThat(adjusted).doesNotContain(Double.NaN);
  }

  @Test
  void leavesSharesAloneWhereLabelsCannotBeToldApart() {
    double[] means = {.3, .3, .4};
    double[][] blurred = {{.4, .3, .3}, {.4, .31, .29}, {.1, .2, .7}};
    double[][] oneUnseen = {{.9, .05, .05}, {0, 0, 0}, {.1, .2, .7}};

    assertThat(new ShareCorrection(blurred).adjust(means)).containsExactly(means);
    assertThat(new ShareCorrection(oneUnseen).adjust(means)).containsExactly(means);
  }

  @Test
  void toleratesALabelThatTheModelNeverGives() {
    double[][] certain = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

    assertThat(new ShareCorrection(certain).adjust(new double[] {.5, .5, 0}))
        .containsExactly(new double[] {.5, .5, 0}, within(1e-9));
    assertThat(new ShareCorrection(certain).adjust(new double[3])).containsExactly(0, 0, 0);
  }

  @Test
  void refusesAMatrixOfAnotherScale() {
    assertThatThrownBy(() -> new ShareCorrection(CONFUSION).adjust(new double[2]))
        .hasMessage("2 shares for a confusion matrix of 3 labels");
    assertThatThrownBy(() -> new ShareCorrection(new double[][] {{1, 0}, {-1, 2}}))
        .hasMessageContaining("Row 1");
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

  /** Mean probabilities of n statements, each scattered around the row of its true label. */
  private static double[] observe(double[] shares, int n, Random random) {
    double[] means = new double[3];
    for (int s = 0; s < n; s++) {
      double u = random.nextDouble();
      double[] row = CONFUSION[u < shares[0] ? 0 : u < shares[0] + shares[1] ? 1 : 2];
      double v = random.nextDouble();
      int given = v < row[0] ? 0 : v < row[0] + row[1] ? 1 : 2;
      for (int j = 0; j < 3; j++) {
        means[j] += (0.5 * row[j] + (j == given ? 0.5 : 0)) / n;
      }
    }
    return means;
  }
}
