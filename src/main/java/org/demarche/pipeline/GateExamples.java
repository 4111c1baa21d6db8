package org.demarche.pipeline;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Examples of what made a gate of quality fail. */
final class GateExamples {

  /** How many examples a gate shows. */
  static final int SHOWN = 3;

  private GateExamples() {}

  /**
   * Returns a line that names the first of what was found, or nothing if nothing was.
   *
   * @param what the kind of what was found, in the plural
   * @param names rows of one column of texts
   */
  static List<String> of(String what, Dataset<Row> names) {
    List<String> first =
        names.as(Encoders.STRING()).orderBy(names.columns()[0]).limit(SHOWN).collectAsList();
    return first.isEmpty()
        ? List.of()
        : List.of("  such %s: %s".formatted(what, String.join(", ", first)));
  }
}
