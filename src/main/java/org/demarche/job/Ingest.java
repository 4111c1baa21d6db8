package org.demarche.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.corpus.FieldNames;
import org.demarche.corpus.Format;
import org.demarche.corpus.Limits;
import org.demarche.corpus.Outcome;
import org.demarche.corpus.RecordReader;
import org.demarche.job.InputFiles.InputFile;
import org.demarche.table.ArticleTable;
import org.demarche.table.FingerprintTable;
import org.demarche.table.Ids;
import org.demarche.table.RecordTable;
import org.demarche.table.RejectTable;
import org.demarche.table.Transaction;

/**
 * Raw articles to {@code articles} and {@code rejects}.
 *
 * <p>Every record of every new file is accounted for: an article, a reject, or a duplicate of an
 * article that the warehouse has already. Files taken in before (same path, size and time of
 * change) are not read again.
 */
final class Ingest {

  /** About how many bytes of input a task reads, and of text an output file holds. */
  private static final long TASK_BYTES = 64L << 20;

  private static final long FILE_BYTES = 256L << 20;

  private static final String BATCHES = "_batches";

  private static final Pattern COLUMN_TWICE =
      Pattern.compile("COLUMN_ALREADY_EXISTS.*column `([^`]*)`");

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

  static Map<String, Long> run(Transaction transaction, Settings settings, Manifest manifest)
      throws IOException {
    Settings.Articles articles = settings.articles();
    if (articles.paths().isEmpty()) {
      throw new ConfigurationException(
          List.of("'articles.paths' is required: give --articles PATH, or set it"));
    }
    SparkSession spark = transaction.read(ArticleTable.TABLE).sparkSession();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<InputFile> files = InputFiles.list(articles.paths(), hadoop);
    Set<String> known = knownFiles(transaction);
    List<InputFile> fresh =
        files.stream().filter(file -> !known.contains(file.signature())).toList();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("files", (long) files.size());
    counts.put("files_known", (long) (files.size() - fresh.size()));
    if (fresh.isEmpty()) {
      counts.putAll(Map.of("records", 0L));
      return counts;
    }
    fresh.forEach(file -> manifest.input(file.path(), file.bytes()));

    String staged = transaction.scratch("records");
    readRecords(spark, fresh, articles).write().option("compression", "snappy").parquet(staged);
    Dataset<Row> records = spark.read().schema(RecordTable.SCHEMA).parquet(staged);

    Row totals =
        records
            .agg(
                count(lit(1)),
                count(col("reason")),
                sum(
                    when(
                        col("reason").isNull(),
                        xxhash64(col("article_id"), col("text_hash")).cast("decimal(38,0)"))),
                coalesce(sum(length(col("text"))), lit(0L)),
                count_distinct(col("article_id")),
                min(col("published_at")),
                max(col("published_at")),
                count(when(col("reason").isNull().and(col("published_at").isNull()), lit(1))))
            .head();
    long read = totals.getLong(0);
    boolean allNew =
        totals.getLong(4) == read - totals.getLong(1)
            && !transaction.warehouse().has(FingerprintTable.TABLE);
    Dataset<Row> accepted = records.where(col("reason").isNull());
    Dataset<Row> rejects =
        records.where(col("reason").isNotNull()).select(columns(RecordTable.rejectColumns()));
    long duplicates = 0;
    long conflicts = 0;
    long undated = totals.getLong(7);
    if (!allNew) {
      String notNewPath = transaction.scratch("not-new");
      Dataset<Row> fates = fates(transaction, accepted);
      fates.where(col("fate").notEqual("new")).write().parquet(notNewPath);
      Dataset<Row> notNew = spark.read().schema(fates.schema()).parquet(notNewPath);
      accepted =
          accepted.join(
              notNew.select("input_file", "record"),
              ScalaSeq.of("input_file", "record"),
              "left_anti");
      rejects = rejects.unionByName(conflicts(records, notNew));
      duplicates = notNew.where(col("fate").equalTo("duplicate")).count();
      conflicts = notNew.where(col("fate").equalTo("conflict")).count();
      undated = accepted.where(col("published_at").isNull()).count();
    }
    long rejected = totals.getLong(1) + conflicts;
    counts.put("records", read);
    counts.put("articles", read - rejected - duplicates);
    counts.put("undated", undated);
    counts.put("rejects", rejected);
    counts.put("duplicates", duplicates);
    RejectGate.pass(transaction, rejects, read, rejected, articles.maxRejectedShare());
    if (read == 0) {
      throw new InputMissingException(
          "There is no record in the %d files at %s"
              .formatted(fresh.size(), String.join(", ", articles.paths())));
    }

    // A name for the batch that depends on what is in it, not on how it was read.
    String batch =
        "b"
            + Ids.of(
                    String.valueOf(totals.get(2)),
                    String.valueOf(read),
                    String.valueOf(rejected),
                    String.valueOf(transaction.batches(ArticleTable.TABLE)))
                .substring(0, 12);
    Dataset<Row> clustered =
        ReprintClusters.assign(transaction, accepted, totals.<Instant>getAs(5));
    Instant first = totals.getAs(5);
    Instant last = totals.getAs(6);
    long months = first == null ? 1 : 1 + Duration.between(first, last).toDays() / 30;
    int filesPerMonth = (int) Math.max(1, totals.getLong(3) / months / FILE_BYTES);
    transaction.append(
        ArticleTable.TABLE,
        batch,
        ArticleTable.TABLE.sort(
            clustered
                .select(columns(List.of(ArticleTable.TABLE.schema().fieldNames())))
                .repartition(
                    coalesce(date_format(col("published_date"), "yyyy-MM"), lit("unknown")),
                    pmod(xxhash64(col("article_id")), lit(filesPerMonth)))));
    transaction.append(
        FingerprintTable.TABLE,
        batch,
        FingerprintTable.TABLE.sort(
            clustered
                .select(columns(List.of(FingerprintTable.TABLE.schema().fieldNames())))
                .repartition(1)));
    transaction.append(RejectTable.TABLE, batch, RejectTable.TABLE.sort(rejects.repartition(1)));
    List<String> signatures = fresh.stream().map(InputFile::signature).toList();
    transaction.put(BATCHES + "/" + batch, String.join("\n", signatures) + "\n");
    return counts;
  }

