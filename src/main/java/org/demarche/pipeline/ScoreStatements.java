package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.demarche.Version;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.model.StanceModel;
import org.demarche.model.store.ModelStore;
import org.demarche.score.Tally;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.stance.Target;
import org.demarche.stance.TargetFinder;
import org.demarche.text.Sha256;
import org.demarche.warehouse.Probabilities;
import org.demarche.warehouse.StatementProbabilityTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Transaction;

/** {@code statements} to {@code statement_scores}: which way each leans, on every scale. */
public final class ScoreStatements {

  private ScoreStatements() {}

  static Map<String, Long> run(
      Transaction transaction,
      Settings settings,
      Models trained,
      Manifest manifest,
      Progress progress)
      throws IOException {
    notScored(settings).forEach(progress::note);
    Models models = PriorShifts.toScore(transaction, settings, trained, manifest, progress);
    String recipe =
        Sha256.id(
            Version.DEMARCHE,
            models.ids().toString(),
            settings.targets().toString(),
            String.valueOf(settings.score().probabilities()),
            transaction.text("_recipes/" + Stage.EXTRACT.label()).orElse(""));
    StageBatches todo =
        StageBatches.of(
            transaction, Stage.SCORE, recipe, StatementTable.TABLE, StatementScoreTable.TABLE);
    if (todo.again() && transaction.warehouse().has(StatementProbabilityTable.TABLE)) {
      transaction.clear(StatementProbabilityTable.TABLE);
    }
    for (Map.Entry<String, String> model : models.descriptions().entrySet()) {
      manifest.model(model.getKey(), models.byScale().get(model.getKey()).id());
      transaction.put("_models/" + model.getKey(), model.getKey() + ": " + model.getValue());
    }
    List<StanceModel> ours = List.copyOf(models.byScale().values());
    Tallied tallied = Tallied.in(transaction.warehouse().spark(), ours);
    Broadcast<Models> shared =
        JavaSparkContext.fromSparkContext(transaction.warehouse().spark().sparkContext())
            .broadcast(models);
    for (String batch : todo.batches()) {
      Dataset<Row> rows = transaction.read(StatementTable.TABLE, batch);
      transaction.append(StatementScoreTable.TABLE, batch, scores(rows, shared, settings, tallied));
      if (settings.score().probabilities()) {
        transaction.append(
            StatementProbabilityTable.TABLE,
            batch,
            probabilities(transaction.read(StatementScoreTable.TABLE, batch), models.scales()));
      }
    }
    if (settings.score().prior().equals(Settings.NO_PRIOR)) {
      for (String line : tallied.drift().lines(ours)) {
        progress.note(line);
        manifest.warning(line);
      }
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("statements", tallied.statements().value());
    counts.put("statement_scores", tallied.scores().value());
    return counts;
  }

  /**
   * Says of scales that the user has defined, and forgotten to name or to train, how it is done.
   */
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

  /** What the tasks count while they write, each task once; see {@link Extract.Tallied}. */
  record Tallied(LongAccumulator statements, LongAccumulator scores, Drift drift)
      implements Serializable {

    static Tallied in(SparkSession spark, List<StanceModel> models) {
      return new Tallied(
          spark.sparkContext().longAccumulator("statements"),
          spark.sparkContext().longAccumulator("statement scores"),
          Drift.of(models, spark.sparkContext()));
    }
  }

  /** Scores {@code statements}, rows of the table {@code statements}. */
  static Dataset<Row> scores(
      Dataset<Row> statements, Broadcast<Models> shared, Settings settings, Tallied tallied) {
    TargetFinder targets = new TargetFinder(settings.targets());
    MapPartitionsFunction<Row, Row> score =
        rows -> {
          Models.Reader reader = shared.value().new Reader();
          List<StanceModel> ours = List.copyOf(shared.value().byScale().values());
          return new FlatIterator<>(
              rows,
              row -> {
                List<Row> scores = rows(row, ours, reader, targets, tallied.drift());
                tallied.statements().add(1);
                tallied.scores().add(scores.size());
                return scores.iterator();
              });
        };
    return statements
        .select(
            col("statement_id"),
            col("passage"),
            col("source"),
            col("speaker_id"),
            col("published_date"),
            col("outlet"),
            col("article_id"),
            col("distinct_id"))
        .mapPartitions(score, Encoders.row(StatementScoreTable.TABLE.schema()));
  }

  private static List<Row> rows(
      Row statement,
      List<StanceModel> models,
      Models.Reader reader,
      TargetFinder targets,
      Drift drift) {
    String passage = statement.getString(1);
    String source = statement.getString(2);
    List<TargetFinder.Mention> mentions = mentions(targets, source, passage);
    List<Row> rows = new ArrayList<>();
    List<LabelDistribution> answers = reader.read(Passage.of(passage));
    for (int i = 0; i < answers.size(); i++) {
      StanceModel model = models.get(i);
      LabelDistribution label = Probabilities.rounded(answers.get(i));
      drift.add(i, label);
      rows.add(row(statement, StatementScoreTable.ANY_TARGET, model, label));
      for (TargetFinder.Mention mention : mentions) {
        Target target = mention.target();
        // A model that never saw a target says the same of a statement whatever it mentions.
        LabelDistribution towards =
            model.metadata().usesTargets()
                ? Probabilities.rounded(model.predict(towards(passage, mention)))
                : label;
        rows.add(row(statement, target.id(), model, towards));
      }
    }
    return rows;
  }

  /** Returns the targets that {@code passage} mentions, the words that name its source aside. */
  public static List<TargetFinder.Mention> mentions(
      TargetFinder targets, String source, String passage) {
    // Who speaks is no mention of a target: "Orleth's minister" says something about the dam.
    int[] hidden = placeOf(source, passage);
    return targets.find(passage, hidden[0], hidden[1]);
  }

  /** Returns what a model reads that tells targets apart. */
  public static Passage towards(String passage, TargetFinder.Mention mention) {
    return new Passage(passage, mention.target().name(), mention.start(), mention.end());
  }

  /** Returns where the words of {@code source} stand in {@code passage}, or −1 twice. */
  private static int[] placeOf(String source, String passage) {
    if (source != null) {
      String words = source.strip().replaceAll("\\s+", " ");
      int at = passage.indexOf(words);
      while (at >= 0) {
        int end = at + words.length();
        boolean whole =
            (at == 0 || !Character.isLetterOrDigit(passage.charAt(at - 1)))
                && (end == passage.length() || !Character.isLetterOrDigit(passage.charAt(end)));
        if (whole) {
          return new int[] {at, end};
        }
        at = passage.indexOf(words, at + 1);
      }
    }
    return new int[] {-1, -1};
  }

  private static Row row(Row statement, String target, StanceModel model, LabelDistribution label) {
    return RowFactory.create(
        statement.getString(0),
        model.scale().name(),
        target,
        label.label(),
        label.confidence(),
        Tally.units(label.position()) * Tally.UNIT,
        Probabilities.text(label),
        model.id(),
        statement.getString(3),
        statement.<LocalDate>getAs(4),
        statement.getString(5),
        statement.getString(6),
        statement.getString(7));
  }

  /** One row a label, from what {@code statement_scores} holds. */
  static Dataset<Row> probabilities(Dataset<Row> scores, Map<String, Scale> scales) {
    FlatMapFunction<Row, Row> split =
        row -> {
          Scale scale = scales.get(row.<String>getAs("scale"));
          LabelDistribution distribution =
              Probabilities.parse(scale, row.<String>getAs("probabilities"));
          List<Row> rows = new ArrayList<>();
          for (int i = 0; i < scale.size(); i++) {
            rows.add(
                RowFactory.create(
                    row.getAs("statement_id"),
                    scale.name(),
                    row.getAs("target_id"),
                    scale.labels().get(i).name(),
                    distribution.probabilities()[i]));
          }
          return rows.iterator();
        };
    return scores.flatMap(split, Encoders.row(StatementProbabilityTable.TABLE.schema()));
  }
}
