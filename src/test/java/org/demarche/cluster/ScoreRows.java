package org.demarche.cluster;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads the scores of a warehouse with DuckDB, as a BI tool does. */
final class ScoreRows {

  private ScoreRows() {}

  /** Returns the rows of speaker_scores, without the run that wrote them, in order. */
  static List<String> of(Path warehouse) throws SQLException {
    List<String> rows = new ArrayList<>();
    String query =
        "SELECT * EXCLUDE (run_id) FROM read_parquet('%s/speaker_scores/**/*.parquet') ORDER BY ALL"
            .formatted(warehouse);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(result.getObject(i)).append('|');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