  private static Set<String> knownFiles(Transaction transaction) throws IOException {
    Set<String> known = new HashSet<>();
    for (String text : transaction.warehouse().texts(BATCHES)) {
      known.addAll(Arrays.asList(text.split("\n")));
    }
    return known;
  }

  /** Reads every record of {@code files}. */
  private static Dataset<Row> readRecords(
      SparkSession spark, List<InputFile> files, Settings.Articles articles) {
    FieldNames names = FieldNames.guesses().with(articles.fields());
    Limits limits =
        new Limits(
            Math.toIntExact(articles.maxRecordBytes()),
            Limits.DEFAULT.expansion(),
            Limits.DEFAULT.depth());
    Optional<Format> declared = Format.named(articles.format());
    List<InputFile> streamed = new ArrayList<>();
    List<String> parquet = new ArrayList<>();
    for (InputFile file : files) {
      Optional<Format> format = declared.or(() -> Format.ofName(file.path()));
      if (format.equals(Optional.of(Format.PARQUET))) {
        parquet.add(file.path());
      } else {
        streamed.add(file);
      }
    }
    Dataset<Row> records = spark.createDataFrame(List.of(), RecordTable.SCHEMA);
    if (!streamed.isEmpty()) {
      records = records.union(streamed(spark, streamed, declared, names, limits));
    }
    for (String file : parquet) {
      // One by one: files of different columns may lie side by side.
      records = records.union(parquet(spark, file, names));
    }
    return records;
  }

  private static Dataset<Row> streamed(
      SparkSession spark,
      List<InputFile> files,
      Optional<Format> declared,
      FieldNames names,
      Limits limits) {
    long bytes = files.stream().mapToLong(InputFile::bytes).sum();
    int tasks =
        (int)
            Math.max(
                spark.sparkContext().defaultParallelism() * 2L,
                Math.min(100_000, bytes / TASK_BYTES));
    List<String> shares =
        InputFiles.share(files, tasks).stream()
            .map(share -> String.join("\n", share.stream().map(InputFile::path).toList()))
            .toList();
    var rdd =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(shares, shares.size());
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    String format = declared.map(Format::name).orElse("auto");
    MapPartitionsFunction<String, Row> read =
        share -> {
          List<String> paths = new ArrayList<>();
          share.forEachRemaining(some -> paths.addAll(Arrays.asList(some.split("\n"))));
          return new RecordIterator(paths, hadoop.value(), Format.named(format), names, limits);
        };
    return spark
        .createDataset(rdd.rdd(), Encoders.STRING())
        .mapPartitions(read, Encoders.row(RecordTable.SCHEMA));
  }

