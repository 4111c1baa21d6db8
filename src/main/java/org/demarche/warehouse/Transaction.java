package org.demarche.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.StorageSettings.Format;

/**
 * Writes the results of one run to a warehouse: stages them first, then moves all into place.
 *
 * <p>Files are written below {@code _staging/<run>}, and tables in Iceberg to branches of the run.
 * {@link #commit} writes a journal of its steps and carries them out. A run that dies before the
 * journal leaves the warehouse unchanged; a run that dies after it is completed by the next run.
 * Folders of Parquet are moved one by one: a reader that opens a table meanwhile can miss a part of
 * it or meet two versions of it.
 *
 * <pre>{@code
 * try (Transaction transaction = Transaction.begin(warehouse, manifest)) {
 *   transaction.replace(SpeakerTable.TABLE, rows);
 *   transaction.commit();
 * }
 * }</pre>
 */
public final class Transaction implements AutoCloseable {

  /** Folder that holds one folder per run. */
  static final String RUNS = "_runs";

  /** File that every run leaves in its folder. */
  static final String MANIFEST = "manifest.json";

  /** File in the same folder with the rejects of a run that was refused. */
  private static final String REJECTS = "rejects.jsonl";

  private final Warehouse warehouse;
  private final FileSystem files;
  private final Manifest manifest;
  private final Path staging;
  private final StagedTables tables;
  private final WarehouseLock lock;

  /** Folders that this run created for the warehouse, outermost first. */
  private final List<Path> made;

  private final boolean first;

  /** The small files and folders of them that the commit moves into place. */
  private final Set<String> moves = new LinkedHashSet<>();

  /** Whether the commit drops the earlier states of the tables, where they are kept. */
  private boolean forgetsHistory;

  /** Whether the journal is written: from then on the staged files must not be deleted. */
  private boolean committed;

  private Transaction(
      Warehouse warehouse, Manifest manifest, WarehouseLock lock, List<Path> made, boolean first) {
    this.warehouse = warehouse;
    this.files = warehouse.files();
    this.manifest = manifest;
    this.staging = warehouse.path(Journal.STAGING + "/" + manifest.runId());
    this.tables = warehouse.tables().stage(manifest.runId());
    this.lock = lock;
    this.made = made;
    this.first = first;
  }

  /**
   * Checks, without a Spark session, that no run is writing to the warehouse in {@code root}.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if one is
   */
  public static void checkFree(FileSystem files, Path root) throws IOException {
    WarehouseLock.checkFree(files, new Path(root, Journal.LOCK));
  }

