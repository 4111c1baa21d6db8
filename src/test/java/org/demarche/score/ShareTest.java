package org.demarche.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShareTest {

  /** The worked example of Newcombe, Two-sided confidence intervals for the single proportion. */
  @Test
  void agreesWithAPublishedInterval() {
    Share share = Share.of(81, 263);

    assertThat(share.share()).isEqualTo(0.3080, within(5e-5));
    assertThat(share.low()).isEqualTo(0.2553, within(5e-5));
    assertThat(share.high()).isEqualTo(0.3662, within(5e-5));
  }

  @Test
  void isUnsureEvenWhenAllStatementsAgree() {
    assertThat(Share.of(3, 3).low()).isBetween(0.4, 0.45);
    assertThat(Share.of(3, 3).high()).isEqualTo(1);
    assertThat(Share.of(0, 3).low()).isZero();
    assertThat(Share.of(0, 0)).isEqualTo(new Share(0, 0, 1));
  }

  @Test
  void refusesMoreThanTheWhole() {
    assertThatThrownBy(() -> Share.of(4, 3)).hasMessage("4 of 3 is not a share");
  }
}
