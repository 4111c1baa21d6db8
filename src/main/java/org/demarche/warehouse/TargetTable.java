package org.demarche.warehouse;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.demarche.stance.Target;

/** The table {@code targets}. */
public final class TargetTable {

  public static final Table TABLE =
      new Table(
          "targets",
          "One target as configured; the row all stands for whatever a statement is about.",
          Columns.of(
              Columns.text("target_id", "id from the configuration, or all"),
              Columns.text("name", "name for people to read"),
              Columns.optionalText("aliases", "forms in which texts mention it, by '; '")),
          List.of("target_id"),
          Table.Layout.WHOLE,
          List.of("target_id"));

  private TargetTable() {}

  /** Builds the row of {@code target}. */
  public static Row row(Target target) {
    return RowFactory.create(
        target.id(),
        target.name(),
        target.aliases().isEmpty() ? null : String.join("; ", target.aliases()));
  }

  /** Builds the row that stands for whatever a statement is about. */
  public static Row anyTarget() {
    return RowFactory.create(StatementScoreTable.ANY_TARGET, "any target", null);
  }
}
