package org.demarche.training;

import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.model.Profile;

/**
 * Chooses the profile of a model with few rows, after both were tried on the same held-out rows,
 * and words the choice for the user.
 *
 * @param offer the two profiles
 * @param baselines the baselines that a model must beat to be kept
 */
record ProfileChoice(ModelTrainer.Offer offer, Baselines baselines) {

  /** Advice for a model that is no better than guessing. */
  private static final String MORE_LABELS =
      "label more statements (`demarche suggest` finds those that help most), or see whether the"
          + " words tell the labels apart";

  /**
   * Returns the profile that is worth its cost, or the other one if only that beats the baselines.
   */
  Profile better() {
    Profile better = offer.better();
    return loses(better) && !loses(other(better)) ? other(better) : better;
  }

  private boolean loses(Profile profile) {
    return baselines.winnerOver(offer.report(profile)).isPresent();
  }

  /**
   * Returns a line that says which profile is kept and how the alternatives did.
   *
   * @throws DemarcheException ({@link ExitStatus#QUALITY_GATE}) if a model of that profile loses to
   *     a baseline
   */
  String keeping(Profile profile) {
    Profile other = other(profile);
    double elsewhere = offer.report(other).macroF1();
    checkAgainst(
        baselines,
        profile,
        offer.report(profile),
        "; --profile %s reaches %.3f there".formatted(other, elsewhere),
        loses(other) ? "" : "choose it, or ");
    return ("kept: %s (some %s statements per second per core), macro-F1 %.3f on held-out rows; %s (some"
            + " %s; --profile %s) would bring %.3f there, a keyword lexicon %.3f, chance %.3f")
        .formatted(
            name(profile),
            rate(profile),
            offer.report(profile).macroF1(),
            name(other),
            rate(other),
            other,
            elsewhere,
            baselines.lexicon(),
            baselines.chance());
  }

  /**
   * Checks that a model beats the baselines.
   *
   * @param report its figures on held-out rows
   * @throws DemarcheException ({@link ExitStatus#QUALITY_GATE}) if it loses to one of {@code
   *     baselines}
   */
  static void checkAgainst(Baselines baselines, Profile profile, ClassificationReport report) {
    checkAgainst(baselines, profile, report, "", "");
  }

  private static void checkAgainst(
      Baselines baselines,
      Profile profile,
      ClassificationReport report,
      String elsewhere,
      String advice) {
    baselines
        .winnerOver(report)
        .ifPresent(
            winner -> {
              throw DemarcheException.qualityGate(
                  "no model is kept: %s, macro-F1 %.3f on held-out rows, loses to %s%s: %s%s"
                      .formatted(
                          name(profile), report.macroF1(), winner, elsewhere, advice, MORE_LABELS));
            });
  }

  private static Profile other(Profile profile) {
    return profile == Profile.fast ? Profile.accurate : Profile.fast;
  }

  private static String rate(Profile profile) {
    return profile == Profile.fast ? "250,000" : "100";
  }

  private static String name(Profile profile) {
    return profile == Profile.accurate ? "encoder and table" : "the table";
  }
}
