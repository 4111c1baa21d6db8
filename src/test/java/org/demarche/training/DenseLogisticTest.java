package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.demarche.model.DenseWeights;
import org.demarche.model.calibration.Softmax;
import org.junit.jupiter.api.Test;

class DenseLogisticTest {

  private static final int WIDTH = 6;
  private static final int LABELS = 3;
  private static final int BLOCKS = 3;
  private static final double COST = 0.05;

  private final Rows rows = Rows.random(150, 7);
  private final PlainProblem plain = new PlainProblem(rows);

  @Test
  void agreesWithPlainGradientDescent() {
    DenseWeights learnt = fit(rows);
    double[][] twin = plain.descend(4_000, 0.02);

    assertThat(plain.loss(plain.standardised(learnt)))
        .isCloseTo(plain.loss(twin), within(1e-3 * plain.loss(twin)));
    double[] scores = new double[LABELS];
    for (int i = 0; i < rows.size(); i++) {
      learnt.score(rows.x[i], rows.blocks[i], scores);
      Softmax.apply(scores);
      assertThat(scores).containsExactly(plain.probabilities(twin, i), within(0.01));
    }
  }

  @Test
  void standsWhereTheGroundIsLevel() {
    double[][] zero = new double[BLOCKS * LABELS + 1][WIDTH];
    double steepAtFirst = norm(plain.gradient(zero));

    assertThat(norm(plain.gradient(plain.standardised(fit(rows))))).isLessThan(0.02 * steepAtFirst);
  }

  @Test
  void givesATargetWeightsThatMatterForItAlone() {
    DenseWeights learnt = fit(rows);
    double[] shared = new double[LABELS];
    double[] about = new double[LABELS];
    for (float[] row : rows.x) {
      learnt.score(row, 0, shared);
      for (int target = 1; target < BLOCKS; target++) {
        learnt.score(row, target, about);
        for (int label = 0; label < LABELS; label++) {
          int vector = target * LABELS + label;
          double own = learnt.biases()[vector] + dot(learnt.vectors()[vector], row);
          assertThat(about[label] - shared[label]).isCloseTo(own, within(1e-6));
        }
      }
    }
    // A target without a row has learnt nothing, and changes nothing for the others.
    Rows untargeted = rows.withBlocks(new int[rows.size()]);
    DenseWeights many = fit(untargeted);
    DenseWeights one =
        DenseLogistic.fit(
            untargeted.x, untargeted.blocks, rows.labels, rows.weights, LABELS, 1, COST);
    for (int vector = 0; vector < BLOCKS * LABELS; vector++) {
      assertThat(many.vectors()[vector])
          .containsExactly(vector < LABELS ? one.vectors()[vector] : new float[WIDTH]);
    }
  }

  @Test
  void learnsThatATargetTurnsALabelRound() {
    Random random = new Random(3);
    float[][] x = new float[200][1];
    int[] blocks = new int[200];
    int[] labels = new int[200];
    for (int i = 0; i < 200; i++) {
      x[i][0] = (float) random.nextGaussian();
      blocks[i] = 1 + i % 2;
      labels[i] = x[i][0] > 0 == (blocks[i] == 1) ? 1 : 0;
    }
    DenseWeights learnt = DenseLogistic.fit(x, blocks, labels, ones(200), 2, 3, 1);

    double[] scores = new double[2];
    for (int target = 1; target < 3; target++) {
      learnt.score(new float[] {1}, target, scores);
      assertThat(scores[1] > scores[0]).isEqualTo(target == 1);
    }
  }

  @Test
  void countsARowOfWeightTwoAsTheRowTwice() {
    // Every row once with each label, so that weights and copies change no mean and no deviation.
    Rows each = rows.onceWithEachLabel();
    double[] weights =
        IntStream.range(0, each.size())
            .mapToDouble(i -> each.labels[i] == i / 3 % 3 ? 2 : 1)
            .toArray();
    int[] copies =
        IntStream.range(0, each.size())
            .flatMap(i -> weights[i] == 2 ? IntStream.of(i, i) : IntStream.of(i))
            .toArray();

    DenseWeights weighed = fit(each.withWeights(weights));
    DenseWeights repeated = fit(each.chosen(copies));
    DenseWeights flat = fit(each);

    for (int vector = 0; vector < BLOCKS * LABELS; vector++) {
      for (int j = 0; j < WIDTH; j++) {
        assertThat(weighed.vectors()[vector][j])
            .isCloseTo(repeated.vectors()[vector][j], within(1e-3f));
      }
    }
    assertThat(weighed.vectors()[0]).isNotEqualTo(flat.vectors()[0]);
  }

