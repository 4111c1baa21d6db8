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
   * Makes sure that the warehouse at {@code location} has {@code table}. It needs no Spark session,
   * so that a command can say in a second what is missing, before it opens one.
   *
   * @param location folder of the warehouse, on any file system that Hadoop knows
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is no such warehouse or
   *     it has no such table yet
   * @throws IOException if the file system cannot be read
   */
  public static void require(String location, Table<?> table) throws IOException {
    if (isLocal(location)) {
      // What Hadoop needs to look at a folder takes longer to load than all else here.
      java.nio.file.Path root =
          java.nio.file.Path.of(location.replaceFirst("^file:(//)?", "")).toAbsolutePath();
      require(
          Files.isDirectory(root),
          table == null || Files.isDirectory(root.resolve(table.name())),
          root.toString(),
          table);
      return;
    }
    Path folder = new Path(location);
    FileSystem files = folder.getFileSystem(HadoopConfiguration.ofProcess());
    Path root = files.makeQualified(folder);
    require(
        files.exists(root),
        table == null || files.exists(new Path(root, table.name())),
        Warehouse.shown(root),
        table);
  }

  /** A path without a scheme is local unless a cluster says where such paths are. */
  private static boolean isLocal(String location) {
    return location.startsWith("file:")
        || !location.contains(":/")
            && System.getProperty("spark.master") == null
            && System.getProperty("spark.hadoop.fs.defaultFS") == null;
  }

  private static void require(boolean hasRoot, boolean hasTable, String shown, Table<?> table) {
    if (!hasRoot) {
      throw noWarehouse(shown);
    }
    if (!hasTable) {
      throw noTable(shown, table);
    }
  }

  /**
   * Returns the rows of {@code table}.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is no such warehouse or
   *     it has no such table yet
   */
  public static Dataset<Row> required(Warehouse warehouse, Table<?> table) throws IOException {
    requireExists(warehouse);
    if (!warehouse.has(table)) {
      throw noTable(warehouse.shown(), table);
    }
    return warehouse.read(table);
  }

  /**
   * Makes sure that there is a warehouse.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if there is none
   */
  public static void requireExists(Warehouse warehouse) throws IOException {
    if (!warehouse.exists()) {
      throw noWarehouse(warehouse.shown());
    }
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
