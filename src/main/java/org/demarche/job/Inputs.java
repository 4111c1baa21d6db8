package org.demarche.job;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.demarche.table.StatementProbabilityTable;
import org.demarche.table.Table;
import org.demarche.table.Warehouse;

/** What a reading command needs of a warehouse. */
final class Inputs {

  private Inputs() {}

  /**
   * Returns the rows of {@code table}.
   *
   * @throws InputMissingException if there is no such warehouse or it has no such table yet
   */
  static Dataset<Row> required(Warehouse warehouse, Table table) throws IOException {
    exists(warehouse);
    if (!warehouse.has(table)) {
      String what =
          table.equals(StatementProbabilityTable.TABLE)
              ? "set score.probabilities=true, then run `demarche score`"
              : "run `demarche run` first";
      throw new InputMissingException(
          "The warehouse %s has no table %s yet: %s"
              .formatted(warehouse.shown(), table.name(), what));
    }
    return warehouse.read(table);
  }

  /**
   * Makes sure that there is a warehouse.
   *
   * @throws InputMissingException if there is none
   */
  static void exists(Warehouse warehouse) throws IOException {
    if (!warehouse.exists()) {
      throw new InputMissingException(
          "There is no warehouse at %s: no such folder".formatted(warehouse.shown()));
    }
  }
}
