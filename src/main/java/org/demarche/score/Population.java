package org.demarche.score;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import org.demarche.stance.Scale;

/**
 * Sums over the speakers of one scale, target and kind of window, from which the {@link Prior} is
 * estimated. A speaker counts once in each window of the kind.
 *
 * <p>A speaker with n statements and mean position m has the weight w = n / (n + {@value
 * #WEIGHT_STATEMENTS}). The sums are whole numbers of {@link Tally#UNIT}s, so that the prior does
 * not depend on how speakers are distributed over partitions; a single speaker must not be split.
 *
 * @param speakers number of speakers with at least one statement
 * @param statements number of their statements
 * @param withinSquares Σ of squared distances between positions and their speaker's mean, in units
 * @param weight Σ w, in units
 * @param weightSquares Σ w², in units
 * @param weightedMeans Σ w·m, in units
 * @param weightedSquares Σ w·m², in units
 * @param weightPerStatement Σ w/n, in units
 * @param weightSquaresPerStatement Σ w²/n, in units
 */
public record Population(
    long speakers,
    long statements,
    long withinSquares,
    long weight,
    long weightSquares,
    long weightedMeans,
    long weightedSquares,
    long weightPerStatement,
    long weightSquaresPerStatement)
    implements Serializable {

  /**
   * The number of statements at which a speaker has half the weight. The weights are best if the
   * variance within speakers is this many times the variance between them; the estimates are
   * unbiased in any case.
   */
  public static final double WEIGHT_STATEMENTS = 4;

  /** No speakers. */
  public static final Population ZERO = new Population(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Degrees of freedom of the default variance within a speaker. */
  private static final double WITHIN_WEIGHT = 3;

  /** Degrees of freedom of the variance between speakers if it cannot be estimated. */
  private static final double LONE_SPEAKER_FREEDOM = 1;

  /** Weight of the middle of the scale in the prior's mean; a speaker has at most weight 1. */
  private static final double MIDDLE_WEIGHT = 0.5;

  /** How many steps the scale has to which the prior's mean is rounded. */
  private static final int STEPS = 200;

  /** Returns the population of one speaker; {@link #ZERO} if the tally has no statement. */
  public static Population of(Tally speaker) {
    if (speaker.statements() == 0) {
      return ZERO;
    }
    double n = speaker.statements();
    double mean = speaker.mean();
    double w = n / (n + WEIGHT_STATEMENTS);
    return new Population(
        1,
        speaker.statements(),
        Tally.units(speaker.squaredDeviations()),
        Tally.units(w),
        Tally.units(w * w),
        Tally.units(w * mean),
        Tally.units(w * mean * mean),
        Tally.units(w / n),
        Tally.units(w * w / n));
  }

  /** Returns the population of the speakers of both populations. */
  public Population plus(Population other) {
    return new Population(
        Math.addExact(speakers, other.speakers),
        Math.addExact(statements, other.statements),
        Math.addExact(withinSquares, other.withinSquares),
        Math.addExact(weight, other.weight),
        Math.addExact(weightSquares, other.weightSquares),
        Math.addExact(weightedMeans, other.weightedMeans),
        Math.addExact(weightedSquares, other.weightedSquares),
        Math.addExact(weightPerStatement, other.weightPerStatement),
        Math.addExact(weightSquaresPerStatement, other.weightSquaresPerStatement));
  }

  /**
   * Estimates how speakers vary over {@code scale} and how statements vary around their speaker.
   *
   * <p>The variance within speakers is the pooled variance, averaged with the variance of positions
   * spread evenly over the scale, which has {@value #WITHIN_WEIGHT} degrees of freedom; the latter
   * is used alone if no speaker made two statements. The variance between speakers comes from the
   * general method of moments (DerSimonian and Kacker, <em>Random-effects model for meta-analysis
   * of clinical trials: an update</em>, 2007) with the weights above. That estimate can be
   * negative. Replacing it by 0 would shrink all speakers to one point with certainty; instead the
   * mean of its normal distribution above 0 is used. With fewer than two speakers it is the
   * variance of the even spread. The mean includes the middle of the scale as half a speaker.
   *
   * <p>The mean is rounded to a {@value #STEPS}th of the scale, and the other values to two digits.
   * This is far below what is known of them, and keeps scores from moving because a few statements
   * of other speakers came.
   */
  public Prior prior(Scale scale) {
    double low = scale.range()[0];
    double high = scale.range()[1];
    double evenVariance = (high - low) * (high - low) / 12;
    double middle = (low + high) / 2;

    double freedom = statements - speakers;
    double within =
        (WITHIN_WEIGHT * evenVariance + withinSquares * Tally.UNIT) / (WITHIN_WEIGHT + freedom);

    double w = weight * Tally.UNIT;
    double w2 = weightSquares * Tally.UNIT;
    double wm = weightedMeans * Tally.UNIT;
    double perStatement = weightPerStatement * Tally.UNIT;
    double squaresPerStatement = weightSquaresPerStatement * Tally.UNIT;

    double between = evenVariance;
    double betweenFreedom = LONE_SPEAKER_FREEDOM;
    if (speakers > 1) {
      double scatter = weightedSquares * Tally.UNIT - wm * wm / w;
      double perSpeaker = w - w2 / w;
      double chance = (perStatement - squaresPerStatement / w) / perSpeaker;
      double found = scatter / perSpeaker - chance * within;

      // The error of that estimate comes from few speakers, and from the variance within, which is
      // hardly known if most speakers made one statement.
      double ofMeans = Math.max(0, found) + within * squaresPerStatement / w2;
      double alike = w * w / w2 - 1;
      double errorSquared =
          2 * ofMeans * ofMeans / alike
              + 2 * within * within / (WITHIN_WEIGHT + freedom) * chance * chance;
      between = Normal.meanAboveZero(found, Math.sqrt(errorSquared));
      betweenFreedom = Math.max(LONE_SPEAKER_FREEDOM, 2 * between * between / errorSquared);
    }

    double total = w + MIDDLE_WEIGHT;
    double mean = (wm + MIDDLE_WEIGHT * middle) / total;
    double meanVariance =
        (between * (w2 + MIDDLE_WEIGHT * MIDDLE_WEIGHT) + within * squaresPerStatement)
            / (total * total);
    return new Prior(
        low + (high - low) * Math.rint((mean - low) / (high - low) * STEPS) / STEPS,
        twoDigits(meanVariance),
        twoDigits(between),
        twoDigits(betweenFreedom),
        twoDigits(within),
        low,
        high);
  }

  private static double twoDigits(double value) {
    return new BigDecimal(value).round(new MathContext(2)).doubleValue();
  }
}