  @Test
  void givesTheSameForAnyNumberOfThreads() throws Exception {
    DenseWeights many = fit(rows);
    for (int threads : new int[] {1, 3}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      try {
        DenseWeights few = pool.submit(() -> fit(rows)).get();
        assertThat(few.vectors()).isDeepEqualTo(many.vectors());
        assertThat(few.biases()).containsExactly(many.biases());
      } finally {
        pool.shutdown();
      }
    }
  }

  @Test
  void leavesAColumnAloneThatNeverChanges() {
    float[][] x = Arrays.stream(rows.x).map(float[]::clone).toArray(float[][]::new);
    for (float[] row : x) {
      row[2] = 1e6f;
    }
    DenseWeights learnt =
        DenseLogistic.fit(x, rows.blocks, rows.labels, rows.weights, LABELS, BLOCKS, COST);
    for (int vector = 0; vector < BLOCKS * LABELS; vector++) {
      assertThat(learnt.vectors()[vector][2]).isZero();
      assertThat(learnt.biases()[vector]).isFinite();
    }
  }

  private static DenseWeights fit(Rows rows) {
    return DenseLogistic.fit(rows.x, rows.blocks, rows.labels, rows.weights, LABELS, BLOCKS, COST);
  }

  private static double dot(float[] weights, float[] row) {
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      sum += (double) weights[j] * row[j];
    }
    return sum;
  }

  private static double norm(double[][] gradient) {
    return Math.sqrt(Arrays.stream(gradient).flatMapToDouble(Arrays::stream).map(g -> g * g).sum());
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** What is learnt from. */
  private record Rows(float[][] x, int[] blocks, int[] labels, double[] weights) {

    /** Columns of unlike size; labels that mostly follow them, in another way for each target. */
    static Rows random(int n, long seed) {
      Random random = new Random(seed);
      float[][] x = new float[n][WIDTH];
      int[] blocks = new int[n];
      int[] labels = new int[n];
      double[] weights = new double[n];
      for (int i = 0; i < n; i++) {
        double[] scores = new double[LABELS];
        blocks[i] = random.nextInt(BLOCKS);
        for (int j = 0; j < WIDTH; j++) {
          double plain = random.nextGaussian();
          x[i][j] = (float) (plain * Math.pow(4, j - 2) + 3 * j);
          scores[(j + blocks[i]) % LABELS] += plain;
        }
        for (int label = 0; label < LABELS; label++) {
          scores[label] += random.nextGaussian();
          labels[i] = scores[label] > scores[labels[i]] ? label : labels[i];
        }
        weights[i] = 0.5 + random.nextDouble();
      }
      return new Rows(x, blocks, labels, weights);
    }

    int size() {
      return x.length;
    }

    Rows withBlocks(int[] other) {
      return new Rows(x, other, labels, weights);
    }

    Rows withWeights(double[] other) {
      return new Rows(x, blocks, labels, other);
    }

    Rows onceWithEachLabel() {
      int n = LABELS * size();
      return new Rows(
          IntStream.range(0, n).mapToObj(i -> x[i / LABELS]).toArray(float[][]::new),
          IntStream.range(0, n).map(i -> blocks[i / LABELS]).toArray(),
          IntStream.range(0, n).map(i -> i % LABELS).toArray(),
          ones(n));
    }

    Rows chosen(int[] rows) {
      return new Rows(
          Arrays.stream(rows).mapToObj(i -> x[i]).toArray(float[][]::new),
          Arrays.stream(rows).map(i -> blocks[i]).toArray(),
          Arrays.stream(rows).map(i -> labels[i]).toArray(),
          Arrays.stream(rows).mapToDouble(i -> weights[i]).toArray());
    }
  }

  /**
   * The same problem written as plainly as can be. A point is one vector a label for all rows, then
   * for each target, and last the biases.
   */
  private static final class PlainProblem {

    private final Rows rows;
    private final double[][] z;
    private final double[] means = new double[WIDTH];
    private final double[] deviations = new double[WIDTH];

    PlainProblem(Rows rows) {
      this.rows = rows;
      this.z = new double[rows.size()][WIDTH];
      for (int j = 0; j < WIDTH; j++) {
        int column = j;
        means[j] = Arrays.stream(rows.x).mapToDouble(row -> row[column]).average().orElseThrow();
        deviations[j] =
            Math.sqrt(
                Arrays.stream(rows.x)
                    .mapToDouble(row -> Math.pow(row[column] - means[column], 2))
                    .average()
                    .orElseThrow());
        for (int i = 0; i < z.length; i++) {
          z[i][j] = (rows.x[i][j] - means[j]) / deviations[j];
        }
      }
    }

    /** The point that was found, in standardised columns. */
    double[][] standardised(DenseWeights learnt) {
      double[][] at = new double[BLOCKS * LABELS + 1][WIDTH];
      for (int vector = 0; vector < BLOCKS * LABELS; vector++) {
        double bias = learnt.biases()[vector];
        for (int j = 0; j < WIDTH; j++) {
          at[vector][j] = learnt.vectors()[vector][j] * deviations[j];
          bias += learnt.vectors()[vector][j] * means[j];
        }
        if (vector < LABELS) {
          at[BLOCKS * LABELS][vector] = bias;
        } else {
          assertThat(bias).as("a target has no bias of its own").isCloseTo(0, within(1e-4));
        }
      }
      return at;
    }

    double[] probabilities(double[][] at, int row) {
      double[] p = new double[LABELS];
      for (int label = 0; label < LABELS; label++) {
        p[label] = at[BLOCKS * LABELS][label];
        for (int j = 0; j < WIDTH; j++) {
          p[label] += at[label][j] * z[row][j];
          if (rows.blocks[row] > 0) {
            p[label] += at[rows.blocks[row] * LABELS + label][j] * z[row][j];
          }
        }
      }
      double sum = Arrays.stream(p).map(Math::exp).sum();
      return Arrays.stream(p).map(score -> Math.exp(score) / sum).toArray();
    }

    double loss(double[][] at) {
      double loss = 0;
      for (int i = 0; i < z.length; i++) {
        loss -= COST * rows.weights[i] * Math.log(probabilities(at, i)[rows.labels[i]]);
      }
      for (int vector = 0; vector < BLOCKS * LABELS; vector++) {
        loss += Arrays.stream(at[vector]).map(w -> w * w / 2).sum();
      }
      return loss;
    }

    double[][] gradient(double[][] at) {
      double[][] gradient = new double[at.length][WIDTH];
      for (int i = 0; i < z.length; i++) {
        double[] p = probabilities(at, i);
        p[rows.labels[i]] -= 1;
        for (int label = 0; label < LABELS; label++) {
          double off = COST * rows.weights[i] * p[label];
          gradient[BLOCKS * LABELS][label] += off;
          for (int j = 0; j < WIDTH; j++) {
            gradient[label][j] += off * z[i][j];
            if (rows.blocks[i] > 0) {
              gradient[rows.blocks[i] * LABELS + label][j] += off * z[i][j];
            }
          }
        }
      }
      for (int vector = 0; vector < BLOCKS * LABELS; vector++) {
        for (int j = 0; j < WIDTH; j++) {
          gradient[vector][j] += at[vector][j];
        }
      }
      return gradient;
    }

    double[][] descend(int steps, double length) {
      double[][] at = new double[BLOCKS * LABELS + 1][WIDTH];
      for (int step = 0; step < steps; step++) {
        double[][] gradient = gradient(at);
        for (int vector = 0; vector < at.length; vector++) {
          for (int j = 0; j < WIDTH; j++) {
            at[vector][j] -= length * gradient[vector][j];
          }
        }
      }
      return at;
    }
  }
}
