package org.demarche.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.demarche.features.Featuriser;
import org.demarche.scale.LabelledStatement;
import org.demarche.scale.Scale;
import org.junit.jupiter.api.Test;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;

/** Holds the flat table to what Tribuo's own models answer. */
class TribuoTrainerTest {

  private static final double TOLERANCE = 1e-6;

  private final List<LabelledStatement> statements = Examples.stance();
  private final int[][] features =
      statements.stream().map(r -> new Featuriser().features(r.passage())).toArray(int[][]::new);
  private final int[] vocabulary =
      Arrays.stream(features).flatMapToInt(Arrays::stream).sorted().distinct().toArray();

  @Test
  void supportVectorsScoreAsTribuoScoresThem() {
    TrainingRows rows = rows(false);
    double[][] flat = flatScores(rows, TribuoTrainer.of("linear-svc"));
    for (int label = 0; label < 3; label++) {
      double[] ratios = TribuoTrainer.logCountRatios(rows, label);
      Dataset<Label> dataset =
          TribuoTrainer.oneAgainstRest(
              rows, label, ratios, TribuoTrainer.names(rows.featureCount()));
      Model<Label> model = TribuoTrainer.supportVectorTrainer().train(dataset);
      for (int i = 0; i < rows.size(); i++) {
        Prediction<Label> prediction = model.predict(dataset.getExample(i));
        assertThat(flat[i][label])
            .isCloseTo(prediction.getOutputScores().get("is").getScore(), within(TOLERANCE));
      }
    }
  }

  @Test
  void logisticRegressionAnswersAsTribuoAnswers() {
    TrainingRows rows = rows(true);
    double[][] flat = flatScores(rows, TribuoTrainer.of("logistic-regression"));
    Dataset<Label> dataset = TribuoTrainer.allLabels(rows);
    Model<Label> model = TribuoTrainer.logisticTrainer().train(dataset);
    for (int i = 0; i < rows.size(); i++) {
      Prediction<Label> prediction = model.predict(dataset.getExample(i));
      Calibration.softmax(flat[i]);
      for (int label = 0; label < 3; label++) {
        assertThat(flat[i][label])
            .isCloseTo(
                prediction.getOutputScores().get(Integer.toString(label)).getScore(),
                within(TOLERANCE));
      }
    }
  }

  @Test
  void refusesAnAlgorithmThatItDoesNotHave() {
    assertThatThrownBy(() -> TribuoTrainer.of("oracle"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("linear-svc");
  }

  private double[][] flatScores(TrainingRows rows, TribuoTrainer trainer) {
    LinearWeights learnt = trainer.train(rows);
    float[] weights = new float[learnt.weights().length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) learnt.weights()[i];
    }
    LinearModel model =
        new LinearModel(
            Scale.STANCE,
            new LinearParameters(
                trainer.normalised(),
                new Calibration(1, new double[3]),
                new double[] {.5, .25, .25},
                learnt.biases(),
                vocabulary,
                weights),
            ModelTrainer.train(statements, Scale.STANCE, trainer).metadata());
    List<double[]> scores = new ArrayList<>();
    for (int[] row : features) {
      double[] of = new double[3];
      model.score(row, of);
      scores.add(of);
    }
    return scores.toArray(double[][]::new);
  }

  private TrainingRows rows(boolean normalised) {
    int[][] numbered = new int[features.length][];
    double[] values = new double[features.length];
    for (int i = 0; i < features.length; i++) {
      numbered[i] =
          Arrays.stream(features[i]).map(id -> Arrays.binarySearch(vocabulary, id)).toArray();
      values[i] = LinearParameters.valueOf(normalised, features[i].length);
    }
    int[] labels = statements.stream().mapToInt(r -> Scale.STANCE.indexOf(r.label())).toArray();
    return new TrainingRows(numbered, values, labels, 3, vocabulary.length);
  }
}
