package org.demarche.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.RejectTable;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.SpeakerLabelTable;
import org.demarche.warehouse.SpeakerLabelTable.SpeakerLabelRow;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.SpeakerScoreTable.SpeakerScoreRow;
import org.demarche.warehouse.SpeakerTable;
import org.demarche.warehouse.SpeakerTable.SpeakerRow;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementScoreTable.StatementScoreRow;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.StatementTable.StatementRow;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.TargetTable;
import org.demarche.warehouse.TargetTable.TargetRow;
import org.demarche.warehouse.Warehouse;

/** Reads what one page shows of a warehouse. Several threads can ask at the same time. */
public final class ReportQueries {

  /** Scores by day are left out, because most days have none. */
  private static final Set<String> WINDOWS = Set.of("all", "year", "quarter", "month", "week");

  /**
   * A speaker with a score.
   *
   * @param statements distinct statements, in the window with the most
   * @param scores number of scores
   */
  public record Known(String speakerId, long statements, long scores) {}

  /**
   * A speaker on the page.
   *
   * @param whole whether all scores are shown, and not those over all time alone
   * @param sentences maximum number of sentences that are shown
   */
  public record Listed(String speakerId, boolean whole, long sentences) {}

  /**
   * Scores that the page leaves out, so that it can say so.
   *
   * @param window all, year, quarter, month, week or day
   * @param start first day of the window, null for all
   * @param end last day of the window, null for all
   * @param speakers speakers who have such a score; above 0
   * @param most distinct statements of the one who has the most
   */
  public record LeftOut(
      String scale,
      String target,
      String window,
      LocalDate start,
      LocalDate end,
      long speakers,
      long most) {}

  /**
   * A distinct statement, as it was first printed.
   *
   * @param title headline of the article, or null
   * @param copies number of times it was printed, at least 1
   * @param rank place from 1 among the statements of one speaker, the newest first
   */
  public record Printed(StatementRow statement, String title, long copies, int rank) {}

  /**
   * The number of articles and reprints, and the days of the first and the last one.
   *
   * @param reprints null where there are no articles
   */
  public record Articles(long articles, Long reprints, LocalDate first, LocalDate last) {}

  /** The number of statements, and of distinct ones. */
  public record Statements(long statements, long distinct) {}

  /** The statements, asserted or not, of speakers of one kind, either with or without a score. */
  public record Part(
      boolean asserted, boolean scored, String speakerKind, long statements, long speakers) {}

  private final Warehouse warehouse;
  private final boolean isAll;
  private final Dataset<Row> page;
  private final Dataset<Row> scores;
  private final Dataset<Row> shown;

  /**
   * @param listed the speakers on the page
   * @param isAll whether these are all who have a score, with all their scores
   */
  public ReportQueries(Warehouse warehouse, List<Listed> listed, boolean isAll) throws IOException {
    this.warehouse = warehouse;
    this.isAll = isAll;
    page = broadcast(new RecordCodec<>(Listed.class).write(warehouse.spark(), listed));
    scores = inWindows(warehouse.read(SpeakerScoreTable.TABLE));
    shown = isAll ? scores : scores.join(page, "speaker_id").where(isShown());
  }

  /**
   * Returns every speaker with a score, first those with the most statements.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if the warehouse has no scores yet
   */
  public static List<Known> known(Warehouse warehouse) throws IOException {
    return new RecordCodec<>(Known.class)
        .read(
            inWindows(RequiredTables.required(warehouse, SpeakerScoreTable.TABLE))
                .groupBy("speaker_id")
                .agg(max("distinct_statements").as("statements"), count(lit(1)).as("scores"))
                .orderBy(col("statements").desc(), col("speaker_id")))
        .collectAsList();
  }

  private static Dataset<Row> inWindows(Dataset<Row> rows) {
    return rows.where(col("window").isin(WINDOWS.toArray()));
  }

  /** Selects every score of a whole speaker, and else the score over all time. */
  private static Column isShown() {
    return col("whole").or(col("window").equalTo("all"));
  }

  /** Returns the scores on the page, in the order of the table. */
  public List<SpeakerScoreRow> scores() {
    return sorted(SpeakerScoreTable.TABLE, shown);
  }

  /** Returns the shares of labels behind {@link #scores}, in the order of the table. */
  public List<SpeakerLabelRow> labels() throws IOException {
    Dataset<Row> labels = inWindows(warehouse.read(SpeakerLabelTable.TABLE));
    return sorted(
        SpeakerLabelTable.TABLE,
        isAll ? labels : labels.join(shown, isSameScore(labels, shown), "left_semi"));
  }

  private static Column isSameScore(Dataset<Row> labels, Dataset<Row> scores) {
    Column same = lit(true);
    for (String name : SpeakerScoreTable.TABLE.key()) {
      same = same.and(labels.col(name).eqNullSafe(scores.col(name)));
    }
    return same;
  }

