package org.demarche.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.demarche.config.Settings;
import org.demarche.report.Report;
import org.demarche.report.ReportData;
import org.demarche.report.ReportData.Credits;
import org.demarche.report.ReportData.Evidence;
import org.demarche.report.ReportData.Judgement;
import org.demarche.report.ReportData.Run;
import org.demarche.report.ReportData.ScoreRow;
import org.demarche.report.ReportData.ShareRow;
import org.demarche.report.ReportData.SpeakerName;
import org.demarche.report.ReportData.TargetName;
import org.demarche.report.ReportData.Tint;
import org.demarche.scale.Scale;
import org.demarche.table.ArticleTable;
import org.demarche.table.RejectTable;
import org.demarche.table.SpeakerLabelTable;
import org.demarche.table.SpeakerScoreTable;
import org.demarche.table.SpeakerTable;
import org.demarche.table.StatementScoreTable;
import org.demarche.table.StatementTable;
import org.demarche.table.TargetTable;
import org.demarche.table.Warehouse;

/** Tables to one page: what of a warehouse a report shows. */
public final class Reports {

  /** One page holds the speakers with the most statements, and the latest of these. */
  private static final int SPEAKERS = 150;

  private static final int STATEMENTS_EACH = 60;

  /** A time line of days is as long as it is empty; weeks and months are shown. */
  private static final Set<String> WINDOWS = Set.of("all", "year", "quarter", "month", "week");

  private Reports() {}

  /**
   * Writes the report on a warehouse to {@code out}.
   *
   * @throws InputMissingException if the warehouse has no scores yet
   * @throws OutputConflictException if {@code out} cannot be written
   */
  public static void run(Settings settings, Path out, Progress progress) throws IOException {
    try (progress) {
      OutputFile.check(out);
      OutputFile.checkReplaces(
          out,
          "a report",
          head -> new String(head, UTF_8).strip().toLowerCase(Locale.ROOT).startsWith("<!doctype"));
      Inputs.require(settings.warehouse(), SpeakerScoreTable.TABLE);
      try (SparkSession spark = Sessions.open("demarche report", progress)) {
        progress.stage("report");
        Warehouse warehouse = Warehouse.at(spark, settings.warehouse());
        ReportData data = data(warehouse, settings);
        Aggregate.noteIfBehind(warehouse, progress);
        OutputFile.write(out, Report.html(data));
        data.tintings().stream()
            .filter(tinting -> !tinting.drawn())
            .forEach(tinting -> progress.note(tinting.scale() + ": " + tinting.note()));
      }
    }
  }

  static ReportData data(Warehouse warehouse, Settings settings) throws IOException {
    Dataset<Row> scores = Inputs.required(warehouse, SpeakerScoreTable.TABLE);
    Column isTop =
        col("speaker_id")
            .isin(
                scores
                    .groupBy("speaker_id")
                    .agg(max("distinct_statements").as("n"))
                    .orderBy(col("n").desc(), col("speaker_id"))
                    .limit(SPEAKERS)
                    .select("speaker_id")
                    .as(Encoders.STRING())
                    .collectAsList()
                    .toArray());
    List<ScoreRow> scoreRows = new ArrayList<>();
    Set<String> usedScales = new TreeSet<>();
    Set<String> runs = new TreeSet<>();
    for (Row row : inWindows(scores.where(isTop), SpeakerScoreTable.TABLE.sortedBy())) {
      scoreRows.add(scoreRow(row));
      usedScales.add(row.getAs("scale"));
      runs.add(row.getAs("run_id"));
    }
    List<ShareRow> shares = new ArrayList<>();
    for (Row row :
        inWindows(
            warehouse.read(SpeakerLabelTable.TABLE).where(isTop),
            SpeakerLabelTable.TABLE.sortedBy())) {
      shares.add(shareRow(row));
    }
    List<SpeakerName> speakers = new ArrayList<>();
    for (Row row :
        sorted(warehouse.read(SpeakerTable.TABLE).where(isTop), List.of(col("speaker_id")))) {
      speakers.add(
          new SpeakerName(
              row.getAs("speaker_id"),
              row.getAs("speaker"),
              row.getAs("kind"),
              row.getAs("role"),
              row.getAs("affiliation")));
    }
    List<TargetName> targets = new ArrayList<>();
    for (Row row :
        sorted(
            warehouse.read(TargetTable.TABLE),
            List.of(col("target_id").notEqual(StatementScoreTable.ANY_TARGET), col("target_id")))) {
      targets.add(new TargetName(row.getAs("target_id"), row.getAs("name")));
    }
    // The scale that was asked for first is shown first.
    List<Scale> scales =
        settings.score().scales().stream()
            .filter(usedScales::contains)
            .map(name -> settings.scales().get(name).scale())
            .toList();
    Tints tints = new Tints(settings, scales, PriorShifts.kept(warehouse));
    List<Evidence> evidence = evidence(warehouse, isTop, tints);
    return new ReportData(
        "Who stands where",
        facts(warehouse, runs.isEmpty() ? "" : runs.iterator().next(), settings),
        scales,
        targets,
        speakers,
        scoreRows,
        shares,
        evidence,
        tints.tintings());
  }

