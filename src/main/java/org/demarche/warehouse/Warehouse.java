package org.demarche.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.files.OutputFile;
import org.demarche.files.Storage;

/**
 * Reads the tables in one folder, on any file system that Hadoop knows.
 *
 * <p>Reading needs no lock, because a table's folder holds only committed files. A {@link
 * Transaction} writes. Files and folders that begin with an underscore are internal: the {@link
 * Manifest} of each run, {@link KnownFiles}, {@link Recipe}, {@link ScoringModel}, {@link
 * StoredPrior}, {@link StoredConfiguration}, and what a transaction needs.
 */
public final class Warehouse {

  private final SparkSession spark;
  private final Path root;
  private final FileSystem files;

  private Warehouse(SparkSession spark, Path root, FileSystem files) {
    this.spark = spark;
    this.root = root;
    this.files = files;
  }

  /** Opens the warehouse at {@code location}, which need not exist yet. */
  public static Warehouse at(SparkSession spark, String location) throws IOException {
    Path path = new Path(location);
    FileSystem files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
    // The driver also writes small files. The file system below Hadoop's local one writes no .crc
    // beside them; to switch that off would do so for the whole JVM.
    FileSystem plain = files instanceof LocalFileSystem local ? local.getRaw() : files;
    return new Warehouse(spark, plain.makeQualified(path), plain);
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

  /** Returns whether the table has committed files. */
  public boolean has(Table<?> table) throws IOException {
    return files.exists(folder(table));
  }

  /** Returns the committed rows of {@code table}; none if it was never written. */
  public Dataset<Row> read(Table<?> table) throws IOException {
    return readFolder(table, folder(table));
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
    return batchesIn(folder(table));
  }

  /**
   * Returns whether the files of {@code table} are in folders of months, or will be if it has none
   * yet; see {@link Table.Layout#BATCHES_BY_MONTH}.
   */
  public boolean isByMonth(Table<?> table) throws IOException {
    if (!table.hasMonth()) {
      return false;
    }
    SortedSet<String> batches = batches(table);
    return batches.isEmpty()
        || Arrays.stream(list(path(new Place(batches.first(), null).folder(table))))
            .anyMatch(entry -> entry.getPath().getName().startsWith(Table.MONTH + "="));
  }

  /** Returns how many files {@code table} has, and how large they are. */
  public TableSize size(Table<?> table) throws IOException {
    return sizeOf(folder(table));
  }

  TableSize sizeOf(Path folder) throws IOException {
    TableSize size = TableSize.NONE;
    for (FileStatus entry : list(folder)) {
      if (entry.isDirectory()) {
        size = size.plus(sizeOf(entry.getPath()));
      } else if (entry.getPath().getName().endsWith(".parquet")) {
        size = size.plus(new TableSize(1, entry.getLen()));
      }
    }
    return size;
  }

  Dataset<Row> readFolder(Table<?> table, Path folder) throws IOException {
    if (!files.exists(folder)) {
      return spark.createDataFrame(List.of(), table.readSchema());
    }
    try {
      checkWhole(folder);
    } catch (AccessDeniedException | AccessControlException e) {
      throw DemarcheException.inputMissing(
          "The table %s cannot be read: permission denied (%s)"
              .formatted(table.name(), OutputFile.firstLine(e.getMessage())));
    }
    // The files of a compacted table have the column of the month, so Spark returns it elsewhere.
    return spark
        .read()
        .schema(table.readSchema())
        .parquet(folder.toString())
        .select(Table.columns(table.columnNames()));
  }

  Dataset<Row> readParts(Table<?> table, Path folder, Set<String> parts) throws IOException {
    String[] paths =
        partFiles(folder).entrySet().stream()
            .filter(part -> parts.contains(part.getKey()))
            .flatMap(part -> part.getValue().stream())
            .toArray(String[]::new);
    return paths.length == 0
        ? spark.createDataFrame(List.of(), table.schema())
        : spark.read().schema(table.schema()).parquet(paths);
  }

  /** Returns the files in {@code folder}, by their {@link WindowParts}. */
  Map<String, List<String>> partFiles(Path folder) throws IOException {
    Map<String, List<String>> files = new TreeMap<>();
    for (FileStatus file : list(folder)) {
      WindowParts.ofFile(file.getPath().getName())
          .ifPresent(
              part ->
                  files
                      .computeIfAbsent(part, p -> new ArrayList<>())
                      .add(file.getPath().toString()));
    }
    return files;
  }

  /**
   * Checks that every folder of a table holds files and that no file is empty. Spark would skip
   * both, and the next run would compute scores from the remaining rows only.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if not; the message names the
   *     place
   */
  private void checkWhole(Path folder) throws IOException {
    boolean isEmpty = true;
    for (FileStatus entry : list(folder)) {
      String name = entry.getPath().getName();
      if (name.startsWith("_") || name.startsWith(".")) {
        continue;
      }
      if (entry.isDirectory()) {
        isEmpty = false;
        checkWhole(entry.getPath());
      } else if (name.endsWith(".parquet")) {
        isEmpty = false;
        if (entry.getLen() == 0) {
          throw damaged("the file " + shown(entry.getPath()) + " is empty");
        }
      }
    }
    // The folder of a table is empty after all its batches were dropped.
    if (isEmpty && folder.getName().contains("=")) {
      throw damaged("there is no file in " + shown(folder));
    }
  }

  private static DemarcheException damaged(String what) {
    return DemarcheException.inputMissing(
        "A table is damaged, %s: restore it, or move its folder away and run it again"
            .formatted(what));
  }

  SortedSet<String> batchesIn(Path folder) throws IOException {
    TreeSet<String> batches = new TreeSet<>();
    for (FileStatus entry : list(folder)) {
      String name = entry.getPath().getName();
      if (name.startsWith(Table.BATCH + "=")) {
        batches.add(name.substring(Table.BATCH.length() + 1));
      }
    }
    return batches;
  }

  Path folder(Table<?> table) {
    return new Path(root, table.name());
  }

  Path path(String name) {
    return new Path(root, name);
  }

  /** Returns the session that reads and writes the tables. */
  public SparkSession spark() {
    return spark;
  }

  /** Returns the file systems that the session knows. */
  public Storage storage() {
    return Storage.of(spark.sparkContext().hadoopConfiguration());
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