  private static Dataset<Row> parquet(SparkSession spark, String file, FieldNames names) {
    Dataset<Row> rows;
    try {
      rows = spark.read().parquet(file);
    } catch (Exception e) { // Spark throws checked ones undeclared
      Outcome damaged =
          new Outcome.Rejected(
              new Outcome.Origin(file, 1),
              Outcome.Reason.DAMAGED_FILE,
              "File is not readable as Parquet: " + whyNotParquet(e),
              "");
      return spark.createDataFrame(List.of(RecordTable.row(damaged)), RecordTable.SCHEMA);
    }
    String[] columns = rows.columns();
    Column[] selected = new Column[columns.length + 1];
    selected[0] = col("_metadata.row_index");
    for (int i = 0; i < columns.length; i++) {
      selected[i + 1] = rows.col("`" + columns[i] + "`");
    }
    MapPartitionsFunction<Row, Row> read =
        some -> {
          RecordReader reader = new RecordReader(names);
          return new FlatIterator<>(
              some,
              row -> {
                Map<String, Object> record = new LinkedHashMap<>();
                for (int i = 0; i < columns.length; i++) {
                  record.put(columns[i], plain(row.get(i + 1)));
                }
                Outcome outcome = reader.read(record, new Outcome.Origin(file, row.getLong(0) + 1));
                return List.of(RecordTable.row(outcome)).iterator();
              });
        };
    return rows.select(selected).mapPartitions(read, Encoders.row(RecordTable.SCHEMA));
  }

  private static String whyNotParquet(Exception failure) {
    // Spark wraps the fault of a file into those of its task, stage and job.
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    Matcher twice = COLUMN_TWICE.matcher(message);
    return twice.find()
        ? "it has the column '%s' more than once, or written in two cases: rename one"
            .formatted(twice.group(1))
        : message;
  }

  /** Returns rows as maps and Scala sequences as lists, as {@link RecordReader} takes them. */
  private static Object plain(Object value) {
    if (value instanceof Row row) {
      Map<String, Object> map = new HashMap<>();
      for (int i = 0; i < row.size(); i++) {
        map.put(row.schema().fieldNames()[i], plain(row.get(i)));
      }
      return map;
    }
    if (value instanceof byte[] bytes) {
      return new String(bytes, UTF_8); // text as Hive and Impala write it
    }
    if (value instanceof scala.collection.Seq<?> seq) {
      List<Object> list = new ArrayList<>();
      seq.foreach(element -> list.add(plain(element)));
      return list;
    }
    return value;
  }

  /**
   * Says of every accepted record whether it is new, a duplicate (its id came before with the same
   * text), or in conflict (with another text).
   */
  private static Dataset<Row> fates(Transaction transaction, Dataset<Row> accepted)
      throws IOException {
    Dataset<Row> keys = accepted.select("input_file", "record", "article_id", "text_hash");
    Column place = struct(col("input_file"), col("record"));
    Dataset<Row> firsts =
        keys.groupBy("article_id")
            .agg(min(place).as("first"), min_by(col("text_hash"), place).as("first_hash"));
    Dataset<Row> known =
        transaction
            .read(FingerprintTable.TABLE)
            .select(col("article_id"), col("text_hash").as("known_hash"));
    Column isFirst =
        col("input_file")
            .equalTo(col("first.input_file"))
            .and(col("record").equalTo(col("first.record")));
    Column before =
        coalesce(col("known_hash"), when(isFirst, lit(null)).otherwise(col("first_hash")));
    return keys.join(firsts, "article_id")
        .join(known, ScalaSeq.of("article_id"), "left")
        .select(
            col("input_file"),
            col("record"),
            when(before.isNull(), "new")
                .when(before.equalTo(col("text_hash")), "duplicate")
                .otherwise("conflict")
                .as("fate"));
  }

  private static Dataset<Row> conflicts(Dataset<Row> records, Dataset<Row> notNew) {
    return records
        .join(
            notNew.where(col("fate").equalTo("conflict")).select("input_file", "record"),
            ScalaSeq.of("input_file", "record"))
        .select(
            col("input_file"),
            col("record"),
            lit(Outcome.Reason.DUPLICATE_ID.name().toLowerCase(Locale.ROOT)).as("reason"),
            concat(
                    lit("id '"),
                    col("article_id"),
                    lit("' was taken in before with another text; the first is kept"))
                .as("detail"),
            // The record as it was read: as it came it is not kept for records that were accepted.
            substring(to_json(struct(AS_READ)), 1, 16_384).as("raw"));
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }
}
