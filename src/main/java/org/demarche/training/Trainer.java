package org.demarche.training;

import java.util.Map;
import org.demarche.model.ModelMetadata;
import org.demarche.model.ScaleModel;
import org.demarche.model.calibration.Calibration;
import org.demarche.stance.Scale;

/**
 * A learning algorithm of some library. Folds, calibration and storage are the same for all of
 * them, so that they can be compared.
 *
 * <p>An algorithm that learns weights of features and nothing else is a {@link LinearTrainer}. Any
 * other is also a {@link org.demarche.model.ModelFormat}, which reads its models back; being named
 * as such is all that it takes to be found.
 */
public interface Trainer {

  /** What an algorithm has learnt, not calibrated yet. */
  interface Learnt {

    /**
     * Sets {@code scores}, all 0, to the raw score of each label, in the order of the scale.
     *
     * @param features ids of the features of a passage, distinct and rising
     */
    void score(int[] features, double[] scores);

    /**
     * Makes a model of it.
     *
     * @param calibration from raw scores to probabilities
     */
    ScaleModel model(Scale scale, Calibration calibration, ModelMetadata metadata);
  }

  /** Returns the library, as users name it: {@code tribuo} or {@code mllib}. */
  String backend();

  /** Returns the algorithm, as users name it, such as {@code linear-svc}. */
  String algorithm();

  /** Returns the version of the library. */
  String libraryVersion();

  /** Returns the settings of the algorithm, for the record, in a fixed order. */
  Map<String, String> settings();

  /**
   * Learns from the rows {@code chosen} of {@code set}, of which two labels or more must occur. The
   * same rows give the same result.
   */
  Learnt learn(TrainingSet set, int[] chosen);
}
