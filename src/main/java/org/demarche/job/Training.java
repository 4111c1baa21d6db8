package org.demarche.job;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.corpus.LabelledStatementReader;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.mllib.MllibTrainer;
import org.demarche.model.LinearModel;
import org.demarche.model.ModelStore;
import org.demarche.model.ModelTrainer;
import org.demarche.model.StanceModel;
import org.demarche.model.TribuoTrainer;
import org.demarche.model.WeightTrainer;
import org.demarche.scale.LabelDistribution;
import org.demarche.scale.LabelledStatement;
import org.demarche.scale.Scale;

/** Trains and judges models on labelled statements; Spark is started for its own backend only. */
public final class Training {

  /** The libraries that learn weights. */
  public enum Backend {
    tribuo(() -> TribuoTrainer.ALGORITHMS),
    mllib(() -> MllibTrainer.ALGORITHMS);

    /** Asked for late: MLlib is not loaded, and need not be there, until it is chosen. */
    private final Supplier<List<String>> algorithms;

    Backend(Supplier<List<String>> algorithms) {
      this.algorithms = algorithms;
    }

    private List<String> algorithms() {
      return algorithms.get();
    }
  }

  /**
   * What is to be learnt, from what, and by which algorithm.
   *
   * @param scale the scale of the labels
   * @param labels files of labelled statements
   * @param backend the library
   * @param algorithm one of the library's, or null for its first
   */
  public record Task(Scale scale, List<Path> labels, Backend backend, String algorithm) {

    /**
     * Describes a task.
     *
     * @throws ConfigurationException if the scale is not defined or the backend has no such
     *     algorithm
     */
    public static Task of(
        Settings settings, String scale, List<Path> labels, Backend backend, String algorithm) {
      if (algorithm != null && !backend.algorithms().contains(algorithm)) {
        throw new ConfigurationException(
            List.of(
                "Backend %s has no algorithm '%s'; it has %s"
                    .formatted(backend, algorithm, String.join(", ", backend.algorithms()))));
      }
      return new Task(scaleNamed(settings, scale), labels, backend, algorithm);
    }

    private String algorithmOrFirst() {
      return algorithm == null ? backend.algorithms().get(0) : algorithm;
    }
  }

  private Training() {}

  /**
   * Trains a model and stores it at {@code place}.
   *
   * @param replace whether a model that is there may be replaced
   * @throws OutputConflictException if something is there that must not be replaced
   */
  public static LinearModel train(Task task, Path place, boolean replace, Progress progress)
      throws IOException {
    try (progress) {
      if (!replace && isFilled(place)) {
        throw new OutputConflictException(
            "%s exists already: choose another folder, or --replace it".formatted(place));
      }
      OutputFile.checkFolder(place.toAbsolutePath(), place.toString());
      progress.stage("train");
      List<LabelledStatement> rows = rowsToLearn(task.labels(), task.scale(), progress);
      LinearModel model =
          withTrainers(
              List.of(task),
              progress,
              trainers -> ModelTrainer.train(rows, task.scale(), trainers.get(0)));
      save(model, place);
      return model;
    }
  }

  private static void save(LinearModel model, Path place) {
    try {
      ModelStore.save(model, place);
    } catch (FileAlreadyExistsException e) {
      throw new OutputConflictException(
          "%s holds something else than a model: choose another folder".formatted(place));
    } catch (IOException e) {
      throw OutputFile.cannotWrite(place.toString(), e);
    }
  }

  /**
   * Judges a stored or bundled model on labelled statements.
   *
   * @param predictions receives each row's id and answer
   */
  public static ClassificationReport evaluate(
      StanceModel model, List<Path> labels, PredictionSink predictions) throws IOException {
    List<LabelledStatement> rows = rows(labels, model.scale());
    List<LabelDistribution> answers = new ArrayList<>();
    for (LabelledStatement row : rows) {
      LabelDistribution answer = model.predict(row.passage());
      answers.add(answer);
      predictions.accept(row.id(), answer);
    }
    return ClassificationReport.of(
        model.scale(), rows.stream().map(LabelledStatement::label).toList(), answers);
  }

  /** Takes what a model answered, row by row. */
  public interface PredictionSink {
    void accept(String id, LabelDistribution answer) throws IOException;
  }

