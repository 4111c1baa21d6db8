package org.demarche.training;

import java.util.Arrays;
import java.util.Optional;
import org.demarche.evaluation.ClassificationReport;

/**
 * The baselines that a model must beat on held-out rows to be kept: chance and a keyword lexicon.
 *
 * @param chance macro-F1 of guessing each label as often as it occurs: 1 / number of labels that
 *     occur
 * @param chanceLogLoss log loss of always answering with the shares of the labels
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

  /** Returns the first baseline that the held-out answers of a model do not beat, if any. */
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
