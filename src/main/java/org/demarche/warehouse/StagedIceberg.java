package org.demarche.warehouse;

import static java.util.stream.Collectors.toCollection;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/** Stages the rows of a run in a branch of each table that it writes. */
final class StagedIceberg implements StagedTables {

  private final IcebergTables tables;
  private final String branch;

  /** For each table the places whose rows this run has replaced, as {@link Place#key}. */
  private final Map<Table<?>, Set<String>> rewritten = new HashMap<>();

  /** The tables whose earlier rows are all gone. */
  private final Set<String> replaced = new TreeSet<>();

  StagedIceberg(IcebergTables tables, String branch) {
    this.tables = tables;
    this.branch = branch;
  }

  /** Returns the branch of this run if it has written to the table, else the committed one. */
  private String current(Table<?> table) {
    return tables.snapshot(table, branch).isPresent() ? branch : SnapshotRef.MAIN_BRANCH;
  }

  /** Returns the table with the branch of this run, which is made if there is none. */
  private synchronized org.apache.iceberg.Table branched(Table<?> table) {
    org.apache.iceberg.Table stored = tables.catalog().findOrCreate(table);
    if (stored.snapshot(branch) == null) {
      Snapshot before = stored.currentSnapshot();
      (before == null
              ? stored.manageSnapshots().createBranch(branch)
              : stored.manageSnapshots().createBranch(branch, before.snapshotId()))
          .commit();
    }
    return stored;
  }

  @Override
  public Dataset<Row> read(Table<?> table) {
    return tables.read(table, current(table));
  }

  @Override
  public SortedSet<String> batches(Table<?> table) {
    return tables.batches(table, current(table));
  }

  @Override
  public Set<String> parts(Table<?> table) throws IOException {
    return tables.parts(table, current(table));
  }

  @Override
  public Dataset<Row> readParts(Table<?> table, Set<String> parts) {
    return read(table).where(WindowParts.in(parts));
  }

  @Override
  public TableSize size(Table<?> table) throws IOException {
    return tables.size(table, current(table));
  }

  @Override
  public void clear(Table<?> table) {
    branched(table)
        .newDelete()
        .deleteFromRowFilter(Expressions.alwaysTrue())
        .set(IcebergCatalog.BATCHES, "")
        .toBranch(branch)
        .commit();
    markReplaced(table);
  }

  private synchronized void markReplaced(Table<?> table) {
    replaced.add(table.name());
    rewritten.remove(table);
  }

  @Override
  public void append(Table<?> table, String batch, Dataset<Row> rows) throws IOException {
    branched(table);
    Dataset<Row> written =
        table.withMonth(
            table.codec().complete(rows, List.of()).withColumn(Table.BATCH, lit(batch)));
    SortedSet<String> batches = batches(table);
    batches.add(batch);
    write(writer(table, written, batches)::append);
  }

  @Override
  public void rewrite(Table<?> table, Collection<Place> places, UnaryOperator<Dataset<Row>> stay)
      throws IOException {
    boolean byMonth = tables.isByMonth(table);
    Set<String> committed = tables.batches(table);
    Set<Place> ours =
        places.stream()
            .filter(place -> committed.contains(place.batch()))
            .map(place -> place.in(byMonth))
            .collect(toCollection(TreeSet::new));
    Set<String> keys = ours.stream().map(Place::key).collect(toCollection(TreeSet::new));
    synchronized (this) {
      if (keys.isEmpty() || replaced.contains(table.name())) {
        return;
      }
      Set<String> before = rewritten.computeIfAbsent(table, t -> new TreeSet<>());
      if (!Collections.disjoint(keys, before)) {
        throw new IllegalStateException("Rows of " + table.name() + " are replaced twice");
      }
      before.addAll(keys);
    }
    branched(table);
    List<String> folders = Place.columns(table.hasMonth());
    Column replacedRows = at(ours);
    Dataset<Row> rows =
        stay.apply(tables.read(table).where(replacedRows))
            .repartition(Table.columns(Place.columns(byMonth)));
    DataFrameWriterV2<Row> writer =
        writer(table, table.codec().complete(rows, folders), batches(table));
    write(() -> writer.overwrite(replacedRows));
  }

  /** Selects the rows in {@code places} by the columns that the files are partitioned by. */
  private static Column at(Collection<Place> places) {
    Map<String, List<String>> batchesByMonth = new TreeMap<>();
    for (Place place : places) {
      String month = place.month() == null ? "" : place.month();
      batchesByMonth.computeIfAbsent(month, m -> new ArrayList<>()).add(place.batch());
    }
    return batchesByMonth.entrySet().stream()
        .map(
            entry -> {
              Column batches = col(Table.BATCH).isin(entry.getValue().toArray());
              return entry.getKey().isEmpty()
                  ? batches
                  : col(Table.MONTH).equalTo(entry.getKey()).and(batches);
            })
        .reduce(Column::or)
        .orElseThrow();
  }

  @Override
  public void replace(Table<?> table, Collection<String> batches, Dataset<Row> rows, long mostRows)
      throws IOException {
    org.apache.iceberg.Table stored = branched(table);
    DataFrameWriterV2<Row> writer =
        writer(
            table,
            table.codec().complete(rows, Place.columns(table.hasMonth())),
            new TreeSet<>(batches));
    if (table.hasMonth() && IcebergTables.isByMonth(stored)) {
      // The commit makes these partitions those of the table; until then it keeps its own.
      stored.updateSpec().removeField(Table.MONTH).addNonDefaultSpec().commit();
      writer
          .option("output-spec-id", String.valueOf(specWithoutMonths(stored)))
          .option("snapshot-property." + IcebergCatalog.WITHOUT_MONTHS, "true");
    }
    write(() -> writer.overwrite(lit(true)));
    markReplaced(table);
  }

  @Override
  public void replace(Table<?> table, Dataset<Row> rows) throws IOException {
    branched(table);
    DataFrameWriterV2<Row> writer =
        writer(table, table.codec().complete(rows, List.of()), Set.of());
    write(() -> writer.overwrite(lit(true)));
    markReplaced(table);
  }

  @Override
  public void replaceParts(Table<?> table, Set<String> parts, Dataset<Row> rows)
      throws IOException {
    branched(table);
    DataFrameWriterV2<Row> writer =
        writer(table, table.codec().complete(rows, List.of()), Set.of());
    write(() -> writer.overwrite(WindowParts.in(parts)));
    markReplaced(table);
  }

  private static int specWithoutMonths(org.apache.iceberg.Table table) {
    return table.specs().values().stream()
        .filter(spec -> spec.fields().stream().noneMatch(f -> f.name().equals(Table.MONTH)))
        .mapToInt(PartitionSpec::specId)
        .findFirst()
        .orElseThrow();
  }

  private DataFrameWriterV2<Row> writer(Table<?> table, Dataset<Row> rows, Set<String> batches) {
    return rows.writeTo(tables.sqlName(table, branch))
        .option("snapshot-property." + IcebergCatalog.BATCHES, String.join(",", batches));
  }

  /** A write that Spark declares to fail where a table is missing; here it was made before. */
  private interface Write {
    void run() throws NoSuchTableException;
  }

  private static void write(Write write) {
    try {
      write.run();
    } catch (NoSuchTableException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Journal.Step> steps(boolean forgetsHistory) {
    return List.of(new Journal.MakeCurrent(forgetsHistory ? 1 : tables.keptRuns()));
  }

  @Override
  public void discard() throws IOException {
    tables.catalog().discard(branch);
  }
}
