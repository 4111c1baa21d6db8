package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.demarche.features.Featuriser;
import org.demarche.features.PlacedWord;
import org.demarche.model.LinearModel;
import org.demarche.model.LinearParameters;
import org.demarche.model.LinearWeights;
import org.demarche.model.Vocabulary;
import org.demarche.model.calibration.Softmax;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;

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
              rows,
              label,
              ratios,
              InducedLexicon.of(rows, label),
              TribuoTrainer.names(rows.featureCount()));
      Model<Label> model = TribuoTrainer.supportVectorTrainer(rows).train(dataset);
      for (int i = 0; i < rows.size(); i++) {
        Prediction<Label> prediction = model.predict(dataset.getExample(i));
        assertThat(flat[i][label])
            .isCloseTo(prediction.getOutputScores().get("is").getScore(), within(TOLERANCE));
      }
    }
  }

  @Test
  void supportVectorsWithALexiconScoreAsTribuoScoresThem() {
    List<Passage> passages = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (LabelledStatement row : statements) {
      // The first word of a statement is who spoke: the target.
      String text = row.passage().text();
      passages.add(new Passage(text, "speaker", 0, text.indexOf(' ')));
      labels.add(Scales.STANCE.indexOf(row.label()));
    }
    Featuriser featuriser = new Featuriser();
    Map<Integer, PlacedWord> placed = new HashMap<>();
    passages.forEach(passage -> placed.putAll(featuriser.placedWords(passage)));
    int[][] features = passages.stream().map(featuriser::features).toArray(int[][]::new);
    Vocabulary vocabulary = Vocabulary.of(features, 1);
    int[][] numbered = vocabulary.numbered(features);
    TrainingRows rows =
        new TrainingRows(
            numbered,
            LinearParameters.valuesOf(false, numbered),
            labels.stream().mapToInt(label -> label).toArray(),
            3,
            Arrays.stream(vocabulary.ids()).mapToObj(placed::get).toArray(PlacedWord[]::new));
    assertThat(rows.hasPlacedWords()).isTrue();

    double[][] flat = flatScores(rows, TribuoTrainer.of("linear-svc"));
    for (int label = 0; label < 3; label++) {
      double[] ratios = TribuoTrainer.logCountRatios(rows, label);
      InducedLexicon lexicon = InducedLexicon.of(rows, label);
      String[] names = TribuoTrainer.names(rows.featureCount() + PlacedWord.POSITIONS);
      Model<Label> model =
          TribuoTrainer.supportVectorTrainer(rows)
              .train(TribuoTrainer.oneAgainstRest(rows, label, ratios, lexicon, names));
      for (int i = 0; i < rows.size(); i++) {
        // As a new statement would be scored: by the whole lexicon, the row's own label in it.
        double[] sums = new double[PlacedWord.POSITIONS];
        for (int position = 0; position < sums.length; position++) {
          double[] one = new double[PlacedWord.POSITIONS];
          one[position] = 1;
          for (int feature : rows.features()[i]) {
            sums[position] += lexicon.weight(feature, one);
          }
        }
        int n = rows.features()[i].length;
        String[] rowNames = new String[n + sums.length];
        double[] values = new double[rowNames.length];
        for (int j = 0; j < n; j++) {
          rowNames[j] = names[rows.features()[i][j]];
          values[j] = ratios[rows.features()[i][j]];
        }
        for (int position = 0; position < sums.length; position++) {
          rowNames[n + position] = names[rows.featureCount() + position];
          values[n + position] = sums[position];
        }
        Prediction<Label> prediction =
            model.predict(new ArrayExample<>(new Label("is"), rowNames, values));
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
    Model<Label> model = TribuoTrainer.gradientTrainer(new LogMulticlass()).train(dataset);
    for (int i = 0; i < rows.size(); i++) {
      Prediction<Label> prediction = model.predict(dataset.getExample(i));
      Softmax.apply(flat[i]);
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

  @Test
  void roundingMovesAScoreByNoMoreThanHalfAStepAFeature() {
    for (String algorithm : TribuoTrainer.ALGORITHMS) {
      TribuoTrainer trainer = TribuoTrainer.of(algorithm);
      TrainingRows rows = rows(trainer.normalised());
      double[][] exact = flatScores(rows, trainer);
      LinearParameters parameters =
          LinearParameters.of(
              trainer.normalised(), new double[] {.5, .25, .25}, vocabulary, trainer.train(rows));
      LinearModel model =
          new LinearModel(
              Scales.STANCE,
              parameters,
              Examples.train(statements, Scales.STANCE, trainer).metadata());
      for (int i = 0; i < features.length; i++) {
        double[] rounded = new double[3];
        model.score(features[i], rounded);
        for (int label = 0; label < 3; label++) {
          double most = rows.values()[i] * features[i].length * parameters.steps()[label] / 2;
          assertThat(rounded[label]).isCloseTo(exact[i][label], within(most + TOLERANCE));
        }
      }
    }
  }

  /** Scores rows by what was learnt, unrounded. */
  private static double[][] flatScores(TrainingRows rows, TribuoTrainer trainer) {
    LinearWeights learnt = trainer.train(rows);
    double[][] scores = new double[rows.size()][3];
    for (int i = 0; i < rows.size(); i++) {
      for (int label = 0; label < 3; label++) {
        for (int feature : rows.features()[i]) {
          scores[i][label] += rows.values()[i] * learnt.weights()[feature * 3 + label];
        }
        scores[i][label] += learnt.biases()[label];
      }
    }
    return scores;
  }

  private TrainingRows rows(boolean normalised) {
    int[][] numbered = new int[features.length][];
    double[] values = new double[features.length];
    for (int i = 0; i < features.length; i++) {
      numbered[i] =
          Arrays.stream(features[i]).map(id -> Arrays.binarySearch(vocabulary, id)).toArray();
      values[i] = LinearParameters.valueOf(normalised, features[i].length);
    }
    int[] labels = statements.stream().mapToInt(r -> Scales.STANCE.indexOf(r.label())).toArray();
    return new TrainingRows(numbered, values, labels, 3, new PlacedWord[vocabulary.length]);
  }
}
