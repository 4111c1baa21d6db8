package org.demarche.mllib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.NaiveBayesModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.demarche.features.Featuriser;
import org.demarche.features.PlacedWord;
import org.demarche.model.LinearWeights;
import org.demarche.model.ScaleModel;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.demarche.training.Examples;
import org.demarche.training.ModelTrainer;
import org.demarche.training.TrainingLog;
import org.demarche.training.TrainingRows;
import org.demarche.training.TrainingSet;
import org.demarche.warehouse.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Holds the weights that are copied out of MLlib to what MLlib's own models answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MllibTrainerTest {

  private static final double TOLERANCE = 1e-9;

  /** Copies are exact however far the optimiser came. */
  private static final int ITERATIONS = 5;

  private SparkSession spark;
  private TrainingRows rows;

  @BeforeAll
  void start() {
    spark = LocalSpark.session();
    List<LabelledStatement> statements = Examples.stance();
    int[][] features =
        statements.stream().map(r -> new Featuriser().features(r.passage())).toArray(int[][]::new);
    int[] vocabulary =
        Arrays.stream(features).flatMapToInt(Arrays::stream).sorted().distinct().toArray();
    int[][] numbered =
        Arrays.stream(features)
            .map(row -> Arrays.stream(row).map(id -> Arrays.binarySearch(vocabulary, id)).toArray())
            .toArray(int[][]::new);
    double[] values =
        Arrays.stream(features).mapToDouble(row -> 1 / Math.sqrt(row.length)).toArray();
    int[] labels = statements.stream().mapToInt(r -> Scales.STANCE.indexOf(r.label())).toArray();
    rows = new TrainingRows(numbered, values, labels, 3, new PlacedWord[vocabulary.length]);
  }

  @Test
  void logisticRegressionIsCopiedAsItIs() {
    MllibTrainer trainer = new MllibTrainer(spark, "logistic-regression", ITERATIONS);
    LogisticRegressionModel model = trainer.logistic(dataset(trainer));
    LinearWeights copy = trainer.train(rows);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(scores(copy, i))
          .containsExactly(
              model.predictRaw(MllibTrainer.vector(rows, i)).toArray(), within(TOLERANCE));
    }
  }

  @Test
  void naiveBayesIsCopiedAsItIs() {
    MllibTrainer trainer = new MllibTrainer(spark, "naive-bayes");
    NaiveBayesModel model = trainer.naiveBayes(dataset(trainer));
    LinearWeights copy = trainer.train(rows);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(scores(copy, i))
          .containsExactly(
              model.predictRaw(MllibTrainer.vector(rows, i)).toArray(), within(TOLERANCE));
    }
  }

  @Test
  void aLabelThatDoesNotOccurIsNeverAnsweredAndTheOthersKeepTheirPlaces() {
    for (int missing = 0; missing < 3; missing++) {
      TrainingRows some = without(missing);
      for (String algorithm : new MllibBackend().algorithms()) {
        LinearWeights copy = new MllibTrainer(spark, algorithm, ITERATIONS).train(some);
        int right = 0;
        for (int i = 0; i < some.size(); i++) {
          double[] scores = scores(copy, some, i);
          assertThat(scores[missing] < -500).isTrue();
          int best = 0;
          for (int label = 1; label < scores.length; label++) {
            best = scores[label] > scores[best] ? label : best;
          }
          right += best == some.labels()[i] ? 1 : 0;
        }
        assertThat(right).as(algorithm).isGreaterThan(some.size() * 8 / 10);
      }
    }
  }

  private TrainingRows without(int label) {
    int[] kept =
        IntStream.range(0, rows.size()).filter(row -> rows.labels()[row] != label).toArray();
    return new TrainingRows(
        Arrays.stream(kept).mapToObj(row -> rows.features()[row]).toArray(int[][]::new),
        Arrays.stream(kept).mapToDouble(row -> rows.values()[row]).toArray(),
        Arrays.stream(kept).map(row -> rows.labels()[row]).toArray(),
        3,
        rows.placedWords());
  }

  @Test
  void supportVectorsAreCopiedAsTheyAre() {
    MllibTrainer trainer = new MllibTrainer(spark, "linear-svc", ITERATIONS);
    LinearWeights copy = trainer.train(rows);
    for (int label = 0; label < 3; label++) {
      LinearSVCModel model = trainer.supportVectors(dataset(trainer), label);
      for (int i = 0; i < rows.size(); i++) {
        Vector raw = model.predictRaw(MllibTrainer.vector(rows, i));
        assertThat(scores(copy, i)[label]).isCloseTo(raw.apply(1), within(TOLERANCE));
      }
    }
  }

  @Test
  void itsWeightsMakeAModelLikeAnyOther() {
    for (String algorithm : List.of("naive-bayes", "logistic-regression")) {
      ScaleModel model =
          ModelTrainer.train(
              TrainingSet.of(Examples.stance(), List.of(), Scales.STANCE, 2, 1),
              new MllibTrainer(spark, algorithm, ITERATIONS),
              TrainingLog.SILENT);
      assertThat(model.predict(Passage.of("Tessaly accused Orsund of lying")).label())
          .as(algorithm)
          .isEqualTo("assertive");
      assertThat(model.metadata().backend()).isEqualTo("mllib");
    }
  }

  @Test
  void anAlgorithmThatItDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> new MllibTrainer(spark, "oracle"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("naive-bayes");
  }

  private Dataset<Row> dataset(MllibTrainer trainer) {
    return trainer.dataset(rows).coalesce(1);
  }

  private double[] scores(LinearWeights weights, int row) {
    return scores(weights, rows, row);
  }

  private static double[] scores(LinearWeights weights, TrainingRows rows, int row) {
    double[] scores = weights.biases().clone();
    for (int feature : rows.features()[row]) {
      for (int label = 0; label < scores.length; label++) {
        scores[label] += rows.values()[row] * weights.weights()[feature * scores.length + label];
      }
    }
    return scores;
  }
}
