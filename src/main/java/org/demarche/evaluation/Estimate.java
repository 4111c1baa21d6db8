package org.demarche.evaluation;

/**
 * A figure with its 95 % interval.
 *
 * @param value as measured on all rows; an interval of draws may leave it out by a hair
 * @param low lower end of the interval
 * @param high upper end, {@code >= low}
 */
public record Estimate(double value, double low, double high) {

  public Estimate {
    if (!(low <= high) || Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "An interval runs from low to high around a value, but is %s to %s around %s"
              .formatted(low, high, value));
    }
  }

  /** Returns the standard error, of which the interval has 1.96 to either side. */
  public double standardError() {
    return (high - low) / (2 * 1.96);
  }

  /** Returns whether the whole interval lies on one side of 0: a difference that is sure. */
  public boolean excludesZero() {
    return low > 0 || high < 0;
  }
}
