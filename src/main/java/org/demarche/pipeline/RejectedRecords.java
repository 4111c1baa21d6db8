package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.Transaction;

/** Says why records were rejected, to the user whose run is stopped for it. */
final class RejectedRecords {

  /** Number of rejects that are kept when a run is stopped. */
  private static final int KEPT = 1000;

  /** How many records were rejected for one reason, and the first of them. */
  public record ReasonCount(String reason, long n, First first) {}

  /** A rejected record and what is wrong with it. */
  public record First(String inputFile, long record, String detail) {}

  private RejectedRecords() {}

  /**
   * Writes the first rejects to a file beside the manifest of the run, and returns what is wrong
   * with them and what to do.
   *
   * @param rejects rows of the table {@code rejects}
   * @param rejected their number
   */
  static List<String> explain(Transaction transaction, Dataset<Row> rejects, long rejected)
      throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> advice = new ArrayList<>();
    Dataset<Row> reasons =
        rejects
            .groupBy("reason")
            .agg(
                count(lit(1)).as("n"),
                min(struct(col("input_file"), col("record"), col("detail"))).as("first"))
            .orderBy(col("n").desc(), col("reason"));
    for (ReasonCount counted : new RecordCodec<>(ReasonCount.class).read(reasons).collectAsList()) {
      advice.addAll(advice(Reason.valueOf(counted.reason().toUpperCase(Locale.ROOT))));
      lines.add(
          "  %,d × %s, first in %s record %d: %s"
              .formatted(
                  counted.n(),
                  counted.reason(),
                  new Path(counted.first().inputFile()).getName(),
                  counted.first().record(),
                  counted.first().detail()));
    }
    String kept =
        transaction.keepRejects(
            rejects
                .orderBy("input_file", "record")
                .limit(KEPT)
                .select(to_json(struct("input_file", "record", "reason", "detail", "raw")))
                .as(Encoders.STRING())
                .toLocalIterator());
    lines.add(
        "  %s in %s"
            .formatted(
                rejected <= KEPT ? "all of them are" : "the first %,d are".formatted(KEPT), kept));
    lines.addAll(advice);
    lines.add("  all figures are in " + transaction.manifestPlace());
    return lines;
  }

  /** Returns what the user can do about rejects of this kind; the commonest kind comes first. */
  private static List<String> advice(Reason reason) {
    return switch (reason) {
      case MALFORMED ->
          List.of("  correct these records; if the files have another format, name it by --format");
      case MISSING_FIELD ->
          List.of(
              "  set articles.fields.text to the field that holds the text, such as",
              "    --set 'articles.fields.text=[story]'");
      case NOT_TEXT ->
          List.of(
              "  leave out files that hold no text; for a text in another encoding than UTF-8, name it:",
              "    --set articles.encoding=windows-1252");
      case TOO_LARGE ->
          List.of(
              "  if records are so large, raise the limit, such as",
              "    --set 'articles.max-record-size=64 MiB'");
      case EMPTY_TEXT, MALFORMED_DATE, DUPLICATE_ID, DAMAGED_FILE -> List.of();
    };
  }
}
