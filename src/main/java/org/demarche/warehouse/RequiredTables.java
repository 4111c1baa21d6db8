package org.demarche.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.files.Storage;

/** Checks that a warehouse has what a command is going to read. */
public final class RequiredTables {

  private RequiredTables() {}

  /**
   * Checks, without a Spark session, that there is a warehouse at {@code location}. Its tables are
   * not checked: the transaction that follows may first complete an interrupted run.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is no warehouse
   * @throws IOException if the file system cannot be read
   */
  public static void require(String location) throws IOException {
    require(location, null);
  }

  /**
   * Checks that the warehouse at {@code location} has {@code table}, that this version wrote its
   * statements, and that no run is, or was killed, in the middle of its commit. It needs no Spark
   * session, so a command fails within a second, before it opens one.
   *
   * @param location folder of the warehouse, on any file system that Hadoop knows
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is no such warehouse, it
   *     has no such table yet, another version of Demarche wrote it, or a commit is not completed
   * @throws IOException if the file system cannot be read
   */
  public static void require(String location, Table<?> table) throws IOException {
    Storage storage = Storage.ofProcess();
    String place = storage.qualified(location);
    Optional<java.nio.file.Path> local = Storage.local(place);
    if (local.isPresent()) {
      // Loading Hadoop's classes would take longer than the check itself.
      java.nio.file.Path root = local.get().toAbsolutePath();
      require(
          root.toString(),
          table,
          name -> Files.isDirectory(root) && Files.exists(root.resolve(name)));
      return;
    }
    Path folder = new Path(place);
    FileSystem files = folder.getFileSystem(storage.hadoop());
    Path root = files.makeQualified(folder);
    require(Warehouse.shown(root), table, name -> files.exists(under(root, name)));
  }

  /** Tells whether a file or folder of the warehouse exists; "" is the warehouse itself. */
  @FunctionalInterface
  private interface Exists {
    boolean at(String name) throws IOException;
  }

  private static Path under(Path root, String name) {
    return name.isEmpty() ? root : new Path(root, name);
  }

  private static Exists in(Warehouse warehouse) {
    return name -> warehouse.files().exists(under(warehouse.root(), name));
  }

  private static void require(String shown, Table<?> table, Exists exists) throws IOException {
    if (!exists.at("")) {
      throw DemarcheException.inputMissing(
          "There is no warehouse at %s: no such folder".formatted(shown));
    }
    if (table == null) {
      return;
    }
    if (exists.at(Journal.JOURNAL)) {
      throw DemarcheException.inputMissing(
          ("A run is in the middle of its commit to the warehouse %s, or was killed there: some tables"
                  + " are new and others old. Read it when the run has ended; if it was killed, the"
                  + " next `demarche run` completes its commit")
              .formatted(shown));
    }
    if (!exists.at(table.name())) {
      throw noTable(shown, table);
    }
    requireCurrent(shown, exists);
  }

  private static void requireCurrent(String shown, Exists exists) throws IOException {
    if (!isCurrent(exists)) {
      throw DemarcheException.inputMissing(
          ("The warehouse %s was written by another version of Demarche: run `demarche run`, or"
                  + " `demarche extract` and then `demarche score`, to make its statements and"
                  + " scores from its articles again")
              .formatted(shown));
    }
  }

  private static boolean isCurrent(Exists exists) throws IOException {
    return !exists.at(StatementTable.TABLE.name()) || exists.at(StatementTable.FORMAT);
  }

  /** Returns whether this version wrote the statements of {@code warehouse}, if it has any. */
  public static boolean isCurrent(Warehouse warehouse) throws IOException {
    return !warehouse.has(StatementTable.TABLE) || isCurrent(in(warehouse));
  }

  /**
   * Checks that this version wrote the statements of {@code warehouse}, if it has any.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if another version wrote them
   */
  public static void requireCurrent(Warehouse warehouse) throws IOException {
    requireCurrent(warehouse.shown(), in(warehouse));
  }

  /**
   * Returns the rows of {@code table}.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is no such warehouse, it
   *     has no such table yet, or another version of Demarche wrote it
   */
  public static Dataset<Row> required(Warehouse warehouse, Table<?> table) throws IOException {
    require(warehouse.shown(), table, in(warehouse));
    requireCommitted(warehouse, table);
    return warehouse.read(table);
  }

  /**
   * Checks that the folder of {@code warehouse} exists.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if it does not
   */
  public static void requireExists(Warehouse warehouse) throws IOException {
    require(warehouse.shown(), null, in(warehouse));
  }

  /**
   * Checks that a run has committed {@code table}. In Iceberg the folder of a table is there as
   * soon as the first run stages it.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if not
   */
  public static void requireCommitted(Warehouse warehouse, Table<?> table) throws IOException {
    if (!warehouse.has(table)) {
      throw noTable(warehouse.shown(), table);
    }
  }

  private static DemarcheException noTable(String shown, Table<?> table) {
    String what =
        table.equals(StatementProbabilityTable.TABLE)
            ? "set score.probabilities=true, then run `demarche score`"
            : "run `demarche run` first";
    return DemarcheException.inputMissing(
        "The warehouse %s has no table %s yet: %s".formatted(shown, table.name(), what));
  }
}
