package org.demarche.warehouse;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Describes a table: its name, columns and layout on disk.
 *
 * @param <R> one row of the table
 * @param name folder below the warehouse
 * @param about what one row is, in one sentence; the data dictionary quotes it
 * @param codec knows the columns inside the files and converts rows to records
 * @param key columns that together identify a row; null counts as a value
 * @param layout which files a write adds or replaces
 * @param sortedBy columns by which each file is sorted
 */
public record Table<R extends Record>(
    String name,
    String about,
    RecordCodec<R> codec,
    List<String> key,
    Layout layout,
    List<String> sortedBy) {

  /** Which files a write adds or replaces. */
  public enum Layout {
    /**
     * Each batch adds a folder {@code batch_id=…} with a {@code published_month=…} per month. A
     * table that was compacted has no folders of months: its files have the column instead, so that
     * many small months fit into one file.
     */
    BATCHES_BY_MONTH,
    /** Each batch adds a folder {@code batch_id=…}. */
    BATCHES,
    /** Each run replaces all files. */
    WHOLE,
    /**
     * Each run replaces the files of the windows that change, and takes over the others; see {@link
     * WindowParts}. To a reader this looks like {@link #WHOLE}.
     */
    BY_WINDOW;

    /** Returns whether the table has a folder for each batch. */
    public boolean isInBatches() {
      return this == BATCHES || this == BATCHES_BY_MONTH;
    }
  }

  /** Folder column with the batch that brought a row. */
  public static final String BATCH = "batch_id";

  /** Column with the month of publication, {@code 2031-03}, or {@code unknown}. */
  public static final String MONTH = "published_month";

  private static final StructField BATCH_FOLDER =
      folder(BATCH, "batch of articles that brought the row (folder)");

  private static final StructField MONTH_COLUMN =
      folder(
          MONTH,
          "month of publication in UTC, such as 2031-03, or unknown (folder until compacted)");

  public Table {
    key = List.copyOf(key);
    sortedBy = List.copyOf(sortedBy);
  }

  /** Returns the columns of a row as it is made, with comments: those of no folder. */
  public StructType schema() {
    return codec.schema();
  }

  /**
   * Returns the columns inside the files of a table.
   *
   * @param byMonth whether the files are in folders of months
   */
  public StructType fileSchema(boolean byMonth) {
    return hasMonth() && !byMonth ? schema().add(MONTH_COLUMN) : schema();
  }

  /** Returns whether its rows have the column {@link #MONTH}. */
  boolean hasMonth() {
    return layout == Layout.BATCHES_BY_MONTH;
  }

  /** Returns {@code rows}, with the column {@link #MONTH} if the table has it. */
  Dataset<Row> withMonth(Dataset<Row> rows) {
    return hasMonth()
        ? rows.withColumn(
            MONTH,
            functions.coalesce(
                functions.date_format(functions.col("published_date"), "yyyy-MM"),
                functions.lit("unknown")))
        : rows;
  }

  /** Returns {@code rows} of this table sorted within each partition as the files must be. */
  public Dataset<Row> sort(Dataset<Row> rows) {
    return sort(rows, List.of());
  }

  /** Returns the same, sorted by the columns of folders first. */
  Dataset<Row> sort(Dataset<Row> rows, List<String> folders) {
    return rows.sortWithinPartitions(
        columns(Stream.concat(folders.stream(), sortedBy.stream()).toList()));
  }

  /** Returns the columns inside the files, as Spark's functions take them. */
  public org.apache.spark.sql.Column[] fileColumns() {
    return columns(List.of(schema().fieldNames()));
  }

  /** Returns the columns of these names as Spark's functions take them. */
  static org.apache.spark.sql.Column[] columns(List<String> names) {
    return names.stream()
        .map(name -> functions.col(name))
        .toArray(org.apache.spark.sql.Column[]::new);
  }

  /** Returns the columns that a reader sees: those of the files and those of the folders. */
  public List<TableColumn> columns() {
    return Arrays.stream(readSchema().fields()).map(TableColumn::of).toList();
  }

  /** Returns the names of {@link #columns}. */
  public List<String> columnNames() {
    return List.of(readSchema().fieldNames());
  }

  /** Returns {@link #columns} as Spark reads them. */
  StructType readSchema() {
    return switch (layout) {
      case WHOLE, BY_WINDOW -> schema();
      case BATCHES -> schema().add(BATCH_FOLDER);
      case BATCHES_BY_MONTH -> schema().add(BATCH_FOLDER).add(MONTH_COLUMN);
    };
  }

  private static StructField folder(String name, String comment) {
    return new StructField(name, DataTypes.StringType, false, Metadata.empty())
        .withComment(comment);
  }
}