  private static List<Row> inWindows(Dataset<Row> rows, List<String> order) {
    return sorted(
        rows.where(col("window").isin(WINDOWS.toArray())),
        order.stream().map(name -> col(name)).toList());
  }

  /** Returns {@code rows} in order, few enough for one page; Spark need not spread them out. */
  private static List<Row> sorted(Dataset<Row> rows, List<Column> order) {
    return rows.repartition(1).sortWithinPartitions(order.toArray(Column[]::new)).collectAsList();
  }

  private static Run facts(Warehouse warehouse, String runId, Settings settings)
      throws IOException {
    Row articles =
        warehouse
            .read(ArticleTable.TABLE)
            .agg(
                count(lit(1)),
                sum(col("is_reprint").cast(DataTypes.LongType)),
                min("published_date"),
                max("published_date"))
            .head();
    Row statements =
        warehouse
            .read(StatementTable.TABLE)
            .agg(count(lit(1)), count_distinct(col("distinct_id")))
            .head();
    return new Run(
        runId,
        articles.getLong(0),
        articles.isNullAt(1) ? 0 : articles.getLong(1),
        warehouse.read(RejectTable.TABLE).count(),
        statements.getLong(0),
        statements.getLong(1),
        credits(warehouse),
        articles.getAs(2),
        articles.getAs(3),
        warehouse.texts("_models").stream().map(String::strip).toList(),
        settings.aggregate().lowN());
  }

  /** Counts the statements by whose they are. */
  private static Credits credits(Warehouse warehouse) throws IOException {
    Dataset<Row> scored =
        warehouse
            .read(SpeakerScoreTable.TABLE)
            .select("speaker_id")
            .distinct()
            .withColumn("scored", lit(true));
    List<Row> parts =
        warehouse
            .read(StatementTable.TABLE)
            .groupBy("speaker_id", "speaker_kind")
            .agg(count(lit(1)).as("n"))
            .join(scored, ScalaSeq.of("speaker_id"), "left")
            .groupBy(col("scored"), col("speaker_kind"))
            .agg(sum("n"), count_distinct(col("speaker_id")))
            .collectAsList();
    return new Credits(
        // Of several kinds in several articles is still one speaker.
        scored.count(),
        statements(parts, null),
        parts.stream()
            .filter(part -> part.isNullAt(0) && "group".equals(part.getString(1)))
            .mapToLong(part -> part.getLong(3))
            .sum(),
        statements(parts, "group"),
        statements(parts, "unnamed"),
        statements(parts, "unknown"),
        statements(parts, "person") + statements(parts, "organization"));
  }

  /** Adds up the statements of one kind without a score, or of all that have one for null. */
  private static long statements(List<Row> parts, String kind) {
    return parts.stream()
        .filter(
            part ->
                kind == null
                    ? !part.isNullAt(0)
                    : part.isNullAt(0) && kind.equals(part.getString(1)))
        .mapToLong(part -> part.getLong(2))
        .sum();
  }

