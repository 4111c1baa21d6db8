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
 * broadcast, a model travels as its {@link ModelFiles}. A model over the features of {@link
 * org.demarche.features.Featuriser} extends {@link FeatureModel}.
 */
public interface ScaleModel extends Serializable {

  /** Returns the scale whose labels the model gives. */
  Scale scale();

  /**
   * Returns the hash of all that decides the model's answers, 16 hexadecimal digits: two models
   * with one id answer alike.
   */
  String id();

  /**
   * Reads {@code passage}. Every passage gets an answer: one in which the model knows nothing gets
   * the distribution of the training labels.
   */
  LabelDistribution predict(Passage passage);

  /**
   * Reads {@code passage} like {@link #predict(Passage)}, for a caller that asks several models.
   *
   * @param features the features of {@code passage}, which spare the model to find them again
   */
  default LabelDistribution predict(Passage passage, FeatureBuffer features) {
    return predict(passage);
  }

  /** Reads {@code passage} and says which of its words led to the answer. */
  Explanation explain(Passage passage);

  /** Returns the profile: whether the model asks for an encoder. */
  default Profile profile() {
    return Profile.fast;
  }

  /** Returns the part that answers without an encoder: all of a model of the fast profile. */
  default ScaleModel table() {
    return this;
  }

  /** Returns where the model comes from and how well it was found to answer. */
  ModelMetadata metadata();

  /**
   * Returns the mean probability of each label (second index) over statements of every true label
   * (first index), which corrects shares of answers; zeros where it is not known.
   */
  default double[][] meanProbabilities() {
    return metadata().crossValidation().meanProbabilities();
  }

  /** Returns how answers are adjusted to other label shares than those of the training. */
  default Optional<PriorShift> shift() {
    return Optional.empty();
  }

  /** Returns one line for reports: the scale, the kind of model and what it was trained on. */
  String description();

  /** Returns what the model is made of, in a few words for its card. */
  String kind();

  /** Returns how many different features the model knows. */
  int featureCount();

  /**
   * Returns the files with the model's numbers, by name.
   *
   * @throws UnsupportedOperationException if the model is made for one run and is not stored
   */
  Map<String, byte[]> files();
}
