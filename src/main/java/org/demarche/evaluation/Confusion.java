package org.demarche.evaluation;

import java.util.List;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;

/** Functions on given and predicted labels that several figures need. */
final class Confusion {

  private Confusion() {}

  /**
   * Returns the index of each given label on the scale.
   *
   * @throws IllegalArgumentException if there are no rows, the lists differ in length, or a given
   *     label is not on the scale
   */
  static int[] labels(Scale scale, List<String> given, List<LabelDistribution> answers) {
    if (given.isEmpty() || given.size() != answers.size()) {
      throw new IllegalArgumentException(
          "%d labels given and %d predicted: a report needs one of each for every row"
              .formatted(given.size(), answers.size()));
    }
    return labels(scale, given);
  }

  static int[] labels(Scale scale, List<String> given) {
    int[] labels = new int[given.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = scale.indexOf(given.get(i));
      if (labels[i] < 0) {
        throw new IllegalArgumentException(
            "Label '%s' is not of the scale '%s', which has %s"
                .formatted(given.get(i), scale.name(), scale.labelNames()));
      }
    }
    return labels;
  }

  /**
   * Returns the F1 of a label; 0 without a hit.
   *
   * @param hits number of rows with this label for which it was predicted
   * @param occurrences number of rows with this label plus number of rows with this prediction
   */
  static double f1(long hits, long occurrences) {
    return ratio(2.0 * hits, occurrences);
  }

  static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