  /** Returns the speakers on the page, in the order of the table. */
  public List<SpeakerRow> speakers() throws IOException {
    return sorted(SpeakerTable.TABLE, warehouse.read(SpeakerTable.TABLE).join(page, "speaker_id"));
  }

  /** Returns all targets, in the order of the table. */
  public List<TargetRow> targets() throws IOException {
    return sorted(TargetTable.TABLE, warehouse.read(TargetTable.TABLE));
  }

  /** Counts the scores that are not on the page. */
  public List<LeftOut> leftOut() {
    if (isAll) {
      return List.of();
    }
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

  /** Returns the asserted statements on the page by speaker, the newest of each first. */
  public List<Printed> statements() throws IOException {
    WindowSpec copies =
        Window.partitionBy("speaker_id", "distinct_id").orderBy("published_date", "statement_id");
    WindowSpec latest =
        Window.partitionBy("speaker_id").orderBy(col("published_date").desc(), col("statement_id"));
    return new RecordCodec<>(Printed.class)
        .read(
            warehouse
                .read(StatementTable.TABLE)
                .where("asserted")
                .join(page.where(col("sentences").gt(0)), "speaker_id")
                .withColumn("copy", row_number().over(copies))
                .withColumn(
                    "copies", count(lit(1)).over(Window.partitionBy("speaker_id", "distinct_id")))
                .where(col("copy").equalTo(1))
                .withColumn("rank", row_number().over(latest))
                .where(col("rank").leq(col("sentences")))
                .join(
                    warehouse.read(ArticleTable.TABLE).select("article_id", "title"), "article_id")
                .repartition(1)
                .sortWithinPartitions("speaker_id", "rank")
                .withColumn("statement", struct(StatementTable.TABLE.fileColumns())))
        .collectAsList();
  }

  /** Returns the labels of {@code statements}; of one statement, sorted by scale and target. */
  public List<StatementScoreRow> labelsOf(List<Printed> statements) throws IOException {
    Dataset<Row> ids =
        broadcast(
            warehouse
                .spark()
                .createDataset(
                    statements.stream().map(row -> row.statement().statementId()).toList(),
                    Encoders.STRING())
                .toDF("statement_id"));
    return StatementScoreTable.TABLE
        .codec()
        .read(
            warehouse
                .read(StatementScoreTable.TABLE)
                .join(ids, "statement_id")
                .repartition(1)
                .sortWithinPartitions("statement_id", "scale", "target_id"))
        .collectAsList();
  }

  /** Returns the rows of {@code table} in its order, few enough for one page. */
  private static <R extends Record> List<R> sorted(Table<R> table, Dataset<Row> rows) {
    return table.codec().read(table.sort(rows.repartition(1))).collectAsList();
  }

  /** Counts all articles of the warehouse. */
  public Articles articles() throws IOException {
    return new RecordCodec<>(Articles.class)
        .read(
            warehouse
                .read(ArticleTable.TABLE)
                .agg(
                    count(lit(1)).as("articles"),
                    sum(col("is_reprint").cast("long")).as("reprints"),
                    min("published_date").as("first"),
                    max("published_date").as("last")))
        .head();
  }

  /** Counts all rejected records of the warehouse. */
  public long rejects() throws IOException {
    return warehouse.read(RejectTable.TABLE).count();
  }

  /** Counts all statements of the warehouse. */
  public Statements allStatements() throws IOException {
    return new RecordCodec<>(Statements.class)
        .read(
            warehouse
                .read(StatementTable.TABLE)
                .agg(
                    count(lit(1)).as("statements"),
                    count_distinct(col("distinct_id")).as("distinct")))
        .head();
  }

  private Dataset<Row> scoredSpeakers() throws IOException {
    return warehouse.read(SpeakerScoreTable.TABLE).select("speaker_id").distinct();
  }

  /** Counts the speakers who have a score in any window. */
  public long speakersWithScore() throws IOException {
    return scoredSpeakers().count();
  }

  /** Counts all statements of the warehouse, asserted or not, by the kind of their speaker. */
  public List<Part> parts() throws IOException {
    return new RecordCodec<>(Part.class)
        .read(
            warehouse
                .read(StatementTable.TABLE)
                .groupBy("speaker_id", "speaker_kind", "asserted")
                .agg(count(lit(1)).as("n"))
                .join(
                    scoredSpeakers().withColumn("has_score", lit(true)),
                    new String[] {"speaker_id"},
                    "left")
                .groupBy(
                    col("asserted"),
                    coalesce(col("has_score"), lit(false)).as("scored"),
                    col("speaker_kind"))
                .agg(sum("n").as("statements"), count_distinct(col("speaker_id")).as("speakers")))
        .collectAsList();
  }
}
