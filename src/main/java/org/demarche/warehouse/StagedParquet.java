package org.demarche.warehouse;

import static org.apache.spark.sql.functions.not;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Stages folders of Parquet files. The commit moves each folder into its place below the warehouse.
 */
final class StagedParquet implements StagedTables {

  private final ParquetTables tables;
  private final Warehouse warehouse;
  private final FileSystem files;
  private final Path staging;
  private final TableWriter writer;

  /** The moves of the commit, from a path below staging to the same path below the warehouse. */
  private final Set<String> moves = new LinkedHashSet<>();

  private final Map<Table<?>, TreeSet<String>> stagedBatches = new LinkedHashMap<>();
  private final TreeSet<String> replaced = new TreeSet<>();

  /** For each table the folders whose files this run replaces, as {@link Place#key}. */
  private final Map<Table<?>, TreeSet<String>> rewritten = new LinkedHashMap<>();

  StagedParquet(ParquetTables tables, Warehouse warehouse, Path staging) {
    this.tables = tables;
    this.warehouse = warehouse;
    this.files = warehouse.files();
    this.staging = staging;
    this.writer = new TableWriter(warehouse, staging);
  }

  @Override
  public synchronized Dataset<Row> read(Table<?> table) throws IOException {
    Path staged = new Path(staging, table.name());
    if (!files.exists(staged)) {
      return warehouse.read(table);
    }
    Dataset<Row> ours = tables.readFolder(table, staged);
    if (replaced.contains(table.name())) {
      return ours;
    }
    Dataset<Row> kept = warehouse.read(table);
    Set<String> old = rewritten.getOrDefault(table, new TreeSet<>());
    return (old.isEmpty()
            ? kept
            : kept.where(not(Place.key(warehouse.isByMonth(table)).isin(old.toArray()))))
        .union(ours);
  }

  @Override
  public synchronized SortedSet<String> batches(Table<?> table) throws IOException {
    TreeSet<String> batches =
        replaced.contains(table.name()) ? new TreeSet<>() : new TreeSet<>(warehouse.batches(table));
    batches.addAll(stagedBatches.getOrDefault(table, new TreeSet<>()));
    return batches;
  }

  @Override
  public synchronized void clear(Table<?> table) throws IOException {
    if (rewritten.remove(table) != null) {
      files.delete(new Path(staging, table.name()), true);
      moves.removeIf(folder -> folder.startsWith(table.name() + "/"));
    }
    replaced.add(table.name());
    files.mkdirs(new Path(staging, table.name()));
    moves.add(table.name());
  }

  @Override
  public void append(Table<?> table, String batch, Dataset<Row> rows) throws IOException {
    String folder = table.name() + "/" + Table.BATCH + "=" + batch;
    writer.write(table, folder, rows);
    synchronized (this) {
      stagedBatches.computeIfAbsent(table, t -> new TreeSet<>()).add(batch);
      if (!replaced.contains(table.name())) {
        moves.add(folder);
      }
    }
  }

  @Override
  public void rewrite(Table<?> table, Collection<Place> places, UnaryOperator<Dataset<Row>> stay)
      throws IOException {
    boolean byMonth = warehouse.isByMonth(table);
    Set<Place> ours = new TreeSet<>();
    Set<String> batches = warehouse.batches(table);
    places.stream()
        .filter(place -> batches.contains(place.batch()))
        .forEach(place -> ours.add(place.in(byMonth)));
    List<String> keys = ours.stream().map(Place::key).toList();
    synchronized (this) {
      if (keys.isEmpty() || replaced.contains(table.name())) {
        return;
      }
      if (!Collections.disjoint(keys, rewritten.getOrDefault(table, new TreeSet<>()))) {
        throw new IllegalStateException("Files of " + table.name() + " are replaced twice");
      }
    }
    Dataset<Row> rows =
        stay.apply(warehouse.read(table).where(Place.key(byMonth).isin(keys.toArray())))
            .repartition(Table.columns(Place.columns(byMonth)));
    writer.writePlaces(table, rows, byMonth, ours, Long.MAX_VALUE);
    synchronized (this) {
      rewritten.computeIfAbsent(table, t -> new TreeSet<>()).addAll(keys);
      ours.forEach(place -> moves.add(place.folder(table)));
    }
  }

  @Override
  public void replace(Table<?> table, Collection<String> batches, Dataset<Row> rows, long mostRows)
      throws IOException {
    writer.writePlaces(
        table, rows, false, batches.stream().map(id -> new Place(id, null)).toList(), mostRows);
    synchronized (this) {
      replaced.add(table.name());
      stagedBatches.put(table, new TreeSet<>(batches));
      moves.add(table.name());
    }
  }

  @Override
  public void replace(Table<?> table, Dataset<Row> rows) throws IOException {
    writer.write(table, table.name(), rows);
    synchronized (this) {
      replaced.add(table.name());
      moves.add(table.name());
    }
  }

  @Override
  public void replaceParts(Table<?> table, Set<String> parts, Dataset<Row> rows)
      throws IOException {
    writer.writeParts(table, parts, rows);
    synchronized (this) {
      replaced.add(table.name());
      moves.add(table.name());
    }
  }

  @Override
  public Set<String> parts(Table<?> table) throws IOException {
    return tables.partFiles(partsFolder(table)).keySet();
  }

  @Override
  public Dataset<Row> readParts(Table<?> table, Set<String> parts) throws IOException {
    return tables.readParts(table, partsFolder(table), parts);
  }

  private Path partsFolder(Table<?> table) throws IOException {
    Path staged = new Path(staging, table.name());
    return files.exists(staged) ? staged : tables.folder(table);
  }

  @Override
  public TableSize size(Table<?> table) throws IOException {
    return tables.sizeOf(new Path(staging, table.name()));
  }

  @Override
  public synchronized List<Journal.Step> steps(boolean forgetsHistory) {
    return moves.stream().<Journal.Step>map(path -> new Journal.Move(path, path)).toList();
  }

  @Override
  public void discard() {
    // The transaction deletes the staging folder.
  }
}
