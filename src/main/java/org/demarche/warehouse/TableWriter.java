package org.demarche.warehouse;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/**
 * Writes the files of tables, sorted, to the folder in which a transaction stages them.
 *
 * <p>Rows are sorted last of all: Spark forgets their order where another step follows, and then
 * sorts them by the columns of the folders alone.
 *
 * @param staging stands for the folder of the warehouse
 */
record TableWriter(Warehouse warehouse, Path staging) {

  /** Columns in which values hardly ever repeat, so that a Parquet dictionary would be a waste. */
  private static final List<String> UNIQUE =
      List.of("statement_id", "distinct_id", "text", "passage", "text_hash", "fingerprint");

  /**
   * Writes rows of {@code table} into the folder {@code name}, which is one of a batch or of the
   * whole table.
   */
  void write(Table<?> table, String name, Dataset<Row> rows) throws IOException {
    Path folder = new Path(staging, name);
    boolean byMonth = warehouse.isByMonth(table);
    Dataset<Row> written = table.withMonth(table.codec().complete(rows, List.of()));
    Dataset<Row> sorted = table.sort(written, byMonth ? List.of(Table.MONTH) : List.of());
    DataFrameWriter<Row> writer = writer(sorted).mode(SaveMode.Overwrite);
    (byMonth ? writer.partitionBy(Table.MONTH) : writer).parquet(folder.toString());
    if (!hasParquet(folder)) {
      writeEmpty(table, byMonth, byMonth ? new Path(folder, Table.MONTH + "=unknown") : folder);
    }
    LeftoverFiles.sweep(warehouse.files(), folder);
  }

  /**
   * Writes rows into the folders of places, which their columns name, and at least one file into
   * each.
   *
   * @param byMonth whether the places have months
   * @param mostRows how many rows a file has at most
   */
  void writePlaces(
      Table<?> table, Dataset<Row> rows, boolean byMonth, Collection<Place> places, long mostRows)
      throws IOException {
    List<String> folders = Place.columns(byMonth);
    List<String> columns = new ArrayList<>();
    if (table.hasMonth() && !byMonth) {
      columns.add(Table.MONTH);
    }
    boolean isOne = places.size() == 1;
    if (!isOne) {
      columns.addAll(folders);
    }
    DataFrameWriter<Row> writer =
        writer(table.sort(table.codec().complete(rows, columns), isOne ? List.of() : folders))
            .mode(SaveMode.Append)
            .option("maxRecordsPerFile", mostRows);
    Path staged = new Path(staging, table.name());
    if (isOne) {
      // Spark would take the column of the folder for a constant, and not sort the rows.
      writer.parquet(new Path(staging, places.iterator().next().folder(table)).toString());
    } else {
      writer.partitionBy(folders.toArray(String[]::new)).parquet(staged.toString());
    }
    for (Place place : places) {
      Path folder = new Path(staging, place.folder(table));
      if (!hasParquet(folder)) {
        writeEmpty(table, byMonth, folder);
      }
    }
    LeftoverFiles.sweep(warehouse.files(), staged);
  }

  /**
   * Writes rows of a table {@link Table.Layout#BY_WINDOW} into the folder of the table, and copies
   * the files that the table has of other parts.
   *
   * @param parts the parts that are written
   * @param rows rows of these parts; each part becomes a file for each partition that it is in
   */
  void writeParts(Table<?> table, Set<String> parts, Dataset<Row> rows) throws IOException {
    FileSystem files = warehouse.files();
    Path folder = new Path(staging, table.name());
    files.mkdirs(folder);
    for (FileStatus file : warehouse.list(warehouse.path(table.name()))) {
      String name = file.getPath().getName();
      if (WindowParts.ofFile(name).filter(part -> !parts.contains(part)).isPresent()) {
        FileUtil.copy(files, file.getPath(), files, new Path(folder, name), false, files.getConf());
      }
    }
    Path drafts = new Path(staging, "_scratch/parts-of-" + table.name());
    List<String> part = List.of(WindowParts.PART);
    Dataset<Row> inParts =
        rows.withColumn(WindowParts.PART, WindowParts.of(col("window"), col("window_start")));
    writer(table.sort(table.codec().complete(inParts, part), part))
        .partitionBy(WindowParts.PART)
        .parquet(drafts.toString());
    LeftoverFiles.sweep(files, drafts);
    for (FileStatus draft : warehouse.list(drafts)) {
      if (draft.isFile()) {
        continue; // without rows there is no part
      }
      String name = draft.getPath().getName().substring(WindowParts.PART.length() + 1);
      for (FileStatus file : warehouse.list(draft.getPath())) {
        Path to = new Path(folder, WindowParts.file(name, file.getPath().getName()));
        Journal.move(files, file.getPath(), to);
      }
    }
    if (!hasParquet(folder)) {
      writeEmpty(table, false, folder);
    }
    LeftoverFiles.sweep(files, folder);
  }

  private static DataFrameWriter<Row> writer(Dataset<Row> rows) {
    DataFrameWriter<Row> writer = rows.write();
    for (String column : UNIQUE) {
      writer.option("parquet.enable.dictionary#" + column, "false");
    }
    return writer;
  }

  /** Writes a file without rows: readers need the columns of the table. */
  private void writeEmpty(Table<?> table, boolean byMonth, Path folder) {
    warehouse
        .spark()
        .createDataFrame(List.of(), table.fileSchema(byMonth))
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(folder.toString());
  }

  private boolean hasParquet(Path folder) throws IOException {
    for (FileStatus entry : warehouse.list(folder)) {
      if (entry.isDirectory()
          ? hasParquet(entry.getPath())
          : entry.getPath().getName().endsWith(".parquet")) {
        return true;
      }
    }
    return false;
  }
}
