package org.demarche.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import org.demarche.table.ArticleTable;
import org.demarche.table.SpeakerScoreTable;
import org.demarche.table.Table;
import org.demarche.table.TargetTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcPublisherTest {

  private static Optional<PostgresServer> postgres = Optional.empty();

  @BeforeAll
  static void startPostgres() throws IOException, InterruptedException {
    postgres = PostgresServer.start();
  }

  @AfterAll
  static void stopPostgres() throws IOException, InterruptedException {
    if (postgres.isPresent()) {
      postgres.get().stop();
    }
  }

  @Test
  void publishesToPostgres() throws SQLException {
    publishesTo(postgresUrl());
    assertThat(
            query(
                postgresUrl(),
                "SELECT col_description('speaker_scores'::regclass, 1) || ', ' ||"
                    + " obj_description('targets'::regclass)"))
        .containsExactly("scale of the score, " + TargetTable.TABLE.about());
  }

  @Test
  void publishesToDuckDb(@TempDir Path folder) throws SQLException {
    publishesTo("jdbc:duckdb:" + folder.resolve("press.duckdb"));
  }

  /** A view on a table is the user's; it is not dropped behind their back. */
  @Test
  void changesNothingWhereOneTableCannotBeReplaced() throws SQLException {
    String url = postgresUrl();
    publish(url, "First");
    execute(url, "CREATE VIEW mine AS SELECT name FROM targets");

    assertThatThrownBy(() -> publish(url, "Second")).hasMessageContaining("depend");

    assertThat(query(url, "SELECT name FROM mine")).containsExactly("First");
    execute(url, "DROP VIEW mine");
    publish(url, "Third");
    assertThat(query(url, "SELECT name FROM targets")).containsExactly("Third");
  }

  @Test
  void refusesARowOfAnotherTable(@TempDir Path folder) throws SQLException {
    String url = "jdbc:duckdb:" + folder.resolve("press.duckdb");
    Iterator<Object[]> rows = List.<Object[]>of(new Object[] {"accord"}).iterator();
    try (JdbcPublisher publisher = JdbcPublisher.connect(url, new Properties())) {
      assertThatThrownBy(() -> publisher.load(TargetTable.TABLE, rows))
          .hasMessage("A row of targets has 1 values for 3 columns");
    }
  }

  private static void publishesTo(String url) throws SQLException {
    publish(url, "Old");
    try (JdbcPublisher publisher = JdbcPublisher.connect(url, new Properties())) {
      assertThat(publisher.load(TargetTable.TABLE, target("New\0 name \ud83d"))).isEqualTo(1);
      assertThat(query(url, "SELECT name FROM targets"))
          .as("before the swap")
          .containsExactly("Old");

      // Two batches and a part of one.
      assertThat(
              publisher.load(
                  SpeakerScoreTable.TABLE,
                  IntStream.range(0, 2345).mapToObj(JdbcPublisherTest::score).iterator()))
          .isEqualTo(2345);
      publisher.load(ArticleTable.TABLE, List.<Object[]>of(article()).iterator());
      publisher.swap();
    }

    assertThat(query(url, "SELECT name FROM targets")).containsExactly("New name ?");
    assertThat(query(url, "SELECT count(*) || ' ' || sum(statements) FROM speaker_scores"))
        .containsExactly("2345 " + 2345 * 2344 / 2);
    assertThat(
            query(
                url,
                "SELECT \"window\" || ' ' || window_start || ' ' || low_n FROM speaker_scores"
                    + " WHERE statements = 7 AND change IS NULL"))
        .containsExactly("month 2031-03-01 true");
    assertThat(query(url, "SELECT CAST(EXTRACT(EPOCH FROM published_at) AS BIGINT) FROM articles"))
        .containsExactly("1930000000");
  }

  private static void publish(String url, String name) throws SQLException {
    try (JdbcPublisher publisher = JdbcPublisher.connect(url, new Properties())) {
      publisher.load(TargetTable.TABLE, target(name));
      publisher.swap();
    }
  }

  private static Iterator<Object[]> target(String name) {
    return List.<Object[]>of(new Object[] {"accord", name, null}).iterator();
  }

  private static Object[] score(int i) {
    return row(
        SpeakerScoreTable.TABLE,
        "stance",
        "all",
        "month",
        LocalDate.of(2031, 3, 1),
        LocalDate.of(2031, 3, 31),
        "s" + i,
        "Edda Marsh-Olin",
        (long) i,
        (long) i,
        1L,
        1L,
        0.5,
        0.25,
        -0.5,
        1.0,
        true,
        null,
        false,
        "m",
        "r");
  }

  private static Object[] article() {
    return row(
        ArticleTable.TABLE,
        "a1",
        null,
        "Nettle Gazette",
        null,
        null,
        null,
        Instant.ofEpochSecond(1_930_000_000),
        LocalDate.of(2031, 2, 27),
        "en",
        "Text.",
        0L,
        5L,
        "a1",
        false,
        "b1",
        "2031-02");
  }

  private static Object[] row(Table table, Object... values) {
    assertThat(values).hasSameSizeAs(table.columns().fields());
    return Arrays.copyOf(values, values.length);
  }

  private static String postgresUrl() {
    assumeTrue(postgres.isPresent(), "PostgreSQL is not installed: not tested");
    return postgres.get().url();
  }

  private static void execute(String url, String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static List<String> query(String url, String select) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(select)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
