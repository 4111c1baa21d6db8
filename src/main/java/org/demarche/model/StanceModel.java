package org.demarche.model;

import java.io.Serializable;
import org.demarche.model.store.ModelStore;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;

/**
 * A trained model that reads a passage and says how probable each label of its scale is.
 *
 * <p>Sealed: a model is stored, loaded, compared and documented, and each of those has to cover
 * every kind. Models are immutable and safe to share between threads; serialized, as Spark does for
 * a broadcast, they travel as the bytes that {@link ModelStore} would write.
 */
public sealed interface StanceModel extends Serializable
    permits LinearModel, BlendedModel, ShiftedModel {

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

  /** Reads {@code passage} and says which of its words led to the answer. */
  Explanation explain(Passage passage);

  /** Returns the profile: whether the model asks for an encoder. */
  default Profile profile() {
    return Profile.fast;
  }

  /** Returns where the model comes from and how well it was found to answer. */
  ModelMetadata metadata();

  /** Returns one line for reports: the scale, the kind of model and what it was trained on. */
  String description();
}
