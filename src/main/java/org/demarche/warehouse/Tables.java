package org.demarche.warehouse;

import java.util.List;
import java.util.Optional;

/** The tables of a warehouse, in the order in which a run writes them. */
public final class Tables {

  public static final List<Table<?>> ALL =
      List.of(
          ArticleTable.TABLE,
          RejectTable.TABLE,
          StatementTable.TABLE,
          StatementScoreTable.TABLE,
          StatementProbabilityTable.TABLE,
          SpeakerScoreTable.TABLE,
          SpeakerLabelTable.TABLE,
          SpeakerTable.TABLE,
          TargetTable.TABLE);

  private Tables() {}

  /** Returns the table called {@code name}, if there is one. */
  public static Optional<Table<?>> named(String name) {
    return ALL.stream().filter(table -> table.name().equals(name)).findFirst();
  }
}
