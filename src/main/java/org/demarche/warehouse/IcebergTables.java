package org.demarche.warehouse;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.StructLike;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.demarche.DemarcheException;

/** Keeps the tables in Apache Iceberg. What a reader sees is the branch {@code main} of a table. */
final class IcebergTables implements TableStore {

  private final SparkSession spark;
  private final IcebergCatalog catalog;
  private final int keptRuns;

  IcebergTables(Warehouse warehouse, IcebergCatalog catalog, int keptRuns) {
    this.spark = warehouse.spark();
    this.catalog = catalog;
    this.keptRuns = keptRuns;
    String prefix = "spark.sql.catalog." + catalog.name();
    String uri = catalog.properties().getOrDefault("uri", "");
    String known = spark.conf().get(prefix + ".uri", uri);
    if (!known.equals(uri)) { // Spark opens a catalog once, and takes no other settings after that
      throw DemarcheException.usage(
          "This Spark session knows the catalog '%s' in %s: give the one in %s another name by warehouse.iceberg.name"
              .formatted(catalog.name(), known, uri));
    }
    spark.conf().set(prefix, "org.apache.iceberg.spark.SparkCatalog");
    catalog.properties().forEach((key, value) -> spark.conf().set(prefix + "." + key, value));
  }

  IcebergCatalog catalog() {
    return catalog;
  }

  int keptRuns() {
    return keptRuns;
  }

  @Override
  public boolean has(Table<?> table) {
    return snapshot(table, SnapshotRef.MAIN_BRANCH).isPresent();
  }

  @Override
  public Dataset<Row> read(Table<?> table) {
    return read(table, SnapshotRef.MAIN_BRANCH);
  }

  /** Returns the rows that {@code branch} has; none if there is no such branch. */
  Dataset<Row> read(Table<?> table, String branch) {
    if (snapshot(table, branch).isEmpty()) {
      return spark.createDataFrame(List.of(), table.readSchema());
    }
    Dataset<Row> rows = spark.table(sqlName(table, branch));
    Set<String> found = Set.of(rows.columns());
    return rows.select(
        Arrays.stream(table.readSchema().fields())
            .map(
                column ->
                    found.contains(column.name()) ? functions.col(column.name()) : none(column))
            .toArray(Column[]::new));
  }

  /** Stands for a column of a table that an earlier version wrote. */
  private static Column none(StructField column) {
    return lit(null).cast(column.dataType()).as(column.name(), column.metadata());
  }

  /** Returns the name of a branch as SQL takes it. */
  String sqlName(Table<?> table, String branch) {
    String name = catalog.sqlName(table);
    return branch.equals(SnapshotRef.MAIN_BRANCH) ? name : "%s.`branch_%s`".formatted(name, branch);
  }

  Optional<Snapshot> snapshot(Table<?> table, String branch) {
    return catalog.find(table).map(found -> found.snapshot(branch));
  }

  @Override
  public SortedSet<String> batches(Table<?> table) {
    return batches(table, SnapshotRef.MAIN_BRANCH);
  }

  /** Returns the batches that {@code branch} has; none if there is no such table. */
  SortedSet<String> batches(Table<?> table, String branch) {
    SortedSet<String> batches = new TreeSet<>();
    catalog
        .find(table)
        .ifPresent(
            found -> {
              String committed = found.properties().getOrDefault(IcebergCatalog.BATCHES, "");
              // A branch that nothing was written to yet has the state of other programs, too.
              String listed =
                  branch.equals(SnapshotRef.MAIN_BRANCH) || found.snapshot(branch) == null
                      ? committed
                      : found
                          .snapshot(branch)
                          .summary()
                          .getOrDefault(IcebergCatalog.BATCHES, committed);
              batches.addAll(List.of(listed.split(",")));
            });
    batches.remove("");
    return batches;
  }

  @Override
  public boolean isByMonth(Table<?> table) {
    return table.hasMonth() && catalog.find(table).map(IcebergTables::isByMonth).orElse(true);
  }

  static boolean isByMonth(org.apache.iceberg.Table table) {
    return table.spec().fields().stream().anyMatch(field -> field.name().equals(Table.MONTH));
  }

  @Override
  public TableSize size(Table<?> table) throws IOException {
    return size(table, SnapshotRef.MAIN_BRANCH);
  }

  TableSize size(Table<?> table, String branch) throws IOException {
    return catalog.files(table, branch).stream()
        .map(file -> new TableSize(1, file.fileSizeInBytes()))
        .reduce(TableSize.NONE, TableSize::plus);
  }

  @Override
  public Optional<List<StoredFile>> namedFiles(Table<?> table) throws IOException {
    return Optional.of(
        catalog.files(table, SnapshotRef.MAIN_BRANCH).stream()
            .map(
                file -> new StoredFile(file.location(), file.fileSizeInBytes(), file.recordCount()))
            .toList());
  }

  Set<String> parts(Table<?> table, String branch) throws IOException {
    return catalog.files(table, branch).stream()
        .map(file -> part(file.partition()))
        .collect(toSet());
  }

  /** Returns the part of a partition by kind and month of the window. */
  private static String part(StructLike partition) {
    Integer month = partition.get(1, Integer.class);
    return WindowParts.of(
        partition.get(0, CharSequence.class).toString(),
        month == null ? null : LocalDate.EPOCH.plusMonths(month));
  }

  @Override
  public StagedTables stage(String run) {
    return new StagedIceberg(this, IcebergCatalog.branch(run));
  }
}
