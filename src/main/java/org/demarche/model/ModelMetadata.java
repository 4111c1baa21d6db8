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
 * How a model was trained and how well it did in cross-validation.
 *
 * @param backend the library that learnt the weights; {@code demarche} for distilled models
 * @param libraryVersion its version
 * @param algorithm the algorithm that learnt them
 * @param settings the algorithm's settings
 * @param trainingRows how many labelled statements it was trained on
 * @param usesTargets whether any of them had a target
 * @param trainingDigest SHA-256 over them, in hexadecimal
 * @param learnt tells whether a statement is one of them
 * @param labelCounts how many of them have each label, without auxiliary rows, in the order of the
 *     scale
 * @param seed the seed that drew the folds
 * @param folds number of folds of the cross-validation
 * @param crossValidation figures on held-out rows, calibrated without their fold; its mean
 *     probabilities serve to correct shares of labels
 * @param steps the result of each step of the training, in order
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
   * The result of one step of the training on held-out rows.
   *
   * @param what names the step, such as {@code encoder}
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

  /** Returns a copy with {@code known} as {@link #learnt}. */
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
   * Returns for each of {@code rows} whether the model learnt from it; empty if that is unknown. A
   * model that was stored without its rows compares the digest of all {@code rows} with that of its
   * training.
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

  /** Returns the backend and algorithm, such as {@code tribuo linear-svc} or {@code distilled}. */
  public String maker() {
    return (backend + " " + algorithm).replaceFirst("^demarche ", "");
  }
}
