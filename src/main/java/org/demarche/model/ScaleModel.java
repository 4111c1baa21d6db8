package org.demarche.model;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.demarche.features.FeatureBuffer;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;

/**
 * A trained model that reads a passage and says how probable each label of its scale is.
 *
 * <p>Models are immutable and safe to share between threads. Serialized, as Spark does for a
 * broadcast, a model is sent as its {@link ModelFiles}. Models over the features of {@link
 * org.demarche.features.Featuriser} extend {@link FeatureModel}.
 */
public interface ScaleModel extends Serializable {

  /** Returns the scale whose labels the model gives. */
  Scale scale();

  /**
   * Returns 16 hexadecimal digits that hash everything the answers depend on. Models with the same
   * id give the same answers.
   */
  String id();

  /**
   * Returns the probability of each label. A passage without any known feature gets the
   * distribution of the training labels.
   */
  LabelDistribution predict(Passage passage);

  /**
   * Does the same as {@link #predict(Passage)}, for callers that ask several models.
   *
   * @param features the features of {@code passage}, so that the model need not extract them
   */
  default LabelDistribution predict(Passage passage, FeatureBuffer features) {
    return predict(passage);
  }

  /** Answers {@code passage} and says what each word contributed. */
  Explanation explain(Passage passage);

  /** Returns the profile, which tells whether the model needs an encoder. */
  default Profile profile() {
    return Profile.fast;
  }

  /** Returns the part that works without an encoder; a fast model is that part itself. */
  default ScaleModel table() {
    return this;
  }

  /** Returns how the model was trained and how well it did in cross-validation. */
  ModelMetadata metadata();

  /**
   * Returns the mean probability of each label (second index) over statements of each true label
   * (first index). It serves to correct shares of labels; unknown rows are zeros.
   */
  default double[][] meanProbabilities() {
    return metadata().crossValidation().meanProbabilities();
  }

  /** Returns the adjustment of a {@link ShiftedModel}; other models have none. */
  default Optional<PriorShift> shift() {
    return Optional.empty();
  }

  /** Returns one line for reports: the kind of model and what it was trained on. */
  String description();

  /** Returns a short description of the kind of model, for the model card. */
  String kind();

  /** Returns how many different features the model knows. */
  int featureCount();

  /**
   * Returns the files with the model's numbers, by name.
   *
   * @throws UnsupportedOperationException if the model lives for one run and is not stored
   */
  Map<String, byte[]> files();
}
