package org.demarche.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.files.OutputFile;
import org.demarche.pipeline.Aggregate;
import org.demarche.pipeline.Parallel;
import org.demarche.pipeline.PriorShifts;
import org.demarche.report.ReportData.Evidence;
import org.demarche.report.ReportData.Judgement;
import org.demarche.report.ReportData.LeftOut;
import org.demarche.report.ReportData.ScoreRow;
import org.demarche.report.ReportData.ShareRow;
import org.demarche.report.ReportData.SpeakerName;
import org.demarche.report.ReportData.TargetName;
import org.demarche.report.ReportData.Tint;
import org.demarche.stance.Scale;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.SpeakerLabelTable;
import org.demarche.warehouse.SpeakerLabelTable.SpeakerLabelRow;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.SpeakerScoreTable.SpeakerScoreRow;
import org.demarche.warehouse.SpeakerTable;
import org.demarche.warehouse.SpeakerTable.SpeakerRow;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.TargetTable;
import org.demarche.warehouse.Warehouse;
import org.demarche.warehouse.WarehouseSession;

/** Tables to one page: what of a warehouse a report shows. */
public final class ReportReader {

  /** How many speakers are in the list however few statements they have. */
  private static final int BEST_KNOWN = 150;

  /** Sentences of each of the best known, where nothing else is asked for. */
  private static final int SENTENCES_OF_BEST_KNOWN = 60;

  /** Sentences of everybody else in the list. */
  private static final int SENTENCES_OF_OTHERS = 5;

  /** A thousand sentences make half a megabyte of the page. */
  private static final long MOST_SENTENCES = 20_000;

  /** Nine thousand scores make a megabyte. */
  private static final long MOST_SCORES = 100_000;

  /** A larger page takes a browser long to open. */
  private static final long LARGE_PAGE = 30_000_000;

  /** A time line of days is as long as it is empty; weeks and months are shown. */
  private static final Set<String> WINDOWS = Set.of("all", "year", "quarter", "month", "week");

  /**
   * How much of a warehouse a report shows; null asks for what fits on a page.
   *
   * @param speakers most speakers in the list, at least 1: those with the most statements. What
   *     fits is everybody with enough statements to rely on, and the 150 best known anyhow
   * @param sentences newest sentences of each of them, at least 0. What fits is 60 of each of the
   *     150 with the most statements and 5 of everybody else, as long as the page can hold them
   */
  public record Extent(Integer speakers, Integer sentences) {

    /** What fits on a page. */
    public static final Extent FITTING = new Extent(null, null);
  }

  /**
   * A speaker in the list.
   *
   * @param whole whether all scores are shown, and not those over all time alone
   * @param sentences how many sentences are shown at most
   */
  public record Listed(String speakerId, boolean whole, long sentences) {}

  /**
   * A speaker with a score.
   *
   * @param statements distinct statements, in the window with the most
   * @param scores how many scores
   */
  public record Known(String speakerId, long statements, long scores) {}

  private ReportReader() {}

  /**
   * Writes the report on a warehouse to {@code out}.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if the warehouse has no scores yet
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if {@code out} cannot be written
   */
  public static void run(Settings settings, Extent extent, Path out, Progress progress)
      throws IOException {
    try (progress) {
      OutputFile.check(out);
      OutputFile.checkReplaces(
          out,
          "a report",
          head -> new String(head, UTF_8).strip().toLowerCase(Locale.ROOT).startsWith("<!doctype"));
      RequiredTables.require(settings.warehouse(), SpeakerScoreTable.TABLE);
      try (WarehouseSession session = WarehouseSession.open("demarche report", progress)) {
        progress.stage("report");
        Warehouse warehouse = session.warehouse(settings.warehouse());
        ReportData data = data(warehouse, settings, extent);
        Aggregate.noteIfBehind(warehouse, progress);
        String page = Report.html(data);
        OutputFile.write(out, page);
        if (page.length() > LARGE_PAGE) {
          progress.note(
              "the page has %d MB, which a browser takes long to open: fewer --speakers or --sentences make it smaller"
                  .formatted(page.length() / 1_000_000));
        }
        data.tintings().stream()
            .filter(tinting -> !tinting.drawn())
            .forEach(tinting -> progress.note(tinting.scale() + ": " + tinting.note()));
      }
    }
  }

