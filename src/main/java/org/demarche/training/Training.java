package org.demarche.training;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.encoder.Encoder;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.ClassificationReport.LabelFigures;
import org.demarche.evaluation.Folds;
import org.demarche.evaluation.ModelComparison;
import org.demarche.files.OutputFile;
import org.demarche.ingest.LabelledStatementReader;
import org.demarche.mllib.MllibTrainer;
import org.demarche.model.Profile;
import org.demarche.model.StanceModel;
import org.demarche.model.store.ModelStore;
import org.demarche.pipeline.UnlabelledPassages;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.text.Wording;
import org.demarche.warehouse.Sessions;

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
   * What is to be learnt, and from what.
   *
   * @param scale the scale of the labels
   * @param labels files of labelled statements
   * @param auxiliary files of further ones that help to learn but are not judged by; may be empty
   * @param unlabelled a warehouse or articles to distil from; empty for none
   * @param sample the greatest number of passages to distil from
   * @param heldBack files of labelled statements that will judge the model: not to be distilled
   *     from
   * @param encoder directory of the encoder, or null for the bundled one
   */
  public record Material(
      Scale scale,
      List<Path> labels,
      List<Path> auxiliary,
      List<String> unlabelled,
      int sample,
      List<Path> heldBack,
      String encoder) {}

  /**
   * What learns the table.
   *
   * @param backend the library
   * @param algorithm one of the library's, or null for its first
   */
  public record Learner(Backend backend, String algorithm) {

    /**
     * Checks a learner.
     *
     * @throws ConfigurationException if the backend has no such algorithm
     */
    public Learner {
      if (algorithm != null && !backend.algorithms().contains(algorithm)) {
        throw new ConfigurationException(
            List.of(
                "Backend %s has no algorithm '%s'; it has %s"
                    .formatted(backend, algorithm, String.join(", ", backend.algorithms()))));
      }
    }

    private WeightTrainer trainer(SparkSession spark) {
      String named = algorithm == null ? backend.algorithms().get(0) : algorithm;
      return switch (backend) {
        case tribuo -> TribuoTrainer.of(named);
        case mllib -> MllibTrainer.of(spark, named);
      };
    }
  }

  /**
   * A model to be trained.
   *
   * @param material what it learns from
   * @param learner what learns its table
   * @param profile whether it has an encoder; null for the better one where there are fewer than
   *     {@value #FEW_ROWS} rows, else fast
   */
  public record Task(Material material, Learner learner, Profile profile) {}

  /** With fewer rows both profiles are tried, which then takes seconds. */
  public static final int FEW_ROWS = 500;

  /** Fewer rows of a label say little about how well it is answered. */
  private static final int FEW = 50;

  private Training() {}

  /**
   * Trains a model and stores it at {@code place}.
   *
   * @param fastPlace where to store the table of an accurate model by itself, or null
   * @param replace whether a model that is there may be replaced
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if something is there that must
   *     not be replaced
   * @throws DemarcheException ({@link ExitStatus#QUALITY_GATE}) if the model loses to chance or to
   *     a keyword lexicon on held-out rows; nothing is stored then
   */
  public static StanceModel train(
      Task task, Path place, Path fastPlace, boolean replace, Progress progress)
      throws IOException {
    try (progress) {
      if (fastPlace != null && task.profile() != Profile.accurate) {
        throw new ConfigurationException(
            List.of("--fast-model goes with --profile accurate; --model is fast already"));
      }
      if (fastPlace != null && isSame(place, fastPlace)) {
        throw new ConfigurationException(
            List.of(
                "--model and --fast-model are one folder, %s: name two, one a model"
                    .formatted(place)));
      }
      for (Path one : fastPlace == null ? List.of(place) : List.of(place, fastPlace)) {
        if (Files.exists(one) && !Files.isDirectory(one)) {
          throw DemarcheException.outputConflict(
              "%s is a file, where a folder is to be: choose another name".formatted(one));
        }
        if (!replace && isFilled(one)) {
          throw DemarcheException.outputConflict(
              "%s exists already: choose another folder, or --replace it".formatted(one));
        }
        OutputFile.checkFolder(one.toAbsolutePath(), one.toString());
      }
      progress.stage("train");
      TrainingSet set = set(task.material(), ModelTrainer.FOLDS, progress);
      StanceModel model =
          set.judged() < FEW_ROWS
              ? trainedOfFew(task, set, progress)
              : trained(task, set, progress);
      save(model, place);
      if (fastPlace != null && model.profile() == Profile.accurate) {
        save(model.table(), fastPlace);
      }
      doubts(model.metadata().crossValidation()).forEach(progress::note);
      return model;
    }
  }

  /** What a user should know before trusting the figures, and what to do about it. */
  private static List<String> doubts(ClassificationReport report) {
    List<String> doubts = new ArrayList<>();
    String few =
        report.labels().stream()
            .filter(figures -> figures.support() < FEW)
            .map(figures -> "%d %s".formatted(figures.support(), figures.label()))
            .collect(Collectors.joining(", "));
    if (!few.isEmpty()) {
      doubts.add(
          ("few statements of a label (%s): figures and probabilities are rough below %d; `demarche"
                  + " suggest` finds the statements whose labels help most")
              .formatted(few, FEW));
    }
    String unanswered =
        report.labels().stream()
            .filter(figures -> figures.support() > 0 && figures.recall() == 0)
            .map(LabelFigures::label)
            .collect(Collectors.joining(", "));
    if (!unanswered.isEmpty()) {
      doubts.add(
          "no held-out statement was rightly answered %s: do not use the model for such labels yet"
              .formatted(unanswered));
    }
    return doubts;
  }

  private static boolean isSame(Path a, Path b) {
    return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }

  /** Trains what {@code task} asks for; the table alone where it leaves that open. */
  private static StanceModel trained(Task task, TrainingSet set, Progress progress)
      throws IOException {
    StanceModel model = asAsked(task, set, progress);
    ProfileChoice.checkAgainst(
        Baselines.of(set), model.profile(), model.metadata().crossValidation());
    return model;
  }

  /**
   * Tries both profiles, keeps the one that was asked for or else the better one that beats the
   * baselines, and says in one line what the others would have brought.
   */
  private static StanceModel trainedOfFew(Task task, TrainingSet set, Progress progress)
      throws IOException {
    Material material = task.material();
    Encoder encoder =
        task.profile() == Profile.accurate
            ? Encoder.of(material.encoder())
            : encoderIfThere(material, progress);
    if (encoder == null) {
      return trained(task, set, progress);
    }
    return withLearner(
        task,
        progress,
        (trainer, unlabelled, log) -> {
          ProfileChoice choice =
              new ProfileChoice(
                  ModelTrainer.offer(set, trainer, encoder, material.encoder(), unlabelled, log),
                  Baselines.of(set));
          Profile profile = task.profile() != null ? task.profile() : choice.better();
          progress.note(choice.keeping(profile));
          return choice.offer().make(profile);
        });
  }

  private static StanceModel asAsked(Task task, TrainingSet set, Progress progress)
      throws IOException {
    Material material = task.material();
    // Before minutes of work: whether the encoder is to be had at all.
    Encoder encoder =
        task.profile() == Profile.accurate || !material.unlabelled().isEmpty()
            ? Encoder.of(material.encoder())
            : null;
    return withLearner(
        task,
        progress,
        (trainer, unlabelled, log) -> {
          if (task.profile() == Profile.accurate) {
            return ModelTrainer.blend(set, trainer, encoder, material.encoder(), unlabelled, log);
          }
          return unlabelled.isEmpty()
              ? ModelTrainer.train(set, trainer, log)
              : ModelTrainer.distil(set, trainer, encoder, unlabelled, log);
        });
  }

  /** Makes a model with the learner of a task and the passages that it is given unlabelled. */
  private interface Making {
    StanceModel make(WeightTrainer trainer, List<Passage> unlabelled, TrainingLog log);
  }

  /** Does {@code making} with what {@code task} names, once that is read. */
  private static StanceModel withLearner(Task task, Progress progress, Making making)
      throws IOException {
    List<Passage> unlabelled = unlabelled(task.material(), progress);
    progress.stage("train");
    TrainingLog log = log(progress);
    return withTrainers(
        List.of(task.learner()),
        progress,
        trainers -> making.make(trainers.get(0), unlabelled, log));
  }

  private static List<Passage> unlabelled(Material material, Progress progress) throws IOException {
    if (material.unlabelled().isEmpty()) {
      return List.of();
    }
    if (material.sample() < 1) {
      throw new ConfigurationException(
          List.of("--sample must be 1 or more, but was %,d".formatted(material.sample())));
    }
    List<LabelledStatement> heldBack = rowsOrNone(material.heldBack(), material.scale());
    return UnlabelledPassages.passages(
        material.unlabelled(), material.sample(), heldBack, progress);
  }

  private static TrainingSet set(Material material, int folds, Progress progress) {
    List<LabelledStatement> rows = rowsToLearn(material.labels(), material.scale(), progress);
    checkFolds(rows, folds);
    List<LabelledStatement> auxiliary =
        apart(rowsOrNone(material.auxiliary(), material.scale()), rows, progress);
    return TrainingSet.of(rows, auxiliary, material.scale(), folds, ModelTrainer.SEED);
  }

  /**
   * Returns {@code auxiliary} without what shares a text or a group with a judged row: it would be
   * learnt from in every fold, that of the row included.
   */
  private static List<LabelledStatement> apart(
      List<LabelledStatement> auxiliary, List<LabelledStatement> judged, Progress progress) {
    Set<String> groups = judged.stream().map(LabelledStatement::group).collect(Collectors.toSet());
    Set<String> texts =
        judged.stream().map(row -> Wording.key(row.passage().text())).collect(Collectors.toSet());
    List<LabelledStatement> apart =
        auxiliary.stream()
            .filter(
                row ->
                    !groups.contains(row.group())
                        && !texts.contains(Wording.key(row.passage().text())))
            .toList();
    if (apart.size() < auxiliary.size()) {
      progress.note(
          "%,d of %,d auxiliary rows have the text or group of a row of --labels and are left out"
              .formatted(auxiliary.size() - apart.size(), auxiliary.size()));
    }
    return apart;
  }

  /**
   * Returns the encoder, or null with a note where the bundled one is missing; a missing encoder
   * that was named is an error.
   */
  private static Encoder encoderIfThere(Material material, Progress progress) {
    try {
      return Encoder.of(material.encoder());
    } catch (DemarcheException e) {
      if (material.encoder() != null || !material.unlabelled().isEmpty()) {
        throw e;
      }
      progress.note("without the encoder: " + e.getMessage());
      return null;
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
      throw DemarcheException.outputConflict(
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
  public static Evaluation evaluate(
      StanceModel model, List<Path> labels, PredictionSink predictions, Progress progress)
      throws IOException {
    try (progress) {
      progress.stage("evaluate");
      List<LabelledStatement> rows = rows(labels, model.scale());
      boolean targets = rows.stream().anyMatch(row -> row.passage().target() != null);
      if (targets != model.metadata().usesTargets()) {
        progress.note(
            targets
                ? "the rows have targets, but the model was trained without: their targets are left out"
                : "the model was trained with targets, but no row has one: expect worse answers");
      }
      Set<String> given = rows.stream().map(LabelledStatement::label).collect(Collectors.toSet());
      model.scale().labelNames().stream()
          .filter(label -> !given.contains(label))
          .map("no row is labelled %s: the figures say nothing of it"::formatted)
          .forEach(progress::note);
      List<LabelDistribution> answers = new ArrayList<>();
      for (LabelledStatement row : rows) {
        Passage passage =
            model.metadata().usesTargets() ? row.passage() : Passage.of(row.passage().text());
        LabelDistribution answer = model.predict(passage);
        answers.add(answer);
        progress.counted("statements read", answers.size(), rows.size());
        predictions.accept(row.id(), answer);
      }
      Evaluation evaluation = Evaluation.of(model, rows, answers);
      evaluation.warning(model).ifPresent(progress::note);
      return evaluation;
    }
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
      TrainingSet set = set(task.material(), folds, progress);
      return asAsked(task, set, progress).metadata().crossValidation();
    }
  }

  /**
   * Judges every algorithm of {@code backends}, the baselines and, where the encoder is to be had,
   * what is made with it, on the same folds.
   *
   * @param wanted the backends to compare; null for all, but MLlib only from {@value #FEW_ROWS}
   *     rows on: each step of its optimisers is a Spark job, which takes as long for a row as for a
   *     thousand
   * @param curves whether to find how much each learns from parts of the rows
   */
  public static ModelComparison compare(
      Material material, List<Backend> wanted, int folds, boolean curves, Progress progress)
      throws IOException {
    try (progress) {
      progress.stage("compare");
      TrainingSet set = set(material, folds, progress);
      List<Backend> backends = backends(wanted, set, progress);
      Encoder encoder = encoderIfThere(material, progress);
      List<Passage> unlabelled = unlabelled(material, progress);
      progress.stage("compare");
      TrainingLog log = log(progress);
      Candidates contestants = new Candidates(set, curves, log);
      contestants.baselines();
      List<Learner> learners = new ArrayList<>();
      for (Backend backend : backends) {
        for (String algorithm : backend.algorithms()) {
          learners.add(new Learner(backend, algorithm));
        }
      }
      withTrainers(
          learners,
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
      return ModelComparison.judge(
          material.scale(),
          set.rows().subList(0, set.judged()),
          folds,
          ModelTrainer.SEED,
          contestants.entries());
    }
  }

  private static List<Backend> backends(List<Backend> wanted, TrainingSet set, Progress progress) {
    if (wanted != null) {
      return wanted;
    }
    if (set.judged() >= FEW_ROWS) {
      return List.of(Backend.values());
    }
    progress.note(
        "mllib is not compared: with fewer than %d rows it takes minutes all the same; --backend tribuo,mllib compares it too"
            .formatted(FEW_ROWS));
    return List.of(Backend.tribuo);
  }

  /**
   * Returns the folder or name of the model that {@code settings} have for the scale {@code name}.
   *
   * @throws ConfigurationException if there is no such scale, or no model of it yet
   */
  public static String modelOf(Settings settings, String name) {
    scaleNamed(settings, name);
    String model = settings.scales().get(name).model();
    if (model == null) {
      throw new ConfigurationException(
          List.of("the scale '%1$s' has no model yet: set scales.%1$s.model".formatted(name)));
    }
    return model;
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

  /** The reader takes no files at all for a fault. */
  private static List<LabelledStatement> rowsOrNone(List<Path> labels, Scale scale) {
    return labels.isEmpty() ? List.of() : rows(labels, scale);
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
    long different = rows.stream().map(row -> Wording.key(row.passage().text())).distinct().count();
    if (different < rows.size()) {
      progress.note(
          "%,d of %,d rows say the words of another one: they are held out together with it"
              .formatted(rows.size() - different, rows.size()));
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
    int groups = Folds.groups(rows);
    if (groups < 2 || folds == ModelTrainer.FOLDS && groups < folds) {
      throw new ConfigurationException(
          List.of(
              ("the rows are of %,d groups, and it takes %d to judge a model by: label statements of"
                      + " more articles, or see to the field group")
                  .formatted(groups, Math.max(2, folds))));
    }
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

  /** Does {@code work} with the trainers of {@code learners}, in a session where one needs it. */
  private static <T> T withTrainers(List<Learner> learners, Progress progress, Work<T> work)
      throws IOException {
    if (learners.stream().noneMatch(learner -> learner.backend() == Backend.mllib)) {
      return work.with(learners.stream().map(learner -> learner.trainer(null)).toList());
    }
    try (SparkSession spark = Sessions.open("demarche train", progress)) {
      return work.with(learners.stream().map(learner -> learner.trainer(spark)).toList());
    }
  }
}
