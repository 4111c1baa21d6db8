package org.demarche.warehouse;

import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;

/**
 * Rounds probabilities and reads and writes the column {@code probabilities}: one number per label
 * in the order of the scale, such as {@code 0.1500,0.2500,0.6000}. A model is less precise than a
 * ten-thousandth. Label, confidence and position are derived from the rounded numbers, so that all
 * columns agree.
 */
public final class Probabilities {

  private static final int PARTS = 10_000;
  private static final int DIGITS = 4;

  private Probabilities() {}

  /** Returns {@code distribution} rounded to ten-thousandths that sum to 1. */
  public static LabelDistribution rounded(LabelDistribution distribution) {
    double[] exact = distribution.probabilities();
    int[] parts = new int[exact.length];
    int rest = PARTS;
    for (int i = 0; i < exact.length; i++) {
      parts[i] = (int) Math.round(exact[i] * PARTS);
      rest -= parts[i];
    }
    parts[distribution.best()] += rest;
    double[] rounded = new double[exact.length];
    for (int i = 0; i < exact.length; i++) {
      rounded[i] = (double) parts[i] / PARTS;
    }
    return new LabelDistribution(distribution.scale(), rounded);
  }

  /** Returns the text of {@code rounded}, a result of {@link #rounded}. */
  public static String text(LabelDistribution rounded) {
    StringBuilder text = new StringBuilder((DIGITS + 3) * rounded.probabilities().length);
    for (double probability : rounded.probabilities()) {
      if (text.length() > 0) {
        text.append(',');
      }
      int parts = (int) Math.round(probability * PARTS);
      text.append(parts / PARTS).append('.');
      for (int unit = PARTS / 10; unit > 0; unit /= 10) {
        text.append((char) ('0' + parts / unit % 10));
      }
    }
    return text.toString();
  }

  /**
   * Reads a text that {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it does not hold one number per label of {@code scale}, or
   *     the numbers do not sum to 1
   */
  public static LabelDistribution parse(Scale scale, String text) {
    double[] probabilities = new double[scale.size()];
    int label = 0;
    int parts = 0;
    int digits = -1; // after the point; -1 before it
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ',';
      if (c >= '0' && c <= '9') {
        parts = 10 * parts + c - '0';
        digits += digits < 0 ? 0 : 1;
      } else if (c == '.' && digits < 0) {
        digits = 0;
      } else if (c == ',' && digits == DIGITS && label < probabilities.length) {
        probabilities[label++] = (double) parts / PARTS;
        parts = 0;
        digits = -1;
      } else {
        throw malformed(scale, text);
      }
    }
    if (label < probabilities.length) {
      throw malformed(scale, text);
    }
    return new LabelDistribution(scale, probabilities);
  }

  private static IllegalArgumentException malformed(Scale scale, String text) {
    return new IllegalArgumentException(
        "Not %d probabilities of scale '%s': '%s'".formatted(scale.size(), scale.name(), text));
  }
}