  private static List<Evidence> evidence(Warehouse warehouse, Column isTop, Tints tints)
      throws IOException {
    WindowSpec copies =
        Window.partitionBy("speaker_id", "distinct_id").orderBy("published_date", "statement_id");
    WindowSpec latest =
        Window.partitionBy("speaker_id").orderBy(col("published_date").desc(), col("statement_id"));
    Dataset<Row> chosen =
        warehouse
            .read(StatementTable.TABLE)
            .where(isTop)
            .withColumn("copy", row_number().over(copies))
            .withColumn(
                "copies", count(lit(1)).over(Window.partitionBy("speaker_id", "distinct_id")))
            .where(col("copy").equalTo(1))
            .withColumn("rank", row_number().over(latest))
            .where(col("rank").leq(STATEMENTS_EACH))
            .join(warehouse.read(ArticleTable.TABLE).select("article_id", "title"), "article_id");
    List<Row> rows = sorted(chosen, List.of(col("speaker_id"), col("rank")));
    Map<String, List<Judgement>> judgements = new HashMap<>();
    Map<String, Map<String, String>> models = new HashMap<>();
    Dataset<Row> ids =
        broadcast(
            warehouse
                .read(StatementTable.TABLE)
                .sparkSession()
                .createDataset(
                    rows.stream().map(row -> row.<String>getAs("statement_id")).toList(),
                    Encoders.STRING())
                .toDF("statement_id"));
    for (Row row :
        sorted(
            warehouse.read(StatementScoreTable.TABLE).join(ids, "statement_id"),
            List.of(col("statement_id"), col("scale"), col("target_id")))) {
      judgements
          .computeIfAbsent(row.getAs("statement_id"), id -> new ArrayList<>())
          .add(
              new Judgement(
                  row.getAs("scale"),
                  row.getAs("target_id"),
                  row.getAs("label"),
                  row.<Double>getAs("confidence"),
                  row.<Double>getAs("position")));
      models
          .computeIfAbsent(row.getAs("statement_id"), id -> new HashMap<>())
          .put(row.getAs("scale"), row.getAs("model_id"));
    }
    List<List<Tint>> tinted =
        tints.of(
            rows.stream()
                .map(
                    row ->
                        new Tints.Sentence(
                            Tints.cut(row.getAs("text"), row.getAs("fragments")),
                            row.getAs("passage"),
                            row.getAs("source"),
                            row.getAs("cue"),
                            row.getAs("speaker_id"),
                            row.<Integer>getAs("rank"),
                            models.getOrDefault(row.<String>getAs("statement_id"), Map.of())))
                .toList());
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      evidence.add(
          new Evidence(
              row.getAs("speaker_id"),
              row.getAs("published_date"),
              row.getAs("outlet"),
              row.getAs("url"),
              row.getAs("title"),
              row.getAs("article_id"),
              row.<Long>getAs("start"),
              row.<Long>getAs("end"),
              row.getAs("kind"),
              row.getAs("text"),
              row.getAs("cue"),
              row.getAs("source"),
              row.<Long>getAs("copies") - 1,
              judgements.getOrDefault(row.<String>getAs("statement_id"), List.of()),
              tinted.get(i)));
    }
    return evidence;
  }

  private static ScoreRow scoreRow(Row row) {
    return new ScoreRow(
        row.getAs("scale"),
        row.getAs("target_id"),
        row.getAs("window"),
        row.getAs("window_start"),
        row.getAs("window_end"),
        row.getAs("speaker_id"),
        row.<Long>getAs("statements"),
        row.<Long>getAs("distinct_statements"),
        row.<Long>getAs("articles"),
        row.<Long>getAs("outlets"),
        row.<Double>getAs("mean"),
        row.<Double>getAs("score"),
        row.<Double>getAs("low"),
        row.<Double>getAs("high"),
        row.<Boolean>getAs("low_n"),
        row.<Double>getAs("change"),
        row.<Boolean>getAs("change_significant"));
  }

  private static ShareRow shareRow(Row row) {
    return new ShareRow(
        row.getAs("scale"),
        row.getAs("target_id"),
        row.getAs("window"),
        row.getAs("window_start"),
        row.getAs("speaker_id"),
        row.getAs("label"),
        row.<Double>getAs("share"),
        row.<Double>getAs("share_adjusted"),
        row.<Double>getAs("low"),
        row.<Double>getAs("high"),
        row.<Long>getAs("statements"));
  }
}
