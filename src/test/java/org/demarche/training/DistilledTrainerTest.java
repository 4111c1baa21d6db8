package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.demarche.model.LinearWeights;
import org.demarche.model.calibration.Softmax;
import org.junit.jupiter.api.Test;

class DistilledTrainerTest {

  private static final int FEATURES = 5;
  private static final double[][] WEIGHTS = {{2, -2}, {-1, 1}, {0, 0}, {-2, 2}, {.5, -.5}};

  private final int[][] rows = rows(600);
  private final double[] values = IntStream.range(0, rows.length).mapToDouble(i -> 1).toArray();
  private final float[][] answers =
      Arrays.stream(rows).map(DistilledTrainerTest::truth).toArray(float[][]::new);
  private final int[] once = IntStream.range(0, rows.length).map(i -> 1).toArray();

  @Test
  void learnsProbabilitiesAndNotOnlyLabels() {
    LinearWeights learnt = DistilledTrainer.learn(rows, values, answers, once, FEATURES);
    for (int row = 0; row < 50; row++) {
      assertThat(answer(learnt, rows[row]))
          .containsExactly(toDoubles(truth(rows[row])), within(0.06));
    }
  }

  @Test
  void doesNotSeeARowOfNoTimes() {
    int[] times = once.clone();
    times[3] = 0;
    times[200] = 0;
    int[] kept = IntStream.range(0, rows.length).filter(i -> times[i] > 0).toArray();
    float[][] others = answers.clone();
    others[3] = new float[] {.5f, .5f};
    LinearWeights absent =
        DistilledTrainer.learn(
            Arrays.stream(kept).mapToObj(i -> rows[i]).toArray(int[][]::new),
            Arrays.stream(kept).mapToDouble(i -> values[i]).toArray(),
            Arrays.stream(kept).mapToObj(i -> answers[i]).toArray(float[][]::new),
            Arrays.stream(kept).map(i -> 1).toArray(),
            FEATURES);

    assertThat(DistilledTrainer.learn(rows, values, others, times, FEATURES).weights())
        .containsExactly(absent.weights())
        .isNotEqualTo(DistilledTrainer.learn(rows, values, answers, once, FEATURES).weights());
  }

  @Test
  void learnsTheSameTwice() {
    LinearWeights first = DistilledTrainer.learn(rows, values, answers, once, FEATURES);
    LinearWeights second = DistilledTrainer.learn(rows, values, answers, once, FEATURES);
    assertThat(second.weights()).containsExactly(first.weights());
    assertThat(second.biases()).containsExactly(first.biases());
  }

  @Test
  void staysWhereItBeganWhenItsInertiaIsGreat() {
    double[] weights = {1, -1, 2, -2, 0, 3, 0, 0, -1, 1};
    LinearWeights start = new LinearWeights(weights.clone(), new double[] {.5, -.5});

    LinearWeights heavy = DistilledTrainer.learn(rows, values, answers, once, start, 1e12);
    LinearWeights light = DistilledTrainer.learn(rows, values, answers, once, start, 0.02);

    assertThat(heavy.weights()).containsExactly(weights, within(1e-3));
    assertThat(heavy.biases()).containsExactly(new double[] {.5, -.5}, within(1e-3));
    // The start gives .99 to the first label where the answers give .12.
    assertThat(answer(start, new int[] {1})[0]).isGreaterThan(.99);
    assertThat(answer(light, new int[] {1})).containsExactly(answer(WEIGHTS[1]), within(0.1));
    assertThat(start.weights()).as("the start itself").containsExactly(weights);
  }

  private static int[][] rows(int n) {
    Random random = new Random(5);
    return IntStream.range(0, n)
        .mapToObj(
            i -> IntStream.range(0, FEATURES).filter(feature -> random.nextBoolean()).toArray())
        .toArray(int[][]::new);
  }

  private static float[] truth(int[] features) {
    double[] scores = new double[2];
    for (int feature : features) {
      scores[0] += WEIGHTS[feature][0];
      scores[1] += WEIGHTS[feature][1];
    }
    double[] p = answer(scores);
    return new float[] {(float) p[0], (float) p[1]};
  }

  private static double[] answer(LinearWeights learnt, int[] features) {
    double[] scores = learnt.biases().clone();
    for (int feature : features) {
      scores[0] += learnt.weights()[2 * feature];
      scores[1] += learnt.weights()[2 * feature + 1];
    }
    return answer(scores);
  }

  private static double[] answer(double[] scores) {
    double[] p = scores.clone();
    Softmax.apply(p);
    return p;
  }

  private static double[] toDoubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
