package org.demarche.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.StorageSettings;
import org.demarche.config.StorageSettings.Format;
import org.demarche.files.Storage;

/**
 * Reads the tables in one folder, on any file system that Hadoop knows.
 *
 * <p>Reading needs no lock, because readers find only what is committed. A {@link Transaction}
 * writes. Files and folders that begin with an underscore are internal: the {@link Manifest} of
 * each run, {@link KnownFiles}, {@link Recipe}, {@link ScoringModel}, {@link StoredPrior}, {@link
 * StoredConfiguration}, and what a transaction needs.
 */
public final class Warehouse {

  /** How many runs stay readable in Iceberg where no settings are at hand. */
  private static final int DEFAULT_KEPT_RUNS = 30;

  private final SparkSession spark;
  private final Path root;
  private final FileSystem files;
  private final TableFormat format;
  private final TableStore tables;

  private Warehouse(
      SparkSession spark, Path root, FileSystem files, TableFormat format, int keptRuns)
      throws IOException {
    this.spark = spark;
    this.root = root;
    this.files = files;
    this.format = format;
    if (format.format() == Format.PARQUET) {
      this.tables = new ParquetTables(this);
    } else {
      this.tables = new IcebergTables(this, format.open(files, root), keptRuns);
    }
  }

  /**
   * Opens the warehouse at {@code location}, which need not exist yet; a new one would be in
   * Parquet.
   */
  public static Warehouse at(SparkSession spark, String location) throws IOException {
    FileSystem files = files(spark, location);
    Path root = files.makeQualified(new Path(location));
    return new Warehouse(spark, root, files, TableFormat.of(files, root), DEFAULT_KEPT_RUNS);
  }

  /**
   * Opens the warehouse at {@code location}, which need not exist yet.
   *
   * @param storage how a new warehouse stores its tables; one that exists keeps its format
   * @throws DemarcheException ({@link ExitStatus#USAGE}) if it exists in Parquet and {@code
   *     storage} wants another format, or the classes of its format are not on the class path
   */
  public static Warehouse at(SparkSession spark, String location, StorageSettings storage)
      throws IOException {
    FileSystem files = files(spark, location);
    Path root = files.makeQualified(new Path(location));
    return new Warehouse(
        spark, root, files, TableFormat.of(files, root, storage), storage.keptRuns());
  }

  /**
   * Checks, without a session, that a run could open the warehouse in {@code root}, which need not
   * exist yet.
   *
   * @param storage as {@link #at(SparkSession, String, StorageSettings)} takes it
   * @throws DemarcheException ({@link ExitStatus#USAGE}) as that method does
   */
  public static void checkFormat(FileSystem files, Path root, StorageSettings storage)
      throws IOException {
    TableFormat.of(files, root, storage).requireClasses(root);
  }

  private static FileSystem files(SparkSession spark, String location) throws IOException {
    FileSystem files = new Path(location).getFileSystem(spark.sparkContext().hadoopConfiguration());
    // The driver also writes small files. The file system below Hadoop's local one writes no .crc
    // beside them; to switch that off would do so for the whole JVM.
    return files instanceof LocalFileSystem local ? local.getRaw() : files;
  }

  /** Returns whether {@code folder} is a warehouse that a run has written to. */
  public static boolean isAt(FileSystem files, Path folder) throws IOException {
    Path runs = new Path(folder, Transaction.RUNS);
    if (!files.exists(runs)) {
      return false;
    }
    for (FileStatus run : files.listStatus(runs)) {
      if (files.exists(new Path(run.getPath(), Transaction.MANIFEST))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the folder as a URI. */
  public Path root() {
    return root;
  }

  /** Returns the folder as a user would write it: without {@code file:} where it is local. */
  public String shown() {
    return shown(root);
  }

  /** Returns the qualified path {@code folder} as a user would write it. */
  public static String shown(Path folder) {
    return Storage.local(folder.toString()).map(Object::toString).orElse(folder.toString());
  }

  /** Returns whether a run has committed the table. */
  public boolean has(Table<?> table) throws IOException {
    return tables.has(table);
  }

  /** Returns the committed rows of {@code table}; none if it was never written. */
  public Dataset<Row> read(Table<?> table) throws IOException {
    return tables.read(table);
  }

  /**
   * Returns the committed rows of {@code table}, each with one value per column in the order of
   * {@link Table#columns}.
   */
  public Iterator<Object[]> rows(Table<?> table) throws IOException {
    Iterator<Row> rows = read(table).toLocalIterator();
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
        .map(Warehouse::values)
        .iterator();
  }

  private static Object[] values(Row row) {
    return IntStream.range(0, row.size()).mapToObj(row::get).toArray();
  }

  /** Returns the batches of {@code table}; none if it is not a table in batches. */
  public SortedSet<String> batches(Table<?> table) throws IOException {
    return tables.batches(table);
  }

  /**
   * Returns whether the files of {@code table} are in folders of months, or will be if it has none
   * yet; see {@link Table.Layout#BATCHES_BY_MONTH}.
   */
  public boolean isByMonth(Table<?> table) throws IOException {
    return tables.isByMonth(table);
  }

  /** Returns how many files {@code table} has, and how large they are. */
  public TableSize size(Table<?> table) throws IOException {
    return tables.size(table);
  }

  Path path(String name) {
    return new Path(root, name);
  }

  /**
   * Returns the data files that the metadata of {@code table} names; empty in a format that has no
   * such metadata, where each file in the folder of a table counts.
   */
  public Optional<List<StoredFile>> namedFiles(Table<?> table) throws IOException {
    return tables.namedFiles(table);
  }

  /** Returns the session that reads and writes the tables. */
  public SparkSession spark() {
    return spark;
  }

  /** Returns the file systems that the session knows. */
  public Storage storage() {
    return Storage.of(spark.sparkContext().hadoopConfiguration());
  }

  /** Returns the format in which the tables are stored. */
  TableFormat format() {
    return format;
  }

  /** Returns where the tables are kept. */
  TableStore tables() {
    return tables;
  }

  FileSystem files() {
    return files;
  }

  /** Returns the texts of the small files in the folder {@code name}, by the names of the files. */
  public SortedMap<String, String> texts(String name) throws IOException {
    return textsIn(path(name));
  }

  SortedMap<String, String> textsIn(Path folder) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    for (FileStatus entry : list(folder)) {
      if (entry.isFile() && !entry.getPath().getName().startsWith(".")) {
        texts.put(entry.getPath().getName(), readText(entry.getPath()));
      }
    }
    return texts;
  }

  String readText(Path path) throws IOException {
    return readText(files, path);
  }

  static String readText(FileSystem files, Path path) throws IOException {
    try (FSDataInputStream in = files.open(path)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  void writeText(Path path, String text) throws IOException {
    writeText(files, path, text);
  }

  static void writeText(FileSystem files, Path path, String text) throws IOException {
    try (OutputStream out = files.create(path, true)) {
      out.write(text.getBytes(UTF_8));
    } catch (FSError e) { // what Hadoop makes of an exception on the local disk
      throw new IOException(e.getMessage(), e);
    }
  }

  FileStatus[] list(Path folder) throws IOException {
    try {
      return files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
