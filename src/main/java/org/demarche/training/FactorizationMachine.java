package org.demarche.training;

import java.util.Arrays;
import org.demarche.model.LinearParameters;
import org.demarche.model.Vocabulary;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.fm.FMClassificationTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;

/**
 * Tribuo's factorization machine (Rendle 2010), which is not linear: pairs of features count. For
 * comparison; Tribuo answers, row by row.
 */
final class FactorizationMachine {

  private static final int FACTORS = 4;
  private static final double DEVIATION = 0.01;
  private static final double RATE = 0.1;
  private static final int EPOCHS = 5;
  private static final int MINIMUM_ROWS = 3;
  private static final long SEED = 1;
  private static final double LEAST = 1e-9;

  private FactorizationMachine() {}

  /** Learns from the rows {@code chosen}. */
  static HeldOut.Scorer learn(TrainingSet set, int[] chosen) {
    int[][] features = Arrays.stream(chosen).mapToObj(set::features).toArray(int[][]::new);
    Vocabulary vocabulary = Vocabulary.of(features, MINIMUM_ROWS);
    int[][] numbered = vocabulary.numbered(features);
    double[] values = LinearParameters.valuesOf(true, numbered);
    TrainingRows rows =
        new TrainingRows(
            numbered,
            values,
            Arrays.stream(chosen).map(set::label).toArray(),
            set.scale().size(),
            set.placedWords(vocabulary.ids()));
    FMClassificationTrainer trainer =
        new FMClassificationTrainer(
            new LogMulticlass(), new AdaGrad(RATE), EPOCHS, 1_000_000, 1, SEED, FACTORS, DEVIATION);
    Model<Label> model = trainer.train(TribuoTrainer.allLabels(rows));
    String[] names = TribuoTrainer.names(vocabulary.size());
    return (row, scores) -> {
      int[] known = vocabulary.numbered(new int[][] {set.features(row)})[0];
      if (known.length == 0) {
        return;
      }
      // A label that no row chosen has gets no answer of Tribuo's.
      Arrays.fill(scores, StrictMath.log(LEAST));
      double value = LinearParameters.valueOf(true, known.length);
      double[] all = new double[known.length];
      Arrays.fill(all, value);
      Example<Label> example =
          new ArrayExample<>(
              new Label("0"),
              Arrays.stream(known).mapToObj(f -> names[f]).toArray(String[]::new),
              all);
      model
          .predict(example)
          .getOutputScores()
          .forEach(
              (label, score) ->
                  scores[Integer.parseInt(label)] =
                      StrictMath.log(Math.max(LEAST, score.getScore())));
    };
  }
}
