package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.demarche.model.Blend;
import org.demarche.model.calibration.AffineCalibration;
import org.demarche.model.calibration.Calibration;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class FittedBlendTest {

  private static final Calibration NONE =
      new AffineCalibration(new double[] {1, 1, 1}, new double[3]);

  /** Enough rows for calibration to be fitted well. */
  private final TrainingSet set =
      TrainingSet.of(
          IntStream.range(0, 900)
              .mapToObj(
                  i ->
                      new LabelledStatement(
                          "r" + i,
                          "r" + i,
                          Passage.of("text " + i),
                          Scales.STANCE.labelNames().get(i % 3)))
              .toList(),
          List.of(),
          Scales.STANCE,
          5,
          ModelTrainer.SEED);

  @Test
  void isOneOfItsPartsWhenThatHasAllTheWeight() {
    double[] encoder = {.7, .2, .1};
    double[] table = {.1, .3, .6};
    assertThat(new Blend(1, NONE).apply(encoder, table)).containsExactly(encoder, within(1e-9));
    assertThat(new Blend(0, NONE).apply(encoder, table)).containsExactly(table, within(1e-9));
    // .25 · (.7, .2, .1) + .75 · (.1, .3, .6)
    assertThat(new Blend(.25, NONE).apply(encoder, table))
        .containsExactly(new double[] {.25, .275, .475}, within(1e-9));
  }

  @Property(tries = 200, seed = "1")
  void answersWithADistribution(
      @ForAll @Size(3) double[] a,
      @ForAll @Size(3) double[] b,
      @ForAll @DoubleRange(min = 0, max = 1) double weight,
      @ForAll @DoubleRange(min = .1, max = 5) double slope,
      @ForAll @DoubleRange(min = -3, max = 3) double shift) {
    Calibration calibration =
        new AffineCalibration(new double[] {slope, 1, slope}, new double[] {shift, 0, -shift});
    double[] answer = new Blend(weight, calibration).apply(distribution(a), distribution(b));
    assertThat(Arrays.stream(answer).sum()).isCloseTo(1, within(1e-9));
    assertThat(Arrays.stream(answer).boxed()).allMatch(p -> p >= 0 && p <= 1);
  }

  @Test
  void givesTheWeightToThePartThatKnows() {
    HeldOut knows = heldOut(3, 1);
    HeldOut guesses = heldOut(0, 2);

    FittedBlend toEncoder = FittedBlend.of(knows, guesses);
    FittedBlend toTable = FittedBlend.of(guesses, knows);

    assertThat(toEncoder.weight()).isBetween(.7, 1.);
    assertThat(toTable.weight()).isBetween(0., .3);
    assertThat(toEncoder.blend().weight()).isEqualTo(toEncoder.weight());
  }

  @Test
  void answersHeldOutRowsBetterThanEitherOfTwoThatKnowDifferentThings() {
    HeldOut one = heldOut(1, 3);
    HeldOut other = heldOut(1, 4);

    FittedBlend both = FittedBlend.of(one, other);

    assertThat(both.weight()).isStrictlyBetween(0., 1.);
    assertThat(both.heldOut().logLoss()).isLessThan(Math.min(one.logLoss(), other.logLoss()));
    for (double[] p : both.heldOut().probabilities()) {
      assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void isNoWorseThanEitherPartCalibratedLikeIt() {
    for (int seed = 0; seed < 2; seed++) {
      HeldOut one = heldOut(.3, seed);
      HeldOut other = heldOut(.3, seed + 100);
      double loss = FittedBlend.of(one, other).heldOut().logLoss();
      for (HeldOut part : List.of(one, other)) {
        double[][] logs =
            Arrays.stream(part.probabilities())
                .map(p -> Arrays.stream(p).map(StrictMath::log).toArray())
                .toArray(double[][]::new);
        assertThat(loss).isLessThanOrEqualTo(new HeldOut(set, logs).logLoss() + 1e-9);
      }
    }
  }

  /** Scores that tell the right label by {@code knowledge}, under noise of deviation 1. */
  private HeldOut heldOut(double knowledge, long seed) {
    Random random = new Random(seed);
    return HeldOut.of(
        set,
        fold ->
            (row, scores) -> {
              for (int label = 0; label < scores.length; label++) {
                scores[label] = random.nextGaussian() + (label == set.label(row) ? knowledge : 0);
              }
            });
  }

  private static double[] distribution(double[] any) {
    double[] p = Arrays.stream(any).map(x -> Math.min(1e9, Math.abs(x)) + 1e-12).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(x -> x / sum).toArray();
  }
}
