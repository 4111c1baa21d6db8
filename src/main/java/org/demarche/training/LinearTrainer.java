package org.demarche.training;

import java.util.Arrays;
import org.demarche.model.FeatureTable;
import org.demarche.model.LinearParameters;
import org.demarche.model.LinearWeights;
import org.demarche.model.Vocabulary;

/** Fits a linear model to the labels of a training set, the learning itself being a library's. */
final class LinearTrainer {

  /** A feature is kept when so many rows have it: one alone teaches little but names. */
  private static final int MINIMUM_ROWS = 2;

  private final TrainingSet set;
  private final WeightTrainer trainer;
  private final boolean withAuxiliary;

  /**
   * @param withAuxiliary whether to learn from auxiliary rows as from any other
   */
  LinearTrainer(TrainingSet set, WeightTrainer trainer, boolean withAuxiliary) {
    this.set = set;
    this.trainer = trainer;
    this.withAuxiliary = withAuxiliary;
  }

  /** Learns from {@code rows} of the set; uncalibrated. */
  LinearParameters learn(int[] rows) {
    int[] chosen =
        Arrays.stream(rows).filter(row -> withAuxiliary || !set.isAuxiliary(row)).toArray();
    int[][] features = Arrays.stream(chosen).mapToObj(set::features).toArray(int[][]::new);
    Vocabulary vocabulary = Vocabulary.of(features, MINIMUM_ROWS);
    int[][] numbered = vocabulary.numbered(features);
    double[] values = LinearParameters.valuesOf(trainer.normalised(), numbered);
    LinearWeights learnt =
        trainer.train(
            new TrainingRows(
                numbered,
                values,
                Arrays.stream(chosen).map(set::label).toArray(),
                set.scale().size(),
                set.placedWords(vocabulary.ids())));
    return LinearParameters.of(trainer.normalised(), set.prior(chosen), vocabulary.ids(), learnt);
  }

  HeldOut holdOut() {
    return HeldOut.of(set, fold -> scorer(set, learn(set.outside(fold))));
  }

  static HeldOut.Scorer scorer(TrainingSet set, LinearParameters learnt) {
    FeatureTable table = learnt.table();
    return (row, scores) -> {
      double value = learnt.valueOf(table.addTo(scores, set.features(row)));
      for (int label = 0; label < scores.length; label++) {
        scores[label] = value * scores[label] + learnt.biases()[label];
      }
    };
  }
}
