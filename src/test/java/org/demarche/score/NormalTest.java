package org.demarche.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalTest {

  @ParameterizedTest
  @ValueSource(doubles = {5, 8, 9.5, 20, 1000, 1e7})
  void agreesWithCommonsMathOnStudentsT(double freedom) {
    double theirs = new TDistribution(freedom).inverseCumulativeProbability(0.975);

    assertThat(Normal.t975(freedom)).isEqualTo(theirs, within(1e-3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1.5, -0.4, 0, 0.3, 2, 9})
  void agreesWithCommonsMathOnTheMeanAboveZero(double estimate) {
    NormalDistribution normal = new NormalDistribution(estimate, 0.5);
    double above = 1 - normal.cumulativeProbability(0);
    double theirs = estimate + 0.25 * normal.density(0) / above;

    assertThat(Normal.meanAboveZero(estimate, 0.5)).isEqualTo(theirs, within(1e-4));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e9, -10, -2})
  void staysAboveZeroHoweverFarTheEstimateIsBelow(double estimate) {
    assertThat(Normal.meanAboveZero(estimate, 0.5)).isBetween(0.01, 0.2);
  }
}
