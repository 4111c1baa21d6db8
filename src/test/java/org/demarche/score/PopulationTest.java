package org.demarche.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class PopulationTest {

  @Property(tries = 100, seed = "1")
  void isTheSameHoweverTheSpeakersAreSplit(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 50) Integer> statements,
      @ForAll @IntRange(min = 0, max = 30) int cut) {
    List<Population> each =
        statements.stream().map(n -> Population.of(speaker(n, n % 3 - 1))).toList();
    int at = Math.min(cut, each.size());
    Population whole = sum(each);

    assertThat(sum(each.subList(at, each.size())).plus(sum(each.subList(0, at)))).isEqualTo(whole);
  }

  @Test
  void findsTheSpreadOfManySpeakers() {
    Random random = new Random(3);
    Population population =
        IntStream.rangeClosed(1, 4000)
            .mapToObj(
                rank -> {
                  double own = 0.2 + 0.3 * random.nextGaussian();
                  return normal(own, 0.5, Math.max(1, 40 / (rank % 40 + 1)), random);
                })
            .map(Population::of)
            .reduce(Population.ZERO, Population::plus);
    Prior prior = population.prior(Scales.STANCE);

    assertThat(prior.mean()).isEqualTo(0.2, within(0.02));
    assertThat(Math.sqrt(prior.between())).isEqualTo(0.3, within(0.02));
    assertThat(Math.sqrt(prior.within())).isEqualTo(0.5, within(0.01));
  }

  @Test
  void expectsAnythingOfTheScaleWhenNobodySpoke() {
    Prior prior = Population.ZERO.prior(Scales.STANCE);

    assertThat(prior.mean()).isZero();
    assertThat(prior.between()).isEqualTo(1 / 3.0, within(5e-3));
    assertThat(prior.within()).isEqualTo(1 / 3.0, within(5e-3));
    assertThat(Population.of(Tally.ZERO)).isEqualTo(Population.ZERO);
  }

  @Test
  void copesWithOneSpeakerAndTwoAndNoVariance() {
    Population one = Population.of(speaker(1, 1));
    for (Population few :
        List.of(one, one.plus(one), one.plus(Population.of(speaker(9, -1))), sum(200, one))) {
      Prior prior = few.prior(Scales.STANCE);
      Score score = prior.score(speaker(1, 1));

      assertThat(prior.mean()).isBetween(-1.0, 1.0);
      assertThat(prior.between()).isPositive();
      assertThat(score.score()).isBetween(score.low(), score.high());
      assertThat(score.high() - score.low()).isBetween(0.05, 2.0);
    }
  }

  private static Population sum(int times, Population one) {
    return sum(IntStream.range(0, times).mapToObj(i -> one).toList());
  }

  private static Population sum(List<Population> parts) {
    return parts.stream().reduce(Population.ZERO, Population::plus);
  }

  /** A speaker all of whose statements have the same position. */
  static Tally speaker(long n, double position) {
    return new Tally(
        n,
        n * Tally.units(position),
        n * Tally.units(position * position),
        new long[3],
        new long[3]);
  }

  private static Tally normal(double mean, double deviation, int n, Random random) {
    Tally tally = Tally.ZERO;
    for (int i = 0; i < n; i++) {
      tally = tally.plus(speaker(1, mean + deviation * random.nextGaussian()));
    }
    return tally;
  }
}
