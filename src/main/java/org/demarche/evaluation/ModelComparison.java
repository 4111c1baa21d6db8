package org.demarche.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Scale;

/**
 * What comparing several models found, all of them judged on the same held-out rows.
 *
 * @param scale the scale of the labels
 * @param rows the number of rows, {@code >= 1}
 * @param groups the number of groups they fall into, which stay in one fold and are drawn whole
 * @param folds the number of folds
 * @param seed what the folds and the draws were drawn from
 * @param draws the number of draws behind an interval
 * @param contestants best macro-F1 first, those of the same one in the order they were given; one
 *     or more
 */
public record ModelComparison(
    Scale scale,
    long rows,
    int groups,
    int folds,
    long seed,
    int draws,
    List<Contestant> contestants) {

  /** With fewer groups the intervals of the bootstrap are too narrow to build on. */
  public static final int FEW_GROUPS = 40;

  public ModelComparison {
    contestants = List.copyOf(contestants);
    if (contestants.isEmpty()) {
      throw new IllegalArgumentException("A contest needs a contestant");
    }
  }

  /**
   * How one of them did.
   *
   * @param name such as {@code tribuo linear-svc}; no other has it
   * @param report over all rows, each answered by a model that did not see its group
   * @param macroF1 with its own interval
   * @param fAverage with its own interval
   * @param macroF1Behind macro-F1 less that of the best, paired; null for the best itself
   * @param fAverageBehind F_avg less that of the one with the best macro-F1, paired; null for that
   *     one
   * @param reliability how far its probabilities can be believed
   * @param learning macro-F1 by the number of rows learnt from, ascending; empty where not measured
   * @param seconds wall time that judging it took, or null where not measured: to learn in every
   *     fold, to read with an encoder, to calibrate and to answer
   */
  public record Contestant(
      String name,
      ClassificationReport report,
      Estimate macroF1,
      Estimate fAverage,
      Estimate macroF1Behind,
      Estimate fAverageBehind,
      ReliabilityCurve reliability,
      List<LearningPoint> learning,
      Double seconds) {

    public Contestant {
      learning =
          learning.stream().sorted(Comparator.comparingLong(LearningPoint::trainingRows)).toList();
    }

    /** Returns whether the paired interval of the difference in macro-F1 excludes 0. */
    public boolean surelyBehind() {
      return macroF1Behind != null && macroF1Behind.high() < 0;
    }
  }

  /**
   * One point of a learning curve.
   *
   * @param trainingRows rows learnt from, {@code >= 1}
   * @param macroF1 on held-out rows
   */
  public record LearningPoint(long trainingRows, double macroF1) {

    public LearningPoint {
      if (trainingRows < 1 || !(macroF1 >= 0 && macroF1 <= 1)) {
        throw new IllegalArgumentException(
            "Not a point of a learning curve: macro-F1 %s after %d rows"
                .formatted(macroF1, trainingRows));
      }
    }
  }

  /**
   * What one contestant answered, to be judged.
   *
   * @param name distinguishes it
   * @param answers one a row, in the order of the rows, each by a model that did not see its group
   * @param learning as in {@link Contestant}
   * @param seconds as in {@link Contestant}
   */
  public record Entry(
      String name, List<LabelDistribution> answers, List<LearningPoint> learning, Double seconds) {

    public Entry {
      answers = List.copyOf(answers);
      learning = List.copyOf(learning);
    }

    /** Enters answers of which no more is known. */
    public static Entry of(String name, List<LabelDistribution> answers) {
      return new Entry(name, answers, List.of(), null);
    }
  }

  /**
   * Judges {@code entries} with {@link PairedBootstrap#DRAWS} draws.
   *
   * @param rows what was answered, with the labels that readers gave
   * @param folds the number of folds the answers come from
   * @param seed what the folds were drawn from, and the draws will be
   * @throws IllegalArgumentException if there are no rows or entries, two entries have the same
   *     name, an entry has more or fewer answers than there are rows, or a label is not of the
   *     scale
   */
  public static ModelComparison judge(
      Scale scale, List<LabelledStatement> rows, int folds, long seed, List<Entry> entries) {
    Set<String> names = new HashSet<>();
    for (Entry entry : entries) {
      if (!names.add(entry.name())) {
        throw new IllegalArgumentException(
            "Two contestants have the name '%s'".formatted(entry.name()));
      }
    }
    List<String> given = rows.stream().map(LabelledStatement::label).toList();
    List<String> groups = rows.stream().map(LabelledStatement::group).toList();
    PairedBootstrap bootstrap =
        PairedBootstrap.of(scale, given, groups, PairedBootstrap.DRAWS, seed);
    record Judged(Entry entry, PairedBootstrap.Figures figures) {}
    List<Judged> ranked = new ArrayList<>();
    for (Entry entry : entries) {
      ranked.add(new Judged(entry, bootstrap.judge(entry.answers())));
    }
    // The sort is stable: of equals the one given first is the best.
    ranked.sort(Comparator.comparingDouble(one -> -one.figures().macroF1().value()));
    List<Contestant> contestants = new ArrayList<>();
    for (Judged one : ranked) {
      Entry entry = one.entry();
      PairedBootstrap.Figures figures = one.figures();
      PairedBootstrap.Figures best = ranked.get(0).figures();
      contestants.add(
          new Contestant(
              entry.name(),
              ClassificationReport.of(scale, given, entry.answers()),
              figures.macroF1(),
              figures.fAverage(),
              figures == best ? null : figures.macroF1Above(best),
              figures == best ? null : figures.fAverageAbove(best),
              ReliabilityCurve.of(scale, given, entry.answers()),
              entry.learning(),
              entry.seconds()));
    }
    return new ModelComparison(
        scale, rows.size(), bootstrap.groups(), folds, seed, bootstrap.draws(), contestants);
  }

  /** Returns the one with the highest macro-F1. */
  public Contestant best() {
    return contestants.get(0);
  }
}
