package org.demarche.stance;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The probability that a model gives to each label of a scale.
 *
 * @param scale the scale of the labels
 * @param probabilities one number in [0, 1] for each label, in the order of the scale, with sum 1;
 *     the array is not copied and must not be changed
 */
public record LabelDistribution(Scale scale, double[] probabilities) implements Serializable {

  public LabelDistribution {
    requireNonNull(scale, "scale is null");
    if (probabilities.length != scale.size()) {
      throw new IllegalArgumentException(
          "%d probabilities for the %d labels of scale '%s'"
              .formatted(probabilities.length, scale.size(), scale.name()));
    }
    double sum = 0;
    for (double p : probabilities) {
      if (!(p >= 0 && p <= 1 + 1e-9)) {
        throw new IllegalArgumentException("Not probabilities: " + Arrays.toString(probabilities));
      }
      sum += p;
    }
    if (Math.abs(sum - 1) > 1e-6) {
      throw new IllegalArgumentException(
          "Probabilities sum to %s: %s".formatted(sum, Arrays.toString(probabilities)));
    }
  }

  /** Returns the index of the most probable label; the first if several are equal. */
  public int best() {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[best]) {
        best = i;
      }
    }
    return best;
  }

  /** Returns the name of the most probable label. */
  public String label() {
    return scale.labels().get(best()).name();
  }

  /** Returns the probability of the most probable label, in [0, 1]. */
  public double confidence() {
    return probabilities[best()];
  }

  /**
   * Returns the position: the expected value on the scale, Σ probability × value, between the
   * smallest and the largest value of the labels.
   */
  public double position() {
    double position = 0;
    for (int i = 0; i < probabilities.length; i++) {
      position += probabilities[i] * scale.labels().get(i).value();
    }
    return position;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelDistribution that
        && scale.equals(that.scale)
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * scale.hashCode() + Arrays.hashCode(probabilities);
  }

  @Override
  public String toString() {
    return scale.labelNames() + "=" + Arrays.toString(probabilities);
  }
}
