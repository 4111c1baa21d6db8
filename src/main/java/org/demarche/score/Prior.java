package org.demarche.score;

import java.io.Serializable;

/**
 * What is expected of a speaker before any of the speaker's statements is known; {@link
 * Population#prior} estimates it from all speakers.
 *
 * @param mean expected position, within the scale
 * @param meanVariance variance of {@code mean} as an estimate, {@code >= 0}
 * @param between variance of speakers around {@code mean}, {@code > 0}
 * @param betweenFreedom degrees of freedom of {@code between}, {@code > 0}
 * @param within variance of statements around their speaker, {@code > 0}
 * @param low smallest value of the scale
 * @param high largest value of the scale
 */
public record Prior(
    double mean,
    double meanVariance,
    double between,
    double betweenFreedom,
    double within,
    double low,
    double high)
    implements Serializable {

  /** Degrees of freedom of {@link #within} when it is combined with a speaker's own variance. */
  private static final double BORROWED_FREEDOM = 8;

  public Prior {
    if (!(between > 0 && within > 0 && betweenFreedom > 0 && meanVariance >= 0 && low < high)) {
      throw new IllegalArgumentException(
          "Not a prior: variance %s (of %s) between speakers, %s within, %s of the mean, scale [%s, %s]"
              .formatted(between, betweenFreedom, within, meanVariance, low, high));
    }
  }

  /**
   * Returns the score of a speaker: the mean of the speaker's statements, shrunk towards the mean
   * of all speakers. The fewer the statements, the more it is shrunk.
   *
   * <p>This is empirical Bayes for the normal model (Morris, <em>Parametric Empirical Bayes
   * Inference</em>, 1983): with m = mean of the n statements, v = variance of m and s = v / (v +
   * between), the score is (1 − s)·m + s·mean. Its variance is (1 − s)·v, plus the uncertainty of
   * the prior: s² times the variance of its mean, and (s·(1 − s)·(m − mean))²·2/betweenFreedom for
   * its spread. The variance of the statements combines the speaker's own with {@link #within} at
   * {@value #BORROWED_FREEDOM} degrees of freedom, so that five equal statements do not make a
   * score certain. A t quantile gives the interval, which is cut at the ends of the scale.
   */
  public Score score(Tally tally) {
    if (tally.statements() == 0) {
      return interval(0, mean, mean, between + meanVariance, BORROWED_FREEDOM);
    }
    double n = tally.statements();
    double freedom = BORROWED_FREEDOM + n - 1;
    double variance = (BORROWED_FREEDOM * within + tally.squaredDeviations()) / freedom;
    double ofMean = variance / n;
    double shrinkage = ofMean / (ofMean + between);
    double distance = tally.mean() - mean;
    double score = mean + (1 - shrinkage) * distance;
    double ofShrinkage = shrinkage * (1 - shrinkage) * distance;
    double ofScore =
        (1 - shrinkage) * ofMean
            + shrinkage * shrinkage * meanVariance
            + ofShrinkage * ofShrinkage * 2 / betweenFreedom;
    return interval(tally.statements(), tally.mean(), score, ofScore, freedom);
  }

  private Score interval(
      long statements, double ownMean, double score, double variance, double freedom) {
    double reach = Normal.t975(freedom) * Math.sqrt(variance);
    return new Score(
        statements,
        ownMean,
        Math.min(high, Math.max(low, score)),
        Math.max(low, score - reach),
        Math.min(high, score + reach),
        variance,
        freedom);
  }
}
