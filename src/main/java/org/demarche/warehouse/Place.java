package org.demarche.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;

import java.util.List;

/**
 * Where the rows of an article lie in the tables: the batch that brought them, and the month in
 * which the article was published.
 *
 * @param month such as {@code 2031-03}, or {@code unknown}; null in a table without folders of
 *     months
 */
public record Place(String batch, String month) implements Comparable<Place> {

  @Override
  public int compareTo(Place other) {
    return key().compareTo(other.key());
  }

  /** Returns the same place in a table with or without folders of months. */
  Place in(boolean byMonth) {
    return byMonth ? this : new Place(batch, null);
  }

  /** Returns batch and month as one string. */
  String key() {
    return month == null ? batch : batch + "/" + month;
  }

  /** Returns the {@link #key()} of each row of a table with or without folders of months. */
  static org.apache.spark.sql.Column key(boolean byMonth) {
    return byMonth ? concat_ws("/", col(Table.BATCH), col(Table.MONTH)) : col(Table.BATCH);
  }

  /** Returns the columns of the folders of a table with or without folders of months. */
  static List<String> columns(boolean byMonth) {
    return byMonth ? List.of(Table.BATCH, Table.MONTH) : List.of(Table.BATCH);
  }

  /** Returns the folder of this place in a table, below the warehouse. */
  String folder(Table<?> table) {
    String folder = table.name() + "/" + Table.BATCH + "=" + batch;
    return month == null ? folder : folder + "/" + Table.MONTH + "=" + month;
  }
}
