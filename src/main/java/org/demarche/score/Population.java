package org.demarche.score;

import java.io.Serializable;
import org.demarche.stance.Scale;

/**
 * Sums over the speakers of one scale, target and kind of window: what the prior is estimated from.
 * A speaker who appears in several windows of the kind counts once in each.
 *
 * <p>Each speaker with n statements and mean position m enters with the weight w = n / (n + {@value
 * #WEIGHT_STATEMENTS}). The sums are whole numbers of {@link Tally#UNIT}s, so that any split of the
 * speakers gives the very same prior; a single speaker must not be split.
 *
 * @param speakers number of speakers with a statement
 * @param statements their statements
 * @param withinSquares Σ of the squared distances of positions from their speaker's mean, in units
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
   * Statements at which a speaker has half the weight. It is the ratio of the variance within a
   * speaker to that between speakers for which the weights are best; the estimates are unbiased at
   * any ratio.
   */
  public static final double WEIGHT_STATEMENTS = 4;

  /** No speakers. */
  public static final Population ZERO = new Population(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** How many degrees of freedom the default variance within a speaker is worth. */
  private static final double WITHIN_WEIGHT = 3;

  /** Degrees of freedom of the variance between speakers where it cannot be estimated. */
  private static final double LONE_SPEAKER_FREEDOM = 1;

  /** How many speakers in the middle of the scale are added to the prior's mean. */
  private static final double MIDDLE_WEIGHT = 0.5;

  /** Returns the population of one speaker; nobody, if the speaker said nothing. */
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

  /** Returns the population of the speakers of both. */
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
   * Estimates how speakers spread over {@code scale} and how statements spread around their
   * speaker.
   *
   * <p>The variance within speakers is the pooled one, averaged with that of positions spread
   * evenly over the scale, which counts as {@value #WITHIN_WEIGHT} degrees of freedom and alone
   * answers when nobody made two statements. The variance between speakers comes from the general
   * method of moments (DerSimonian and Kacker, <em>Random-effects model for meta-analysis of
   * clinical trials: an update</em>, 2007) with the weights above. That estimate may be negative,
   * and taking 0 instead would draw all speakers to one point and call it certain; so what is used
   * is the mean of what it may be, given its standard error, above 0. With fewer than two speakers
   * it is again that of an even spread. Half a speaker in the middle of the scale is added to the
   * mean.
   */
  public Prior prior(Scale scale) {
    double low = scale.range()[0];
    double high = scale.range()[1];
    // Of positions spread evenly over the scale.
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

      // How far off that may be: the scatter of few speakers, and the variance within, which is
      // hardly known when most speakers made one statement.
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
    return new Prior(mean, meanVariance, between, betweenFreedom, within, low, high);
  }
}
