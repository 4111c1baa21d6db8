package org.demarche.training;

import java.util.Map;
import org.demarche.model.LinearWeights;

/**
 * A learning algorithm of some library. It learns weights; features, folds, calibration and storage
 * are the same for all of them, so that they can be compared.
 */
public interface WeightTrainer {

  /** Returns the library, as users name it: {@code tribuo} or {@code mllib}. */
  String backend();

  /** Returns the algorithm, as users name it, such as {@code linear-svc}. */
  String algorithm();

  /** Returns the version of the library. */
  String libraryVersion();

  /** Returns the settings of the algorithm, for the record, in a fixed order. */
  Map<String, String> settings();

  /**
   * Returns whether the features of a row have the value {@code 1 / √n}, n being how many of them
   * the model knows, rather than the value 1.
   */
  boolean normalised();

  /**
   * Learns from {@code rows}. The same rows give the same weights.
   *
   * @throws IllegalArgumentException if fewer than two labels occur
   */
  LinearWeights train(TrainingRows rows);
}
