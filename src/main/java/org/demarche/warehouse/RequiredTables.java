package org.demarche.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.files.HadoopConfiguration;

/** What a reading command needs of a warehouse. */
public final class RequiredTables {

  private RequiredTables() {}

  /**
   * Makes sure that there is a warehouse at {@code location}, without a Spark session. Whether it
   * has a table is for the transaction to say, which first completes a run that was interrupted.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is none
   * @throws IOException if the file system cannot be read
   */
  public static void require(String location) throws IOException {
    require(location, null);
  }

  /**
   * Makes sure that the warehouse at {@code location} has {@code table}, and its statements as this
   * version writes them. It needs no Spark session, so that a command can say in a second what is
   * missing, before it opens one.
   *
   * @param location folder of the warehouse, on any file system that Hadoop knows
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is no such warehouse, it
   *     has no such table yet, or another version of Demarche wrote it
   * @throws IOException if the file system cannot be read
   */
  public static void require(String location, Table<?> table) throws IOException {
    if (isLocal(location)) {
      // What Hadoop needs to look at a folder takes longer to load than all else here.
      java.nio.file.Path root =
          java.nio.file.Path.of(location.replaceFirst("^file:(//)?", "")).toAbsolutePath();
      require(
          root.toString(),
          table,
          name -> Files.isDirectory(root) && Files.exists(root.resolve(name)));
      return;
    }
    Path folder = new Path(location);
    FileSystem files = folder.getFileSystem(HadoopConfiguration.ofProcess());
    Path root = files.makeQualified(folder);
    require(Warehouse.shown(root), table, name -> files.exists(under(root, name)));
  }

  /** A path without a scheme is local unless a cluster says where such paths are. */
  private static boolean isLocal(String location) {
    return location.startsWith("file:")
        || !location.contains(":/")
            && System.getProperty("spark.master") == null
            && System.getProperty("spark.hadoop.fs.defaultFS") == null;
  }

  /** Tells whether a file or folder of the warehouse is there; "" is the warehouse itself. */
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
      throw noWarehouse(shown);
    }
    if (table == null) {
      return;
    }
    if (!exists.at(table.name())) {
      throw noTable(shown, table);
    }
    requireCurrent(shown, exists);
  }

  private static void requireCurrent(String shown, Exists exists) throws IOException {
    if (!isCurrent(exists)) {
      throw DemarcheException.inputMissing(
          ("The warehouse %s was written by another version of Demarche: the next `demarche run`"
                  + " makes its statements and scores again from its articles; so do `demarche"
                  + " extract` and then `demarche score`")
              .formatted(shown));
    }
  }

  private static boolean isCurrent(Exists exists) throws IOException {
    return !exists.at(StatementTable.TABLE.name()) || exists.at(StatementTable.FORMAT);
  }

  /** Returns whether {@code warehouse} has no statements that another version of Demarche wrote. */
  public static boolean isCurrent(Warehouse warehouse) throws IOException {
    return isCurrent(in(warehouse));
  }

  /**
   * Makes sure that no other version of Demarche wrote the statements of {@code warehouse}.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if one did
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
    return warehouse.read(table);
  }

  /**
   * Makes sure that there is a warehouse.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is none
   */
  public static void requireExists(Warehouse warehouse) throws IOException {
    require(warehouse.shown(), null, in(warehouse));
  }

  private static DemarcheException noWarehouse(String shown) {
    return DemarcheException.inputMissing(
        "There is no warehouse at %s: no such folder".formatted(shown));
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
