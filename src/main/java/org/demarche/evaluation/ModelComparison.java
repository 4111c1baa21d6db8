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
 * The result of comparing several models on the same held-out rows.
 *
 * @param scale the scale of the labels
 * @param rows the number of rows, {@code >= 1}
 * @param groups the number of groups of rows; a group stays in one fold and is drawn as a whole
 * @param folds the number of folds
 * @param seed the seed of the folds and of the draws
 * @param draws the number of bootstrap draws for an interval
 * @param contestants one or more models, best macro-F1 first; equal ones in the order given
 */
public record ModelComparison(
    Scale scale,
    long rows,
    int groups,
    int folds,
    long seed,
    int draws,
    List<Contestant> contestants) {

  /** With fewer groups the bootstrap intervals are too narrow to rely on. */
  public static final int FEW_GROUPS = 40;

  public ModelComparison {
    contestants = List.copyOf(contestants);
    if (contestants.isEmpty()) {
      throw new IllegalArgumentException("A comparison needs at least one model");
    }
  }

  /**
   * The results of one model.
   *
   * @param name unique, such as {@code tribuo linear-svc}
   * @param report over all rows, each answered by a model that was not trained on its group
   * @param macroF1 macro-F1 with its interval
   * @param fAverage F_avg with its interval
   * @param macroF1Behind macro-F1 minus that of the best model, with the interval of the paired
   *     difference; null for the best model
   * @param fAverageBehind F_avg minus that of the best model, likewise
   * @param reliability how reliable its probabilities are
   * @param learning macro-F1 by the number of training rows, ascending; empty if not measured
   * @param seconds wall time for encoding, training in all folds, calibrating and answering; null
   *     if not measured
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
   * @param trainingRows number of training rows, {@code >= 1}
   * @param macroF1 macro-F1 on held-out rows, in [0, 1]
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
   * The answers of one model, to be evaluated.
   *
   * @param name a unique name
   * @param answers one for each row, by a model that was not trained on the row's group
   * @param learning as in {@link Contestant}
   * @param seconds as in {@link Contestant}
   */
  public record Entry(
      String name, List<LabelDistribution> answers, List<LearningPoint> learning, Double seconds) {

    public Entry {
      answers = List.copyOf(answers);
      learning = List.copyOf(learning);
    }

    /** Returns an entry without learning curve and time. */
    public static Entry of(String name, List<LabelDistribution> answers) {
      return new Entry(name, answers, List.of(), null);
    }
  }

  /**
   * Compares {@code entries} with {@link PairedBootstrap#DRAWS} draws.
   *
   * @param rows the rows that were answered, with the labels that readers gave
   * @param folds the number of folds in which the answers were made
   * @param seed the seed of the folds, used for the draws too
   * @throws IllegalArgumentException if there are no rows or entries, two entries have the same
   *     name, the number of answers is not that of the rows, or a label is not on the scale
   */
  public static ModelComparison judge(
      Scale scale, List<LabelledStatement> rows, int folds, long seed, List<Entry> entries) {
    Set<String> names = new HashSet<>();
    for (Entry entry : entries) {
      if (!names.add(entry.name())) {
        throw new IllegalArgumentException("Two models have the name '%s'".formatted(entry.name()));
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
    // The sort is stable: of equal models the one given first counts as the best.
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

  /** Returns the model with the highest macro-F1. */
  public Contestant best() {
    return contestants.get(0);
  }
}
