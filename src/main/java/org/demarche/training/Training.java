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

/** Runs the commands that train, evaluate and compare models on labelled statements. */
public final class Training {

  /**
   * The algorithm that learns the table.
   *
   * @param backend the library
   * @param algorithm one of the library's algorithms, or null for the first; others throw a {@link
   *     ConfigurationException}
   */
  public record Learner(Backend backend, String algorithm) {

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
   * A model to train.
   *
   * @param material the data to learn from
   * @param learner learns the table
   * @param profile null for the better one if there are fewer than {@value #FEW_ROWS} rows, else
   *     for fast
   */
  public record Task(Material material, Learner learner, Profile profile) {}

  /** With fewer rows both profiles are tried, which takes only seconds. */
  public static final int FEW_ROWS = 500;

  /** With fewer rows of a label, its figures are rough. */
  private static final int FEW = 50;

  private Training() {}

  /**
   * Trains a model and stores it at {@code place}.
   *
   * @param fastPlace where to store the table of an accurate model as a fast model, or null
   * @param replace whether an existing model may be replaced
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if {@code place} holds something
   *     that must not be replaced
   * @throws DemarcheException ({@link ExitStatus#QUALITY_GATE}) if the model loses to chance or to
   *     a keyword lexicon on held-out rows; nothing is stored
   */
  public static ScaleModel train(
      Task task, Path place, Path fastPlace, boolean replace, Progress progress)
      throws IOException {
    try (progress) {
      if (fastPlace != null && task.profile() != Profile.accurate) {
        throw new ConfigurationException(
            List.of(
                "--fast-model goes with --profile accurate; otherwise --model is fast already"));
      }
      if (fastPlace != null && isSame(place, fastPlace)) {
        throw new ConfigurationException(
            List.of(
                "--model and --fast-model are the same folder, %s: give each model its own"
                    .formatted(place)));
      }
      for (Path one : fastPlace == null ? List.of(place) : List.of(place, fastPlace)) {
        if (Files.exists(one) && !Files.isDirectory(one)) {
          throw DemarcheException.outputConflict(
              "%s is a file, but a model is a folder: choose another name".formatted(one));
        }
        if (!replace && isFilled(one)) {
          throw DemarcheException.outputConflict(
              "%s exists already: choose another folder, or --replace it".formatted(one));
        }
        if (ModelStore.holdsSomethingElse(one)) {
          throw holdsSomethingElse(one);
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

  /** Returns warnings about the figures, with what to do about them. */
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
          "no held-out statement was correctly labelled %s: do not use the model for such labels yet"
              .formatted(unanswered));
    }
    return doubts;
  }

  private static boolean isSame(Path a, Path b) {
    return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }

  /** Trains the profile that {@code task} asks for, by default fast. */
  private static ScaleModel trained(Task task, TrainingSet set, Progress progress)
      throws IOException {
    ScaleModel model = asAsked(task, set, progress);
    ProfileChoice.checkAgainst(
        Baselines.of(set), model.profile(), model.metadata().crossValidation());
    return model;
  }

  /**
   * Tries both profiles, keeps the one that was asked for or else the better one, and logs how the
   * alternatives did.
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
    // Fails early if the encoder is missing, before minutes of work.
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

  /** Makes a model with a trainer and unlabelled passages. */
  private interface Making {
    ScaleModel make(Trainer trainer, List<Passage> unlabelled, TrainingLog log);
  }

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
      throw holdsSomethingElse(place);
    } catch (IOException e) {
      throw OutputFile.cannotWrite(place.toString(), e);
    }
  }

  private static DemarcheException holdsSomethingElse(Path place) {
    return DemarcheException.outputConflict(
        "%s holds something other than a model: choose another folder".formatted(place));
  }

  /** Cross-validates a task. Rows of one group stay in one fold. */
  public static ClassificationReport crossValidate(Task task, int folds, Progress progress)
      throws IOException {
    try (progress) {
      progress.stage("evaluate");
      TrainingSet set = task.material().set(folds, progress);
      return asAsked(task, set, progress).metadata().crossValidation();
    }
  }

  /**
   * Judges the baselines, every algorithm of {@code backends} and, if it is available, the encoder,
   * all on the same folds.
   *
   * @param asked whether the user named the backends; if not, those that are slow on so few rows
   *     are left out
   * @param curves whether to measure learning curves
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
        "%1$s is not compared, because it takes minutes, even for fewer than %2$d rows as here; --backend tribuo,%1$s compares it too"
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
