package org.demarche.score;

import java.io.Serializable;

/**
 * The share of statements with one label.
 *
 * @param share in [0, 1]; 0 if there are no statements
 * @param low lower end of the 95 % interval
 * @param high upper end of the interval
 */
public record Share(double share, double low, double high) implements Serializable {

  private static final double Z = Normal.Z975;

  /**
   * Returns the share {@code count / total} with its score interval (Wilson, <em>Probable
   * Inference, the Law of Succession, and Statistical Inference</em>, 1927). The interval is valid
   * for few statements and for shares near 0 and 1; it is [0, 1] if {@code total} is 0.
   *
   * @throws IllegalArgumentException unless {@code 0 <= count <= total}
   */
  public static Share of(long count, long total) {
    if (count < 0 || count > total) {
      throw new IllegalArgumentException("%d of %d is not a share".formatted(count, total));
    }
    if (total == 0) {
      return new Share(0, 0, 1);
    }
    double n = total;
    double p = count / n;
    double scaled = 1 + Z * Z / n;
    double centre = (p + Z * Z / (2 * n)) / scaled;
    double reach = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / scaled;
    // At 0 and 1 the bound is exact; rounding must not move it past the share.
    return new Share(
        p,
        count == 0 ? 0 : Math.max(0, centre - reach),
        count == total ? 1 : Math.min(1, centre + reach));
  }
}
