package org.demarche.training;

import java.util.Map;
import org.demarche.model.ModelMetadata;
import org.demarche.model.ScaleModel;
import org.demarche.model.calibration.Calibration;
import org.demarche.stance.Scale;

/**
 * A learning algorithm of a library. All algorithms share folds, calibration and storage, so that
 * they can be compared.
 *
 * <p>Algorithms that learn only weights of features implement {@link LinearTrainer}. Others also
 * implement {@link org.demarche.model.ModelFormat}, which reads their models, and are found by
 * being registered as such.
 */
public interface Trainer {

  /** The uncalibrated result of an algorithm. */
  interface Learnt {

    /**
     * Writes the raw score of each label into {@code scores}, which come as zeros, in the order of
     * the scale.
     *
     * @param features ids of the features of a passage, distinct and rising
     */
    void score(int[] features, double[] scores);

    /**
     * Makes the calibrated model.
     *
     * @param calibration from raw scores to probabilities
     */
    ScaleModel model(Scale scale, Calibration calibration, ModelMetadata metadata);
  }

  /** Returns the name of the library: {@code tribuo} or {@code mllib}. */
  String backend();

  /** Returns the name of the algorithm, such as {@code linear-svc}. */
  String algorithm();

  /** Returns the version of the library. */
  String libraryVersion();

  /** Returns the settings of the algorithm in a fixed order, to be stored with the model. */
  Map<String, String> settings();

  /**
   * Learns from the rows {@code chosen} of {@code set}, which must have two labels or more. The
   * same rows give the same result.
   */
  Learnt learn(TrainingSet set, int[] chosen);
}
