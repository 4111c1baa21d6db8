package org.demarche.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;

/**
 * One run's writing to a warehouse: staged first, then moved into place all at once.
 *
 * <p>Everything is written below {@code _staging/<run>}. {@link #commit} writes a journal of the
 * moves and carries them out; a run that dies before the journal leaves the warehouse as it was,
 * and one that dies after it is completed by whichever run comes next. Readers see a table in its
 * old or in its new state.
 */
public final class Transaction implements AutoCloseable {

  private static final String STAGING = "_staging";
  private static final String JOURNAL = "_journal";
  private static final String TRASH = "_trash";

  /** Folder of the runs, one folder each. */
  static final String RUNS = "_runs";

  /** What every run leaves in its folder. */
  static final String MANIFEST = "manifest.json";

  /** Columns with hardly a value twice: a dictionary of them is built only to be thrown away. */
  private static final List<String> UNIQUE =
      List.of("statement_id", "distinct_id", "text", "passage", "text_hash", "fingerprint");

  private final Warehouse warehouse;
  private final FileSystem files;
  private final String runId;
  private final Path staging;
  private final WarehouseLock lock;

  /** Folders that were made for the warehouse, outermost first; none where it was there. */
  private final List<Path> made;

  private final boolean first;

  /** What is to be moved, from a path below staging to a path below the warehouse. */
  private final Map<String, String> moves = new LinkedHashMap<>();

  private final Map<Table<?>, TreeSet<String>> stagedBatches = new LinkedHashMap<>();
  private final TreeSet<String> replaced = new TreeSet<>();

  /** Whether the journal stands: what is staged is then no longer ours to delete. */
  private boolean committed;

  private Transaction(
      Warehouse warehouse, String runId, WarehouseLock lock, List<Path> made, boolean first) {
    this.warehouse = warehouse;
    this.files = warehouse.files();
    this.runId = runId;
    this.staging = warehouse.path(STAGING + "/" + runId);
    this.lock = lock;
    this.made = made;
    this.first = first;
  }

