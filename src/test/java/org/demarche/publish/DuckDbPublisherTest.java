package org.demarche.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.warehouse.CommittedFiles;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.StatementProbabilityTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.TargetTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbPublisherTest {

  private static final List<Table<?>> TABLES =
      List.of(TargetTable.TABLE, StatementProbabilityTable.TABLE, SpeakerScoreTable.TABLE);

  @TempDir Path folder;
  private Path warehouse;
  private Path file;

  @BeforeEach
  void writeWarehouse() throws IOException, SQLException {
    warehouse = folder.resolve("it's a warehouse");
    file = folder.resolve("press.duckdb");
    copy("SELECT 'accord' AS target_id, 'The accord' AS name, NULL::VARCHAR AS aliases", "targets");
    copy(probability("s1", 0.75), "statement_probabilities/batch_id=0042");
    copy(probability("s2", 0.25), "statement_probabilities/batch_id=0043");
    copy(probability("s3", 0.5), "statement_probabilities/_staging/batch_id=9");
  }

  @Test
  void publishesEveryTableWithItsFoldersAndComments() throws IOException, SQLException {
    assertThat(DuckDbPublisher.publish(file, tables()))
        .containsEntry("targets", 1L)
        .containsEntry("statement_probabilities", 2L)
        .containsEntry("speaker_scores", 0L);

    assertThat(
            query(
                "SELECT statement_id || ' ' || probability || ' ' || batch_id FROM"
                    + " statement_probabilities ORDER BY 1"))
        .containsExactly("s1 0.75 0042", "s2 0.25 0043");
    assertThat(
            query(
                "SELECT comment FROM duckdb_columns() WHERE table_name = 'speaker_scores' AND"
                    + " column_name = 'low_n'"))
        .containsExactly("whether there are too few distinct statements to rely on");
    assertThat(query("SELECT \"window\" FROM speaker_scores")).isEmpty();
  }

  @Test
  void replacesTheFileAsAWholeAndLeavesNothingElseBehind() throws IOException, SQLException {
    DuckDbPublisher.publish(file, tables());
    copy(probability("s4", 1), "statement_probabilities/batch_id=0044");
    DuckDbPublisher.publish(file, tables());

    assertThat(query("SELECT count(*)::VARCHAR FROM statement_probabilities")).containsExactly("3");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(warehouse, file);
    }
  }

  @Test
  void leavesTheOldFileWhereTheNewOneFails() throws IOException, SQLException {
    DuckDbPublisher.publish(file, tables());
    Files.writeString(warehouse.resolve("targets/part-1.parquet"), "no Parquet");

    assertThatThrownBy(() -> DuckDbPublisher.publish(file, tables()))
        .isInstanceOf(SQLException.class);
    assertThat(query("SELECT name FROM targets")).containsExactly("The accord");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(warehouse, file);
    }
  }

  private static String probability(String statement, double probability) {
    return "SELECT '%s' AS statement_id, 'stance' AS scale, 'all' AS target_id, 'neutral' AS label, %s::DOUBLE AS probability"
        .formatted(statement, probability);
  }

  private void copy(String select, String place) throws IOException, SQLException {
    Path parquet = warehouse.resolve(place).resolve("part-0.parquet");
    Files.createDirectories(parquet.getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute("COPY (%s) TO %s".formatted(select, Sql.literal(parquet.toString())));
    }
  }

  private List<String> query(String select) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(select)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @Test
  void readsAWarehouseThatIsGivenAsAUri() throws IOException, SQLException {
    Files.createDirectories(warehouse.resolve("speaker_scores"));
    assertThat(Publish.duckDb("file:" + warehouse, file)).containsEntry("targets", 1L);
    assertThat(query("SELECT name FROM targets")).containsExactly("The accord");
  }

  @Test
  void refusesAWarehouseOnAnotherFileSystem() throws IOException, SQLException {
    DuckDbPublisher.publish(file, tables());
    assertThatThrownBy(() -> Publish.duckDb("hdfs:" + warehouse, file))
        .satisfies(Thrown.with(ExitStatus.USAGE))
        .hasMessageContaining("--duckdb reads local tables only");
    assertThat(query("SELECT name FROM targets")).containsExactly("The accord");
  }

  private Map<Table<?>, List<Path>> tables() throws IOException {
    Map<Table<?>, List<Path>> tables = new LinkedHashMap<>();
    for (Table<?> table : TABLES) {
      tables.put(table, CommittedFiles.of(warehouse, table).orElse(List.of()));
    }
    return tables;
  }
}
