package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.demarche.warehouse.RejectTable.RejectRow;
import org.demarche.warehouse.TargetTable.TargetRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another program reads the tables in a loop while runs commit: it reads the rows of the run before
 * or of the run after, and never of both. Where a file is gone between its look at the folder and
 * its read, it is told so and reads again.
 */
class ReadersIT {

  private static final int RUNS = 12;
  private static final int ROWS = 500;

  @TempDir private Path folder;

  @Test
  void meetNoHalfOfARun() throws IOException, InterruptedException, ExecutionException {
    Warehouse warehouse = Warehouse.at(LocalSpark.session(), folder.resolve("w").toString());
    commit(warehouse, 0);
    AtomicBoolean isOver = new AtomicBoolean();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<List<Integer>> seen = other.submit(() -> read(isOver));
      for (int run = 1; run <= RUNS; run++) {
        commit(warehouse, run);
      }
      isOver.set(true);
      assertThat(seen.get()).as("the runs of which tables were read").isSorted();
      assertThat(seen.get()).as("different runs").hasSizeGreaterThan(2);
    } finally {
      isOver.set(true);
      other.shutdown();
    }
  }

  /** Replaces the table of targets by one that names the run in all rows, and adds a batch. */
  private static void commit(Warehouse warehouse, int run) throws IOException {
    Manifest manifest = new Manifest("run-" + run, List.of(), "{}");
    try (Transaction transaction = Transaction.begin(warehouse, manifest)) {
      List<TargetRow> targets =
          IntStream.range(0, ROWS + run)
              .mapToObj(i -> new TargetRow("t" + i, "run " + run, null))
              .toList();
      transaction.replace(
          TargetTable.TABLE,
          TargetTable.TABLE.codec().write(warehouse.spark(), targets).repartition(3));
      List<RejectRow> rejects =
          IntStream.range(0, ROWS)
              .mapToObj(i -> new RejectRow("file", i, "malformed", "run " + run, "raw"))
              .toList();
      Dataset<Row> rows = RejectTable.TABLE.codec().write(warehouse.spark(), rejects);
      transaction.append(RejectTable.TABLE, "b" + run, rows.repartition(3));
      transaction.commit();
    }
  }

  /** Reads until the runs are over, and returns the runs whose targets were met, each once. */
  private List<Integer> read(AtomicBoolean isOver) throws SQLException {
    List<Integer> seen = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      while (!isOver.get()) {
        try (Statement statement = connection.createStatement()) {
          readOnce(statement, seen);
        } catch (SQLException e) {
          assertThat(e.getMessage())
              .containsPattern("No files found|Cannot open file|No such file");
        }
      }
    }
    return seen;
  }

  private void readOnce(Statement statement, List<Integer> seen) throws SQLException {
    String path = folder.resolve("w").toString();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT count(*), min(name), max(name) FROM '%s/targets/*.parquet'".formatted(path))) {
      row.next();
      assertThat(row.getString(2)).isEqualTo(row.getString(3));
      int run = Integer.parseInt(row.getString(2).substring("run ".length()));
      assertThat(row.getInt(1)).isEqualTo(ROWS + run);
      if (seen.isEmpty() || seen.get(seen.size() - 1) != run) {
        seen.add(run);
      }
    }
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT detail, count(*) FROM '%s/rejects/*/*.parquet' GROUP BY 1".formatted(path))) {
      while (rows.next()) {
        assertThat(rows.getInt(2)).as(rows.getString(1)).isEqualTo(ROWS);
      }
    }
  }
}
