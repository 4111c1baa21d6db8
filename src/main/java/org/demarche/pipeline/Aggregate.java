package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.demarche.DemarcheException;
import org.demarche.Version;
import org.demarche.config.Gate;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.model.ScaleModel;
import org.demarche.pipeline.WindowPriors.WindowPopulation;
import org.demarche.pipeline.WindowSums.WindowSum;
import org.demarche.speaker.KnownSpeaker;
import org.demarche.speaker.SpeakerDirectory;
import org.demarche.stance.Target;
import org.demarche.text.Sha256;
import org.demarche.warehouse.AggregatedBatches;
import org.demarche.warehouse.Recipe;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.SpeakerLabelTable;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.SpeakerTable;
import org.demarche.warehouse.SpeakerTable.SpeakerRow;
import org.demarche.warehouse.StatementProbabilityTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.TargetTable;
import org.demarche.warehouse.TargetTable.TargetRow;
import org.demarche.warehouse.Transaction;
import org.demarche.warehouse.Warehouse;

/**
 * The stage that summarises the scores of statements per speaker and time window. It reads {@code
 * statement_scores} and writes {@code speaker_scores}, {@code speaker_labels}, {@code speakers} and
 * {@code targets}.
 */
public final class Aggregate {

  /** Raise this when the same statements give other scores or shares than before. */
  private static final String METHOD = "3";

  private static final String[] SPEAKER = {"speaker_id"};

  private Aggregate() {}

  /** Prints a note if statements were scored again after the speaker scores were computed. */
  public static void noteIfBehind(Warehouse warehouse, Progress progress) throws IOException {
    Optional<String> scored = Recipe.AGGREGATED_SCORES.digest(warehouse);
    boolean isOfThese = scored.equals(Recipe.SCORE.digest(warehouse));
    if (scored.isPresent() && !(isOfThese && AggregatedBatches.areCurrent(warehouse))) {
      progress.note(
          "The speaker scores are older than the scores of statements: bring them up to date with"
              + " `demarche aggregate` and the settings of the score command");
    }
  }

