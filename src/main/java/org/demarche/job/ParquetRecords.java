package org.demarche.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.demarche.corpus.FieldNames;
import org.demarche.corpus.Outcome;
import org.demarche.corpus.RecordReader;
import org.demarche.table.RecordTable;

/** Reads the records of Parquet files, by Spark's own reader. */
final class ParquetRecords {

  private static final Pattern COLUMN_TWICE =
      Pattern.compile("COLUMN_ALREADY_EXISTS.*column `([^`]*)`");

  private ParquetRecords() {}

  /** Returns every record of {@code files}; a file that is no Parquet is one rejected record. */
  static Dataset<Row> read(
      SparkSession spark, List<String> files, FieldNames names, IngestTotals totals) {
    // Files of different columns may lie side by side; those of the same are read together.
    Map<StructType, List<String>> bySchema = new LinkedHashMap<>();
    List<Row> damaged = new ArrayList<>();
    for (String file : files) {
      try {
        StructType schema = reader(spark).parquet(file).schema();
        bySchema.computeIfAbsent(schema, s -> new ArrayList<>()).add(file);
      } catch (Exception e) { // Spark throws checked ones undeclared
        if (!isDamage(e)) {
          throw e;
        }
        Outcome refused =
            new Outcome.Rejected(
                new Outcome.Origin(file, 1),
                Outcome.Reason.DAMAGED_FILE,
                "File is not readable as Parquet: " + whyNotParquet(e),
                "");
        damaged.add(RecordTable.row(refused));
      }
    }
    damaged.forEach(totals::add);
    Dataset<Row> records = spark.createDataFrame(damaged, RecordTable.SCHEMA);
    for (Map.Entry<StructType, List<String>> alike : bySchema.entrySet()) {
      Dataset<Row> rows =
          reader(spark).schema(alike.getKey()).parquet(alike.getValue().toArray(String[]::new));
      records = records.union(records(rows, names, totals));
    }
    return records;
  }

  /** A reader that takes a path as it is: a bracket in a name is no pattern. */
  private static DataFrameReader reader(SparkSession spark) {
    return spark.read().option("__globPaths__", "false");
  }

  /**
   * Returns whether a file is at fault, and not the storage: what cannot be reached now must fail
   * the run, or it would count as taken in and never be read.
   */
  private static boolean isDamage(Exception failure) {
    Throwable cause = cause(failure);
    boolean storage = cause instanceof IOException && !(cause instanceof EOFException);
    return !storage && !String.valueOf(cause.getMessage()).contains("PATH_NOT_FOUND");
  }

  /** Returns the fault itself, which Spark wraps into those of its task, stage and job. */
  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Dataset<Row> records(Dataset<Row> rows, FieldNames names, IngestTotals totals) {
    String[] columns = rows.columns();
    Column[] selected = new Column[columns.length + 2];
    selected[0] = col("_metadata.file_path");
    selected[1] = col("_metadata.row_index");
    for (int i = 0; i < columns.length; i++) {
      selected[i + 2] = rows.col("`" + columns[i] + "`");
    }
    MapPartitionsFunction<Row, Row> read =
        some -> {
          RecordReader reader = new RecordReader(names);
          return new FlatIterator<>(
              some,
              row -> {
                Map<String, Object> record = new LinkedHashMap<>();
                for (int i = 0; i < columns.length; i++) {
                  record.put(columns[i], plain(row.get(i + 2)));
                }
                // Spark gives the place as an escaped URI.
                String file = new Path(URI.create(row.getString(0))).toString();
                Outcome outcome = reader.read(record, new Outcome.Origin(file, row.getLong(1) + 1));
                Row article = RecordTable.row(outcome);
                totals.add(article);
                return List.of(article).iterator();
              });
        };
    return rows.select(selected).mapPartitions(read, Encoders.row(RecordTable.SCHEMA));
  }

  private static String whyNotParquet(Exception failure) {
    String message = String.valueOf(cause(failure).getMessage()).lines().findFirst().orElse("");
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
}
