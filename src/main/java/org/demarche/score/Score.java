package org.demarche.score;

import java.io.Serializable;

/**
 * Where a speaker stands, and how sure that is.
 *
 * @param statements distinct statements it rests on
 * @param mean their mean position
 * @param score the mean drawn towards that of all speakers
 * @param low lower end of the 95 % interval of the score, within the scale
 * @param high upper end
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

  /** Returns how this score differs from {@code before}, the same speaker's window before. */
  public Change since(Score before) {
    double difference = score - before.score;
    double sum = variance + before.variance;
    // Welch–Satterthwaite: the degrees of freedom of a sum of two estimated variances.
    double freedomOfSum =
        sum
            * sum
            / (variance * variance / freedom + before.variance * before.variance / before.freedom);
    double reach = Normal.t975(freedomOfSum) * Math.sqrt(sum);
    return new Change(difference, difference - reach, difference + reach);
  }
}
