package org.demarche.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.demarche.DemarcheException;
import org.demarche.config.Gate;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.ingest.FileNames;
import org.demarche.ingest.Outcome;
import org.demarche.pipeline.IngestOutcomes.Verdict;
import org.demarche.text.Quantity;
import org.demarche.text.Sha256;
import org.demarche.text.TextQuality;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.FingerprintTable;
import org.demarche.warehouse.InputFile;
import org.demarche.warehouse.KnownFiles;
import org.demarche.warehouse.RecordTable;
import org.demarche.warehouse.RejectTable;
import org.demarche.warehouse.Transaction;

/**
 * The stage that reads input files and writes {@code articles} and {@code rejects}.
 *
 * <p>Every record of a new file becomes an article (a new one or a correction) or a reject, or is
 * left out: as a duplicate, as superseded by a later file, or because its article was removed.
 * Files that were taken in before (same path, size and time of change) are not read again.
 */
final class Ingest {

  /** Approximate number of characters of text per output file. */
  private static final long FILE_CHARACTERS = 256L << 20;

  private static final Column[] AS_READ = {
    col("article_id").as("id"),
    col("url"),
    col("title"),
    col("published_at"),
    col("outlet"),
    col("author"),
    col("language"),
    col("text")
  };

  private Ingest() {}

  static Map<String, Long> run(
      Transaction transaction, Settings settings, QualityGates gates, Progress progress)
      throws IOException {
    Settings.Articles articles = settings.articles();
    SparkSession spark = transaction.warehouse().spark();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    InputFiles.checkApart(articles.paths(), transaction.warehouse().root().toString());
    InputFiles.Listing listing = InputFiles.list(articles.paths(), hadoop);
    listing.note(progress);
    List<InputFile> files = listing.files();
    KnownFiles known = KnownFiles.of(transaction.warehouse());
    List<InputFile> fresh = files.stream().filter(file -> !known.has(file)).toList();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("files", (long) files.size());
    counts.put("files_known", (long) (files.size() - fresh.size()));
    if (fresh.isEmpty()) {
      counts.put("records", 0L);
      return counts;
    }
    fresh.forEach(transaction.manifest()::input);

    IngestTotals totals = new IngestTotals();
    spark.sparkContext().register(totals, "records");
    String staged = transaction.scratch("records");
    RecordTable.CODEC
        .write(RecordFiles.read(spark, fresh, RecordFiles.options(articles), totals, progress))
        .write()
        .option("compression", "snappy")
        .parquet(staged);
    Dataset<Row> records = spark.read().schema(RecordTable.CODEC.schema()).parquet(staged);
    IngestTotals.Sums read = totals.value();
    if (read.records() == 0) {
      throw DemarcheException.inputMissing(
          "There is no record in %s at %s"
              .formatted(Quantity.of(fresh.size(), "file"), String.join(", ", articles.paths())));
    }

    Dataset<Row> accepted =
        records
            .where(col("article").isNotNull())
            .select("text_hash", "fingerprint", "named_by_file", "article.*");
    Dataset<Row> rejects =
        read.rejected() == 0
            ? spark.createDataFrame(List.of(), RejectTable.TABLE.schema())
            : records.where(col("reject").isNotNull()).select("reject.*");
    IngestOutcomes outcomes =
        IngestOutcomes.of(transaction, accepted, changed(files, fresh, known));
    if (!outcomes.isEmpty()) {
      rejects = rejects.unionByName(conflicts(accepted, outcomes.rows()));
      accepted =
          accepted
              .join(outcomes.rows(), new String[] {"input_file", "record"}, "left_outer")
              .where(IngestOutcomes.isTaken())
              .withColumn("article_id", coalesce(col("named_apart"), col("article_id")));
    }
    long duplicates = outcomes.count(Verdict.DUPLICATE);
    long superseded = outcomes.count(Verdict.SUPERSEDED);
    long withdrawn = outcomes.count(Verdict.WITHDRAWN);
    long corrected = outcomes.count(Verdict.CORRECTED);
    long rejected = read.rejected() + outcomes.count(Verdict.CONFLICT);
    counts.put("records", read.records());
    counts.put("articles", read.records() - rejected - duplicates - superseded - withdrawn);
    counts.put(
        "undated",
        outcomes.isEmpty() ? read.undated() : accepted.where(col("published_at").isNull()).count());
    counts.put("rejects", rejected);
    counts.put("duplicates", duplicates);
    putPositive(counts, "corrected", corrected);
    putPositive(counts, "superseded", superseded);
    putPositive(counts, "withdrawn", withdrawn);
    putPositive(counts, "named_apart", outcomes.count(Verdict.NAMED_APART));
    if (read.unclean() > 0) {
      counts.put(
          "unclean_text",
          outcomes.isEmpty()
              ? read.unclean()
              : accepted.where(col("text_quality").notEqual(TextQuality.CLEAN.toString())).count());
    }
    gates.share(Gate.REJECTED_SHARE, rejected, read.records(), List::of);
    Dataset<Row> refused = rejects;
    gates.pass(() -> RejectedRecords.explain(transaction, refused, rejected));
    if (corrected > 0) {
      Dataset<Row> ids = accepted.where(Verdict.CORRECTED.is()).select("article_id");
      gates.share(
          Gate.CORRECTED_SHARE,
          corrected,
          transaction.warehouse().read(ArticleTable.TABLE).count(),
          () -> GateExamples.of("articles", ids));
    }

    // The name depends on the content of the batch, not on how the tasks read it.
    String batch =
        batch(
            String.valueOf(read.digest()),
            String.valueOf(read.records()),
            String.valueOf(rejected),
            String.valueOf(transaction.batches(ArticleTable.TABLE)));
    Dataset<Row> gone =
        corrected == 0 ? null : accepted.where(Verdict.CORRECTED.is()).select("article_id");
    Dataset<Row> clustered =
        ArticleChanges.apply(
            // An article without a date may be a reprint of any article.
            transaction, accepted, gone, read.undated() > 0 ? null : read.first());
    long months =
        read.first() == null ? 1 : 1 + Duration.between(read.first(), read.last()).toDays() / 30;
    int filesPerMonth = (int) Math.max(1, read.characters() / months / FILE_CHARACTERS);
    Dataset<Row> ofArticles =
        clustered
            .select(ArticleTable.TABLE.fileColumns())
            .repartition(
                coalesce(date_format(col("published_date"), "yyyy-MM"), lit("unknown")),
                pmod(xxhash64(col("article_id")), lit(filesPerMonth)));
    Dataset<Row> ofFingerprints =
        clustered.select(FingerprintTable.TABLE.fileColumns()).repartition(1);
    Dataset<Row> ofRejects = rejects.repartition(1);
    Parallel.run(
        () -> transaction.append(ArticleTable.TABLE, batch, ofArticles),
        () -> transaction.append(FingerprintTable.TABLE, batch, ofFingerprints),
        () -> transaction.append(RejectTable.TABLE, batch, ofRejects));
    KnownFiles.store(transaction, batch, fresh);
    return counts;
  }

