package org.demarche.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void findsTheSlopeAndTheShiftsThatMadeTheLabels() {
    Random random = new Random(5);
    double[][] scores = new double[20_000][3];
    int[] labels = new int[scores.length];
    Calibration truth = new Calibration(2.5, new double[] {.4, 0, -.4});
    for (int i = 0; i < scores.length; i++) {
      for (int label = 0; label < 3; label++) {
        scores[i][label] = random.nextGaussian();
      }
      double[] p = scores[i].clone();
      truth.apply(p);
      double u = random.nextDouble();
      labels[i] = u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2;
    }
    Calibration found = Calibration.fit(scores, labels);
    assertThat(found.slope()).isEqualTo(2.5, within(.1));
    assertThat(found.shifts()[0] - found.shifts()[1]).isEqualTo(.4, within(.1));
    assertThat(found.shifts()[2] - found.shifts()[1]).isEqualTo(-.4, within(.1));
  }

  @Test
  void staysFiniteWhereTheScoresMakeNoMistake() {
    Calibration found =
        Calibration.fit(new double[][] {{3, -3}, {-3, 3}, {2, -2}}, new int[] {0, 1, 0});
    double[] scores = {5, -5};
    found.apply(scores);
    assertThat(scores[0]).isBetween(.9, 1.0);
    assertThat(scores[0] + scores[1]).isEqualTo(1, within(1e-12));
  }

  @Test
  void givesUpOnScoresThatSayNothing() {
    double[][] scores = new double[100][2];
    int[] labels = new int[100];
    for (int i = 0; i < 100; i++) {
      scores[i][0] = i % 2;
      labels[i] = i % 4 < 2 ? 0 : 1;
    }
    double[] p = {1, 0};
    Calibration.fit(scores, labels).apply(p);
    assertThat(p[0]).isEqualTo(.5, within(.01));
  }
}
