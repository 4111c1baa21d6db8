package org.demarche.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class TallyTest {

  @Property(tries = 200, seed = "1")
  void isTheSameHoweverTheStatementsAreSplit(
      @ForAll("statements") List<LabelDistribution> statements, @ForAll List<Integer> parts) {
    List<Tally> split = new ArrayList<>(List.of(Tally.ZERO, Tally.ZERO, Tally.ZERO));
    for (int i = 0; i < statements.size(); i++) {
      int part = parts.isEmpty() ? 0 : Math.floorMod(parts.get(i % parts.size()), 3);
      split.set(part, split.get(part).plus(Tally.of(statements.get(i))));
    }
    Tally whole = statements.stream().map(Tally::of).reduce(Tally.ZERO, Tally::plus);

    assertThat(split.get(0).plus(split.get(1)).plus(split.get(2))).isEqualTo(whole);
    assertThat(split.get(2).plus(split.get(0).plus(split.get(1)))).isEqualTo(whole);
  }

  @Property(tries = 100, seed = "1")
  void knowsTheMeanAndTheSpreadOfTheStatements(
      @ForAll("statements") List<LabelDistribution> statements) {
    Tally tally = statements.stream().map(Tally::of).reduce(Tally.ZERO, Tally::plus);
    double mean = statements.stream().mapToDouble(LabelDistribution::position).average().orElse(0);
    double squares = statements.stream().mapToDouble(s -> Math.pow(s.position() - mean, 2)).sum();

    assertThat(tally.mean()).isEqualTo(mean, within(1e-6));
    assertThat(tally.squaredDeviations()).isEqualTo(squares, within(1e-5 * statements.size()));
  }

  @Test
  void countsTheMostProbableLabel() {
    Tally tally =
        Tally.of(new LabelDistribution(Scales.STANCE, new double[] {.2, .3, .5}))
            .plus(Tally.of(new LabelDistribution(Scales.STANCE, new double[] {.7, .2, .1})));

    assertThat(tally.labelStatements()).containsExactly(1, 0, 1);
    assertThat(tally.meanProbabilities()).containsExactly(.45, .25, .3);
    assertThat(tally)
        .isEqualTo(
            new Tally(
                2, 300_000, 450_000, new long[] {1, 0, 1}, new long[] {900_000, 500_000, 600_000}));
  }

  @Test
  void refusesToAddAcrossScales() {
    Tally three = Tally.of(new LabelDistribution(Scales.STANCE, new double[] {1, 0, 0}));
    Tally two = new Tally(1, 0, 0, new long[2], new long[2]);

    assertThatThrownBy(() -> three.plus(two)).hasMessageContaining("3 and 2 labels");
  }

  @Provide
  Arbitrary<List<LabelDistribution>> statements() {
    Arbitrary<Double> part = Arbitraries.doubles().between(0.01, 1);
    return Combinators.combine(part, part, part)
        .as(
            (a, b, c) -> {
              double sum = a + b + c;
              return new LabelDistribution(Scales.STANCE, new double[] {a / sum, b / sum, c / sum});
            })
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }
}
