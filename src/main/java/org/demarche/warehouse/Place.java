package org.demarche.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;

import java.util.List;

/**
 * Where the rows of an article lie in the tables: the batch that brought them, and the month in
 * which the article was published.
 *
 * @param month such as {@code 2031-03}, or {@code unknown}; null in a table without months
 */
public record Place(String batch, String month) implements Comparable<Place> {

  @Override
  public int compareTo(Place other) {
    return key().compareTo(other.key());
  }

  /** Returns the same place in a table, which may have no months. */
  Place in(Table<?> table) {
    return hasMonths(table) ? this : new Place(batch, null);
  }

  /** Returns batch and month as one string. */
  String key() {
    return month == null ? batch : batch + "/" + month;
  }

  /** Returns the {@link #key()} of each row of a table. */
  static org.apache.spark.sql.Column key(Table<?> table) {
    return hasMonths(table) ? concat_ws("/", col(Table.BATCH), col(Table.MONTH)) : col(Table.BATCH);
  }

  /** Returns the columns of the folders of a table. */
  static List<String> columns(Table<?> table) {
    return hasMonths(table) ? List.of(Table.BATCH, Table.MONTH) : List.of(Table.BATCH);
  }

  /** Returns the folder of this place in a table, below the warehouse. */
  String folder(Table<?> table) {
    String folder = table.name() + "/" + Table.BATCH + "=" + batch;
    return hasMonths(table) ? folder + "/" + Table.MONTH + "=" + month : folder;
  }

  private static boolean hasMonths(Table<?> table) {
    return table.layout() == Table.Layout.BATCHES_BY_MONTH;
  }
}