  public static ReportData data(Warehouse warehouse, Settings settings) throws IOException {
    return data(warehouse, settings, Extent.FITTING);
  }

  public static ReportData data(Warehouse warehouse, Settings settings, Extent extent)
      throws IOException {
    Dataset<Row> scores =
        RequiredTables.required(warehouse, SpeakerScoreTable.TABLE)
            .where(col("window").isin(WINDOWS.toArray()));
    List<Known> known =
        new RecordCodec<>(Known.class)
            .read(
                scores
                    .groupBy("speaker_id")
                    .agg(max("distinct_statements").as("statements"), count(lit(1)).as("scores"))
                    .orderBy(col("statements").desc(), col("speaker_id")))
            .collectAsList();
    List<Listed> listed = listed(known, settings.aggregate().lowN(), extent);
    Dataset<Row> page = broadcast(new RecordCodec<>(Listed.class).write(warehouse.spark(), listed));
    boolean isAll = listed.size() == known.size() && listed.stream().allMatch(Listed::whole);
    Dataset<Row> shown = isAll ? scores : scores.join(page, "speaker_id").where(isShown());
    Dataset<Row> labels =
        warehouse.read(SpeakerLabelTable.TABLE).where(col("window").isin(WINDOWS.toArray()));
    Dataset<Row> shownLabels =
        isAll ? labels : labels.join(shown, isSameScore(labels, shown), "left_semi");
    Dataset<Row> named = warehouse.read(SpeakerTable.TABLE).join(page, "speaker_id");
    try (Parallel together = new Parallel()) {
      var scoreRows = together.start(() -> sorted(SpeakerScoreTable.TABLE, shown));
      var shareRows = together.start(() -> sorted(SpeakerLabelTable.TABLE, shownLabels));
      var speakerRows = together.start(() -> sorted(SpeakerTable.TABLE, named));
      var targetRows = together.start(() -> targets(warehouse));
      var articles = together.start(() -> RunFacts.articles(warehouse));
      var statements = together.start(() -> RunFacts.statements(warehouse));
      var credits = together.start(() -> RunFacts.credits(warehouse));
      var leftOut = together.start(() -> isAll ? List.<LeftOut>of() : leftOut(scores, page));
      Set<String> usedScales = new TreeSet<>();
      Set<String> runs = new TreeSet<>();
      for (SpeakerScoreRow row : scoreRows.get()) {
        usedScales.add(row.scale());
        runs.add(row.runId());
      }
      // The scale that was asked for first is shown first.
      List<Scale> scales =
          settings.score().scales().stream()
              .filter(usedScales::contains)
              .map(name -> settings.scales().get(name).scale())
              .toList();
      WordWeights tints = new WordWeights(settings, scales, PriorShifts.kept(warehouse));
      List<Evidence> evidence = evidence(warehouse, page, tints);
      String runId = runs.isEmpty() ? "" : runs.iterator().next();
      return new ReportData(
          "Who stands where",
          RunFacts.of(
              warehouse,
              runId,
              articles.get(),
              statements.get(),
              credits.get(),
              settings.aggregate().lowN()),
          scales,
          targetRows.get(),
          speakerRows.get().stream().map(ReportReader::speakerName).toList(),
          scoreRows.get().stream().map(ReportReader::scoreRow).toList(),
          leftOut.get(),
          shareRows.get().stream().map(ReportReader::shareRow).toList(),
          evidence,
          tints.tintings());
    }
  }

  private static SpeakerName speakerName(SpeakerRow row) {
    return new SpeakerName(
        row.speakerId(), row.speaker(), row.kindId(), row.role(), row.affiliation());
  }

  /** Returns the targets, first that which stands for any. */
  private static List<TargetName> targets(Warehouse warehouse) throws IOException {
    return sorted(TargetTable.TABLE, warehouse.read(TargetTable.TABLE)).stream()
        .sorted(Comparator.comparing(row -> !row.targetId().equals(StatementScoreTable.ANY_TARGET)))
        .map(row -> new TargetName(row.targetId(), row.name()))
        .toList();
  }

