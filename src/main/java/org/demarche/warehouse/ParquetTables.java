package org.demarche.warehouse;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.files.OutputFile;

/** Keeps each table as a folder of Parquet files below the warehouse. */
final class ParquetTables implements TableStore {

  private final Warehouse warehouse;
  private final SparkSession spark;
  private final FileSystem files;

  ParquetTables(Warehouse warehouse) {
    this.warehouse = warehouse;
    this.spark = warehouse.spark();
    this.files = warehouse.files();
  }

  @Override
  public boolean has(Table<?> table) throws IOException {
    return files.exists(folder(table));
  }

  @Override
  public Dataset<Row> read(Table<?> table) throws IOException {
    return readFolder(table, folder(table));
  }

  @Override
  public SortedSet<String> batches(Table<?> table) throws IOException {
    return batchesIn(folder(table));
  }

  @Override
  public boolean isByMonth(Table<?> table) throws IOException {
    if (!table.hasMonth()) {
      return false;
    }
    SortedSet<String> batches = batches(table);
    return batches.isEmpty()
        || Arrays.stream(
                warehouse.list(warehouse.path(new Place(batches.first(), null).folder(table))))
            .anyMatch(entry -> entry.getPath().getName().startsWith(Table.MONTH + "="));
  }

  @Override
  public TableSize size(Table<?> table) throws IOException {
    return sizeOf(folder(table));
  }

  @Override
  public Optional<List<StoredFile>> namedFiles(Table<?> table) {
    return Optional.empty();
  }

  @Override
  public StagedTables stage(String run) {
    return new StagedParquet(this, warehouse, warehouse.path(Journal.STAGING + "/" + run));
  }

  TableSize sizeOf(Path folder) throws IOException {
    TableSize size = TableSize.NONE;
    for (FileStatus entry : warehouse.list(folder)) {
      if (entry.isDirectory()) {
        size = size.plus(sizeOf(entry.getPath()));
      } else if (entry.getPath().getName().endsWith(".parquet")) {
        size = size.plus(new TableSize(1, entry.getLen()));
      }
    }
    return size;
  }

  Dataset<Row> readFolder(Table<?> table, Path folder) throws IOException {
    if (!files.exists(folder)) {
      return spark.createDataFrame(List.of(), table.readSchema());
    }
    try {
      checkWhole(folder);
    } catch (AccessDeniedException | AccessControlException e) {
      throw DemarcheException.inputMissing(
          "The table %s cannot be read: permission denied (%s)"
              .formatted(table.name(), OutputFile.firstLine(e.getMessage())));
    }
    // The files of a compacted table have the column of the month, so Spark returns it elsewhere.
    return spark
        .read()
        .schema(table.readSchema())
        .parquet(folder.toString())
        .select(Table.columns(table.columnNames()));
  }

  Dataset<Row> readParts(Table<?> table, Path folder, Set<String> parts) throws IOException {
    String[] paths =
        partFiles(folder).entrySet().stream()
            .filter(part -> parts.contains(part.getKey()))
            .flatMap(part -> part.getValue().stream())
            .toArray(String[]::new);
    return paths.length == 0
        ? spark.createDataFrame(List.of(), table.schema())
        : spark.read().schema(table.schema()).parquet(paths);
  }

  /** Returns the files in {@code folder}, by their {@link WindowParts}. */
  Map<String, List<String>> partFiles(Path folder) throws IOException {
    Map<String, List<String>> files = new TreeMap<>();
    for (FileStatus file : warehouse.list(folder)) {
      WindowParts.ofFile(file.getPath().getName())
          .ifPresent(
              part ->
                  files
                      .computeIfAbsent(part, p -> new ArrayList<>())
                      .add(file.getPath().toString()));
    }
    return files;
  }

  /**
   * Checks that every folder of a table holds files and that no file is empty. Spark would skip
   * both, and the next run would compute scores from the remaining rows only.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if not; the message names the
   *     place
   */
  private void checkWhole(Path folder) throws IOException {
    boolean isEmpty = true;
    for (FileStatus entry : warehouse.list(folder)) {
      String name = entry.getPath().getName();
      if (name.startsWith("_") || name.startsWith(".")) {
        continue;
      }
      if (entry.isDirectory()) {
        isEmpty = false;
        checkWhole(entry.getPath());
      } else if (name.endsWith(".parquet")) {
        isEmpty = false;
        if (entry.getLen() == 0) {
          throw damaged("the file " + Warehouse.shown(entry.getPath()) + " is empty");
        }
      }
    }
    // The folder of a table is empty after all its batches were dropped.
    if (isEmpty && folder.getName().contains("=")) {
      throw damaged("there is no file in " + Warehouse.shown(folder));
    }
  }

  private static DemarcheException damaged(String what) {
    return DemarcheException.inputMissing(
        "A table is damaged, %s: restore it, or move its folder away and run it again"
            .formatted(what));
  }

  SortedSet<String> batchesIn(Path folder) throws IOException {
    TreeSet<String> batches = new TreeSet<>();
    for (FileStatus entry : warehouse.list(folder)) {
      String name = entry.getPath().getName();
      if (name.startsWith(Table.BATCH + "=")) {
        batches.add(name.substring(Table.BATCH.length() + 1));
      }
    }
    return batches;
  }

  Path folder(Table<?> table) {
    return warehouse.path(table.name());
  }
}
