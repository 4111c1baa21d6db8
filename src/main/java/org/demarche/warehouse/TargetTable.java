package org.demarche.warehouse;

import java.util.List;
import org.demarche.stance.Target;

/** The table {@code targets}. */
public final class TargetTable {

  /** One row of the table. */
  public record TargetRow(
      @Column("id from the configuration, or all") String targetId,
      @Column("name for people to read") String name,
      @Column(value = "forms in which texts mention it, by '; '", nullable = true)
          String aliases) {}

  public static final Table<TargetRow> TABLE =
      new Table<>(
          "targets",
          "One target as configured; the row all stands for whatever a statement is about.",
          new RecordCodec<>(TargetRow.class),
          List.of("target_id"),
          Table.Layout.WHOLE,
          List.of("target_id"));

  private TargetTable() {}

  /** Builds the row of {@code target}. */
  public static TargetRow row(Target target) {
    return new TargetRow(target.id(), target.name(), Names.join(target.aliases()));
  }

  /** Builds the row that stands for whatever a statement is about. */
  public static TargetRow anyTarget() {
    return new TargetRow(StatementScoreTable.ANY_TARGET, "any target", null);
  }
}
