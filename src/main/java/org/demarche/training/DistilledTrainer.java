package org.demarche.training;

import java.util.Arrays;
import java.util.Random;
import org.demarche.model.LinearWeights;
import org.demarche.model.calibration.Softmax;

/**
 * Learns linear weights from probabilities instead of labels. It minimizes the cross entropy
 * against a teacher's answers (Hinton et al. 2015) by AdaGrad (Duchi et al. 2011), one row at a
 * time.
 */
final class DistilledTrainer {

  private static final double RATE = 0.1;
  private static final int EPOCHS = 5;
  private static final long SEED = 1;

  private DistilledTrainer() {}

  /**
   * Learns from rows of numbered features.
   *
   * @param values the value of the features of each row
   * @param answers the probabilities to learn, one per label in each row
   * @param times how often each row is visited in an epoch
   */
  static LinearWeights learn(
      int[][] features, double[] values, float[][] answers, int[] times, int featureCount) {
    int k = answers[0].length;
    return learn(
        features,
        values,
        answers,
        times,
        new LinearWeights(new double[featureCount * k], new double[k]),
        0);
  }

  /**
   * Continues from the weights {@code start}.
   *
   * @param inertia the initial sum of squared gradients of each weight; larger values keep weights
   *     closer to {@code start}
   */
  static LinearWeights learn(
      int[][] features,
      double[] values,
      float[][] answers,
      int[] times,
      LinearWeights start,
      double inertia) {
    int k = answers[0].length;
    int[] order = order(times);
    double[] weights = start.weights().clone();
    float[] squares = new float[weights.length];
    double[] biases = start.biases().clone();
    double[] biasSquares = new double[k];
    Arrays.fill(squares, (float) inertia);
    Arrays.fill(biasSquares, inertia);
    double[] p = new double[k];
    Random random = new Random(SEED);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      shuffle(order, random);
      for (int row : order) {
        double value = values[row];
        for (int label = 0; label < k; label++) {
          p[label] = 0;
        }
        for (int feature : features[row]) {
          for (int label = 0; label < k; label++) {
            p[label] += weights[feature * k + label];
          }
        }
        for (int label = 0; label < k; label++) {
          p[label] = value * p[label] + biases[label];
        }
        Softmax.apply(p);
        for (int label = 0; label < k; label++) {
          p[label] -= answers[row][label];
          biasSquares[label] += p[label] * p[label];
          biases[label] -= RATE * p[label] / Math.sqrt(biasSquares[label] + 1e-8);
          p[label] *= value;
        }
        for (int feature : features[row]) {
          for (int label = 0; label < k; label++) {
            int cell = feature * k + label;
            double gradient = p[label];
            squares[cell] += (float) (gradient * gradient);
            weights[cell] -= RATE * gradient / Math.sqrt(squares[cell] + 1e-8);
          }
        }
      }
    }
    return new LinearWeights(weights, biases);
  }

  private static int[] order(int[] times) {
    int visits = 0;
    for (int time : times) {
      visits += time;
    }
    int[] order = new int[visits];
    int at = 0;
    for (int row = 0; row < times.length; row++) {
      for (int time = 0; time < times[row]; time++) {
        order[at++] = row;
      }
    }
    return order;
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
