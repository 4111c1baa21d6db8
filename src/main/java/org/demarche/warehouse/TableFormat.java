package org.demarche.warehouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.StorageSettings;
import org.demarche.config.StorageSettings.Catalog;
import org.demarche.config.StorageSettings.Format;
import org.demarche.files.OutputFile;

/**
 * The format in which a warehouse stores its tables. {@code _storage.json} has it, except in a
 * warehouse in Parquet.
 *
 * @param catalog where the tables are registered; null for {@link Format#PARQUET}
 */
record TableFormat(Format format, Catalog catalog) {

  private static final String FILE = "_storage.json";

  private static final TableFormat PARQUET = new TableFormat(Format.PARQUET, null);

  /** Returns the format of the warehouse in {@code root}, which need not exist. */
  static TableFormat of(FileSystem files, Path root) throws IOException {
    Path file = new Path(root, FILE);
    if (!files.exists(file)) {
      return PARQUET;
    }
    try {
      JsonNode stored = Manifest.JSON.readTree(Warehouse.readText(files, file));
      return new TableFormat(
          Format.valueOf(stored.path("format").asText().toUpperCase(Locale.ROOT)),
          new Catalog(text(stored, "uri"), text(stored, "user"), text(stored, "name")));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw DemarcheException.inputMissing(
          "%s is damaged (%s): restore it"
              .formatted(Warehouse.shown(file), OutputFile.firstLine(e.getMessage())));
    }
  }

  private static String text(JsonNode stored, String field) {
    return stored.hasNonNull(field) ? stored.get(field).asText() : null;
  }

  /**
   * Returns the format of the warehouse in {@code root}, which may be a new one.
   *
   * @throws DemarcheException ({@link ExitStatus#USAGE}) if it exists in Parquet, and the settings
   *     want another format
   */
  static TableFormat of(FileSystem files, Path root, StorageSettings settings) throws IOException {
    TableFormat stored = of(files, root);
    if (settings.format() == Format.PARQUET) {
      return stored;
    }
    if (stored.format == Format.ICEBERG) {
      if (!stored.catalog.equals(settings.catalog())) {
        throw DemarcheException.usage(
            ("The warehouse %s has its tables in the catalog %s, and the configuration names %s: take"
                    + " that out of it, or change %s if the database has moved")
                .formatted(
                    Warehouse.shown(root),
                    stored.catalog,
                    settings.catalog(),
                    Warehouse.shown(new Path(root, FILE))));
      }
      return stored;
    }
    if (Warehouse.isAt(files, root)) {
      throw DemarcheException.usage(
          ("The warehouse %s has its tables in Parquet, and warehouse.format = iceberg does not change"
                  + " that: give a new folder, and run over all articles again")
              .formatted(Warehouse.shown(root)));
    }
    return new TableFormat(Format.ICEBERG, settings.catalog());
  }

  /**
   * Checks that the classes of the format are on the class path.
   *
   * @throws DemarcheException ({@link ExitStatus#USAGE}) if they are not
   */
  void requireClasses(Path root) {
    if (format == Format.PARQUET) {
      return;
    }
    // Asked before any class is loaded that cannot be without Iceberg.
    try {
      Class.forName(
          "org.apache.iceberg.spark.SparkCatalog",
          false,
          Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw DemarcheException.usage(
          ("The tables of the warehouse %s are in Iceberg, whose Spark runtime is not on the class"
                  + " path: use Spark 4.1 or 3.5, and set DEMARCHE_ICEBERG=yes for jobs/demarche, or give"
                  + " spark-submit --packages"
                  + " org.apache.iceberg:iceberg-spark-runtime-4.1_2.13:1.12.0 (or -3.5_2.12)")
              .formatted(Warehouse.shown(root)));
    }
  }

  /**
   * Opens the catalog of the tables in Iceberg.
   *
   * @throws DemarcheException ({@link ExitStatus#USAGE}) if Iceberg is not on the class path
   */
  IcebergCatalog open(FileSystem files, Path root) throws IOException {
    requireClasses(root);
    try {
      return new IcebergCatalog(catalog, files, root);
    } catch (RuntimeException e) { // the database does not answer, or refuses
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw DemarcheException.inputMissing(
          "The catalog of the warehouse %s, %s, cannot be opened: %s"
              .formatted(Warehouse.shown(root), catalog, OutputFile.firstLine(cause.getMessage())));
    }
  }

  /** Stores the format before the first table is written, so that a run that dies can be undone. */
  void store(FileSystem files, Path root) throws IOException {
    Path file = new Path(root, FILE);
    if (format == Format.PARQUET || files.exists(file)) {
      return;
    }
    ObjectNode stored = Manifest.JSON.createObjectNode();
    stored.put("format", format.name().toLowerCase(Locale.ROOT));
    stored.put("uri", catalog.uri());
    stored.put("user", catalog.user());
    stored.put("name", catalog.name());
    Path draft = new Path(root, FILE + ".draft");
    Warehouse.writeText(files, draft, stored + "\n");
    Journal.move(files, draft, file);
  }

  /** Removes what {@link #store} wrote to a warehouse that no run has completed. */
  static void remove(FileSystem files, Path root) throws IOException {
    files.delete(new Path(root, FILE), false);
  }
}
