package org.demarche.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.config.ConfigurationException;
import org.demarche.config.GateSettings;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.files.ObjectStores;
import org.demarche.files.OutputFile;
import org.demarche.files.Storage;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.Manifest;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.StoredPrior;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Transaction;
import org.demarche.warehouse.Warehouse;
import org.demarche.warehouse.WarehouseSession;

/**
 * Runs stages one after another. Their results become visible together when the last one ends, or
 * not at all if one fails.
 */
public final class Pipeline {

  /**
   * The result of a run.
   *
   * @param runId id of the run, and name of the folder of its manifest; null if nothing was to be
   *     written
   * @param warehouse folder of the tables
   * @param counts for each stage, the numbers of records that it read and wrote
   * @param gates what the gates of quality measured; those that had nothing to measure are missing
   */
  public record Result(
      String runId,
      String warehouse,
      Map<Stage, Map<String, Long>> counts,
      List<Manifest.Gate> gates) {

    /** Returns the result as lines for people. */
    public List<String> lines() {
      List<String> lines = new ArrayList<>();
      counts.forEach(
          (stage, numbers) -> {
            List<String> parts = new ArrayList<>();
            numbers.forEach((what, n) -> parts.add("%,d %s".formatted(n, name(what, n))));
            lines.add("%-10s %s".formatted(stage.label(), String.join(", ", parts)));
          });
      gates.stream()
          .filter(gate -> gate.verdict() == Manifest.Verdict.ACCEPTED)
          .forEach(gate -> lines.add("%-10s %s".formatted("accepted", gate)));
      lines.add("%-10s %s".formatted("warehouse", warehouse));
      if (runId != null) {
        lines.add("%-10s %s".formatted("run", runId));
      }
      return lines;
    }

    private static String name(String what, long n) {
      String name = what.replace('_', ' ');
      return n == 1 ? name.replaceFirst("(?<=ch)es\\b|s\\b", "") : name;
    }

    /** Returns the result as one line of JSON. */
    public String json() {
      Map<String, Object> root = new LinkedHashMap<>();
      root.put("run_id", runId);
      root.put("warehouse", warehouse);
      Map<String, Object> stages = new LinkedHashMap<>();
      counts.forEach((stage, numbers) -> stages.put(stage.label(), numbers));
      root.put("counts", stages);
      root.put("gates", gates);
      try {
        return Manifest.JSON.writeValueAsString(root);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("The counts cannot be written as JSON", e);
      }
    }
  }

  private static final Set<ExitStatus> LEAVES_A_MANIFEST =
      Set.of(ExitStatus.UNEXPECTED, ExitStatus.QUALITY_GATE);

  private Pipeline() {}

  /**
   * Opens a session and runs {@code stages} on the warehouse of {@code settings}.
   *
   * @param dropsTargets whether to remove targets that are not in {@code settings}, and their
   *     scores
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if a stage has nothing to read
   * @throws DemarcheException ({@link ExitStatus#QUALITY_GATE}) if a gate of quality fails; nothing
   *     is published
   * @throws ConfigurationException if {@code settings} lack a target of the warehouse and {@code
   *     dropsTargets} is false
   */
  public static Result run(
      Settings settings, List<Stage> stages, boolean dropsTargets, Progress progress)
      throws IOException {
    try (progress) {
      Job job = new Job(settings, stages, dropsTargets, null);
      return job.told(progress, () -> run(job, progress));
    }
  }

  /** Opens a session and runs {@code job}. */
  private static Result run(Job job, Progress progress) throws IOException {
    Settings settings = job.settings();
    Storage storage = Storage.ofProcess();
    if (job.stages().contains(Stage.INGEST)) {
      // Missing input, and below an unusable model, are reported before Spark starts.
      InputFiles.check(settings.articles().paths(), storage.hadoop());
      InputFiles.checkApart(settings.articles().paths(), settings.warehouse());
    } else {
      RequiredTables.require(settings.warehouse());
    }
    checkWritable(settings, storage);
    AttributionModel attribution = attribution(job, storage);
    Optional<Models> models = models(job, storage);
    try (WarehouseSession session = WarehouseSession.open("demarche", progress)) {
      Warehouse warehouse = session.warehouse(settings);
      return run(warehouse, job, attribution, models, progress);
    }
  }

  /**
   * Opens a session, removes articles from the warehouse of {@code settings}, and brings all tables
   * that it has up to date.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is no warehouse
   */
  public static Result remove(Settings settings, Removal removal, Progress progress)
      throws IOException {
    Job job = Job.removal(settings, removal, progress);
    return opened(job, progress, warehouse -> remove(warehouse, job, progress));
  }

  static Result remove(Warehouse warehouse, Settings settings, Removal removal, Progress progress)
      throws IOException {
    Job job = Job.removal(settings, removal, progress);
    return job.told(progress, () -> remove(warehouse, job, progress));
  }

