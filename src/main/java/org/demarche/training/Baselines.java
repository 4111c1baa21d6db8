package org.demarche.training;

import java.util.Arrays;
import java.util.Optional;
import org.demarche.evaluation.ClassificationReport;

/**
 * What a model has to beat on held-out rows to be worth keeping: chance, and the list of words that
 * a data team would write first.
 *
 * @param chance macro-F1 of guessing each label as often as it occurs: one by the number of labels
 *     that occur, however they are shared out
 * @param chanceLogLoss log loss of answering every row with the shares of the labels
 * @param lexicon macro-F1 of a keyword lexicon
 */
record Baselines(double chance, double chanceLogLoss, double lexicon) {

  /** Judges the baselines on the folds of {@code set}. */
  public static Baselines of(TrainingSet set) {
    long labels = set.given().stream().distinct().count();
    return new Baselines(
        1.0 / labels,
        Arrays.stream(set.prior(set.all()))
            .filter(share -> share > 0)
            .map(share -> -share * StrictMath.log(share))
            .sum(),
        KeywordLexicon.holdOut(set).report().macroF1());
  }

  /** Returns what the held-out answers of a model lose to, or nothing where they beat all. */
  public Optional<String> winnerOver(ClassificationReport report) {
    if (report.macroF1() <= chance) {
      return Optional.of("chance (macro-F1 %.3f)".formatted(chance));
    }
    if (report.logLoss() >= chanceLogLoss) {
      return Optional.of(
          "the shares of the labels alone (log loss %.3f, the model's is %.3f)"
              .formatted(chanceLogLoss, report.logLoss()));
    }
    if (report.macroF1() < lexicon) {
      return Optional.of("a keyword lexicon (macro-F1 %.3f)".formatted(lexicon));
    }
    return Optional.empty();
  }
}
