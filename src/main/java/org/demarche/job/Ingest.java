package org.demarche.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.IOException;
import java.time.Duration;
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
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
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

  private Ingest() {}

  static Map<String, Long> run(Transaction transaction, Settings settings, Manifest manifest)
      throws IOException {
    Settings.Articles articles = settings.articles();
    if (articles.paths().isEmpty()) {
      throw new ConfigurationException(
          List.of("'articles.paths' is required: give --articles PATH, or set it"));
    }
    SparkSession spark = transaction.warehouse().spark();
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

    IngestTotals totals = new IngestTotals();
    spark.sparkContext().register(totals, "records");
    String staged = transaction.scratch("records");
    readRecords(spark, fresh, articles, totals)
        .write()
        .option("compression", "snappy")
        .parquet(staged);
    Dataset<Row> records = spark.read().schema(RecordTable.SCHEMA).parquet(staged);
    IngestTotals.Sums read = totals.value();
    if (read.records() == 0) {
      throw new InputMissingException(
          "There is no record in the %d files at %s"
              .formatted(fresh.size(), String.join(", ", articles.paths())));
    }

    Dataset<Row> accepted = records.where(col("reason").isNull());
    Dataset<Row> rejects =
        read.rejected() == 0
            ? spark.createDataFrame(List.of(), RejectTable.TABLE.schema())
            : records.where(col("reason").isNotNull()).select(columns(RecordTable.rejectColumns()));
    Fates fates = Fates.of(transaction, accepted);
    if (!fates.isEmpty()) {
      accepted =
          accepted.join(
              fates.rows().select("input_file", "record"),
              ScalaSeq.of("input_file", "record"),
              "left_anti");
      rejects = rejects.unionByName(conflicts(records, fates.rows()));
    }
    long rejected = read.rejected() + fates.conflicts();
    counts.put("records", read.records());
    counts.put("articles", read.records() - rejected - fates.duplicates());
    counts.put("rejects", rejected);
    counts.put("duplicates", fates.duplicates());
    gate(records, read.records(), rejected, articles.maxRejectedShare());

    // A name for the batch that depends on what is in it, not on how it was read.
    String batch =
        "b"
            + Ids.of(
                    String.valueOf(read.digest()),
                    String.valueOf(read.records()),
                    String.valueOf(rejected),
                    String.valueOf(transaction.batches(ArticleTable.TABLE)))
                .substring(0, 12);
    Dataset<Row> clustered = ReprintClusters.assign(transaction, accepted, read.first());
    long months =
        read.first() == null ? 1 : 1 + Duration.between(read.first(), read.last()).toDays() / 30;
    int filesPerMonth = (int) Math.max(1, read.characters() / months / FILE_BYTES);
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
      SparkSession spark, List<InputFile> files, Settings.Articles articles, IngestTotals totals) {
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
      records = records.union(streamed(spark, streamed, declared, names, limits, totals));
    }
    for (String file : parquet) {
      // One by one: files of different columns may lie side by side.
      records = records.union(parquet(spark, file, names, totals));
    }
    return records;
  }

  private static Dataset<Row> streamed(
      SparkSession spark,
      List<InputFile> files,
      Optional<Format> declared,
      FieldNames names,
      Limits limits,
      IngestTotals totals) {
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
          return new RecordIterator(
              paths, hadoop.value(), Format.named(format), names, limits, totals);
        };
    return spark
        .createDataset(rdd.rdd(), Encoders.STRING())
        .mapPartitions(read, Encoders.row(RecordTable.SCHEMA));
  }

  private static Dataset<Row> parquet(
      SparkSession spark, String file, FieldNames names, IngestTotals totals) {
    Dataset<Row> rows;
    try {
      rows = spark.read().parquet(file);
    } catch (Exception e) { // Spark throws checked ones undeclared
      Outcome damaged =
          new Outcome.Rejected(
              new Outcome.Origin(file, 1),
              Outcome.Reason.DAMAGED_FILE,
              "File is not readable as Parquet: "
                  + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
              "");
      Row row = RecordTable.row(damaged);
      totals.add(row);
      return spark.createDataFrame(List.of(row), RecordTable.SCHEMA);
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
                Row article = RecordTable.row(outcome);
                totals.add(article);
                return List.of(article).iterator();
              });
        };
    return rows.select(selected).mapPartitions(read, Encoders.row(RecordTable.SCHEMA));
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

  private static Dataset<Row> conflicts(Dataset<Row> records, Dataset<Row> fates) {
    return records
        .join(
            fates.where(col("fate").equalTo(Fates.CONFLICT)).select("input_file", "record"),
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
            substring(col("text"), 1, 16_384).as("raw"));
  }

  /** Refuses the whole delivery when too much of it is bad, naming the commonest faults. */
  private static void gate(Dataset<Row> records, long read, long rejected, double most) {
    if (read == 0 || (double) rejected / read <= most) {
      return;
    }
    List<String> examples = new ArrayList<>();
    for (Row row :
        records
            .where(col("reason").isNotNull())
            .groupBy("reason")
            .agg(
                count(lit(1)).as("n"),
                min(struct(col("input_file"), col("record"), col("detail"))).as("first"))
            .orderBy(col("n").desc(), col("reason"))
            .limit(3)
            .collectAsList()) {
      Row first = row.getStruct(2);
      examples.add(
          "  %,d × %s, first in %s record %d: %s"
              .formatted(
                  row.getLong(1),
                  row.getString(0),
                  new Path(first.getString(0)).getName(),
                  first.getLong(1),
                  first.getString(2)));
    }
    throw new QualityGateException(
        ("%,d of %,d records were rejected, more than articles.max-rejected-share = %s allows;"
                + " nothing was written%n%s")
            .formatted(rejected, read, most, String.join(System.lineSeparator(), examples)));
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }
}