  /**
   * Runs the stage.
   *
   * @param dropsTargets whether to drop the scores of statements towards targets that are not in
   *     {@code settings}
   */
  static Map<String, Long> run(
      Transaction transaction,
      Settings settings,
      Models models,
      boolean dropsTargets,
      QualityGates gates,
      Progress progress)
      throws IOException {
    if (transaction.batches(StatementScoreTable.TABLE).isEmpty()) {
      throw DemarcheException.inputMissing(
          "The warehouse %s has no table %s yet: nothing to aggregate"
              .formatted(transaction.warehouse().shown(), StatementScoreTable.TABLE.name()));
    }
    if (dropsTargets) {
      dropTargets(transaction, settings);
    }
    Optional<String> scored = Recipe.SCORE.digest(transaction);
    String digest =
        Sha256.id(
            Version.DEMARCHE,
            METHOD,
            models.ids().toString(),
            PriorShifts.recipe(models),
            settings.aggregate().toString(),
            settings.people().toString(),
            settings.targets().toString(),
            scored.orElse(""));
    // What has not changed is taken from these tables.
    boolean hasSums =
        transaction.warehouse().has(WindowPriors.TABLE)
            && transaction.warehouse().has(SpeakerSums.TABLE)
            && transaction.warehouse().has(SpeakerTable.TABLE)
            && !transaction.parts(WindowSums.TABLE).isEmpty();
    boolean isSame =
        hasSums
            && !dropsTargets
            && Recipe.AGGREGATE.digest(transaction).equals(Optional.of(digest));
    boolean isBehind = !isSame || !AggregatedBatches.areCurrent(transaction);
    if (isBehind) {
      StatementChanges changes =
          isSame ? StatementChanges.since(transaction) : StatementChanges.all(transaction);
      write(transaction, settings, models, changes, progress);
      Recipe.AGGREGATE.store(transaction, digest);
      Recipe.AGGREGATED_SCORES.store(transaction, scored.orElse(""));
      AggregatedBatches.store(transaction, transaction.batches(StatementScoreTable.TABLE));
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    try (Parallel together = new Parallel()) {
      var speakers = together.start(() -> transaction.read(SpeakerTable.TABLE).count());
      var scores = together.start(() -> transaction.read(SpeakerScoreTable.TABLE).count());
      counts.put("speakers", speakers.get());
      counts.put("speaker_scores", scores.get());
    }
    if (isBehind && counts.get("speakers") >= Gate.SCORE_DRIFT.fewest()) {
      PublishedDrift.ofScores(transaction, models.scales(), gates);
    }
    return counts;
  }

  /** Tells whether a score has a target of {@code settings} or no target. */
  private static Column isKept(Settings settings) {
    return col("target_id")
        .isin(
            Stream.concat(
                    Stream.of(StatementScoreTable.ANY_TARGET),
                    settings.targets().stream().map(Target::id))
                .toArray());
  }

  /** Drops the scores of statements towards targets that are not in {@code settings}. */
  private static void dropTargets(Transaction transaction, Settings settings) throws IOException {
    Column kept = isKept(settings);
    if (transaction.read(StatementScoreTable.TABLE).where(not(kept)).isEmpty()) {
      return;
    }
    for (Table<?> table : List.of(StatementScoreTable.TABLE, StatementProbabilityTable.TABLE)) {
      Dataset<Row> rows = transaction.warehouse().read(table).where(kept);
      // The table of probabilities is optional.
      SortedSet<String> batches = transaction.batches(table);
      if (!batches.isEmpty()) {
        transaction.clear(table);
      }
      for (String batch : batches) {
        transaction.append(table, batch, rows.where(col(Table.BATCH).equalTo(batch)));
      }
    }
  }

  private static void write(
      Transaction transaction,
      Settings settings,
      Models models,
      StatementChanges changes,
      Progress progress)
      throws IOException {
    SpeakerDirectory directory = ConfiguredSpeakers.directory(settings);
    List<TargetRow> targets = new ArrayList<>();
    targets.add(TargetTable.anyTarget());
    settings.targets().forEach(target -> targets.add(TargetTable.row(target)));
    Dataset<Row> targetRows =
        TargetTable.TABLE.codec().write(transaction.warehouse().spark(), targets).coalesce(1);
    Parallel.run(
        () -> check(changes, models, settings.targets(), progress),
        () -> writeSpeakers(transaction, changes, directory),
        () -> transaction.replace(TargetTable.TABLE, targetRows));
    Set<String> summed = writeSums(transaction, settings, models, changes, directory);
    writeScores(transaction, settings, models, changes, summed);
  }

  /** Writes the sums of speakers, and the table of speakers that is made of them. */
  private static void writeSpeakers(
      Transaction transaction, StatementChanges changes, SpeakerDirectory directory)
      throws IOException {
    Dataset<Row> added = SpeakerSums.of(changes.statements());
    if (changes.isAll()) {
      transaction.replace(SpeakerSums.TABLE, added.coalesce(1));
      transaction.replace(
          SpeakerTable.TABLE,
          SpeakerSums.speakers(transaction.read(SpeakerSums.TABLE), directory).coalesce(1));
      return;
    }
    Dataset<Row> news = changes.stored("speakers", added);
    Dataset<Row> before = changes.others(transaction.read(SpeakerSums.TABLE));
    Dataset<Row> sums = SpeakerSums.sum(before.join(news, SPEAKER, "left_semi").unionByName(news));
    transaction.replace(
        SpeakerSums.TABLE, before.join(news, SPEAKER, "left_anti").unionByName(sums).coalesce(1));
    Dataset<Row> old = transaction.warehouse().read(SpeakerTable.TABLE);
    Dataset<Row> changed =
        SpeakerSums.speakers(
            transaction.read(SpeakerSums.TABLE).join(news, SPEAKER, "left_semi"), directory);
    transaction.replace(
        SpeakerTable.TABLE,
        changes.others(old).join(news, SPEAKER, "left_anti").unionByName(changed).coalesce(1));
    // The sums have the name of the speaker, and the kind tells whether a speaker is scored.
    changes.addAnew(
        "renamed",
        transaction
            .read(SpeakerTable.TABLE)
            .join(news, SPEAKER, "left_semi")
            .as("now")
            .join(old.as("old"), SPEAKER)
            .where("NOT (now.speaker <=> old.speaker AND now.kind <=> old.kind)"));
  }

  /** Writes the sums of windows, and returns the parts that have changed. */
  private static Set<String> writeSums(
      Transaction transaction,
      Settings settings,
      Models models,
      StatementChanges changes,
      SpeakerDirectory directory)
      throws IOException {
    Set<String> configured =
        directory.speakers().stream().map(KnownSpeaker::id).collect(Collectors.toSet());
    FilterFunction<SpeakerRow> isScored =
        speaker -> speaker.isNamed() || configured.contains(speaker.speakerId());
    RecordCodec<SpeakerRow> speakers = SpeakerTable.TABLE.codec();
    Dataset<Row> scored =
        speakers
            .write(speakers.read(transaction.read(SpeakerTable.TABLE)).filter(isScored))
            .select("speaker_id", "speaker");
    Dataset<Row> added =
        WindowSums.CHANGES.write(
            WindowSums.of(
                changes
                    .scores()
                    .where(isKept(settings))
                    .withColumn("outlet", when(col("outlet").isNotNull(), xxhash64(col("outlet"))))
                    .join(scored, "speaker_id"),
                settings.aggregate().windows(),
                models.scales()));
    Dataset<Row> before = transaction.read(WindowSums.TABLE);
    if (changes.isAll()) {
      transaction.replaceParts(
          WindowSums.TABLE, transaction.parts(WindowSums.TABLE), WindowSums.firstSums(added));
      return transaction.parts(WindowSums.TABLE);
    }
    Dataset<Row> news = changes.stored("sums", added);
    Set<String> parts = WindowSums.parts(news.select("sum.*"));
    parts.addAll(WindowSums.parts(changes.dropped(before)));
    Dataset<Row> sums =
        WindowSums.sum(changes.others(transaction.readParts(WindowSums.TABLE, parts)), news);
    transaction.replaceParts(WindowSums.TABLE, parts, sums);
    return parts;
  }

  /**
   * Writes the scores that depend on sums in the parts {@code summed}: those of these parts, those
   * of the next one, which say how much they differ from the window before, and those of windows
   * with another prior now.
   */
  private static void writeScores(
      Transaction transaction,
      Settings settings,
      Models models,
      StatementChanges changes,
      Set<String> summed)
      throws IOException {
    Dataset<WindowSum> sums =
        WindowSums.CODEC.read(transaction.readParts(WindowSums.TABLE, summed));
    List<WindowPopulation> before =
        changes.isAll()
            ? List.of()
            : WindowPriors.CODEC.read(transaction.read(WindowPriors.TABLE)).collectAsList();
    List<WindowPopulation> now = new ArrayList<>(WindowPriors.outside(summed, before));
    now.addAll(WindowPriors.populations(sums));
    WindowPriors priors = WindowPriors.of(now, models.scales());
    Set<String> scored = new TreeSet<>(summed);
    scored.addAll(priors.after(summed));
    scored.addAll(priors.changedSince(WindowPriors.of(before, models.scales())));
    Set<String> read = new TreeSet<>(scored);
    read.addAll(priors.before(scored));
    Dataset<Row> scores =
        WindowScores.scores(
            transaction.readParts(WindowSums.TABLE, read),
            scored,
            priors,
            settings.aggregate().lowN(),
            transaction.manifest().runId());
    Dataset<Row> populations =
        WindowPriors.CODEC.write(transaction.warehouse().spark(), now).coalesce(1);
    Parallel.run(
        () -> replace(transaction, SpeakerScoreTable.TABLE, changes, scored, scores),
        () ->
            replace(
                transaction,
                SpeakerLabelTable.TABLE,
                changes,
                summed,
                WindowScores.labels(sums, models)),
        () -> transaction.replace(WindowPriors.TABLE, populations));
  }

  /** Replaces {@code parts} of a table by {@code rows}, or all parts if all rows are new. */
  private static void replace(
      Transaction transaction,
      Table<?> table,
      StatementChanges changes,
      Set<String> parts,
      Dataset<Row> rows)
      throws IOException {
    transaction.replaceParts(table, changes.isAll() ? transaction.parts(table) : parts, rows);
  }

  /** The model that scored statements on a scale, and a target that one of them mentions. */
  public record ScoredBy(String scale, String modelId, String targetId) {}

  /**
   * Checks that {@code models} scored the new statements, because shares are corrected by them. If
   * everything is added up, it also tells which targets no statement mentions.
   */
  private static void check(
      StatementChanges changes, Models models, List<Target> targets, Progress progress)
      throws IOException {
    List<ScoredBy> all =
        new RecordCodec<>(ScoredBy.class).read(changes.freshScores()).distinct().collectAsList();
    Set<String> mentioned = all.stream().map(ScoredBy::targetId).collect(Collectors.toSet());
    if (changes.isAll()) {
      targets.stream()
          .map(Target::id)
          .filter(target -> !mentioned.contains(target))
          .map("target %s: no statement mentions it; check its name and aliases"::formatted)
          .forEach(progress::note);
    }
    for (ScoredBy scored : all) {
      ScaleModel model = models.byScale().get(scored.scale());
      if (model == null || !model.id().equals(scored.modelId())) {
        throw DemarcheException.modelIncompatible(
            "The statements were scored on '%s' by model %s, which is not configured now: run score"
                .formatted(scored.scale(), scored.modelId()));
      }
    }
  }
}
