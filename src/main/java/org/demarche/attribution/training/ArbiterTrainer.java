package org.demarche.attribution.training;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.demarche.attribution.learned.Arbiter;

/**
 * Trains the arbiter on candidates that are right or wrong, by the same adaptive steps as the
 * tagger, each time without some of the features.
 */
final class ArbiterTrainer {

  private static final int EPOCHS = 12;
  private static final float RATE = .05f;

  /** How many of ten features each step leaves out. */
  private static final int LEFT_OUT = 3;

  private ArbiterTrainer() {}

  /**
   * A candidate to learn from.
   *
   * @param weights the weights of its features
   * @param isRight whether its content and its source are right
   */
  record Example(int[] weights, boolean isRight) {}

  /**
   * Returns an arbiter that has learnt from the candidates.
   *
   * @param base the arbiter to learn on top of, or null
   */
  static Arbiter train(List<Example> examples, Arbiter base) {
    Weights weights = base == null ? new Weights(Arbiter.WEIGHTS) : new Weights(base.weights());
    SplittableRandom random = new SplittableRandom(3);
    int[] order = new int[examples.size()];
    Arrays.setAll(order, i -> i);
    int step = 1;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      Shuffle.shuffle(order, random);
      for (int i : order) {
        step(examples.get(i), weights, random, step++);
      }
    }
    return new Arbiter(weights.mean(step));
  }

  private static void step(Example example, Weights weights, SplittableRandom random, int step) {
    int[] active = new int[example.weights().length];
    int size = 0;
    double sum = 0;
    for (int weight : example.weights()) {
      if (random.nextInt(10) >= LEFT_OUT) {
        active[size++] = weight;
        sum += weights.values[weight];
      }
    }
    double probability = 1 / (1 + StrictMath.exp(-sum * 10 / (10 - LEFT_OUT)));
    float gradient = (float) (probability - (example.isRight() ? 1 : 0));
    for (int k = 0; k < size; k++) {
      weights.step(active[k], gradient, RATE, step);
    }
  }
}
