package org.demarche.warehouse;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_csv;
import static org.apache.spark.sql.functions.to_json;

import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoders;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;

/** The rows of a table as lines of text without line ends, sorted as the table is. */
public final class TableLines {

  private TableLines() {}

  /**
   * Returns a JSON object for each row of {@code table}, with its nulls.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if the warehouse has no such table
   */
  public static Iterator<String> json(Warehouse warehouse, Table<?> table) throws IOException {
    return lines(
        warehouse,
        table,
        "yyyy-MM-dd'T'HH:mm:ss.SSS",
        row -> to_json(row, Map.of("ignoreNullFields", "false")));
  }

  /**
   * Returns a line of CSV for each row of {@code table}, without a header.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if the warehouse has no such table
   */
  public static Iterator<String> csv(Warehouse warehouse, Table<?> table) throws IOException {
    Map<String, String> options =
        Map.of("escape", "\"", "timestampFormat", "yyyy-MM-dd'T'HH:mm:ssX");
    return lines(warehouse, table, "yyyy-MM-dd'T'HH:mm:ss", row -> to_csv(row, options));
  }

  private static Iterator<String> lines(
      Warehouse warehouse, Table<?> table, String time, UnaryOperator<Column> line)
      throws IOException {
    return RequiredTables.required(warehouse, table)
        .orderBy(Table.columns(table.sortedBy()))
        .select(
            line.apply(
                struct(
                    table.columnNames().stream()
                        .map(name -> value(table, name, time))
                        .toArray(Column[]::new))))
        .as(Encoders.STRING())
        .toLocalIterator();
  }

  /** Returns a column as it is written: when an article was published, in the zone it gave. */
  private static Column value(Table<?> table, String name, String time) {
    if (!table.equals(ArticleTable.TABLE) || !name.equals("published_at")) {
      return col(name);
    }
    Column zone = coalesce(col("published_zone"), lit("Z"));
    return concat(date_format(from_utc_timestamp(col(name), zone), time), zone).as(name);
  }
}