  /**
   * Opens a session and puts the small files of the warehouse of {@code settings} together; see
   * {@link Compact}.
   *
   * @param fileBytes how large a file gets, about
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is no warehouse, or a
   *     stage has still to read some of its articles
   */
  public static Result compact(Settings settings, long fileBytes, Progress progress)
      throws IOException {
    Job job = Job.compaction(settings, fileBytes);
    return opened(job, progress, warehouse -> run(warehouse, job, progress));
  }

  static Result compact(Warehouse warehouse, Settings settings, long fileBytes, Progress progress)
      throws IOException {
    Job job = Job.compaction(settings, fileBytes);
    return job.told(progress, () -> run(warehouse, job, progress));
  }

  /** Opens a session and says what {@link #compact} would do, which changes nothing. */
  public static Result compactDryRun(Settings settings, long fileBytes, Progress progress)
      throws IOException {
    RequiredTables.require(settings.warehouse(), ArticleTable.TABLE);
    try (progress;
        WarehouseSession session = WarehouseSession.open("demarche", progress)) {
      Warehouse warehouse = session.warehouse(settings);
      Map<String, Long> counts = Compact.dryRun(warehouse, fileBytes, progress);
      return new Result(null, warehouse.shown(), Map.of(Stage.COMPACT, counts), List.of());
    }
  }

  /** Work on a warehouse that has articles. */
  private interface OnWarehouse {
    Result run(Warehouse warehouse) throws IOException;
  }

  /** Opens a session and does {@code work}, which is that of {@code job}. */
  private static Result opened(Job job, Progress progress, OnWarehouse work) throws IOException {
    String place = job.settings().warehouse();
    try (progress) {
      return job.told(
          progress,
          () -> {
            RequiredTables.require(place, ArticleTable.TABLE);
            checkWritable(job.settings(), Storage.ofProcess());
            try (WarehouseSession session = WarehouseSession.open("demarche", progress)) {
              return work.run(session.warehouse(job.settings()));
            }
          });
    }
  }

  /** Runs {@code job}, and then every stage whose tables the warehouse has. */
  private static Result remove(Warehouse warehouse, Job job, Progress progress) throws IOException {
    List<Stage> stages = new ArrayList<>(List.of(Stage.REMOVE));
    Map<Stage, Table<?>> later =
        Map.of(
            Stage.EXTRACT, StatementTable.TABLE,
            Stage.SCORE, StatementScoreTable.TABLE,
            Stage.AGGREGATE, SpeakerScoreTable.TABLE);
    for (Stage stage : Stage.ALL) {
      if (later.containsKey(stage) && warehouse.has(later.get(stage))) {
        stages.add(stage);
      }
    }
    job.manifest().stages(stages.stream().map(Stage::label).toList());
    return run(
        warehouse, new Job(job.settings(), stages, false, job.first(), job.manifest()), progress);
  }

  /**
   * Runs {@code stages} as {@link #run(Settings, List, boolean, Progress)} does, in the session
   * {@code spark}, which stays open.
   */
  public static Result run(
      SparkSession spark,
      Settings settings,
      List<Stage> stages,
      boolean dropsTargets,
      Progress progress)
      throws IOException {
    Warehouse warehouse = Warehouse.at(spark, settings.requiredWarehouse(), settings.storage());
    Job job = new Job(settings, stages, dropsTargets, null);
    return job.told(progress, () -> run(warehouse, job, progress));
  }

  /** Loads the model of attribution if a stage needs it; null stands for the rules alone. */
  private static AttributionModel attribution(Job job, Storage storage) throws IOException {
    return job.stages().contains(Stage.EXTRACT)
        ? Models.attribution(job.settings(), storage)
        : null;
  }

  /** Loads the models if a stage needs them, and checks the settings of scoring. */
  private static Optional<Models> models(Job job, Storage storage) throws IOException {
    Settings settings = job.settings();
    List<Stage> stages = job.stages();
    if (!stages.contains(Stage.SCORE) && !stages.contains(Stage.AGGREGATE)) {
      return Optional.empty();
    }
    WarehouseSettings.checkTargets(settings, job.dropsTargets(), storage);
    Models models = Models.load(settings, storage);
    if (stages.contains(Stage.SCORE)) {
      PriorShifts.given(settings, models, storage); // throws if the shares cannot be used
    }
    return Optional.of(models);
  }

  /**
   * Runs {@code stages} with models of scoring that are already loaded.
   *
   * @param warehouse the warehouse of the settings
   * @param models the models of the settings; required if the stages score or aggregate
   */
  public static Result run(
      Warehouse warehouse,
      Settings settings,
      List<Stage> stages,
      boolean dropsTargets,
      Optional<Models> models,
      Progress progress)
      throws IOException {
    Job job = new Job(settings, stages, dropsTargets, null);
    return job.told(
        progress,
        () -> run(warehouse, job, attribution(job, warehouse.storage()), models, progress));
  }

