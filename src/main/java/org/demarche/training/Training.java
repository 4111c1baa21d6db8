package org.demarche.training;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.ConfigurationException;
import org.demarche.console.Progress;
import org.demarche.encoder.Encoder;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.ClassificationReport.LabelFigures;
import org.demarche.evaluation.ModelComparison;
import org.demarche.files.OutputFile;
import org.demarche.model.Profile;
import org.demarche.model.ScaleModel;
import org.demarche.model.store.ModelStore;
import org.demarche.stance.Passage;

/** Trains and compares models on labelled statements. */
public final class Training {

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
                    .formatted(
                        backend.name(), algorithm, String.join(", ", backend.algorithms()))));
      }
    }

    private String name() {
      return algorithm == null ? backend.algorithms().get(0) : algorithm;
    }

    <T> T with(Progress progress, Function<Trainer, T> work) throws IOException {
      return backend.with(List.of(name()), progress, trainers -> work.apply(trainers.get(0)));
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
  public static ScaleModel train(
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
      TrainingSet set = task.material().set(ModelTrainer.FOLDS, progress);
      ScaleModel model =
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
  private static ScaleModel trained(Task task, TrainingSet set, Progress progress)
      throws IOException {
    ScaleModel model = asAsked(task, set, progress);
    ProfileChoice.checkAgainst(
        Baselines.of(set), model.profile(), model.metadata().crossValidation());
    return model;
  }

  /**
   * Tries both profiles, keeps the one that was asked for or else the better one that beats the
   * baselines, and says in one line what the others would have brought.
   */
  private static ScaleModel trainedOfFew(Task task, TrainingSet set, Progress progress)
      throws IOException {
    Material material = task.material();
    Encoder encoder =
        task.profile() == Profile.accurate
            ? Encoder.of(material.encoder())
            : material.encoderIfThere(progress);
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

  private static ScaleModel asAsked(Task task, TrainingSet set, Progress progress)
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
    ScaleModel make(Trainer trainer, List<Passage> unlabelled, TrainingLog log);
  }

  /** Does {@code making} with what {@code task} names, once that is read. */
  private static ScaleModel withLearner(Task task, Progress progress, Making making)
      throws IOException {
    List<Passage> unlabelled = task.material().passages(progress);
    progress.stage("train");
    return task.learner()
        .with(progress, trainer -> making.make(trainer, unlabelled, log(progress)));
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

  static void save(ScaleModel model, Path place) {
    try {
      ModelStore.save(model, place);
    } catch (FileAlreadyExistsException e) {
      throw DemarcheException.outputConflict(
          "%s holds something else than a model: choose another folder".formatted(place));
    } catch (IOException e) {
      throw OutputFile.cannotWrite(place.toString(), e);
    }
  }

  /** Judges a way to train by cross-validation; rows of one group stay in one fold. */
  public static ClassificationReport crossValidate(Task task, int folds, Progress progress)
      throws IOException {
    try (progress) {
      progress.stage("evaluate");
      TrainingSet set = task.material().set(folds, progress);
      return asAsked(task, set, progress).metadata().crossValidation();
    }
  }

  /**
   * Judges every algorithm of {@code backends}, the baselines and, where the encoder is to be had,
   * what is made with it, on the same folds.
   *
   * @param asked whether the user named the backends; if not, those for which there are too few
   *     rows are left out
   * @param curves whether to find how much each learns from parts of the rows
   */
  public static ModelComparison compare(
      Material material,
      List<Backend> backends,
      boolean asked,
      int folds,
      boolean curves,
      Progress progress)
      throws IOException {
    try (progress) {
      progress.stage("compare");
      TrainingSet set = material.set(folds, progress);
      List<Backend> chosen = new ArrayList<>(backends);
      if (!asked) {
        chosen.removeIf(backend -> isSlow(backend, set, progress));
      }
      Encoder encoder = material.encoderIfThere(progress);
      List<Passage> unlabelled = material.passages(progress);
      progress.stage("compare");
      Candidates candidates = new Candidates(set, curves, log(progress));
      candidates.baselines();
      for (Backend backend : chosen) {
        backend.with(
            backend.algorithms(),
            progress,
            trainers -> {
              trainers.forEach(candidates::table);
              return null;
            });
      }
      if (encoder != null) {
        Trainer first = TribuoTrainer.of(TribuoTrainer.ALGORITHMS.get(0));
        candidates.encoder(encoder, first, unlabelled);
      }
      return ModelComparison.judge(
          material.scale(),
          set.rows().subList(0, set.judged()),
          folds,
          ModelTrainer.SEED,
          candidates.entries());
    }
  }

  private static boolean isSlow(Backend backend, TrainingSet set, Progress progress) {
    if (set.judged() >= backend.fewestRows()) {
      return false;
    }
    progress.note(
        "%1$s is not compared: with fewer than %2$d rows it takes minutes all the same; --backend tribuo,%1$s compares it too"
            .formatted(backend.name(), backend.fewestRows()));
    return true;
  }

  private static boolean isFilled(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return Files.exists(place);
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.findAny().isPresent();
    }
  }
}
