package org.demarche.evaluation;

/**
 * A figure with its 95 % interval.
 *
 * @param value the figure as measured on all rows; it may lie just outside a bootstrap interval
 * @param low lower end of the interval
 * @param high upper end of the interval, {@code >= low}
 */
public record Estimate(double value, double low, double high) {

  public Estimate {
    if (!(low <= high) || Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "An interval runs from low to high around a value, but is %s to %s around %s"
              .formatted(low, high, value));
    }
  }

  /** Returns the standard error: the interval extends 1.96 of them to either side. */
  public double standardError() {
    return (high - low) / (2 * 1.96);
  }
}
