package org.demarche.model;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.stance.LabelledStatement;

/**
 * Where a model comes from and how well it was found to answer.
 *
 * @param backend the library that learnt the weights; {@code demarche} for distilled ones
 * @param libraryVersion its version
 * @param algorithm the algorithm that learnt them
 * @param settings the algorithm's settings
 * @param trainingRows how many labelled statements it was trained on
 * @param usesTargets whether any of them was about a target
 * @param trainingDigest SHA-256 over them, in hexadecimal
 * @param learnt what tells whether a statement is one of them
 * @param labelCounts how many of them have each label, auxiliary ones not counted, in the order of
 *     the scale
 * @param seed drew the folds
 * @param folds number of folds of the cross-validation
 * @param crossValidation how the held-out rows of each fold were answered, calibrated without them;
 *     its mean probabilities serve to adjust shares for the model's known confusions
 * @param steps what each part of the training brought, in the order it was tried
 */
public record ModelMetadata(
    String backend,
    String libraryVersion,
    String algorithm,
    Map<String, String> settings,
    long trainingRows,
    boolean usesTargets,
    String trainingDigest,
    LearntRows learnt,
    Map<String, Long> labelCounts,
    long seed,
    int folds,
    ClassificationReport crossValidation,
    List<Step> steps) {

  /** Name of the setting that holds the id of the model that this one was adapted from. */
  public static final String ADAPTED_FROM = "adapted-from";

  /**
   * What one part of the training brought on held-out rows.
   *
   * @param what the part, such as {@code teacher}
   * @param macroF1 its macro-F1
   * @param logLoss its log loss, calibrated
   * @param calibrationError its expected calibration error
   */
  public record Step(String what, double macroF1, double logLoss, double calibrationError) {

    public static Step of(String what, ClassificationReport report) {
      return new Step(what, report.macroF1(), report.logLoss(), report.calibrationError());
    }

    @Override
    public String toString() {
      return "%-30s macro-F1 %.3f  log loss %.3f  calibration error %.3f"
          .formatted(what, macroF1, logLoss, calibrationError);
    }
  }

  public ModelMetadata {
    requireNonNull(learnt, "learnt is null");
    requireNonNull(crossValidation, "crossValidation is null");
    steps = List.copyOf(steps);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    labelCounts = Collections.unmodifiableMap(new LinkedHashMap<>(labelCounts));
  }

  /** Returns the same, with what is known of the statements that the model learnt from. */
  public ModelMetadata with(LearntRows known) {
    return new ModelMetadata(
        backend,
        libraryVersion,
        algorithm,
        settings,
        trainingRows,
        usesTargets,
        trainingDigest,
        known,
        labelCounts,
        seed,
        folds,
        crossValidation,
        steps);
  }

  /**
   * Returns which of {@code rows} the model learnt from, one answer a row; nothing where that is
   * not known. A model that was stored without its rows tells by its digest whether they are those
   * of the training, as a whole.
   */
  public Optional<boolean[]> learntFrom(List<LabelledStatement> rows) {
    boolean[] learntFrom = new boolean[rows.size()];
    if (learnt.areKnown()) {
      for (int i = 0; i < learntFrom.length; i++) {
        learntFrom[i] = learnt.contain(rows.get(i).passage().text());
      }
      return Optional.of(learntFrom);
    }
    if (Digests.of(rows).equals(trainingDigest)) {
      Arrays.fill(learntFrom, true);
      return Optional.of(learntFrom);
    }
    return Optional.empty();
  }

  /** Returns what learnt the table: {@code tribuo linear-svc}, {@code distilled}. */
  public String maker() {
    return (backend + " " + algorithm).replaceFirst("^demarche ", "");
  }
}
