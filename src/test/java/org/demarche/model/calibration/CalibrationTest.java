package org.demarche.model.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.demarche.model.LinearWeights;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  private final double[][] scores = new double[8_000][3];
  private final int[] labels = new int[scores.length];
  private final int[] folds = new int[scores.length];

  /** Draws scores, and labels by the probabilities that {@code truth} makes of them. */
  private void draw(UnaryOperator<double[]> truth) {
    Random random = new Random(5);
    for (int i = 0; i < scores.length; i++) {
      for (int label = 0; label < 3; label++) {
        scores[i][label] = random.nextGaussian();
      }
      double[] p = truth.apply(scores[i].clone());
      double u = random.nextDouble();
      labels[i] = u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2;
      folds[i] = i % 4;
    }
  }

  private static UnaryOperator<double[]> applied(Calibration calibration) {
    return row -> {
      calibration.apply(row);
      return row;
    };
  }

  @Test
  void findsTheSlopeAndTheShiftsThatMadeTheLabels() {
    draw(applied(new AffineCalibration(new double[] {2.5, 2.5, 2.5}, new double[] {.4, 0, -.4})));
    AffineCalibration found = AffineCalibration.fit(scores, labels, 1, 3);
    assertThat(found.slopes()[0]).isEqualTo(2.5, within(.1));
    assertThat(found.shifts()[0] - found.shifts()[1]).isEqualTo(.4, within(.1));
    assertThat(found.shifts()[2] - found.shifts()[1]).isEqualTo(-.4, within(.1));
    assertThat(Calibration.choose(scores, labels, folds).kind())
        .isEqualTo("temperature with biases");
  }

  @Test
  void takesTheSimplestKindThatTheLabelsAskFor() {
    draw(applied(new AffineCalibration(new double[] {2, 2, 2}, new double[3])));
    assertThat(Calibration.choose(scores, labels, folds).kind()).isEqualTo("temperature");

    draw(applied(new AffineCalibration(new double[] {4, 1, .5}, new double[] {0, .5, 0})));
    assertThat(Calibration.choose(scores, labels, folds).kind()).isEqualTo("vector scaling");
  }

  @Test
  void takesStepsWhereNoLineWouldDo() {
    // Right half of the time whatever the scores say, but for scores that are very sure.
    draw(
        row -> {
          Softmax.apply(row);
          int best = row[0] > row[1] ? row[0] > row[2] ? 0 : 2 : row[1] > row[2] ? 1 : 2;
          boolean sure = row[best] > .7;
          double[] p = new double[3];
          for (int label = 0; label < 3; label++) {
            p[label] = sure ? (label == best ? .98 : .01) : (label == best ? .34 : .33);
          }
          return p;
        });
    assertThat(Calibration.choose(scores, labels, folds).kind()).isEqualTo("isotonic");
  }

  @Test
  void isotonicAnswersRiseWithTheScoreAndAddUpToOne() {
    draw(applied(new AffineCalibration(new double[] {2, 2, 2}, new double[3])));
    Calibration isotonic = IsotonicCalibration.fit(scores, labels);
    double before = 0;
    for (double score = -5; score <= 5; score += .01) {
      double[] p = {score, 0, 0};
      isotonic.apply(p);
      assertThat(p[0] + p[1] + p[2]).isEqualTo(1, within(1e-12));
      assertThat(p[0]).isGreaterThanOrEqualTo(before - 1e-12);
      before = p[0];
    }
    assertThat(before).isBetween(.9, .999999);
  }

  @Test
  void isotonicKnotsPoolTwentyFiveRowsOrMore() {
    for (int rows = 26; rows <= 60; rows++) {
      double[][] rising = new double[rows][];
      int[] right = new int[rows];
      for (int row = 0; row < rows; row++) {
        rising[row] = new double[] {row / 10., 0, 0};
        // Never right at first and always in the end, so that no pooling joins the last rows.
        right[row] = row < 25 ? 1 : 0;
      }
      IsotonicCalibration isotonic = IsotonicCalibration.fit(rising, right);
      assertThat(isotonic.shares()[0].length).isEqualTo(rows / 25);
    }
  }

  @Test
  void isotonicAnswersRowsOfOneScoreAlikeInWhateverOrder() {
    for (boolean firstRight : new boolean[] {true, false}) {
      double[][] same = new double[200][2];
      int[] given = new int[200];
      for (int row = 0; row < 200; row++) {
        given[row] = (firstRight ? row < 150 : row >= 50) ? 0 : 1;
      }
      double[] p = new double[2];
      IsotonicCalibration.fit(same, given).apply(p);
      assertThat(p).containsExactly(new double[] {.75, .25}, within(.01));
    }
  }

  @Test
  void doesNotLetALabelThatWasNeverSeenSpoilTheOthers() {
    draw(applied(new AffineCalibration(new double[] {2, 2, 2}, new double[3])));
    double[][] two = new double[scores.length][];
    double[][] withNever = new double[scores.length][];
    int[] ofTwo = new int[scores.length];
    for (int row = 0; row < two.length; row++) {
      ofTwo[row] = labels[row] % 2;
      two[row] = new double[] {ofTwo[row] == 0 ? 1 : 0, row % 10 / 20.};
      withNever[row] = new double[] {two[row][0], two[row][1], LinearWeights.NEVER_SEEN};
    }
    for (int row = 0; row < 4; row++) {
      double[] p = two[row].clone();
      double[] q = withNever[row].clone();
      AffineCalibration.fit(two, ofTwo, 1, 0).apply(p);
      AffineCalibration.fit(withNever, ofTwo, 1, 0).apply(q);
      assertThat(q[2]).isZero();
      assertThat(q[0]).isEqualTo(p[0], within(1e-9));
    }
    // A rare label that stands in one fold alone: its rows there do not move the others.
    int[] rare = ofTwo.clone();
    rare[0] = 2;
    double slope = AffineCalibration.fit(withNever, ofTwo, 1, 0).slopes()[0];
    assertThat(AffineCalibration.fit(withNever, rare, 1, 0).slopes()[0])
        .isEqualTo(slope, within(.05 * slope));
  }

  @Test
  void judgesRowsByWhatOtherFoldsTaught() {
    draw(applied(new AffineCalibration(new double[] {2, 2, 2}, new double[3])));
    double[][] answers = Calibration.heldOut(scores, labels, folds);
    int[] others = labels.clone();
    for (int i = 0; i < others.length; i++) {
      // Nonsense in one fold must not be seen in that fold's own answers.
      others[i] = folds[i] == 1 ? (labels[i] + 1) % 3 : labels[i];
    }
    double[][] again = Calibration.heldOut(scores, others, folds);
    assertThat(again[1]).containsExactly(answers[1]);
    assertThat(again[2]).isNotEqualTo(answers[2]);
  }

  @Test
  void isAsSureOfRowsWithoutAFaultAsThereAreManyOfThem() {
    assertThat(answerAfter(3)).isBetween(.7, .9);
    assertThat(answerAfter(3_000)).isBetween(.999, .999999);
  }

  /** What is answered to a clear case once so many rows were told apart without a fault. */
  private static double answerAfter(int rows) {
    double[][] clear = new double[rows][];
    int[] right = new int[rows];
    for (int row = 0; row < rows; row++) {
      right[row] = row % 2;
      clear[row] = row % 2 == 0 ? new double[] {3, -3} : new double[] {-3, 3};
    }
    double[] p = {3, -3};
    AffineCalibration.fit(clear, right, 1, 2).apply(p);
    assertThat(p[0] + p[1]).isEqualTo(1, within(1e-12));
    return p[0];
  }

  @Test
  void givesUpOnScoresThatSayNothing() {
    double[][] empty = new double[100][2];
    int[] given = new int[100];
    for (int i = 0; i < 100; i++) {
      empty[i][0] = i % 2;
      given[i] = i % 4 < 2 ? 0 : 1;
    }
    double[] p = {1, 0};
    AffineCalibration.fit(empty, given, 1, 2).apply(p);
    assertThat(p[0]).isEqualTo(.5, within(.01));
  }
}
