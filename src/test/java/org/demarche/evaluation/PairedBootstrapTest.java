package org.demarche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

  @Test
  void anIntervalHasItsStandardErrorAlmostTwiceToEitherSide() {
    assertThat(new Estimate(.1, -.096, .296).standardError()).isCloseTo(.1, within(1e-9));
  }

  private static final Scale SCALE = Scales.STANCE;

  @Test
  void measuresWhatTheReportMeasures() {
    Rows rows = Rows.of(300, 1, new SplittableRandom(1));
    List<LabelDistribution> answers = rows.answers(.7, new SplittableRandom(2));
    ClassificationReport report = ClassificationReport.of(SCALE, rows.given, answers);

    PairedBootstrap.Figures figures = rows.bootstrap().judge(answers);

    assertThat(figures.macroF1().value()).isEqualTo(report.macroF1());
    assertThat(figures.fAverage().value()).isEqualTo(report.fAverage());
    assertThat(figures.macroF1().low()).isLessThan(report.macroF1());
    assertThat(figures.macroF1().high()).isGreaterThan(report.macroF1());
  }

  @Test
  void findsNoDifferenceBetweenAContestantAndItself() {
    Rows rows = Rows.of(100, 2, new SplittableRandom(1));
    List<LabelDistribution> answers = rows.answers(.6, new SplittableRandom(2));
    PairedBootstrap bootstrap = rows.bootstrap();

    Estimate none = bootstrap.judge(answers).macroF1Above(bootstrap.judge(answers));

    assertThat(none).isEqualTo(new Estimate(0, 0, 0));
  }

  @Test
  void isTheSameForTheSameSeed() {
    Rows rows = Rows.of(100, 2, new SplittableRandom(1));
    List<LabelDistribution> answers = rows.answers(.6, new SplittableRandom(2));

    Estimate once = rows.bootstrap().judge(answers).macroF1();
    Estimate again = rows.bootstrap().judge(answers).macroF1();
    Estimate otherwise =
        PairedBootstrap.of(SCALE, rows.given, rows.groups, 1000, 7).judge(answers).macroF1();

    assertThat(again).isEqualTo(once);
    assertThat(otherwise).isNotEqualTo(once);
  }

  /** Held to figures, so that another JDK or a faster loop cannot change intervals unseen. */
  @Test
  void drawsAsItAlwaysDid() {
    Rows rows = Rows.of(100, 2, new SplittableRandom(1));
    Estimate macroF1 = rows.bootstrap().judge(rows.answers(.6, new SplittableRandom(2))).macroF1();
    assertThat(macroF1)
        .isEqualTo(new Estimate(0.6124559849156046, 0.5487999546223279, 0.6710840280685071));
  }

  /** One is right in 78 of 100 rows, the other in 70, and they err apart: 8 points of macro-F1. */
  @Test
  void coversAKnownDifference() {
    double truth = .08;
    int rounds = 300;
    int covered = 0;
    int ofOne = 0;
    for (int round = 0; round < rounds; round++) {
      SplittableRandom random = new SplittableRandom(1000 + round);
      Rows rows = Rows.of(300, 1, random);
      PairedBootstrap bootstrap = rows.bootstrap(300);
      PairedBootstrap.Figures one = bootstrap.judge(rows.answers(.78, random));
      PairedBootstrap.Figures other = bootstrap.judge(rows.answers(.70, random));
      covered += contains(one.macroF1Above(other), truth) ? 1 : 0;
      ofOne += contains(one.macroF1(), .78) ? 1 : 0;
    }
    assertThat((double) covered / rounds).isBetween(.91, .985);
    assertThat((double) ofOne / rounds).isBetween(.91, .985);
  }

  @Test
  void callsADifferenceSureThatTheIntervalsOfEachLeaveOpen() {
    SplittableRandom random = new SplittableRandom(3);
    Rows rows = Rows.of(400, 1, random);
    List<LabelDistribution> one = rows.answers(.70, random);
    // The other errs where the first does, and in every thirtieth row besides.
    List<LabelDistribution> other = new ArrayList<>(one);
    for (int i = 0; i < other.size(); i += 30) {
      other.set(i, sure((SCALE.indexOf(rows.given.get(i)) + 1) % 3));
    }
    PairedBootstrap bootstrap = rows.bootstrap();
    PairedBootstrap.Figures better = bootstrap.judge(one);
    PairedBootstrap.Figures worse = bootstrap.judge(other);

    assertThat(worse.macroF1().high()).isGreaterThan(better.macroF1().low());
    assertThat(worse.macroF1Above(better).high()).isNegative();
    assertThat(better.macroF1Above(worse).low()).isPositive();
    assertThat(better.fAverageAbove(worse).low()).isPositive();
  }

  /** Ten alike rows tell as much as one. */
  @Test
  void isWiderWhereTheRowsOfAGroupAreAlike() {
    SplittableRandom random = new SplittableRandom(4);
    Rows few = Rows.of(80, 1, random);
    List<LabelDistribution> answers = few.answers(.7, random);
    Rows copies = few.copied(10);
    List<LabelDistribution> copiedAnswers = copied(answers, 10);
    List<String> apart = IntStream.range(0, 800).mapToObj(Integer::toString).toList();

    double alone = width(few.bootstrap().judge(answers).macroF1());
    double together = width(copies.bootstrap().judge(copiedAnswers).macroF1());
    double singly =
        width(PairedBootstrap.of(SCALE, copies.given, apart).judge(copiedAnswers).macroF1());

    assertThat(together).isEqualTo(alone, within(1e-12));
    assertThat(together).isGreaterThan(2.5 * singly);
  }

  @Test
  void doesNotDependOnHowGroupsAreNamed() {
    Rows rows = Rows.of(50, 3, new SplittableRandom(1));
    List<LabelDistribution> answers = rows.answers(.6, new SplittableRandom(2));
    List<String> renamed = rows.groups.stream().map(group -> "family " + group).toList();

    assertThat(PairedBootstrap.of(SCALE, rows.given, renamed).judge(answers).macroF1())
        .isEqualTo(rows.bootstrap().judge(answers).macroF1());
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> PairedBootstrap.of(SCALE, List.of("neutral"), List.of()))
        .hasMessage("1 labels and 0 groups: a bootstrap needs one of each for every row");
    assertThatThrownBy(() -> PairedBootstrap.of(SCALE, List.of("FAVOR"), List.of("g")))
        .hasMessageContaining("Label 'FAVOR' is not of the scale 'stance'");
    assertThatThrownBy(() -> PairedBootstrap.of(SCALE, List.of("neutral"), List.of("g"), 20, 1))
        .hasMessage("A 95 % interval needs 40 draws or more, but has 20");
    assertThatThrownBy(
            () ->
                PairedBootstrap.of(SCALE, List.of("neutral"), List.of("g"))
                    .judge(List.of(sure(0), sure(1))))
        .hasMessage("2 answers for 1 rows");
  }

  private static boolean contains(Estimate estimate, double truth) {
    return estimate.low() <= truth && truth <= estimate.high();
  }

  private static double width(Estimate estimate) {
    return estimate.high() - estimate.low();
  }

  static LabelDistribution sure(int label) {
    double[] p = new double[SCALE.size()];
    p[label] = 1;
    return new LabelDistribution(SCALE, p);
  }

  private static <T> List<T> copied(List<T> list, int times) {
    return list.stream().flatMap(one -> Collections.nCopies(times, one).stream()).toList();
  }

  /** Rows with labels drawn alike often. */
  private record Rows(List<String> given, List<String> groups) {

    static Rows of(int groups, int rowsPerGroup, SplittableRandom random) {
      List<String> given = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int i = 0; i < groups * rowsPerGroup; i++) {
        given.add(SCALE.labelNames().get(random.nextInt(3)));
        names.add("g" + i / rowsPerGroup);
      }
      return new Rows(given, names);
    }

    Rows copied(int times) {
      return new Rows(
          PairedBootstrapTest.copied(given, times), PairedBootstrapTest.copied(groups, times));
    }

    PairedBootstrap bootstrap() {
      return PairedBootstrap.of(SCALE, given, groups);
    }

    PairedBootstrap bootstrap(int draws) {
      return PairedBootstrap.of(SCALE, given, groups, draws, 1);
    }

    /** Answers that are right with that probability, and else one of the others. */
    List<LabelDistribution> answers(double right, SplittableRandom random) {
      List<LabelDistribution> answers = new ArrayList<>();
      for (String label : given) {
        int truth = SCALE.indexOf(label);
        answers.add(
            sure(random.nextDouble() < right ? truth : (truth + 1 + random.nextInt(2)) % 3));
      }
      return answers;
    }
  }
}
