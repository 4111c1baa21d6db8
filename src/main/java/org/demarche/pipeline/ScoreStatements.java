package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.demarche.Version;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.model.ScaleModel;
import org.demarche.model.store.ModelStore;
import org.demarche.score.Tally;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;
import org.demarche.stance.StatementPassage;
import org.demarche.stance.TargetFinder;
import org.demarche.text.Sha256;
import org.demarche.warehouse.Probabilities;
import org.demarche.warehouse.Recipe;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.ScoringModel;
import org.demarche.warehouse.StatementProbabilityTable;
import org.demarche.warehouse.StatementProbabilityTable.ProbabilityRow;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementScoreTable.StatementScoreRow;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.StatementTable.StatementRow;
import org.demarche.warehouse.Transaction;

/**
 * The stage that scores statements on every scale. It reads {@code statements} and writes {@code
 * statement_scores}, which leaves out what was not said: see the column {@code asserted}.
 */
final class ScoreStatements {

  private ScoreStatements() {}

  static Map<String, Long> run(
      Transaction transaction,
      Settings settings,
      Models trained,
      QualityGates gates,
      Progress progress)
      throws IOException {
    notScored(settings).forEach(progress::note);
    Models models = PriorShifts.toScore(transaction, settings, trained, progress);
    String digest =
        Sha256.id(
            Version.DEMARCHE,
            models.ids().toString(),
            settings.targets().toString(),
            String.valueOf(settings.score().probabilities()),
            Recipe.EXTRACT.digest(transaction).orElse(""));
    StageBatches todo =
        StageBatches.of(
            transaction, Recipe.SCORE, digest, StatementTable.TABLE, StatementScoreTable.TABLE);
    if (todo.restarted() && transaction.warehouse().has(StatementProbabilityTable.TABLE)) {
      transaction.clear(StatementProbabilityTable.TABLE);
    }
    for (ScoringModel model : models.descriptions()) {
      transaction.manifest().model(model.scale(), models.byScale().get(model.scale()).id());
      model.store(transaction);
    }
    List<ScaleModel> ours = List.copyOf(models.byScale().values());
    Tallied tallied = Tallied.in(transaction.warehouse().spark(), ours);
    Broadcast<Models> shared =
        JavaSparkContext.fromSparkContext(transaction.warehouse().spark().sparkContext())
            .broadcast(models);
    for (String batch : todo.pending()) {
      Dataset<Row> rows = transaction.read(StatementTable.TABLE, batch);
      transaction.append(StatementScoreTable.TABLE, batch, scores(rows, shared, settings, tallied));
      if (settings.score().probabilities()) {
        transaction.append(
            StatementProbabilityTable.TABLE,
            batch,
            probabilities(transaction.read(StatementScoreTable.TABLE, batch), models.scales()));
      }
    }
    PublishedDrift.ofLabels(transaction, tallied.drift().labels(ours), gates);
    if (settings.score().prior().equals(Settings.NO_PRIOR)) {
      for (String line : tallied.drift().lines(ours)) {
        progress.note(line);
        transaction.manifest().warning(line);
      }
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("statements", tallied.statements().value());
    counts.put("statement_scores", tallied.scores().value());
    return counts;
  }

  /** Returns a note for each scale that the user has defined but forgotten to train or to name. */
  private static List<String> notScored(Settings settings) {
    return settings.scales().keySet().stream()
        .filter(name -> !settings.score().scales().contains(name) && !ModelStore.isBundled(name))
        .sorted()
        .map(
            name ->
                ("scale %1$s is defined but not scored on: train a model of it, set"
                        + " scales.%1$s.model, and name it in score.scales")
                    .formatted(name))
        .toList();
  }

  /** Counters that the tasks increase while they write; see {@link Extract.Tallied}. */
  record Tallied(LongAccumulator statements, LongAccumulator scores, Drift drift)
      implements Serializable {

    static Tallied in(SparkSession spark, List<ScaleModel> models) {
      return new Tallied(
          spark.sparkContext().longAccumulator("statements"),
          spark.sparkContext().longAccumulator("statement scores"),
          Drift.of(models, spark.sparkContext()));
    }
  }

  /**
   * Scores those of {@code statements}, rows of the table {@code statements}, that are asserted.
   */
  static Dataset<Row> scores(
      Dataset<Row> statements, Broadcast<Models> shared, Settings settings, Tallied tallied) {
    TargetFinder targets = new TargetFinder(settings.targets());
    MapPartitionsFunction<StatementRow, StatementScoreRow> score =
        rows -> {
          Models.Reader reader = shared.value().new Reader();
          List<ScaleModel> ours = List.copyOf(shared.value().byScale().values());
          return new FlatIterator<>(
              rows,
              row -> {
                List<StatementScoreRow> scores = rows(row, ours, reader, targets, tallied.drift());
                tallied.statements().add(1);
                tallied.scores().add(scores.size());
                return scores.iterator();
              });
        };
    RecordCodec<StatementScoreRow> scores = StatementScoreTable.TABLE.codec();
    Dataset<Row> asserted = statements.where(col("asserted"));
    return scores.write(
        StatementTable.TABLE.codec().read(asserted).mapPartitions(score, scores.encoder()));
  }

  private static List<StatementScoreRow> rows(
      StatementRow statement,
      List<ScaleModel> models,
      Models.Reader reader,
      TargetFinder targets,
      Drift drift) {
    StatementPassage passage = statement.statementPassage();
    List<TargetFinder.Mention> mentions = passage.mentions(targets);
    List<StatementScoreRow> rows = new ArrayList<>();
    List<LabelDistribution> answers = reader.read(passage.whole());
    for (int i = 0; i < answers.size(); i++) {
      ScaleModel model = models.get(i);
      LabelDistribution label = Probabilities.rounded(answers.get(i));
      drift.add(i, label);
      rows.add(row(statement, StatementScoreTable.ANY_TARGET, model, label));
      for (TargetFinder.Mention mention : mentions) {
        // A model trained without targets gives the same answer for every target.
        LabelDistribution towards =
            model.metadata().usesTargets()
                ? Probabilities.rounded(model.predict(passage.towards(mention)))
                : label;
        rows.add(row(statement, mention.target().id(), model, towards));
      }
    }
    return rows;
  }

  private static StatementScoreRow row(
      StatementRow statement, String target, ScaleModel model, LabelDistribution label) {
    return new StatementScoreRow(
        statement.statementId(),
        model.scale().name(),
        target,
        label.label(),
        label.confidence(),
        Tally.units(label.position()) * Tally.UNIT,
        Probabilities.text(label),
        model.id(),
        statement.speakerId(),
        statement.publishedDate(),
        statement.outlet(),
        statement.articleId(),
        statement.distinctId());
  }

  /** Returns one row per label for each row of {@code statement_scores}. */
  static Dataset<Row> probabilities(Dataset<Row> scores, Map<String, Scale> scales) {
    FlatMapFunction<StatementScoreRow, ProbabilityRow> split =
        row -> {
          Scale scale = scales.get(row.scale());
          double[] shares = Probabilities.parse(scale, row.probabilities()).probabilities();
          return IntStream.range(0, scale.size())
              .mapToObj(
                  i ->
                      new ProbabilityRow(
                          row.statementId(),
                          scale.name(),
                          row.targetId(),
                          scale.labels().get(i).name(),
                          shares[i]))
              .iterator();
        };
    RecordCodec<ProbabilityRow> rows = StatementProbabilityTable.TABLE.codec();
    return rows.write(
        StatementScoreTable.TABLE.codec().read(scores).flatMap(split, rows.encoder()));
  }
}
