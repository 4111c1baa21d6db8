package org.demarche.warehouse;

import java.util.List;
import org.demarche.stance.Target;

/** The table {@code targets}. */
public final class TargetTable {

  /** One row of the table. */
  public record TargetRow(
      @Column("id from the configuration, or all") String targetId,
      @Column("name for people to read") String name,
      @Column(value = "other names that texts use for it, separated by '; '", nullable = true)
          String aliases) {}

  public static final Table<TargetRow> TABLE =
      new Table<>(
          "targets",
          "One target as configured; the row all stands for scores without a target.",
          new RecordCodec<>(TargetRow.class),
          List.of("target_id"),
          Table.Layout.WHOLE,
          List.of("target_id"));

  private TargetTable() {}

  /** Returns the row of {@code target}. */
  public static TargetRow row(Target target) {
    return new TargetRow(target.id(), target.name(), Names.join(target.aliases()));
  }

  /** Returns the row that scores without a target refer to. */
  public static TargetRow anyTarget() {
    return new TargetRow(StatementScoreTable.ANY_TARGET, "any target", null);
  }
}
