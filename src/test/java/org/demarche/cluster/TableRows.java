package org.demarche.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the tables of a warehouse with DuckDB, as a BI tool does. */
public final class TableRows {

  private TableRows() {}

  /**
   * Returns the rows of {@code table} in order, each with its columns by name. The run and the
   * batch that wrote a row are left out.
   *
   * @return no rows if the table has no file
   */
  public static List<String> of(Path warehouse, String table) throws IOException, SQLException {
    List<String> rows = new ArrayList<>();
    if (!hasFiles(warehouse.resolve(table))) {
      return rows;
    }
    String query =
        "SELECT COLUMNS(c -> c NOT IN ('run_id', 'batch_id')) FROM read_parquet('%s/%s/**/*.parquet')"
            .formatted(warehouse, table);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        // A compacted table has its columns in another order.
        TreeMap<String, Object> row = new TreeMap<>();
        for (int i = 1; i <= columns; i++) {
          row.put(result.getMetaData().getColumnName(i), result.getObject(i));
        }
        rows.add(row.toString());
      }
    }
    rows.sort(null);
    return rows;
  }

  private static boolean hasFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".parquet"));
    }
  }
}