  /**
   * Takes the lock of the warehouse and completes or removes what an earlier run left unfinished.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if another run is writing
   */
  public static Transaction begin(Warehouse warehouse, Manifest manifest) throws IOException {
    List<Path> made = missing(warehouse.files(), warehouse.root());
    try {
      warehouse.files().mkdirs(warehouse.root());
      WarehouseLock lock =
          WarehouseLock.take(warehouse.files(), warehouse.path(Journal.LOCK), manifest.runId());
      try {
        boolean first = !warehouse.files().exists(warehouse.path(RUNS));
        checkFormat(warehouse);
        warehouse.format().store(warehouse.files(), warehouse.root());
        Journal.recover(warehouse.files(), warehouse.root());
        // Tells the next run, if this one is killed, that something may be staged.
        warehouse.files().mkdirs(warehouse.path(Journal.STAGING + "/" + manifest.runId()));
        return new Transaction(warehouse, manifest, lock, made, first);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      removeEmpty(warehouse, made);
      throw e;
    }
  }

  /** Checks that no run has made the warehouse in another format since it was opened. */
  private static void checkFormat(Warehouse warehouse) throws IOException {
    FileSystem files = warehouse.files();
    Format ours = warehouse.format().format();
    Format stored = TableFormat.of(files, warehouse.root()).format();
    if (stored != ours && (stored == Format.ICEBERG || Warehouse.isAt(files, warehouse.root()))) {
      throw DemarcheException.outputConflict(
          "Another run has meanwhile made the warehouse %s in another format: start this run again"
              .formatted(warehouse.shown()));
    }
  }

  /** Returns those of {@code folder} and its parents that do not exist, outermost first. */
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

  /** Returns whether no run has written to this folder before. */
  public boolean isFirst() {
    return first;
  }

  /** Returns the manifest of the run, which is written when the transaction ends. */
  public Manifest manifest() {
    return manifest;
  }

  public Warehouse warehouse() {
    return warehouse;
  }

  /** Returns a folder for intermediate results; it is deleted at the end of the run. */
  public String scratch(String name) {
    return new Path(staging, "_scratch/" + name).toString();
  }

  /** Returns the rows of {@code table} as they will be after the commit. */
  public Dataset<Row> read(Table<?> table) throws IOException {
    return tables.read(table);
  }

  /** Returns the size of {@code table}, which this run replaces as a whole, after the commit. */
  public TableSize replacedSize(Table<?> table) throws IOException {
    return tables.size(table);
  }

  /** Returns the rows of one batch in {@code table} as they will be after the commit. */
  public Dataset<Row> read(Table<?> table, String batch) throws IOException {
    return read(table).where(col(Table.BATCH).equalTo(batch));
  }

  /** Returns the batches of {@code table} as they will be after the commit. */
  public SortedSet<String> batches(Table<?> table) throws IOException {
    return tables.batches(table);
  }

  /** Makes the commit drop every row that {@code table}, a table in batches, has now. */
  public void clear(Table<?> table) throws IOException {
    tables.clear(table);
  }

  /**
   * Adds {@code rows} to {@code table} as the batch {@code batch}. Several tables may be written at
   * the same time.
   */
  public void append(Table<?> table, String batch, Dataset<Row> rows) throws IOException {
    tables.append(table, batch, rows);
  }

  /**
   * Drops rows from {@code table}, a table in batches: replaces the files in {@code places} by
   * those of their rows that are to stay.
   *
   * @param stay takes the rows of these places, and returns those that stay
   * @throws IllegalStateException if this run has replaced files in one of the places before
   */
  public void rewrite(Table<?> table, Collection<Place> places, UnaryOperator<Dataset<Row>> stay)
      throws IOException {
    tables.rewrite(table, places, stay);
  }

  /**
   * Replaces all rows of {@code table}, a table in batches, by rows that name their batch. The new
   * files are in no folders of months. Several tables may be written at the same time.
   *
   * @param batches the batches, which the table has afterwards even if a batch has no row
   * @param rows rows with the column {@code batch_id}; those of a batch are in one partition
   * @param mostRows how many rows a file has at most
   */
  public void replace(Table<?> table, Collection<String> batches, Dataset<Row> rows, long mostRows)
      throws IOException {
    tables.replace(table, batches, rows, mostRows);
  }

  /**
   * Replaces all rows of {@code table} by {@code rows}. Several tables may be written at the same
   * time.
   */
  public void replace(Table<?> table, Dataset<Row> rows) throws IOException {
    tables.replace(table, rows);
  }

  /**
   * Replaces the rows of some windows of {@code table}, a table {@link Table.Layout#BY_WINDOW}; its
   * other files are copied. Several tables may be written at the same time.
   *
   * @param parts the {@link WindowParts} that are replaced; those without rows are dropped
   * @param rows rows of these parts, each part in one partition
   */
  public void replaceParts(Table<?> table, Set<String> parts, Dataset<Row> rows)
      throws IOException {
    tables.replaceParts(table, parts, rows);
  }

  /** Returns the {@link WindowParts} of a table as they will be after the commit. */
  public Set<String> parts(Table<?> table) throws IOException {
    return tables.parts(table);
  }

  /** Returns the rows of some {@link WindowParts} of a table as they will be after the commit. */
  public Dataset<Row> readParts(Table<?> table, Set<String> parts) throws IOException {
    return tables.readParts(table, parts);
  }

  /**
   * Makes the commit delete, beside the rows that this run takes out, the earlier states of the
   * tables that have them, where a format keeps such.
   */
  public synchronized void forgetHistory() {
    forgetsHistory = true;
  }

  /** Writes a small text file to {@code name} below the warehouse. */
  synchronized void put(String name, String text) throws IOException {
    warehouse.writeText(new Path(staging, name), text);
    moves.add(name);
  }

  /**
   * Replaces all small files in the folder {@code name} by {@code texts}, by the names of files.
   */
  synchronized void putAll(String name, Map<String, String> texts) throws IOException {
    for (Map.Entry<String, String> text : texts.entrySet()) {
      warehouse.writeText(new Path(staging, name + "/" + text.getKey()), text.getValue());
    }
    moves.add(name);
  }

  /** Returns {@link Warehouse#texts} as they will be after the commit. */
  SortedMap<String, String> texts(String name) throws IOException {
    SortedMap<String, String> texts = warehouse.texts(name);
    texts.putAll(warehouse.textsIn(new Path(staging, name)));
    return texts;
  }

  /**
   * Writes the rejects {@code lines} to a file beside the manifest of this run. The file stays even
   * if the run fails.
   *
   * @return the path of the file as a user would write it
   */
  public String keepRejects(Iterator<String> lines) throws IOException {
    String place = inRun(REJECTS);
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
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if another run has taken over
   *     the lock; nothing becomes visible then
   */
  public void commit() throws IOException {
    put(inRun(MANIFEST), manifest.ended(ExitStatus.DONE, null));
    List<Journal.Step> steps = new ArrayList<>(tables.steps(forgetsHistory));
    moves.forEach(name -> steps.add(new Journal.Move(name, name)));
    Path draft = Journal.draft(warehouse, manifest.runId(), steps);
    lock.check();
    Journal.publish(warehouse, draft);
    committed = true;
    Journal.recover(warehouse.files(), warehouse.root());
  }

  /**
   * Checks, after a failure, that this run still has the lock. A run that took it over has removed
   * what this one staged, so that any stage may have failed.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if it has lost the lock
   */
  public void checkLock(Throwable failure) throws IOException {
    try {
      lock.check();
    } catch (DemarcheException lost) {
      lost.addSuppressed(failure);
      throw lost;
    }
  }

  /**
   * Writes the manifest of a run that failed; nothing else of it becomes visible. After the journal
   * is written this does nothing, because the next run completes the commit.
   *
   * @param status how the run ends
   * @param message what failed, in a line
   */
  public void abandon(ExitStatus status, String message) throws IOException {
    if (committed) {
      return;
    }
    files.delete(staging, true);
    // A disk that is full, or a kill, must not leave a part of it.
    Path draft = new Path(staging, MANIFEST);
    warehouse.writeText(draft, manifest.ended(status, message));
    Path place = warehouse.path(inRun(MANIFEST));
    files.mkdirs(place.getParent());
    Journal.move(files, draft, place);
  }

  /** Returns the path of the manifest as a user would write it. */
  public String manifestPlace() {
    return warehouse.shown() + "/" + inRun(MANIFEST);
  }

  private String inRun(String file) {
    return RUNS + "/" + manifest.runId() + "/" + file;
  }

  /** Deletes what was staged but not committed, and releases the lock. */
  @Override
  public void close() throws IOException {
    try {
      if (committed) {
        return; // the next run completes the moves or removes what is left
      }
      if (!lock.isOurs()) {
        return; // the run that has it removes what this one has staged
      }
      tables.discard();
      files.delete(staging, true);
      removeIfEmpty(warehouse.path(Journal.STAGING));
      if (!Warehouse.isAt(files, warehouse.root())) {
        TableFormat.remove(files, warehouse.root());
      }
    } finally {
      lock.close();
      if (!committed) {
        removeEmpty(warehouse, made);
      }
    }
  }

  /** Deletes {@code folder} unless a run that took over the lock is staging there. */
  private void removeIfEmpty(Path folder) throws IOException {
    if (warehouse.list(folder).length == 0) {
      try {
        files.delete(folder, false);
      } catch (IOException e) {
        // Another run has begun to use it.
      }
    }
  }
}
