package org.demarche.warehouse;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The tables as they will be after the commit of a run. Several tables may be written at the same
 * time. The methods are those of {@link Transaction}.
 */
interface StagedTables {

  /** Returns all rows of {@code table} as they will be. */
  Dataset<Row> read(Table<?> table) throws IOException;

  /** Returns the batches of {@code table} as they will be. */
  SortedSet<String> batches(Table<?> table) throws IOException;

  /** Returns the {@link WindowParts} that {@code table} will have rows of. */
  Set<String> parts(Table<?> table) throws IOException;

  /** Returns the rows of some {@link WindowParts} as they will be. */
  Dataset<Row> readParts(Table<?> table, Set<String> parts) throws IOException;

  /** Returns the size that {@code table}, which is replaced as a whole, will have. */
  TableSize size(Table<?> table) throws IOException;

  /** See {@link Transaction#clear}. */
  void clear(Table<?> table) throws IOException;

  /** See {@link Transaction#append}. */
  void append(Table<?> table, String batch, Dataset<Row> rows) throws IOException;

  /** See {@link Transaction#rewrite}. */
  void rewrite(Table<?> table, Collection<Place> places, UnaryOperator<Dataset<Row>> stay)
      throws IOException;

  /** See {@link Transaction#replace(Table, Collection, Dataset, long)}. */
  void replace(Table<?> table, Collection<String> batches, Dataset<Row> rows, long mostRows)
      throws IOException;

  /** See {@link Transaction#replace(Table, Dataset)}. */
  void replace(Table<?> table, Dataset<Row> rows) throws IOException;

  /** See {@link Transaction#replaceParts}. */
  void replaceParts(Table<?> table, Set<String> parts, Dataset<Row> rows) throws IOException;

  /**
   * Returns the steps of the commit that make the tables visible.
   *
   * @param forgetsHistory whether earlier states of the tables go for good, where they are kept
   */
  List<Journal.Step> steps(boolean forgetsHistory);

  /** Deletes what was staged, after a run that does not commit. */
  void discard() throws IOException;
}
