package org.demarche.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.demarche.score.CoverageSimulation.Result;
import org.demarche.score.CoverageSimulation.Setting;
import org.junit.jupiter.api.Test;

class PriorTest {

  private static final Prior PRIOR = new Prior(0, 0.001, 0.1, 50, 0.3, -1, 1);

  @Test
  void drawsOneFierceStatementTowardsTheMeanAndLeavesManyWhereTheyAre() {
    Score one = PRIOR.score(PopulationTest.speaker(1, -1));
    Score many = PRIOR.score(PopulationTest.speaker(400, -1));

    assertThat(one.score()).isEqualTo(-0.25, within(1e-9));
    assertThat(many.score()).isLessThan(-0.99);
    assertThat(many.high() - many.low()).isLessThan(one.high() - one.low());
  }

  @Test
  void neverLeavesTheScale() {
    Score score = PRIOR.score(PopulationTest.speaker(4, 1));

    assertThat(score.high()).isLessThanOrEqualTo(1);
    assertThat(PRIOR.score(Tally.ZERO).score()).isZero();
    assertThat(PRIOR.score(Tally.ZERO).low()).isGreaterThanOrEqualTo(-1);
  }

  @Test
  void seesAChangeOnlyWhereItIsLargerThanChance() {
    Score fierce = PRIOR.score(PopulationTest.speaker(40, -0.8));
    Score mild = PRIOR.score(PopulationTest.speaker(40, 0.6));
    Score hardlyMilder = PRIOR.score(PopulationTest.speaker(2, -0.6));

    assertThat(mild.since(fierce).isSignificant()).isTrue();
    assertThat(mild.since(fierce).difference()).isEqualTo(mild.score() - fierce.score());
    assertThat(hardlyMilder.since(fierce).isSignificant()).isFalse();
  }

  /** The full table is in docs/scores.md. */
  @Test
  void holdsTheTruthAsOftenAsItSays() {
    double sum = 0;
    for (Setting setting : CoverageSimulation.SETTINGS) {
      Result result = CoverageSimulation.run(setting, 4000 / setting.speakers(), 7);

      assertThat(result.coverage()).as(setting.name()).isGreaterThan(0.93);
      assertThat(result.error()).as(setting.name()).isLessThan(result.errorOfMean());
      assertThat(result.falseChanges()).as(setting.name()).isLessThan(0.05);
      sum += result.coverage();
    }
    assertThat(sum / CoverageSimulation.SETTINGS.size()).isBetween(0.93, 0.98);
  }
}
