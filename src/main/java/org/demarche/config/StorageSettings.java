package org.demarche.config;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How a warehouse stores its tables.
 *
 * @param acceptsObjectStore whether the warehouse may be in an object store
 * @param format the format of a new warehouse
 * @param catalog where tables in Iceberg are registered
 * @param keptRuns how many runs stay readable in Iceberg, at least 1
 */
public record StorageSettings(
    boolean acceptsObjectStore, Format format, Catalog catalog, int keptRuns)
    implements Serializable {

  /** A password as a parameter of an address, or before its host. */
  private static final Pattern PASSWORD = Pattern.compile("(?i)password=|//[^/@]*:[^/@]*@");

  /** The format of the tables. */
  public enum Format {
    PARQUET,
    ICEBERG
  }

  /**
   * A catalog of Iceberg.
   *
   * @param uri address of its database, or null for the catalog in the folders of the tables
   * @param user the user of the database, or null
   * @param name name of the catalog in the database
   */
  public record Catalog(String uri, String user, String name) implements Serializable {

    /** Returns whether the catalog is in a database. */
    public boolean isInDatabase() {
      return uri != null;
    }

    /** Returns the catalog for messages. */
    @Override
    public String toString() {
      return isInDatabase() ? "'%s' in %s".formatted(name, uri) : "in the folders of the tables";
    }
  }

  static StorageSettings of(Node warehouse) {
    boolean isIceberg =
        warehouse.oneOf("format", new TreeSet<>(Set.of("parquet", "iceberg"))).equals("iceberg");
    boolean acceptsObjectStore = warehouse.flag("accept-object-store");
    try (Node iceberg = warehouse.node("iceberg")) {
      boolean isInDatabase =
          iceberg.oneOf("catalog", new TreeSet<>(Set.of("hadoop", "jdbc"))).equals("jdbc");
      String uri = iceberg.optionalText("uri");
      if (isInDatabase && uri == null) {
        iceberg.fault(
            "uri", "is required with catalog = jdbc, such as jdbc:postgresql://db/catalog");
      } else if (!isInDatabase && uri != null) {
        iceberg.fault("uri", "needs catalog = jdbc");
      } else if (uri != null && PASSWORD.matcher(uri).find()) {
        iceberg.secretFault(
            "uri", "must have no password: set the environment variable DEMARCHE_CATALOG_PASSWORD");
      } else if (uri != null && !uri.startsWith("jdbc:")) {
        iceberg.fault("uri", "must begin with jdbc:, such as jdbc:postgresql://db/catalog");
      }
      if (!isInDatabase && iceberg.optionalText("user") != null) {
        iceberg.fault("user", "needs catalog = jdbc");
      }
      if (!iceberg.text("name").matches("[A-Za-z][A-Za-z0-9_]*")) {
        iceberg.fault("name", "must be letters, digits and _, such as press");
      }
      return new StorageSettings(
          acceptsObjectStore,
          isIceberg ? Format.ICEBERG : Format.PARQUET,
          new Catalog(uri, iceberg.optionalText("user"), iceberg.text("name")),
          iceberg.count("keep-runs", 1, 10_000));
    }
  }
}
