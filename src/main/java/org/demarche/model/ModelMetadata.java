package org.demarche.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.demarche.evaluation.ClassificationReport;

/**
 * Where a model comes from and how well it was found to answer.
 *
 * @param backend the library that learnt the weights
 * @param libraryVersion its version
 * @param algorithm the algorithm that learnt them
 * @param settings the algorithm's settings
 * @param trainingRows how many labelled statements it was trained on
 * @param usesTargets whether any of them was about a target
 * @param trainingDigest SHA-256 over them, in hexadecimal
 * @param labelCounts how many of them have each label, in the order of the scale
 * @param seed drew the folds
 * @param folds number of folds of the cross-validation
 * @param crossValidation how the held-out rows of each fold were answered, calibrated without them;
 *     its mean probabilities serve to adjust shares for the model's known confusions
 */
public record ModelMetadata(
    String backend,
    String libraryVersion,
    String algorithm,
    Map<String, String> settings,
    long trainingRows,
    boolean usesTargets,
    String trainingDigest,
    Map<String, Long> labelCounts,
    long seed,
    int folds,
    ClassificationReport crossValidation) {

  public ModelMetadata {
    requireNonNull(crossValidation, "crossValidation is null");
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    labelCounts = Collections.unmodifiableMap(new LinkedHashMap<>(labelCounts));
  }
}
