package org.demarche.score;

import java.io.Serializable;

/**
 * The position of a speaker on a scale, with its uncertainty.
 *
 * @param statements number of distinct statements
 * @param mean mean position of the statements
 * @param score the mean, shrunk towards that of all speakers
 * @param low lower end of the 95 % interval of the score, within the scale
 * @param high upper end of the interval
 * @param variance variance of the score
 * @param freedom degrees of freedom of the variance
 */
public record Score(
    long statements,
    double mean,
    double score,
    double low,
    double high,
    double variance,
    double freedom)
    implements Serializable {

  /** Returns the change from {@code before}, the same speaker's score in the window before. */
  public Change since(Score before) {
    double difference = score - before.score;
    double sum = variance + before.variance;
    // Degrees of freedom of a sum of two estimated variances (Welch–Satterthwaite).
    double freedomOfSum =
        sum
            * sum
            / (variance * variance / freedom + before.variance * before.variance / before.freedom);
    double reach = Normal.t975(freedomOfSum) * Math.sqrt(sum);
    return new Change(difference, Math.abs(difference) > reach);
  }
}