  /**
   * Begins to write, after completing or clearing away what an earlier run left unfinished.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if another run is writing
   */
  public static Transaction begin(Warehouse warehouse, String runId) throws IOException {
    List<Path> made = missing(warehouse.files(), warehouse.root());
    try {
      warehouse.files().mkdirs(warehouse.root());
      WarehouseLock lock = WarehouseLock.take(warehouse.files(), warehouse.path("_lock"), runId);
      try {
        boolean first = !warehouse.files().exists(warehouse.path(RUNS));
        recover(warehouse);
        return new Transaction(warehouse, runId, lock, made, first);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      removeEmpty(warehouse, made);
      throw e;
    }
  }

  /** Returns {@code folder} and those around it that are not there, outermost first. */
  private static List<Path> missing(FileSystem files, Path folder) throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path path = folder; path != null && !files.exists(path); path = path.getParent()) {
      missing.add(0, path);
    }
    return missing;
  }

  private static void removeEmpty(Warehouse warehouse, List<Path> made) throws IOException {
    for (int i = made.size() - 1; i >= 0; i--) {
      if (warehouse.list(made.get(i)).length > 0) {
        return;
      }
      warehouse.files().delete(made.get(i), false);
    }
  }

  /** Returns whether no run has left anything here before: it may not be meant as a warehouse. */
  public boolean isFirst() {
    return first;
  }

  public String runId() {
    return runId;
  }

  public Warehouse warehouse() {
    return warehouse;
  }

  /** Returns a folder for what this run needs in between; it goes with the run. */
  public String scratch(String name) {
    return new Path(staging, "_scratch/" + name).toString();
  }

  /** Returns the rows of {@code table} as they will be after the commit. */
  public synchronized Dataset<Row> read(Table<?> table) throws IOException {
    Path staged = new Path(staging, table.name());
    if (!files.exists(staged)) {
      return warehouse.read(table);
    }
    Dataset<Row> ours = warehouse.readFolder(table, staged);
    return replaced.contains(table.name()) ? ours : warehouse.read(table).union(ours);
  }

  /** Returns the rows that the batch {@code batch} brought or will bring to {@code table}. */
  public Dataset<Row> read(Table<?> table, String batch) throws IOException {
    return read(table).where(col(Table.BATCH).equalTo(batch));
  }

  /** Returns the batches of {@code table} as they will be after the commit. */
  public synchronized SortedSet<String> batches(Table<?> table) throws IOException {
    TreeSet<String> batches =
        replaced.contains(table.name()) ? new TreeSet<>() : new TreeSet<>(warehouse.batches(table));
    batches.addAll(stagedBatches.getOrDefault(table, new TreeSet<>()));
    return batches;
  }

  /** Drops every committed row of {@code table}, a table in batches, with the commit. */
  public synchronized void clear(Table<?> table) throws IOException {
    replaced.add(table.name());
    files.mkdirs(new Path(staging, table.name()));
    moves.put(table.name(), table.name());
  }

  /**
   * Adds {@code rows} to {@code table} as the batch {@code batch}. Several tables may be written at
   * the same time.
   *
   * @param rows in the order of the table within each of their partitions; see {@link Table#sort}
   */
  public void append(Table<?> table, String batch, Dataset<Row> rows) throws IOException {
    String folder = table.name() + "/" + Table.BATCH + "=" + batch;
    write(table, new Path(staging, folder), rows);
    synchronized (this) {
      stagedBatches.computeIfAbsent(table, t -> new TreeSet<>()).add(batch);
      if (!replaced.contains(table.name())) {
        moves.put(folder, folder);
      }
    }
  }

  /**
   * Puts {@code rows} in the place of all rows of {@code table}. Several tables may be written at
   * the same time.
   *
   * @param rows in the order of the table within each of their partitions; see {@link Table#sort}
   */
  public void replace(Table<?> table, Dataset<Row> rows) throws IOException {
    write(table, new Path(staging, table.name()), rows);
    synchronized (this) {
      replaced.add(table.name());
      moves.put(table.name(), table.name());
    }
  }

  /** Puts a small text file at {@code name} below the warehouse. */
  public synchronized void put(String name, String text) throws IOException {
    warehouse.writeText(new Path(staging, name), text);
    moves.put(name, name);
  }

  /** Returns the text of a small file as it will be after the commit, if there is one. */
  public Optional<String> text(String name) throws IOException {
    for (Path path : List.of(new Path(staging, name), warehouse.path(name))) {
      if (files.exists(path)) {
        return Optional.of(warehouse.readText(path));
      }
    }
    return Optional.empty();
  }

  /**
   * Writes {@code lines} beside the manifest of this run at once, whatever becomes of the run.
   *
   * @return the file as a user would write it
   */
  public String keep(String name, Iterator<String> lines) throws IOException {
    String place = RUNS + "/" + runId + "/" + name;
    try (OutputStream out = new BufferedOutputStream(files.create(warehouse.path(place), true))) {
      while (lines.hasNext()) {
        out.write(lines.next().getBytes(UTF_8));
        out.write('\n');
      }
    }
    return warehouse.shown() + "/" + place;
  }

  /**
   * Makes everything staged visible, together with the manifest of the run.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if another run took the lock
   *     over; nothing becomes visible
   */
  public void commit(String manifest) throws IOException {
    put(RUNS + "/" + runId + "/" + MANIFEST, manifest);
    List<String> lines = new ArrayList<>();
    lines.add(runId);
    moves.forEach((from, to) -> lines.add(from + "\t" + to));
    Path draft = new Path(staging, JOURNAL);
    warehouse.writeText(draft, String.join("\n", lines) + "\n");
    lock.check();
    // The rename is the moment of commitment: from here on the run will be completed.
    if (!files.rename(draft, warehouse.path(JOURNAL))) {
      throw new IOException("Cannot write the journal " + warehouse.path(JOURNAL));
    }
    committed = true;
    recover(warehouse);
  }

  /**
   * Leaves the manifest of a run that failed; nothing else of it becomes visible. A run whose
   * journal stands is not abandoned but completed by the next.
   */
  public void abandon(String manifest) throws IOException {
    if (committed) {
      return;
    }
    files.delete(staging, true);
    warehouse.writeText(warehouse.path(RUNS + "/" + runId + "/" + MANIFEST), manifest);
  }

  /** Forgets what was staged and not committed, and lets the next writer in. */
  @Override
  public void close() throws IOException {
    try {
      if (committed) {
        return; // what is left is completed, or cleared away, by the next run
      }
      files.delete(staging, true);
      removeIfEmpty(warehouse.path(STAGING));
    } finally {
      lock.close();
      if (!committed) {
        removeEmpty(warehouse, made);
      }
    }
  }

  /** Another run that took the lock over may be staging there by now. */
  private void removeIfEmpty(Path folder) throws IOException {
    if (warehouse.list(folder).length == 0) {
      try {
        files.delete(folder, false);
      } catch (IOException e) {
        // Filled in the meantime: it is not ours to delete.
      }
    }
  }

  private static void recover(Warehouse warehouse) throws IOException {
    FileSystem files = warehouse.files();
    Path journal = warehouse.path(JOURNAL);
    if (files.exists(journal)) {
      String[] lines = warehouse.readText(journal).split("\n");
      Path staging = warehouse.path(STAGING + "/" + lines[0]);
      Path trash = warehouse.path(TRASH);
      for (int i = 1; i < lines.length; i++) {
        String[] move = lines[i].split("\t");
        Path from = new Path(staging, move[0]);
        Path to = warehouse.path(move[1]);
        if (!files.exists(from)) {
          if (!files.exists(to)) {
            throw new IOException(
                "Neither %s nor %s is there: restore the table from %s".formatted(from, to, trash));
          }
          continue; // moved before the run was interrupted
        }
        if (files.exists(to)) {
          files.mkdirs(trash);
          move(files, to, new Path(trash, lines[0] + "-" + i));
        }
        files.mkdirs(to.getParent());
        move(files, from, to);
      }
      files.delete(trash, true);
      files.delete(journal, false);
    }
    files.delete(warehouse.path(STAGING), true);
  }

  private static void move(FileSystem files, Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("Cannot move " + from + " to " + to);
    }
  }

  private void write(Table<?> table, Path folder, Dataset<Row> rows) throws IOException {
    boolean byMonth = table.layout() == Table.Layout.BATCHES_BY_MONTH;
    Dataset<Row> written = table.codec().complete(rows);
    if (byMonth) {
      written =
          written.withColumn(
              Table.MONTH, coalesce(date_format(col("published_date"), "yyyy-MM"), lit("unknown")));
    }
    DataFrameWriter<Row> writer = written.write().mode(SaveMode.Overwrite);
    for (String column : UNIQUE) {
      writer.option("parquet.enable.dictionary#" + column, "false");
    }
    (byMonth ? writer.partitionBy(Table.MONTH) : writer).parquet(folder.toString());
    if (!hasParquet(folder)) {
      // A reader who names the table must find its columns, even where a batch brought no row.
      Path empty = byMonth ? new Path(folder, Table.MONTH + "=unknown") : folder;
      warehouse
          .spark()
          .createDataFrame(List.of(), table.schema())
          .coalesce(1)
          .write()
          .mode(SaveMode.Overwrite)
          .parquet(empty.toString());
    }
    LeftoverFiles.sweep(files, folder);
  }

  private boolean hasParquet(Path folder) throws IOException {
    for (FileStatus entry : warehouse.list(folder)) {
      if (entry.isDirectory()
          ? hasParquet(entry.getPath())
          : entry.getPath().getName().endsWith(".parquet")) {
        return true;
      }
    }
    return false;
  }
}