  /** Returns the name of the batch with this content. */
  static String batch(String... content) {
    return "b" + Sha256.id(content).substring(0, 12);
  }

  private static void putPositive(Map<String, Long> counts, String what, long n) {
    if (n > 0) {
      counts.put(what, n);
    }
  }

  /** Returns the files that were taken in before and have changed since. */
  private static IngestOutcomes.ChangedFiles changed(
      List<InputFile> all, List<InputFile> fresh, KnownFiles known) {
    Set<String> changed =
        fresh.stream().filter(known::hasPathOf).map(InputFile::path).collect(Collectors.toSet());
    Map<String, Long> names =
        changed.isEmpty()
            ? Map.of()
            : all.stream()
                .collect(
                    Collectors.groupingBy(
                        file -> FileNames.stem(file.path()), Collectors.counting()));
    Set<String> shared =
        changed.stream()
            .filter(path -> names.get(FileNames.stem(path)) > 1)
            .collect(Collectors.toSet());
    return new IngestOutcomes.ChangedFiles(changed, shared);
  }

  private static Dataset<Row> conflicts(Dataset<Row> records, Dataset<Row> outcomes) {
    return records
        .join(
            outcomes.where(Verdict.CONFLICT.is()).select("input_file", "record"),
            new String[] {"input_file", "record"})
        .select(
            col("input_file"),
            col("record"),
            lit(Outcome.Reason.DUPLICATE_ID.name().toLowerCase(Locale.ROOT)).as("reason"),
            concat(lit("another text has the id '"), col("article_id"), lit("'; the first is kept"))
                .as("detail"),
            // The raw record is kept only for rejects, so this is the record as it was read.
            substring(to_json(struct(AS_READ)), 1, 16_384).as("raw"));
  }
}
