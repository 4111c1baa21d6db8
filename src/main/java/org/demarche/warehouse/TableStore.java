package org.demarche.warehouse;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Keeps the committed rows of the tables in one warehouse, in one format of storage. */
interface TableStore {

  /** Returns whether the table was ever written. */
  boolean has(Table<?> table) throws IOException;

  /** Returns all rows with {@link Table#columns}; none if the table was never written. */
  Dataset<Row> read(Table<?> table) throws IOException;

  /** Returns the batches of {@code table}; none if it is not a table in batches. */
  SortedSet<String> batches(Table<?> table) throws IOException;

  /** See {@link Warehouse#isByMonth}. */
  boolean isByMonth(Table<?> table) throws IOException;

  /** Returns how many data files the table has, and how large they are. */
  TableSize size(Table<?> table) throws IOException;

  /** See {@link Warehouse#namedFiles}. */
  Optional<List<StoredFile>> namedFiles(Table<?> table) throws IOException;

  /**
   * Returns what the run {@code run} stages.
   *
   * @param run id of the run
   */
  StagedTables stage(String run);
}
