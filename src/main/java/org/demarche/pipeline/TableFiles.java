package org.demarche.pipeline;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.demarche.files.OutputFile;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.StoredFile;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Warehouse;

/** Finds what is wrong with the files of a table: their places, their footers, their columns. */
final class TableFiles {

  /** Where Spark notes the columns of a file that it writes. */
  private static final String COLUMNS = "org.apache.spark.sql.parquet.row.metadata";

  /** What is wrong with one file or folder; the path begins with the name of the table. */
  public record FileFault(String fault, String file) {}

  private static final RecordCodec<StoredFile> FILES = new RecordCodec<>(StoredFile.class);

  /** Stands for the number of rows in a file where no metadata tells it. */
  private static final long UNKNOWN = -1;

  private static final RecordCodec<FileFault> FAULTS = new RecordCodec<>(FileFault.class);

  private final Table<?> table;
  private final Path root;
  private final boolean byMonth;
  private final FileSystem files;
  private final List<StoredFile> parquet = new ArrayList<>();
  private final List<FileFault> misplaced = new ArrayList<>();

  private TableFiles(Warehouse warehouse, Table<?> table) throws IOException {
    this.table = table;
    this.root = warehouse.root();
    this.byMonth = warehouse.isByMonth(table);
    this.files = root.getFileSystem(warehouse.spark().sparkContext().hadoopConfiguration());
  }

  /**
   * Returns one row with the columns {@code fault} and {@code file} for each fault in the files of
   * {@code table}. The driver lists the files; Spark's tasks read their footers.
   */
  static Dataset<Row> faults(Warehouse warehouse, Table<?> table) throws IOException {
    TableFiles found = new TableFiles(warehouse, table);
    Optional<List<StoredFile>> named = warehouse.namedFiles(table);
    if (named.isPresent()) {
      found.find(named.get());
    } else {
      found.list(new Path(found.root, table.name()));
    }
    SparkSession spark = warehouse.spark();
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    StructType columns = table.fileSchema(found.byMonth);
    int above = found.root.toString().length() + 1;
    FlatMapFunction<StoredFile, FileFault> check =
        file ->
            read(file, hadoop, columns).stream()
                .map(fault -> new FileFault(fault, file.path().substring(above)))
                .iterator();
    int tasks = Math.min(found.parquet.size(), 2 * spark.sparkContext().defaultParallelism());
    return FAULTS
        .write(spark, found.misplaced)
        .union(
            FAULTS.write(
                spark
                    .createDataset(found.parquet, FILES.encoder())
                    .repartition(Math.max(1, tasks))
                    .flatMap(check, FAULTS.encoder())));
  }

  /** Looks for the files that the metadata of a table names. */
  private void find(List<StoredFile> named) throws IOException {
    for (StoredFile file : named) {
      Path path = files.makeQualified(new Path(file.path()));
      if (!files.exists(path)) {
        misplaced(path, "the file is gone");
      } else if (files.getFileStatus(path).getLen() != file.bytes()) {
        misplaced(path, "the file is not %,d bytes long".formatted(file.bytes()));
      } else {
        parquet.add(new StoredFile(path.toString(), file.bytes(), file.rows()));
      }
    }
  }

  /** Lists the files below {@code folder} and notes those that readers pass over or stumble on. */
  private void list(Path folder) throws IOException {
    FileStatus[] entries;
    try {
      entries = files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return; // a table that does not exist has no files
    }
    boolean isEmpty = true;
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      if (name.startsWith("_format-")) {
        continue; // the mark of the version that wrote the statements
      }
      isEmpty = false;
      if (entry.isDirectory()) {
        list(entry.getPath());
      } else if (!name.endsWith(".parquet") || name.startsWith("_") || name.startsWith(".")) {
        misplaced(entry.getPath(), "not a file of the table");
      } else if (!folders(folder).matches(layout())) {
        misplaced(entry.getPath(), "the folder is not one of the table");
      } else {
        parquet.add(new StoredFile(entry.getPath().toString(), entry.getLen(), UNKNOWN));
      }
    }
    // A table whose batches were all dropped has an empty folder.
    if (isEmpty && folder.getName().contains("=")) {
      misplaced(folder, "no file in the folder");
    }
  }

  private void misplaced(Path path, String fault) {
    misplaced.add(new FileFault(fault, path.toString().substring(root.toString().length() + 1)));
  }

  private String folders(Path folder) {
    return folder.toString().substring(new Path(root, table.name()).toString().length());
  }

  private String layout() {
    return switch (table.layout()) {
      case WHOLE, BY_WINDOW -> "";
      case BATCHES, BATCHES_BY_MONTH ->
          "/" + Table.BATCH + "=[^/]+" + (byMonth ? "/" + Table.MONTH + "=[^/]+" : "");
    };
  }

  /** Reads the footer of {@code file} and returns what is wrong with it. */
  private static List<String> read(
      StoredFile file, SerializableConfiguration hadoop, StructType expected) {
    try (ParquetRows rows =
        ParquetRows.open(file.path(), hadoop.value(), 0, Long.MAX_VALUE, column -> true)) {
      if (file.rows() != UNKNOWN) { // Iceberg checks the columns as it reads
        return rows.total() == file.rows()
            ? List.of()
            : List.of("the file has %,d rows, not %,d".formatted(rows.total(), file.rows()));
      }
      String noted = rows.note(COLUMNS);
      return noted == null
          ? List.of("Demarche did not write it")
          : columns((StructType) DataType.fromJson(noted), expected);
    } catch (IOException | ParquetRows.DamagedException e) {
      return List.of(OutputFile.firstLine(e.getMessage()));
    }
  }

  /** Compares the columns of a file to those of its table. An earlier version had fewer. */
  private static List<String> columns(StructType found, StructType expected) {
    Map<String, DataType> types = new TreeMap<>();
    for (StructField column : found.fields()) {
      types.put(column.name(), column.dataType());
    }
    List<String> faults = new ArrayList<>();
    for (StructField column : expected.fields()) {
      DataType type = types.remove(column.name());
      if (type == null ? !column.nullable() : !isSame(type, column.dataType())) {
        faults.add(
            "column %s is %s, not %s"
                .formatted(
                    column.name(), type == null ? "missing" : type.sql(), column.dataType().sql()));
      }
    }
    types.keySet().forEach(name -> faults.add("the table has no column " + name));
    return faults;
  }

  /** Spark notes some columns in nested records as nullable that are not. */
  private static boolean isSame(DataType found, DataType expected) {
    return found.asNullable().equals(expected.asNullable());
  }
}
