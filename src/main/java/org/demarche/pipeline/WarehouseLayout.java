package org.demarche.pipeline;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.FingerprintTable;
import org.demarche.warehouse.Journal;
import org.demarche.warehouse.Recipe;
import org.demarche.warehouse.RejectTable;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.SpeakerLabelTable;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.SpeakerTable;
import org.demarche.warehouse.StatementProbabilityTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.TargetTable;
import org.demarche.warehouse.Warehouse;

/**
 * Finds what is wrong with the folders of a warehouse, without reading a table. Each fault is a
 * line.
 */
final class WarehouseLayout {

  /** The tables that each stage always writes. */
  private static final Map<Stage, List<Table<?>>> WRITES =
      new TreeMap<>(
          Map.of(
              Stage.INGEST, List.of(ArticleTable.TABLE, RejectTable.TABLE, FingerprintTable.TABLE),
              Stage.EXTRACT, List.of(StatementTable.TABLE),
              Stage.SCORE, List.of(StatementScoreTable.TABLE),
              Stage.AGGREGATE,
                  List.of(
                      SpeakerScoreTable.TABLE,
                      SpeakerLabelTable.TABLE,
                      SpeakerTable.TABLE,
                      TargetTable.TABLE)));

  /** The internal tables of the stage that summarises, from which a later run goes on. */
  static final List<Table<?>> INTERNAL =
      List.of(WindowSums.TABLE, SpeakerSums.TABLE, WindowPriors.TABLE);

  private final Warehouse warehouse;
  private final FileSystem files;

  WarehouseLayout(Warehouse warehouse) throws IOException {
    this.warehouse = warehouse;
    this.files =
        warehouse.root().getFileSystem(warehouse.spark().sparkContext().hadoopConfiguration());
  }

  /** Returns the stage that writes the table called {@code name}; empty if none does. */
  static Optional<Stage> stage(String name) {
    if (name.equals(StatementProbabilityTable.TABLE.name())) {
      return Optional.of(Stage.SCORE);
    }
    if (INTERNAL.stream().anyMatch(table -> table.name().equals(name))) {
      return Optional.of(Stage.AGGREGATE);
    }
    return WRITES.keySet().stream()
        .filter(stage -> WRITES.get(stage).stream().anyMatch(table -> table.name().equals(name)))
        .findFirst();
  }

  /** Returns whether the warehouse has a file or folder called {@code name}. */
  boolean has(String name) throws IOException {
    return files.exists(new Path(warehouse.root(), name));
  }

  /** Tells of a commit that stopped half-way: some tables are new then, and others old. */
  List<String> unfinishedCommit() throws IOException {
    return Journal.isUnfinished(warehouse)
        ? List.of(
            "a run ended in the middle of its commit, and _journal says what is left to do: the"
                + " next run completes it; check again after that")
        : List.of();
  }

  /** Tells what runs that were killed before their commit have left. */
  List<String> leftovers() throws IOException {
    return Journal.leftovers(warehouse).stream()
        .map("a run that was killed left %s: the next run removes it"::formatted)
        .toList();
  }

  /** Tells which tables are missing, and of which it is not known what they were made with. */
  List<String> missing() throws IOException {
    List<String> faults = new ArrayList<>();
    for (Stage stage : WRITES.keySet()) {
      boolean isMade = stage == Stage.INGEST || recipe(stage).digest(warehouse).isPresent();
      for (Table<?> table : WRITES.get(stage)) {
        if (isMade && !warehouse.has(table)) {
          faults.add("there is no table " + table.name());
        } else if (!isMade && warehouse.has(table)) {
          faults.add("_recipes does not say what %s was made with".formatted(table.name()));
        }
      }
    }
    // An earlier version kept no sums.
    if (has("_aggregated/batches")) {
      for (Table<?> table : INTERNAL) {
        if (!warehouse.has(table)) {
          faults.add("there is no table " + table.name());
        }
      }
    }
    if (!RequiredTables.isCurrent(warehouse)) {
      faults.add("another version wrote the statements: `demarche run` makes them again");
    }
    return faults;
  }

  private static Recipe recipe(Stage stage) {
    return Recipe.valueOf(stage.name());
  }

  /**
   * Tells which tables lack a batch that others have, unless their stage has still to run. The
   * tables of articles have the same batches; {@code rejects} has those of {@code _batches}. These
   * two differ: a removal makes a batch of what is left of a syndication cluster, without rejects,
   * and a compaction puts rejects together in another way than articles.
   */
  List<String> batches(RunHistory history) throws IOException {
    Set<String> delivered = warehouse.texts("_batches").keySet();
    Set<String> all = new TreeSet<>();
    for (Table<?> table : WarehouseRules.TABLES) {
      if (!table.equals(RejectTable.TABLE)) {
        all.addAll(warehouse.batches(table));
      }
    }
    List<String> faults = lacking("_batches", delivered, warehouse.batches(RejectTable.TABLE));
    for (Table<?> table : WarehouseRules.TABLES) {
      Stage stage = stage(table.name()).orElseThrow();
      if (table.layout().isInBatches()
          && warehouse.has(table)
          && history.behind(EnumSet.range(Stage.INGEST, stage)).isEmpty()) {
        Set<String> expected = table.equals(RejectTable.TABLE) ? delivered : all;
        faults.addAll(lacking(table.name(), warehouse.batches(table), expected));
      }
    }
    return faults;
  }

  private static List<String> lacking(String name, Set<String> found, Set<String> expected) {
    return expected.stream()
        .filter(batch -> !found.contains(batch))
        .map(batch -> "%s has no batch %s".formatted(name, batch))
        .collect(toCollection(ArrayList::new));
  }
}
