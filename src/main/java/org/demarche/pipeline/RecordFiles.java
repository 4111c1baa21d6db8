package org.demarche.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.Seekable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.ingest.ArticleFormats;
import org.demarche.ingest.ArticleReader;
import org.demarche.ingest.FieldNames;
import org.demarche.ingest.FileParts;
import org.demarche.ingest.InputOptions;
import org.demarche.ingest.Limits;
import org.demarche.ingest.Outcomes;
import org.demarche.pipeline.InputFiles.Part;
import org.demarche.warehouse.InputFile;
import org.demarche.warehouse.RecordTable;
import org.demarche.warehouse.RecordTable.RecordRow;
import org.demarche.warehouse.Warehouse;

/** Reads the records of input files of any format as rows of {@link RecordTable}. */
final class RecordFiles {

  /** Approximate number of bytes of input per task. */
  private static final long TASK_BYTES = 64L << 20;

  /** Separates the files of a task; no path contains it. */
  private static final String NEXT = "\0";

  private RecordFiles() {}

  /** Returns the options of {@code articles} that say how files are read. */
  static InputOptions options(Settings.Articles articles) {
    return new InputOptions(
        articles.format(),
        articles.encoding(),
        FieldNames.guesses().with(articles.fields()),
        new Limits(
            Math.toIntExact(articles.maxRecordBytes()),
            Limits.DEFAULT.expansion(),
            Limits.DEFAULT.depth()));
  }

  /**
   * Returns every record of {@code files}.
   *
   * @param totals counts every record that is read
   */
  static Dataset<RecordRow> read(
      SparkSession spark,
      List<InputFile> files,
      InputOptions options,
      IngestTotals totals,
      Progress progress) {
    long bytes = files.stream().mapToLong(InputFile::bytes).sum();
    int tasks =
        (int)
            Math.max(
                spark.sparkContext().defaultParallelism() * 2L,
                Math.min(100_000, bytes / TASK_BYTES));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    long fairShare = bytes / spark.sparkContext().defaultParallelism() / 2;
    List<InputFile> large =
        files.stream()
            .filter(file -> file.bytes() >= Math.max(2 * TASK_BYTES, fairShare))
            .filter(file -> !ArticleFormats.hasRows(file.path(), options))
            .toList();
    Map<String, List<Part>> found = parts(context, hadoop, large, options, TASK_BYTES);
    found.forEach(
        (path, those) -> {
          if (those.size() == 1) {
            progress.note(
                ("%s is read by one task: several can read only JSON lines or WARC that are not"
                        + " compressed, and .warc.gz with each record compressed by itself")
                    .formatted(Warehouse.shown(new Path(path))));
          }
        });
    List<String> shares =
        InputFiles.share(
                files,
                tasks,
                file ->
                    ArticleFormats.hasRows(file.path(), options)
                        ? InputFiles.even(file, TASK_BYTES)
                        : found.getOrDefault(file.path(), List.of(Part.whole(file))))
            .stream()
            .map(share -> String.join(NEXT, share.stream().map(Part::text).toList()))
            .toList();
    var rdd = context.parallelize(shares, shares.size());
    MapPartitionsFunction<String, RecordRow> read =
        share -> {
          List<Part> parts = new ArrayList<>();
          share.forEachRemaining(
              some -> Arrays.stream(some.split(NEXT)).map(Part::parse).forEach(parts::add));
          return new RecordIterator(parts, hadoop.value(), options, totals);
        };
    return spark
        .createDataset(rdd.rdd(), Encoders.STRING())
        .mapPartitions(read, RecordTable.CODEC.encoder());
  }

  /**
   * Finds the parts in which large files can be read, each file by a task of its own.
   *
   * @param partBytes the least size of a part
   */
  static Map<String, List<Part>> parts(
      JavaSparkContext context,
      SerializableConfiguration hadoop,
      List<InputFile> large,
      InputOptions options,
      long partBytes) {
    if (large.isEmpty()) {
      return Map.of();
    }
    List<String> texts =
        context
            .parallelize(large.stream().map(InputFile::path).toList(), large.size())
            .flatMap(path -> found(path, hadoop.value(), options, partBytes).iterator())
            .collect();
    return texts.stream().map(Part::parse).collect(Collectors.groupingBy(Part::path));
  }

  private static List<String> found(
      String path, Configuration hadoop, InputOptions options, long partBytes) {
    try {
      return FileParts.find(() -> InputFiles.open(path, hadoop), path, options, partBytes).stream()
          .map(part -> new Part(path, part).text())
          .toList();
    } catch (IOException e) {
      throw InputFiles.unreadable(path, e);
    }
  }

  private static ArticleReader.Source source(String path, Configuration hadoop) {
    return new ArticleReader.Source() {
      @Override
      public InputStream open() throws IOException {
        return InputFiles.open(path, hadoop);
      }

      @Override
      public InputStream open(long from) throws IOException {
        InputStream stored = open();
        if (stored instanceof Seekable file) {
          file.seek(from); // to skip would read what is before it from some object stores
        } else {
          stored.skipNBytes(from);
        }
        return stored;
      }
    };
  }

  /**
   * Opens a file of any format.
   *
   * @throws IOException if the storage cannot be read
   */
  static Outcomes open(Part part, Configuration hadoop, InputOptions options) throws IOException {
    String path = part.path();
    if (!ArticleFormats.hasRows(path, options)) {
      try {
        return ArticleReader.open(source(path, hadoop), path, part.stretch(), options);
      } catch (ArticleReader.ParquetException e) {
        // The name did not say that it is Parquet, but its content does.
      }
    }
    return new ParquetRecords(
        path, hadoop, part.stretch().from(), part.stretch().to(), options.names());
  }
}
