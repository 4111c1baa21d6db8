package org.demarche.warehouse;

import java.util.List;

/** The table {@code statement_probabilities}, written where {@code score.probabilities} asks. */
public final class StatementProbabilityTable {

  public static final Table TABLE =
      new Table(
          "statement_probabilities",
          "How probable one label of a scale is for one statement and target.",
          Columns.of(
              Columns.text("statement_id", "the statement scored; joins statements"),
              Columns.text("scale", "scale the label belongs to"),
              Columns.text("target_id", "target, or all; joins targets"),
              Columns.text("label", "a label of the scale"),
              Columns.number("probability", "calibrated probability, 0 to 1")),
          List.of("statement_id", "scale", "target_id", "label"),
          Table.Layout.BATCHES,
          List.of("statement_id", "scale", "target_id", "label"));

  private StatementProbabilityTable() {}
}
