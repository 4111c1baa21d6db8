package org.demarche.training;

import org.demarche.model.LinearParameters;
import org.demarche.model.LinearWeights;
import org.demarche.model.Vocabulary;

/** A learning algorithm that learns one weight per feature and label. */
public interface LinearTrainer extends Trainer {

  /**
   * Returns whether each of the n known features of a row has the value {@code 1 / √n} rather than
   * 1.
   */
  boolean normalised();

  /**
   * Learns from {@code rows}. The same rows give the same weights.
   *
   * @throws IllegalArgumentException if fewer than two labels occur
   */
  LinearWeights train(TrainingRows rows);

  @Override
  default Learnt learn(TrainingSet set, int[] chosen) {
    Vocabulary vocabulary = set.vocabulary(chosen, LearntTable.MINIMUM_ROWS);
    LinearWeights learnt = train(TrainingRows.of(set, chosen, vocabulary, normalised()));
    return new LearntTable(
        LinearParameters.of(normalised(), set.prior(chosen), vocabulary.ids(), learnt));
  }
}
