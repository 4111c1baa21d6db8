package org.demarche.publish;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.demarche.warehouse.Table;

/** Publishes the tables of a local warehouse as one DuckDB file, with their comments. */
final class DuckDbPublisher {

  private DuckDbPublisher() {}

  /**
   * Writes {@code tables} into {@code file}. A new file is built beside the old one and renamed, so
   * readers see the old or the new one. A table without files is published empty.
   *
   * @param tables the Parquet files of each table
   * @return the number of rows of each table, in the order given
   * @throws IOException if the warehouse cannot be read or the file not written
   * @throws SQLException if DuckDB cannot read the tables; the old file is left as it was
   */
  static Map<String, Long> publish(Path file, Map<Table<?>, List<Path>> tables)
      throws IOException, SQLException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    // The draft is in the same folder, so that it can be renamed atomically.
    Path folder = Files.createTempDirectory(target.getParent(), "." + target.getFileName());
    Path draft = folder.resolve("draft.duckdb");
    try {
      Map<String, Long> rows = new LinkedHashMap<>();
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + draft);
          Statement sql = connection.createStatement()) {
        for (Map.Entry<Table<?>, List<Path>> table : tables.entrySet()) {
          rows.put(table.getKey().name(), publish(table.getKey(), table.getValue(), sql));
        }
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      return rows;
    } finally {
      deleteFolder(folder);
    }
  }

  private static long publish(Table<?> table, List<Path> files, Statement sql) throws SQLException {
    // There is no primary key: DuckDB would keep its index in memory, and nobody adds rows to the
    // file.
    sql.execute(
        "CREATE TABLE %s (%s)"
            .formatted(Sql.name(table.name()), String.join(", ", Sql.definitions(table))));
    if (!files.isEmpty()) {
      String columns = Sql.names(table.columnNames());
      // Folder values stay text: a month is no date, and a batch of digits no number.
      sql.execute(
          "INSERT INTO %s SELECT %s FROM read_parquet([%s], hive_partitioning = true, hive_types_autocast = false)"
              .formatted(
                  Sql.name(table.name()),
                  columns,
                  files.stream().map(f -> Sql.literal(f.toString())).collect(joining(", "))));
    }
    for (String comment : Sql.comments(table, Sql.name(table.name()))) {
      sql.execute(comment);
    }
    try (ResultSet count = sql.executeQuery("SELECT count(*) FROM " + Sql.name(table.name()))) {
      count.next();
      return count.getLong(1);
    }
  }

  private static void deleteFolder(Path folder) throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
