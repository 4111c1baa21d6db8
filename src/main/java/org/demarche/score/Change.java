package org.demarche.score;

import java.io.Serializable;

/**
 * The difference between a speaker's score and the speaker's score in the window before.
 *
 * @param difference this score minus the score before
 * @param low lower end of the 95 % interval of the difference
 * @param high upper end of the interval
 */
public record Change(double difference, double low, double high) implements Serializable {

  /**
   * Returns whether the interval excludes 0. Of speakers who did not change, up to 2.5 % seem to
   * rise and up to 2.5 % to fall.
   */
  public boolean isSignificant() {
    return low > 0 || high < 0;
  }
}
