package org.demarche.warehouse;

import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;

/** Makes one value of all rows of a table, for rooms that know nothing of Spark. */
public final class TableFold {

  /**
   * Takes a row into a result.
   *
   * @param <S> what every row needs to know
   * @param <A> the result
   * @param <R> the row
   */
  @FunctionalInterface
  public interface Add<S, A, R> extends Serializable {
    /** Returns {@code result}, which may be changed, with {@code row} in it. */
    A add(S shared, A result, R row);
  }

  /**
   * Makes one result of two.
   *
   * @param <A> the result
   */
  @FunctionalInterface
  public interface Merge<A> extends Serializable {
    /** Returns {@code result}, which may be changed, with what is in {@code other}. */
    A merge(A result, A other);
  }

  private TableFold() {}

  /**
   * Folds the rows of {@code table} in parallel, in no certain order. All arguments are serialized.
   *
   * @param shared what every row needs to know; sent once to each machine
   * @param empty the result of no row
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if the warehouse has no such table
   */
  public static <S, A, R extends Record> A of(
      Warehouse warehouse, Table<R> table, S shared, A empty, Add<S, A, R> add, Merge<A> merge)
      throws IOException {
    var rows = table.codec().read(RequiredTables.required(warehouse, table)).javaRDD();
    Broadcast<S> sent =
        JavaSparkContext.fromSparkContext(warehouse.spark().sparkContext()).broadcast(shared);
    try {
      return rows.treeAggregate(
          empty, (result, row) -> add.add(sent.value(), result, row), merge::merge);
    } finally {
      sent.destroy();
    }
  }
}
