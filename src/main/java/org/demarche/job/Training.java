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
import org.demarche.encoder.Encoder;
import org.demarche.encoder.EncoderUnavailableException;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.Contest;
import org.demarche.mllib.MllibTrainer;
import org.demarche.model.BlendedModel;
import org.demarche.model.Contestants;
import org.demarche.model.IncompatibleModelException;
import org.demarche.model.ModelStore;
import org.demarche.model.ModelTrainer;
import org.demarche.model.Profile;
import org.demarche.model.StanceModel;
import org.demarche.model.TrainingLog;
import org.demarche.model.TrainingSet;
import org.demarche.model.TribuoTrainer;
import org.demarche.model.WeightTrainer;
import org.demarche.scale.LabelDistribution;
import org.demarche.scale.LabelledStatement;
import org.demarche.scale.Passage;
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
   * What is to be learnt, from what, and how.
   *
   * @param scale the scale of the labels
   * @param labels files of labelled statements
   * @param auxiliary files of further ones that help to learn but are not judged by; may be empty
   * @param backend the library that learns the table
   * @param algorithm one of the library's, or null for its first
   * @param profile whether the model has an encoder
   * @param unlabelled a warehouse or articles to distil from; empty for none
   * @param sample the greatest number of passages to distil from
   * @param heldBack files of labelled statements that will judge the model: not to be distilled
   *     from
   * @param encoder directory of the encoder, or null for the bundled one
   */
  public record Task(
      Scale scale,
      List<Path> labels,
      List<Path> auxiliary,
      Backend backend,
      String algorithm,
      Profile profile,
      List<String> unlabelled,
      int sample,
      List<Path> heldBack,
      String encoder) {

    /**
     * Checks a task.
     *
     * @throws ConfigurationException if the backend has no such algorithm
     */
    public Task {
      if (algorithm != null && !backend.algorithms().contains(algorithm)) {
        throw new ConfigurationException(
            List.of(
                "Backend %s has no algorithm '%s'; it has %s"
                    .formatted(backend, algorithm, String.join(", ", backend.algorithms()))));
      }
    }

    private Task with(Backend other, String its) {
      return new Task(
          scale, labels, auxiliary, other, its, profile, unlabelled, sample, heldBack, encoder);
    }

    private String algorithmOrFirst() {
      return algorithm == null ? backend.algorithms().get(0) : algorithm;
    }
  }

  private Training() {}

  /**
   * Trains a model and stores it at {@code place}.
   *
   * @param fastPlace where to store the table of an accurate model by itself, or null
   * @param replace whether a model that is there may be replaced
   * @throws OutputConflictException if something is there that must not be replaced
   */
  public static StanceModel train(
      Task task, Path place, Path fastPlace, boolean replace, Progress progress)
      throws IOException {
    try (progress) {
      if (fastPlace != null && task.profile() == Profile.fast) {
        throw new ConfigurationException(
            List.of("--fast-model goes with --profile accurate; --model is fast already"));
      }
      for (Path one : fastPlace == null ? List.of(place) : List.of(place, fastPlace)) {
        if (!replace && isFilled(one)) {
          throw new OutputConflictException(
              "%s exists already: choose another folder, or --replace it".formatted(one));
        }
        OutputFile.checkFolder(one.toAbsolutePath(), one.toString());
      }
      progress.stage("train");
      StanceModel model = trained(task, ModelTrainer.FOLDS, progress);
      save(model, place);
      if (fastPlace != null && model instanceof BlendedModel blended) {
        save(blended.table(), fastPlace);
      }
      return model;
    }
  }

  private static StanceModel trained(Task task, int folds, Progress progress) throws IOException {
    TrainingSet set = set(task, folds, progress);
    // Before minutes of work: whether the encoder is to be had at all.
    Encoder encoder =
        task.profile() == Profile.accurate || !task.unlabelled().isEmpty()
            ? encoder(task.encoder())
            : null;
    List<Passage> unlabelled = task.unlabelled().isEmpty() ? List.of() : unlabelled(task, progress);
    progress.stage("train");
    TrainingLog log = log(progress);
    return withTrainers(
        List.of(task),
        progress,
        trainers -> {
          WeightTrainer trainer = trainers.get(0);
          if (task.profile() == Profile.accurate) {
            return ModelTrainer.blend(set, trainer, encoder, task.encoder(), unlabelled, log);
          }
          return unlabelled.isEmpty()
              ? ModelTrainer.train(set, trainer, log)
              : ModelTrainer.distil(set, trainer, encoder, unlabelled, log);
        });
  }

  private static List<Passage> unlabelled(Task task, Progress progress) throws IOException {
    List<LabelledStatement> heldBack =
        task.heldBack().isEmpty() ? List.of() : rows(task.heldBack(), task.scale());
    return Unlabelled.passages(task.unlabelled(), task.sample(), heldBack, progress);
  }

  private static TrainingSet set(Task task, int folds, Progress progress) {
    List<LabelledStatement> rows = rowsToLearn(task.labels(), task.scale(), progress);
    checkFolds(rows, folds);
    List<LabelledStatement> auxiliary =
        task.auxiliary().isEmpty() ? List.of() : rows(task.auxiliary(), task.scale());
    return TrainingSet.of(rows, auxiliary, task.scale(), folds, ModelTrainer.SEED);
  }

  /**
   * Opens the encoder in {@code directory}, the bundled one for null.
   *
   * @throws IncompatibleModelException if it is not to be had here
   */
  static Encoder encoder(String directory) {
    try {
      return directory == null ? Encoder.bundled() : Encoder.at(Path.of(directory));
    } catch (EncoderUnavailableException e) {
      throw new IncompatibleModelException(e.getMessage(), e);
    }
  }

  static TrainingLog log(Progress progress) {
    return new TrainingLog() {
      @Override
      public void found(String line) {
        progress.note(line);
      }

      @Override
      public void encoded(long done, long all) {
        progress.counted("texts encoded", done, all);
      }
    };
  }

  static void save(StanceModel model, Path place) {
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

  /** Judges a way to train by cross-validation; rows of one group stay in one fold. */
  public static ClassificationReport crossValidate(Task task, int folds, Progress progress)
      throws IOException {
    try (progress) {
      progress.stage("evaluate");
      return trained(task, folds, progress).metadata().crossValidation();
    }
  }

  /**
   * Judges every algorithm of {@code backends}, the baselines and, where the encoder is to be had,
   * what is made with it, on the same folds.
   *
   * @param task what to learn from; its backend, algorithm and profile do not matter
   * @param curves whether to find how much each learns from parts of the rows
   */
  public static Contest compare(
      Task task, List<Backend> backends, int folds, boolean curves, Progress progress)
      throws IOException {
    try (progress) {
      progress.stage("compare");
      TrainingSet set = set(task, folds, progress);
      Encoder encoder;
      try {
        encoder = encoder(task.encoder());
      } catch (IncompatibleModelException e) {
        if (task.encoder() != null || !task.unlabelled().isEmpty()) {
          throw e;
        }
        progress.note("without the encoder: " + e.getMessage());
        encoder = null;
      }
      List<Passage> unlabelled =
          task.unlabelled().isEmpty() ? List.of() : unlabelled(task, progress);
      progress.stage("compare");
      TrainingLog log = log(progress);
      Contestants contestants = new Contestants(set, curves, log);
      contestants.baselines();
      List<Task> tasks = new ArrayList<>();
      for (Backend backend : backends) {
        for (String algorithm : backend.algorithms()) {
          tasks.add(task.with(backend, algorithm));
        }
      }
      withTrainers(
          tasks,
          progress,
          trainers -> {
            trainers.forEach(contestants::table);
            return null;
          });
      if (backends.contains(Backend.tribuo)) {
        contestants.factorizationMachine();
      }
      if (encoder != null) {
        WeightTrainer first = TribuoTrainer.of(TribuoTrainer.ALGORITHMS.get(0));
        contestants.encoder(encoder, first, unlabelled);
      }
      return Contest.judge(
          task.scale(),
          set.rows().subList(0, set.judged()),
          folds,
          ModelTrainer.SEED,
          contestants.entries());
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
    T with(List<WeightTrainer> trainers) throws IOException;
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
