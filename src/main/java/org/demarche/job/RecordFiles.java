package org.demarche.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.demarche.config.Settings;
import org.demarche.corpus.FieldNames;
import org.demarche.corpus.Format;
import org.demarche.corpus.Limits;
import org.demarche.job.InputFiles.InputFile;
import org.demarche.table.RecordTable;

/** Reads the records of input files of every format, as rows of {@link RecordTable}. */
final class RecordFiles {

  /** About how many bytes of input a task reads. */
  private static final long TASK_BYTES = 64L << 20;

  private RecordFiles() {}

  /**
   * Returns every record of {@code files}, each file read once.
   *
   * @param totals takes every record as it is read
   */
  static Dataset<Row> read(
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
    Dataset<Row> records = ParquetRecords.read(spark, parquet, names, totals);
    return streamed.isEmpty()
        ? records
        : records.union(streamed(spark, streamed, declared, names, limits, totals));
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
}