  /** Judges an algorithm by cross-validation; rows of one group stay in one fold. */
  public static ClassificationReport crossValidate(Task task, int folds, Progress progress)
      throws IOException {
    try (progress) {
      progress.stage("evaluate");
      List<LabelledStatement> rows = rowsToLearn(task.labels(), task.scale(), progress);
      checkFolds(rows, folds);
      return withTrainers(
          List.of(task),
          progress,
          trainers ->
              ModelTrainer.crossValidate(
                  rows, task.scale(), trainers.get(0), folds, ModelTrainer.SEED));
    }
  }

  /** Judges every algorithm of {@code backends} on the same folds. */
  public static List<ModelTrainer.Comparison> compare(
      Scale scale, List<Path> labels, List<Backend> backends, int folds, Progress progress)
      throws IOException {
    try (progress) {
      progress.stage("compare");
      List<LabelledStatement> rows = rowsToLearn(labels, scale, progress);
      checkFolds(rows, folds);
      List<Task> tasks = new ArrayList<>();
      for (Backend backend : backends) {
        for (String algorithm : backend.algorithms()) {
          tasks.add(new Task(scale, labels, backend, algorithm));
        }
      }
      return withTrainers(
          tasks,
          progress,
          trainers -> ModelTrainer.compare(rows, scale, trainers, folds, ModelTrainer.SEED));
    }
  }

  /**
   * Returns the scale called {@code name}.
   *
   * @throws ConfigurationException if none is defined
   */
  public static Scale scaleNamed(Settings settings, String name) {
    Settings.ScaleSettings found = settings.scales().get(name);
    if (found == null) {
      throw new ConfigurationException(
          List.of(
              ("There is no scale '%s'; there are %s. Define it with"
                      + " --set 'scales.%s.labels={for:1,neither:0,against:-1}'")
                  .formatted(name, String.join(", ", settings.scales().keySet()), name)));
    }
    return found.scale();
  }

  private static List<LabelledStatement> rows(List<Path> labels, Scale scale) {
    return LabelledStatementReader.read(labels, scale, ParquetLabels::read).rows();
  }

  /** Reads rows of which two labels or more can be learnt. */
  private static List<LabelledStatement> rowsToLearn(
      List<Path> labels, Scale scale, Progress progress) {
    LabelledStatementReader.Result read =
        LabelledStatementReader.read(labels, scale, ParquetLabels::read);
    List<LabelledStatement> rows = read.rows();
    if (read.unlabelled() > 0) {
      progress.note(
          "%,d of %,d rows have no label yet and are left out"
              .formatted(read.unlabelled(), read.unlabelled() + rows.size()));
    }
    List<String> found = rows.stream().map(LabelledStatement::label).distinct().toList();
    if (found.size() < 2) {
      throw new ConfigurationException(
          List.of(
              "two labels or more must occur to learn from, but the %,d rows have only %s"
                  .formatted(rows.size(), found)));
    }
    return rows;
  }

  private static void checkFolds(List<LabelledStatement> rows, int folds) {
    long groups = rows.stream().map(LabelledStatement::group).distinct().count();
    if (folds < 2 || folds > groups) {
      throw new ConfigurationException(
          List.of(
              "the number of folds must be from 2 to %,d, the groups of rows, but is %,d"
                  .formatted(groups, folds)));
    }
  }

  private static boolean isFilled(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return Files.exists(place);
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.findAny().isPresent();
    }
  }

  private interface Work<T> {
    T with(List<WeightTrainer> trainers);
  }

  /** Does {@code work} with the trainers of {@code tasks}, in a session where one needs it. */
  private static <T> T withTrainers(List<Task> tasks, Progress progress, Work<T> work)
      throws IOException {
    if (tasks.stream().noneMatch(task -> task.backend() == Backend.mllib)) {
      return work.with(tasks.stream().map(task -> trainer(task, null)).toList());
    }
    try (SparkSession spark = Sessions.open("demarche train", progress)) {
      return work.with(tasks.stream().map(task -> trainer(task, spark)).toList());
    }
  }

  private static WeightTrainer trainer(Task task, SparkSession spark) {
    return switch (task.backend()) {
      case tribuo -> TribuoTrainer.of(task.algorithmOrFirst());
      case mllib -> MllibTrainer.of(spark, task.algorithmOrFirst());
    };
  }
}
