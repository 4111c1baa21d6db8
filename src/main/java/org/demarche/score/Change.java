package org.demarche.score;

import java.io.Serializable;

/**
 * How a score differs from that of the same speaker in the window before.
 *
 * @param difference the score less the one before
 * @param low lower end of the 95 % interval of the difference
 * @param high upper end
 */
public record Change(double difference, double low, double high) implements Serializable {

  /**
   * Returns whether the interval excludes 0. Of many speakers who did not move, a few seem to:
   * about one in forty each way at most.
   */
  public boolean isSignificant() {
    return low > 0 || high < 0;
  }
}
