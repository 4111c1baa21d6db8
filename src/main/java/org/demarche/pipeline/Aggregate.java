package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.demarche.DemarcheException;
import org.demarche.Version;
import org.demarche.config.Gate;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.model.ScaleModel;
import org.demarche.pipeline.WindowTallies.WindowTally;
import org.demarche.score.Change;
import org.demarche.score.Population;
import org.demarche.score.Prior;
import org.demarche.score.Score;
import org.demarche.score.Share;
import org.demarche.score.ShareCorrection;
import org.demarche.speaker.KnownSpeaker;
import org.demarche.speaker.SpeakerDirectory;
import org.demarche.stance.Scale;
import org.demarche.stance.Target;
import org.demarche.text.Sha256;
import org.demarche.warehouse.AggregatedBatches;
import org.demarche.warehouse.Recipe;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.SpeakerLabelTable;
import org.demarche.warehouse.SpeakerLabelTable.SpeakerLabelRow;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.SpeakerScoreTable.SpeakerScoreRow;
import org.demarche.warehouse.SpeakerTable;
import org.demarche.warehouse.SpeakerTable.SpeakerRow;
import org.demarche.warehouse.StatementProbabilityTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementTable;
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
  private static final String METHOD = "2";

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
        transaction.warehouse().has(WindowTallies.TABLE)
            && transaction.warehouse().has(SpeakerTable.TABLE);
    boolean isSame =
        hasSums
            && !dropsTargets
            && Recipe.AGGREGATE.digest(transaction).equals(Optional.of(digest));
    boolean isBehind = !isSame || !AggregatedBatches.areCurrent(transaction);
    if (isBehind) {
      TouchedSpeakers touched = isSame ? TouchedSpeakers.since(transaction) : TouchedSpeakers.all();
      write(transaction, settings, models, touched, progress);
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
        transaction.append(table, batch, table.sort(rows.where(col(Table.BATCH).equalTo(batch))));
      }
    }
  }

  private static void write(
      Transaction transaction,
      Settings settings,
      Models models,
      TouchedSpeakers touched,
      Progress progress)
      throws IOException {
    SpeakerDirectory directory = ConfiguredSpeakers.directory(settings);
    SparkSession spark = transaction.warehouse().spark();
    Dataset<Row> summaries =
        touched
            .rest(transaction.read(SpeakerTable.TABLE))
            .unionByName(
                SpeakerSummaries.of(touched.of(transaction.read(StatementTable.TABLE)), directory))
            .repartition(1);
    List<TargetRow> targets = new ArrayList<>();
    targets.add(TargetTable.anyTarget());
    settings.targets().forEach(target -> targets.add(TargetTable.row(target)));
    Dataset<Row> targetRows = TargetTable.TABLE.codec().write(spark, targets).coalesce(1);
    Dataset<Row> statementScores = transaction.read(StatementScoreTable.TABLE);
    Parallel.run(
        () -> check(statementScores, models, settings.targets(), progress),
        () -> transaction.replace(SpeakerTable.TABLE, SpeakerTable.TABLE.sort(summaries)),
        () -> transaction.replace(TargetTable.TABLE, TargetTable.TABLE.sort(targetRows)));
    Set<String> configured =
        directory.speakers().stream().map(KnownSpeaker::id).collect(Collectors.toSet());
    FilterFunction<SpeakerRow> isScored =
        speaker -> speaker.isNamed() || configured.contains(speaker.speakerId());
    RecordCodec<SpeakerRow> speakers = SpeakerTable.TABLE.codec();
    Dataset<Row> scored =
        speakers
            .write(speakers.read(transaction.read(SpeakerTable.TABLE)).filter(isScored))
            .select("speaker_id", "speaker");
    Dataset<Row> fresh =
        WindowTallies.CODEC
            .write(
                WindowTallies.of(
                    touched.of(statementScores.where(isKept(settings))).join(scored, "speaker_id"),
                    settings.aggregate().windows(),
                    models.scales()))
            .repartition(col("scale"), col("target_id"), col("window"));
    // Sorted once here, so that sorting the tables below is quick.
    transaction.replace(
        WindowTallies.TABLE,
        WindowTallies.TABLE.sort(
            touched.rest(transaction.read(WindowTallies.TABLE)).unionByName(fresh)));
    Dataset<WindowTally> tallies = WindowTallies.CODEC.read(transaction.read(WindowTallies.TABLE));
    Parallel.run(
        () -> {
          Priors priors = Priors.of(tallies, models.scales());
          Dataset<Row> scores =
              scores(tallies, priors, settings.aggregate().lowN(), transaction.manifest().runId());
          transaction.replace(SpeakerScoreTable.TABLE, SpeakerScoreTable.TABLE.sort(scores));
        },
        () ->
            transaction.replace(
                SpeakerLabelTable.TABLE, SpeakerLabelTable.TABLE.sort(labels(tallies, models))));
  }

  /** The model that scored statements on a scale, and a target that one of them mentions. */
  public record ScoredBy(String scale, String modelId, String targetId) {}

  /**
   * Checks that {@code models} scored the statements, because shares are corrected by them. Says
   * which targets no statement mentions.
   */
  private static void check(
      Dataset<Row> statementScores, Models models, List<Target> targets, Progress progress) {
    List<ScoredBy> all =
        new RecordCodec<>(ScoredBy.class).read(statementScores).distinct().collectAsList();
    Set<String> mentioned = all.stream().map(ScoredBy::targetId).collect(Collectors.toSet());
    targets.stream()
        .map(Target::id)
        .filter(target -> !mentioned.contains(target))
        .map("target %s: no statement mentions it; check its name and aliases"::formatted)
        .forEach(progress::note);
    for (ScoredBy scored : all) {
      ScaleModel model = models.byScale().get(scored.scale());
      if (model == null || !model.id().equals(scored.modelId())) {
        throw DemarcheException.modelIncompatible(
            "The statements were scored on '%s' by model %s, which is not configured now: run score"
                .formatted(scored.scale(), scored.modelId()));
      }
    }
  }

  static Dataset<Row> scores(Dataset<WindowTally> tallies, Priors priors, int lowN, String runId) {
    MapFunction<WindowTally, SpeakerScoreRow> score =
        row -> {
          Prior prior = priors.of(row.scale(), row.targetId(), row.window());
          Score now = prior.score(row.tally());
          Change change =
              row.before().statements() == 0 ? null : now.since(prior.score(row.before()));
          return new SpeakerScoreRow(
              row.scale(),
              row.targetId(),
              row.window(),
              row.windowStart(),
              row.windowEnd(),
              row.speakerId(),
              row.speaker(),
              row.statements(),
              row.tally().statements(),
              row.articles(),
              row.outlets(),
              now.mean(),
              now.score(),
              now.low(),
              now.high(),
              row.tally().statements() < lowN,
              change == null ? null : change.difference(),
              change != null && change.isSignificant(),
              row.modelId(),
              runId);
        };
    RecordCodec<SpeakerScoreRow> codec = SpeakerScoreTable.TABLE.codec();
    return codec.write(tallies.map(score, codec.encoder()));
  }

  static Dataset<Row> labels(Dataset<WindowTally> tallies, Models models) {
    Map<String, Scale> scales = models.scales();
    Map<String, ShareCorrection> corrections = models.corrections();
    FlatMapFunction<WindowTally, SpeakerLabelRow> shares =
        row -> {
          List<String> names = scales.get(row.scale()).labelNames();
          Optional<double[]> adjusted = corrections.get(row.scale()).adjust(row.tally());
          List<SpeakerLabelRow> rows = new ArrayList<>();
          for (int i = 0; i < names.size(); i++) {
            long statements = row.tally().labelStatements()[i];
            Share share = Share.of(statements, row.tally().statements());
            rows.add(
                new SpeakerLabelRow(
                    row.scale(),
                    row.targetId(),
                    row.window(),
                    row.windowStart(),
                    row.windowEnd(),
                    row.speakerId(),
                    row.speaker(),
                    names.get(i),
                    share.share(),
                    adjusted.isPresent() ? adjusted.get()[i] : null,
                    share.low(),
                    share.high(),
                    statements));
          }
          return rows.iterator();
        };
    RecordCodec<SpeakerLabelRow> codec = SpeakerLabelTable.TABLE.codec();
    return codec.write(tallies.flatMap(shares, codec.encoder()));
  }

  /** The speakers of one scale, target and kind of window. */
  record Group(String scale, String target, String window) implements Serializable {}

  /** The prior of the speakers' scores for each scale, target and kind of window. */
  record Priors(Map<Group, Prior> byGroup) implements Serializable {

    /** Estimates the priors of all {@code tallies}. */
    static Priors of(Dataset<WindowTally> tallies, Map<String, Scale> scales) {
      FlatMapFunction<Iterator<WindowTally>, Map<Group, Population>> gather =
          rows -> {
            Map<Group, Population> populations = new HashMap<>();
            while (rows.hasNext()) {
              WindowTally row = rows.next();
              populations.merge(
                  new Group(row.scale(), row.targetId(), row.window()),
                  Population.of(row.tally()),
                  Population::plus);
            }
            return List.of(populations).iterator();
          };
      Map<Group, Population> all = new HashMap<>();
      tallies
          .javaRDD()
          .mapPartitions(gather)
          .collect()
          .forEach(some -> some.forEach((group, p) -> all.merge(group, p, Population::plus)));
      Map<Group, Prior> priors = new HashMap<>();
      all.forEach(
          (group, population) -> priors.put(group, population.prior(scales.get(group.scale()))));
      return new Priors(priors);
    }

    Prior of(String scale, String target, String window) {
      return byGroup.get(new Group(scale, target, window));
    }
  }
}
