package org.demarche.mllib;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.ml.classification.NaiveBayesModel;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.demarche.model.LinearWeights;
import org.demarche.training.LinearTrainer;
import org.demarche.training.TrainingRows;

/**
 * Learns weights with Spark MLlib.
 *
 * <p>{@code logistic-regression} is multinomial with an L2 penalty, {@code linear-svc} learns one
 * support vector machine per label against the rest, and {@code naive-bayes} is multinomial,
 * smoothed by 1. MLlib's optimisers keep dense state for all features, so features must be numbered
 * without gaps.
 */
final class MllibTrainer implements LinearTrainer {

  static final StructType ROWS =
      new StructType()
          .add("label", DataTypes.DoubleType, false)
          .add("features", SQLDataTypes.VectorType(), false);

  private static final int ITERATIONS = 60;
  private static final double TOLERANCE = 1e-5;
  private static final double LOGISTIC_PENALTY = 0.01;
  private static final double SVC_PENALTY = 0.02;

  private final SparkSession spark;
  private final String algorithm;
  private final int iterations;

  /**
   * @throws IllegalArgumentException if there is no such algorithm
   */
  MllibTrainer(SparkSession spark, String algorithm) {
    this(spark, algorithm, ITERATIONS);
  }

  /** Lets a test limit the rounds of the optimiser. */
  MllibTrainer(SparkSession spark, String algorithm, int iterations) {
    List<String> algorithms = new MllibBackend().algorithms();
    if (!algorithms.contains(algorithm)) {
      throw new IllegalArgumentException(
          "MLlib has no algorithm '%s' here; there are %s".formatted(algorithm, algorithms));
    }
    this.spark = spark;
    this.algorithm = algorithm;
    this.iterations = iterations;
  }

  @Override
  public String backend() {
    return "mllib";
  }

  @Override
  public String algorithm() {
    return algorithm;
  }

  @Override
  public String libraryVersion() {
    return spark.version();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    switch (algorithm) {
      case "naive-bayes" -> settings.put("smoothing", "1.0");
      case "linear-svc" -> settings.put("penalty", Double.toString(SVC_PENALTY));
      default -> settings.put("penalty", Double.toString(LOGISTIC_PENALTY));
    }
    return settings;
  }

  @Override
  public boolean normalised() {
    return !algorithm.equals("naive-bayes");
  }

  @Override
  public LinearWeights train(TrainingRows rows) {
    // Sums over another number of partitions would differ in their last bits.
    Dataset<Row> dataset = dataset(rows).coalesce(1).cache();
    try {
      return switch (algorithm) {
        case "naive-bayes" -> ofNaiveBayes(naiveBayes(dataset), rows);
        case "linear-svc" -> linearSvc(dataset, rows);
        default -> ofLogistic(logistic(dataset), rows);
      };
    } finally {
      dataset.unpersist();
    }
  }

  Dataset<Row> dataset(TrainingRows rows) {
    List<Row> vectors = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      vectors.add(RowFactory.create((double) rows.labels()[i], vector(rows, i)));
    }
    return spark.createDataFrame(vectors, ROWS);
  }

  static Vector vector(TrainingRows rows, int i) {
    double[] values = new double[rows.features()[i].length];
    Arrays.fill(values, rows.values()[i]);
    return Vectors.sparse(rows.featureCount(), rows.features()[i], values);
  }

  LogisticRegressionModel logistic(Dataset<Row> dataset) {
    return new LogisticRegression()
        .setFamily("multinomial")
        .setRegParam(LOGISTIC_PENALTY)
        .setStandardization(false)
        .setMaxIter(iterations)
        .setTol(TOLERANCE)
        .fit(dataset);
  }

  NaiveBayesModel naiveBayes(Dataset<Row> dataset) {
    return new NaiveBayes().setModelType("multinomial").setSmoothing(1).fit(dataset);
  }

  /** Learns the support vector machine of {@code label} against all others. */
  LinearSVCModel supportVectors(Dataset<Row> dataset, int label) {
    Dataset<Row> oneAgainstRest =
        dataset.withColumn("label", dataset.col("label").equalTo(label).cast(DataTypes.DoubleType));
    return new LinearSVC()
        .setRegParam(SVC_PENALTY)
        .setStandardization(false)
        .setMaxIter(iterations)
        .setTol(TOLERANCE)
        .fit(oneAgainstRest);
  }

  private LinearWeights linearSvc(Dataset<Row> dataset, TrainingRows rows) {
    int k = rows.labelCount();
    double[] weights = new double[rows.featureCount() * k];
    double[] biases = new double[k];
    long[] counts = rows.labelCounts();
    for (int label = 0; label < k; label++) {
      if (counts[label] == 0) {
        biases[label] = LinearWeights.NEVER_SEEN;
        continue;
      }
      LinearSVCModel model = supportVectors(dataset, label);
      double[] learnt = model.coefficients().toArray();
      for (int feature = 0; feature < learnt.length; feature++) {
        weights[feature * k + label] = learnt[feature];
      }
      biases[label] = model.intercept();
    }
    return new LinearWeights(weights, biases);
  }

  /** The matrix has a row for every label up to the last that occurs. */
  private static LinearWeights ofLogistic(LogisticRegressionModel model, TrainingRows rows) {
    return copied(model.coefficientMatrix(), model.interceptVector(), rows, label -> label);
  }

  /** The matrix has a row only for labels that occur. */
  private static LinearWeights ofNaiveBayes(NaiveBayesModel model, TrainingRows rows) {
    long[] counts = rows.labelCounts();
    return copied(
        model.theta(),
        model.pi(),
        rows,
        label -> (int) Arrays.stream(counts, 0, label).filter(count -> count > 0).count());
  }

  /**
   * Copies a matrix of labels × features; labels that do not occur are never answered.
   *
   * @param rowOf the row of a label that occurs
   */
  private static LinearWeights copied(
      Matrix matrix, Vector intercepts, TrainingRows rows, IntUnaryOperator rowOf) {
    int k = rows.labelCount();
    double[] weights = new double[rows.featureCount() * k];
    double[] biases = new double[k];
    Arrays.fill(biases, LinearWeights.NEVER_SEEN);
    long[] counts = rows.labelCounts();
    for (int label = 0; label < k; label++) {
      if (counts[label] > 0) {
        int row = rowOf.applyAsInt(label);
        for (int feature = 0; feature < rows.featureCount(); feature++) {
          weights[feature * k + label] = matrix.apply(row, feature);
        }
        biases[label] = intercepts.apply(row);
      }
    }
    return new LinearWeights(weights, biases);
  }
}