  /**
   * Chooses who is in the list and how many of their sentences are shown.
   *
   * @param known every speaker with a score, first those with the most statements
   */
  static List<Listed> listed(List<Known> known, int lowN, Extent extent) {
    long enough = known.stream().filter(row -> row.statements() >= lowN).count();
    long most = extent.speakers() == null ? Math.max(BEST_KNOWN, enough) : extent.speakers();
    List<Listed> listed = new ArrayList<>();
    long sentences = 0;
    long scores = 0;
    for (Known row : known.subList(0, (int) Math.min(most, known.size()))) {
      boolean isBestKnown = listed.size() < BEST_KNOWN;
      long own;
      if (extent.sentences() != null) {
        own = extent.sentences();
      } else {
        long wanted =
            Math.min(row.statements(), isBestKnown ? SENTENCES_OF_BEST_KNOWN : SENTENCES_OF_OTHERS);
        own = sentences + wanted <= MOST_SENTENCES ? wanted : 0;
        sentences += own;
      }
      scores += row.scores();
      boolean fits = extent.speakers() != null || isBestKnown || scores <= MOST_SCORES;
      listed.add(new Listed(row.speakerId(), fits, own));
    }
    return listed;
  }

  /** A score of a speaker in the list: every one, or that over all time. */
  private static Column isShown() {
    return col("whole").or(col("window").equalTo("all"));
  }

  private static Column isSameScore(Dataset<Row> labels, Dataset<Row> scores) {
    Column same = lit(true);
    for (String name : List.of("scale", "target_id", "window", "window_start", "speaker_id")) {
      same = same.and(labels.col(name).eqNullSafe(scores.col(name)));
    }
    return same;
  }

  private static List<LeftOut> leftOut(Dataset<Row> scores, Dataset<Row> page) {
    Dataset<Row> counted =
        scores
            .join(page, new String[] {"speaker_id"}, "left")
            .where(col("whole").isNull().or(not(isShown())))
            .groupBy(
                col("scale"),
                col("target_id").as("target"),
                col("window"),
                col("window_start").as("start"),
                col("window_end").as("end"))
            .agg(count(lit(1)).as("speakers"), max("distinct_statements").as("most"));
    return new RecordCodec<>(LeftOut.class)
        .read(counted).collectAsList().stream()
            // Spark returns groups in any order; the same data makes the same page.
            .sorted(Comparator.comparing(LeftOut::toString))
            .toList();
  }

  /** Returns the rows of {@code table} in its order, few enough for one page. */
  private static <R extends Record> List<R> sorted(Table<R> table, Dataset<Row> rows) {
    return table.codec().read(table.sort(rows.repartition(1))).collectAsList();
  }

  /** Returns {@code rows} in order, few enough for one page; Spark need not spread them out. */
  private static List<Row> sorted(Dataset<Row> rows, List<Column> order) {
    return rows.repartition(1).sortWithinPartitions(order.toArray(Column[]::new)).collectAsList();
  }

  private static List<Evidence> evidence(Warehouse warehouse, Dataset<Row> page, WordWeights tints)
      throws IOException {
    WindowSpec copies =
        Window.partitionBy("speaker_id", "distinct_id").orderBy("published_date", "statement_id");
    WindowSpec latest =
        Window.partitionBy("speaker_id").orderBy(col("published_date").desc(), col("statement_id"));
    Dataset<Row> chosen =
        warehouse
            .read(StatementTable.TABLE)
            .join(page.where(col("sentences").gt(0)), "speaker_id")
            .withColumn("copy", row_number().over(copies))
            .withColumn(
                "copies", count(lit(1)).over(Window.partitionBy("speaker_id", "distinct_id")))
            .where(col("copy").equalTo(1))
            .withColumn("rank", row_number().over(latest))
            .where(col("rank").leq(col("sentences")))
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
                        new WordWeights.Sentence(
                            StatementTable.passage(row),
                            row.getAs("source"),
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

  private static ScoreRow scoreRow(SpeakerScoreRow row) {
    return new ScoreRow(
        row.scale(),
        row.targetId(),
        row.window(),
        row.windowStart(),
        row.windowEnd(),
        row.speakerId(),
        row.statements(),
        row.distinctStatements(),
        row.articles(),
        row.outlets(),
        row.mean(),
        row.score(),
        row.low(),
        row.high(),
        row.lowN(),
        row.change(),
        row.changeSignificant());
  }

  private static ShareRow shareRow(SpeakerLabelRow row) {
    return new ShareRow(
        row.scale(),
        row.targetId(),
        row.window(),
        row.windowStart(),
        row.speakerId(),
        row.label(),
        row.share(),
        row.shareAdjusted(),
        row.low(),
        row.high(),
        row.statements());
  }
}
