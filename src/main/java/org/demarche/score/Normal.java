package org.demarche.score;

/** Quantiles and means of the normal and Student's t distributions, for the intervals of scores. */
final class Normal {

  /** The 97.5 % quantile. */
  static final double Z975 = 1.959963984540054;

  private Normal() {}

  /**
   * Returns the 97.5 % quantile of Student's t, correct to three digits, by the expansion around
   * the normal quantile (Abramowitz and Stegun, 26.7.5).
   *
   * @param freedom degrees of freedom, {@code >= 5}
   */
  static double t975(double freedom) {
    double z2 = Z975 * Z975;
    double g1 = (z2 + 1) * Z975 / 4;
    double g2 = ((5 * z2 + 16) * z2 + 3) * Z975 / 96;
    double g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * Z975 / 384;
    double g4 = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * Z975 / 92160;
    return Z975 + (g1 + (g2 + (g3 + g4 / freedom) / freedom) / freedom) / freedom;
  }

  /**
   * Returns the expected value of a quantity that cannot be negative but has an unbiased estimate
   * that can: the mean of the normal distribution truncated at 0.
   *
   * @param estimate any number
   * @param error its standard error, {@code > 0}
   * @return a number {@code > 0}; close to {@code estimate} if that is several errors above 0
   */
  static double meanAboveZero(double estimate, double error) {
    // Below −3, the tail probability is too inexact.
    double z = Math.max(-3, estimate / error);
    double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    return error * (z + density / cumulative(z, density));
  }

  /** Returns the probability below {@code z} to seven decimals (Abramowitz and Stegun, 26.2.17). */
  private static double cumulative(double z, double density) {
    double t = 1 / (1 + 0.2316419 * Math.abs(z));
    double tail =
        density
            * t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return z < 0 ? tail : 1 - tail;
  }
}
