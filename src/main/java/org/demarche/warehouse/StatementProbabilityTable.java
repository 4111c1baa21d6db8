package org.demarche.warehouse;

import java.util.List;

/** The table {@code statement_probabilities}, written if {@code score.probabilities} is true. */
public final class StatementProbabilityTable {

  /** One row of the table. */
  public record ProbabilityRow(
      @Column("the statement scored; joins statements") String statementId,
      @Column("scale the label belongs to") String scale,
      @Column("target, or all; joins targets") String targetId,
      @Column("a label of the scale") String label,
      @Column("calibrated probability, 0 to 1") double probability) {}

  public static final Table<ProbabilityRow> TABLE =
      new Table<>(
          "statement_probabilities",
          "How probable one label of a scale is for one statement and target.",
          new RecordCodec<>(ProbabilityRow.class),
          List.of("statement_id", "scale", "target_id", "label"),
          Table.Layout.BATCHES,
          List.of("statement_id", "scale", "target_id", "label"));

  private StatementProbabilityTable() {}
}
