package org.demarche.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.demarche.report.ReportData.Credits;
import org.demarche.report.ReportData.Run;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.RejectTable;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Warehouse;

/** How much a warehouse holds, and whose the statements are: what stands above a report. */
final class RunFacts {

  /** How many articles there are, and of which days. */
  public record Articles(long articles, Long reprints, LocalDate first, LocalDate last) {}

  /** How many statements there are, and how many that differ. */
  public record Statements(long statements, long distinct) {}

  /** The statements of speakers of one kind who have a score, or who have none. */
  public record Part(boolean scored, String speakerKind, long statements, long speakers) {}

  private RunFacts() {}

  static Run of(
      Warehouse warehouse,
      String runId,
      Articles articles,
      Statements statements,
      Credits credits,
      long lowN)
      throws IOException {
    return new Run(
        runId,
        articles.articles(),
        articles.reprints() == null ? 0 : articles.reprints(),
        warehouse.read(RejectTable.TABLE).count(),
        statements.statements(),
        statements.distinct(),
        credits,
        articles.first(),
        articles.last(),
        warehouse.texts("_models").stream().map(String::strip).toList(),
        lowN);
  }

  static Articles articles(Warehouse warehouse) throws IOException {
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

  static Statements statements(Warehouse warehouse) throws IOException {
    return new RecordCodec<>(Statements.class)
        .read(
            warehouse
                .read(StatementTable.TABLE)
                .agg(
                    count(lit(1)).as("statements"),
                    count_distinct(col("distinct_id")).as("distinct")))
        .head();
  }

  /** Counts the statements by whose they are. */
  static Credits credits(Warehouse warehouse) throws IOException {
    Dataset<Row> scored =
        warehouse
            .read(SpeakerScoreTable.TABLE)
            .select("speaker_id")
            .distinct()
            .withColumn("has_score", lit(true));
    List<Part> parts =
        new RecordCodec<>(Part.class)
            .read(
                warehouse
                    .read(StatementTable.TABLE)
                    .groupBy("speaker_id", "speaker_kind")
                    .agg(count(lit(1)).as("n"))
                    .join(scored, new String[] {"speaker_id"}, "left")
                    .groupBy(
                        coalesce(col("has_score"), lit(false)).as("scored"), col("speaker_kind"))
                    .agg(
                        sum("n").as("statements"),
                        count_distinct(col("speaker_id")).as("speakers")))
            .collectAsList();
    return new Credits(
        // Of several kinds in several articles is still one speaker.
        scored.count(),
        statements(parts, Part::scored),
        parts.stream()
            .filter(part -> !part.scored() && part.speakerKind().equals("group"))
            .mapToLong(Part::speakers)
            .sum(),
        withoutScore(parts, "group"),
        withoutScore(parts, "unnamed"),
        withoutScore(parts, "unknown"),
        withoutScore(parts, "person") + withoutScore(parts, "organization"));
  }

  private static long withoutScore(List<Part> parts, String kind) {
    return statements(parts, part -> !part.scored() && part.speakerKind().equals(kind));
  }

  private static long statements(List<Part> parts, Predicate<Part> which) {
    return parts.stream().filter(which).mapToLong(Part::statements).sum();
  }
}