  /** Loads the models that the stages need, and runs them. */
  private static Result run(Warehouse warehouse, Job job, Progress progress) throws IOException {
    Storage storage = warehouse.storage();
    return run(warehouse, job, attribution(job, storage), models(job, storage), progress);
  }

  private static Result run(
      Warehouse warehouse,
      Job job,
      AttributionModel attribution,
      Optional<Models> models,
      Progress progress)
      throws IOException {
    Settings settings = job.settings();
    List<Stage> stages = job.stages();
    boolean dropsTargets = job.dropsTargets();
    if (!stages.contains(Stage.INGEST)) {
      RequiredTables.requireExists(warehouse);
    }
    Manifest manifest = job.manifest();
    // Articles must be removable whatever their removal does to the scores.
    QualityGates gates =
        new QualityGates(job.first() == null ? settings.gates() : GateSettings.NONE, manifest);
    Map<Stage, Map<String, Long>> counts = new LinkedHashMap<>();
    try (Transaction transaction = begin(warehouse, settings, manifest)) {
      try {
        if (models.isPresent()) {
          WarehouseSettings.checkTargetsOfTables(warehouse, settings, dropsTargets);
          if (!stages.contains(Stage.EXTRACT)) {
            RequiredTables.requireCurrent(warehouse);
          }
        }
        for (Stage stage : stages) {
          progress.stage(stage.label());
          Instant began = Instant.now();
          Map<String, Long> numbers =
              switch (stage) {
                case REMOVE, COMPACT -> job.first().run(transaction);
                case INGEST -> Ingest.run(transaction, settings, gates, progress);
                case EXTRACT -> Extract.run(transaction, settings, attribution, gates, progress);
                case SCORE ->
                    ScoreStatements.run(
                        transaction, settings, models.orElseThrow(), gates, progress);
                case AGGREGATE ->
                    Aggregate.run(
                        transaction,
                        settings,
                        PriorShifts.asScored(StoredPrior.of(transaction), models.orElseThrow()),
                        dropsTargets && !stages.contains(Stage.SCORE),
                        gates,
                        progress);
              };
          counts.put(stage, numbers);
          manifest.stage(
              stage.label(), numbers, Duration.between(began, Instant.now()), progress.cpuMillis());
        }
        if (stages.contains(Stage.AGGREGATE)) {
          Set<String> lost = WarehouseSettings.lostWindows(warehouse, settings);
          if (!lost.isEmpty()) {
            progress.note(
                "'aggregate.windows' no longer has %s: the scores of these windows are removed"
                    .formatted(String.join(", ", lost)));
          }
        }
        gates.pass(() -> List.of("  all figures are in " + transaction.manifestPlace()));
        WarehouseSettings.keep(transaction, settings, stages);
        progress.stage("commit");
        transaction.commit();
        Aggregate.noteIfBehind(warehouse, progress);
      } catch (Throwable e) { // Spark throws checked exceptions undeclared, and memory can run out
        transaction.checkLock(e);
        Failure failure = Failure.of(e);
        // A wrong path or setting must not create a warehouse with nothing but a failed manifest.
        if (!transaction.isFirst() || LEAVES_A_MANIFEST.contains(failure.status())) {
          try {
            transaction.abandon(failure.status(), failure.line());
          } catch (IOException | RuntimeException unwritten) {
            e.addSuppressed(unwritten); // a full disk has no room for a manifest either
          }
        }
        throw e;
      }
    }
    return new Result(manifest.runId(), warehouse.shown(), counts, manifest.gates());
  }

  /** Checks that this process may write to the warehouse, and that no other run is writing. */
  private static void checkWritable(Settings settings, Storage storage) throws IOException {
    checkFolder(settings.warehouse());
    var root = new org.apache.hadoop.fs.Path(storage.qualified(settings.warehouse()));
    ObjectStores.check(root, storage.hadoop(), settings.storage().acceptsObjectStore());
    Transaction.checkFree(root.getFileSystem(storage.hadoop()), root);
  }

  private static void checkFolder(String warehouse) {
    Storage.local(warehouse)
        .ifPresent(folder -> OutputFile.checkFolder(folder, "to the warehouse " + folder));
  }

  private static Transaction begin(Warehouse warehouse, Settings settings, Manifest manifest) {
    checkFolder(warehouse.root().toString());
    try {
      ObjectStores.check(
          warehouse.root(), warehouse.storage().hadoop(), settings.storage().acceptsObjectStore());
      return Transaction.begin(warehouse, manifest);
    } catch (IOException e) {
      throw OutputFile.cannotWrite("to the warehouse " + warehouse.shown(), e);
    }
  }
}
