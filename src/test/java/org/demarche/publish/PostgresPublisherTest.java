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
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.StatementProbabilityTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.TableColumn;
import org.demarche.warehouse.Tables;
import org.demarche.warehouse.TargetTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresPublisherTest {

  @RegisterExtension private static final PostgresExtension POSTGRES = new PostgresExtension();

  /** A second connection, as that of a reader or an administrator. */
  private Connection other;

  @BeforeEach
  void connect() throws SQLException {
    other = DriverManager.getConnection(url());
    execute(
        "DROP SCHEMA IF EXISTS demarche CASCADE",
        "DROP SCHEMA IF EXISTS mine CASCADE",
        "CREATE SCHEMA mine");
  }

  @AfterEach
  void disconnect() throws SQLException {
    if (other != null) {
      other.close();
    }
  }

  @Test
  void showsReadersTheOldRowsUntilTheCommit() throws SQLException {
    publish("Old");
    try (PostgresPublisher publisher = open(url())) {
      assertThat(publisher.load(TargetTable.TABLE, target("New\0 name \ud83d"))).isEqualTo(1);
      // Two batches and a part of one.
      assertThat(
              publisher.load(
                  SpeakerScoreTable.TABLE,
                  IntStream.range(0, 2345).mapToObj(PostgresPublisherTest::score).iterator()))
          .isEqualTo(2345);
      publisher.load(ArticleTable.TABLE, List.<Object[]>of(article()).iterator());
      assertThat(query("SELECT name FROM demarche.targets")).containsExactly("Old");
      publisher.commit();
    }

    assertThat(query("SELECT name FROM demarche.targets")).containsExactly("New name ?");
    assertThat(query("SELECT count(*) || ' ' || sum(statements) FROM demarche.speaker_scores"))
        .containsExactly("2345 " + 2345 * 2344 / 2);
    assertThat(
            query(
                "SELECT \"window\" || ' ' || window_start || ' ' || low_n FROM"
                    + " demarche.speaker_scores WHERE statements = 7 AND change IS NULL"))
        .containsExactly("month 2031-03-01 true");
    assertThat(query("SELECT extract(epoch FROM published_at)::bigint FROM demarche.articles"))
        .containsExactly("1930000000");
    assertThat(
            query(
                "SELECT col_description('demarche.speaker_scores'::regclass, 1) || ', ' ||"
                    + " obj_description('demarche.targets'::regclass)"))
        .containsExactly("scale of the score, " + TargetTable.TABLE.about());
    assertThat(
            query("SELECT table_name || ' ' || published_rows FROM demarche._demarche ORDER BY 1"))
        .containsExactly("articles 1", "speaker_scores 2345", "targets 1");
  }

  /** No reader waits, and none sees an empty table, even one that began long before. */
  @Test
  void letsAReaderKeepItsSnapshot() throws SQLException {
    publish("Old");
    other.setAutoCommit(false);
    other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    assertThat(query("SELECT name FROM demarche.targets")).containsExactly("Old");

    // Had the publish to wait for the reader, it would fail.
    publish(url() + "&options=-c%20lock_timeout=1000", "New");

    assertThat(query("SELECT name FROM demarche.targets")).containsExactly("Old");
    other.commit();
    assertThat(query("SELECT name FROM demarche.targets")).containsExactly("New");
  }

  @Test
  void keepsWhatOthersBuiltOnTheTables() throws SQLException {
    publish("Old");
    execute(
        "DROP ROLE IF EXISTS bi",
        "CREATE ROLE bi",
        "GRANT USAGE ON SCHEMA demarche TO bi",
        "GRANT SELECT ON demarche.targets TO bi",
        "CREATE VIEW mine.names AS SELECT name FROM demarche.targets",
        "CREATE INDEX targets_by_name ON demarche.targets (name)",
        "COMMENT ON TABLE demarche.targets IS 'ours'",
        "ALTER TABLE demarche.targets ADD COLUMN colour text",
        "UPDATE demarche.targets SET colour = 'blue'",
        "CREATE TABLE mine.notes (target_id text REFERENCES demarche.targets ON DELETE CASCADE)",
        "INSERT INTO mine.notes VALUES ('accord')");
    String object = "SELECT 'demarche.targets'::regclass::oid";
    List<String> before = query(object);

    publish("New");

    assertThat(query(object)).isEqualTo(before);
    assertThat(query("SELECT name FROM mine.names")).containsExactly("New");
    assertThat(query("SELECT has_table_privilege('bi', 'demarche.targets', 'SELECT')"))
        .containsExactly("t");
    assertThat(query("SELECT to_regclass('demarche.targets_by_name') IS NOT NULL"))
        .containsExactly("t");
    assertThat(query("SELECT obj_description('demarche.targets'::regclass)"))
        .containsExactly("ours");
    assertThat(query("SELECT colour FROM demarche.targets")).containsExactly("blue");
    assertThat(query("SELECT target_id FROM mine.notes")).containsExactly("accord");
    execute("DROP TABLE mine.notes", "DROP OWNED BY bi", "DROP ROLE bi");
  }

  @Test
  void writesNoRowThatStaysAsItIs() throws SQLException {
    publish("Same");
    List<String> before = query("SELECT xmin || ' ' || ctid FROM demarche.targets");
    publish("Same");
    assertThat(query("SELECT xmin || ' ' || ctid FROM demarche.targets")).isEqualTo(before);
  }

  @Test
  void deletesRowsThatAreGone() throws SQLException {
    publish("Old");
    try (PostgresPublisher publisher = open(url())) {
      assertThat(publisher.has(TargetTable.TABLE)).isTrue();
      assertThat(publisher.has(ArticleTable.TABLE)).isFalse();
      publisher.load(TargetTable.TABLE, List.<Object[]>of().iterator());
      publisher.commit();
    }
    assertThat(query("SELECT name FROM demarche.targets")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE mine.targets (target_id text, name text, aliases text)",
        "CREATE VIEW mine.targets AS SELECT 'accord' AS target_id",
        "CREATE TABLE mine._demarche (x int)"
      })
  void touchesNothingOfAnybodyElse(String statement) throws SQLException {
    execute(statement);
    String name = statement.replaceFirst(".*?(mine\\.\\w+).*", "$1");

    assertThatThrownBy(() -> open(url(), "mine"))
        .isInstanceOf(SQLException.class)
        .hasMessage(
            name
                + " is there and was not made by Demarche; choose another schema with --schema,"
                + " or rename it");
    assertThat(query("SELECT relname FROM pg_class WHERE relnamespace = 'mine'::regnamespace"))
        .containsExactly(name.substring("mine.".length()));
  }

  @Test
  void knowsATableThatTookTheNameOfOneOfItsOwn() throws SQLException {
    publish("Old");
    execute(
        "DROP TABLE demarche.targets",
        "CREATE TABLE demarche.targets (shot text)",
        "INSERT INTO demarche.targets VALUES ('in the dark')");
    assertThatThrownBy(() -> open(url())).hasMessageContaining("was not made by Demarche");
    assertThat(query("SELECT shot FROM demarche.targets")).containsExactly("in the dark");
  }

  @Test
  void makesATableAgainThatWasDropped() throws SQLException {
    publish("Old");
    execute("DROP TABLE demarche.targets");
    try (PostgresPublisher publisher = open(url())) {
      assertThat(publisher.has(TargetTable.TABLE)).isFalse();
    }
    publish("New");
    assertThat(query("SELECT name FROM demarche.targets")).containsExactly("New");
  }

  /** Every table as the data dictionary describes it. */
  @Test
  void declaresKeysAndWhatIsNeverNull() throws SQLException {
    publishAllEmpty();
    for (Table<?> table : Tables.ALL) {
      List<String> notNull = new ArrayList<>();
      boolean nullInKey = false;
      for (TableColumn column : table.columns()) {
        if (!column.nullable()) {
          notNull.add(column.name());
        }
        nullInKey |= column.nullable() && table.key().contains(column.name());
      }
      String relation = "'demarche.%s'::regclass".formatted(table.name());
      assertThat(
              query(
                  "SELECT attname FROM pg_attribute WHERE attnotnull AND attnum > 0 AND attrelid = "
                      + relation))
          .as(table.name())
          .containsExactlyInAnyOrderElementsOf(notNull);
      String unique =
          query(
                  "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indisunique AND"
                      + " indisprimary = %s AND indrelid = %s".formatted(!nullInKey, relation))
              .toString()
              .replaceAll(".*USING btree \\(|\\)]|\"|COALESCE\\(|, '-infinity'::date\\)", "");
      assertThat(unique).as(table.name()).isEqualTo(String.join(", ", table.key()));
    }
  }

  @Test
  void refusesTwoRowsWithOneKey() throws SQLException {
    publish("Old");
    List<Object[]> twice = List.of(windowOfAll("Edda"), windowOfAll("Edda"));
    try (PostgresPublisher publisher = open(url())) {
      publisher.load(TargetTable.TABLE, target("New"));
      assertThatThrownBy(() -> publisher.load(SpeakerScoreTable.TABLE, twice.iterator()))
          .hasMessageContaining("is duplicated");
    }
    assertThat(query("SELECT name FROM demarche.targets")).containsExactly("Old");
  }

  /** The queries of docs/publish.md, on their indexes. */
  @Test
  void servesTheDocumentedQueriesFromIndexes() throws IOException, SQLException {
    publishAllEmpty();
    // Each of 100 speakers has a score of 40 statements.
    execute(
        "INSERT INTO demarche.speaker_scores SELECT 'stance', 'all', 'all', NULL, NULL, 's' || i,"
            + " 'Speaker ' || i, 40, 40, 40, 4, 0, 0, 0, 0, false, NULL, false, 'm', 'r' FROM"
            + " generate_series(1, 100) i",
        "INSERT INTO demarche.statement_scores SELECT 'id' || i, 'stance', 'all', 'neutral', 1, 0,"
            + " '0,1,0', 'm', 's' || i % 100, '2031-03-01', NULL, 'a', 'd' || i, 'b', '2031-03'"
            + " FROM generate_series(1, 4000) i",
        "INSERT INTO demarche.statements (statement_id, article_id, kind, start, \"end\", fragments,"
            + " asserted, text, passage, passage_start, speaker_kind, rule, confidence, distinct_id, is_reprint, batch_id,"
            + " published_month, speaker_id, published_date) SELECT 'id' || i, 'a', 'direct', 0, 9,"
            + " '0-9', true, 'Text.', 'Text.', 0, 'person', 'r', 1, 'd' || i, false, 'b', '2031-03', 's' ||"
            + " i % 100, '2031-03-01' FROM generate_series(1, 4000) i",
        "ANALYZE demarche.speaker_scores, demarche.statement_scores, demarche.statements",
        "SET enable_seqscan = off");
    List<String> plans = new ArrayList<>();
    Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(Path.of("docs/publish.md")))
        .results()
        .forEach(match -> plans.add(plan(match.group(1))));
    assertThat(plans).hasSize(3);
    assertThat(plans.get(0))
        .contains("statement_scores_by_speaker", "statements_pkey", "speaker_scores_key");
    assertThat(plans.get(1)).contains("statements_by_speaker");
    assertThat(plans.get(2)).contains("speaker_scores_key");
  }

  private String plan(String select) {
    try {
      return String.join("\n", query("EXPLAIN " + select));
    } catch (SQLException e) {
      throw new AssertionError(select, e);
    }
  }

  /** As after an upgrade to a version with one more column and other columns that may be null. */
  @Test
  void bringsTablesOfAnEarlierVersionUpToDate() throws SQLException {
    publish("Old");
    execute(
        "ALTER TABLE demarche.targets DROP COLUMN name",
        "ALTER TABLE demarche.targets ADD COLUMN former text",
        "UPDATE demarche.targets SET aliases = 'x'",
        "ALTER TABLE demarche.targets ALTER COLUMN aliases SET NOT NULL",
        "CREATE VIEW mine.formers AS SELECT target_id, former FROM demarche.targets");

    publish("New");

    assertThat(query("SELECT name || coalesce(aliases, '-') FROM demarche.targets"))
        .containsExactly("New-");
    assertThat(
            query(
                "SELECT attname FROM pg_attribute WHERE attnotnull AND attnum > 0 AND attrelid ="
                    + " 'demarche.targets'::regclass"))
        .containsExactlyInAnyOrder("target_id", "name");
    assertThat(query("SELECT target_id FROM mine.formers")).containsExactly("accord");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER COLUMN name TYPE varchar(9) | its column name is character varying(9), not text",
        "ADD COLUMN x int NOT NULL | its column x, which Demarche does not fill, is NOT NULL",
        "DROP CONSTRAINT targets_pkey | it has no primary key (\"target_id\") any more"
      })
  void saysWhatItCannotBringUpToDate(String change, String message) throws SQLException {
    publishNothing(TargetTable.TABLE);
    execute("ALTER TABLE demarche.targets " + change);
    assertThatThrownBy(() -> open(url()))
        .hasMessageStartingWith("demarche.targets is not as Demarche made it: " + message)
        .hasMessageEndingWith("or choose another schema with --schema");
  }

  @Test
  void leavesTablesOfALaterVersionAlone() throws SQLException {
    publish("Old");
    execute("UPDATE demarche._demarche SET format = 2");
    assertThatThrownBy(() -> open(url()))
        .hasMessageStartingWith("demarche.targets was made by a later version of Demarche");
  }

  @Test
  void letsOnePublishAtATimeIntoASchema() throws SQLException {
    try (PostgresPublisher first = open(url())) {
      first.load(TargetTable.TABLE, target("First"));
      assertThatThrownBy(() -> open(url()))
          .hasMessage(
              "another publish is writing to the schema demarche; wait for it, then run again");
      open(url(), "mine").close();
      first.commit();
    }
    publish("Second");
    assertThat(query("SELECT name FROM demarche.targets")).containsExactly("Second");
  }

  @Test
  void leavesNothingBehindWhereTheConnectionEnds() throws SQLException {
    publish("Old");
    Iterator<Object[]> rows =
        IntStream.range(0, 2345)
            .mapToObj(
                i -> {
                  if (i == 1500) {
                    killPublishers();
                  }
                  return score(i);
                })
            .iterator();
    try (PostgresPublisher publisher = open(url())) {
      publisher.load(TargetTable.TABLE, target("New"));
      assertThatThrownBy(() -> publisher.load(SpeakerScoreTable.TABLE, rows))
          .isInstanceOf(SQLException.class);
    }
    assertThat(query("SELECT name FROM demarche.targets")).containsExactly("Old");
    assertThat(query("SELECT relname FROM pg_class WHERE relname LIKE 'speaker_scores%'"))
        .isEmpty();
    publish("New");
  }

  private void killPublishers() {
    try {
      assertThat(
              query(
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ="
                      + " 'demarche publish'"))
          .containsExactly("t");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void saysWhichPrivilegeIsMissing() throws SQLException {
    String guest = url().replace("user=demarche", "user=guest");
    execute("DROP ROLE IF EXISTS guest", "CREATE ROLE guest LOGIN");
    assertThatThrownBy(() -> open(guest))
        .hasMessage(
            "the user guest may not create the schema demarche; let an administrator run CREATE"
                + " SCHEMA \"demarche\" AUTHORIZATION \"guest\", or choose another schema with"
                + " --schema");
    assertThatThrownBy(() -> open(guest, "mine"))
        .hasMessageContaining("let an administrator run GRANT USAGE, CREATE ON SCHEMA \"mine\"");

    publish("Old");
    execute("GRANT ALL ON SCHEMA demarche TO guest", "GRANT ALL ON demarche._demarche TO guest");
    assertThatThrownBy(() -> open(guest))
        .hasMessage(
            "the user guest may not write to demarche.targets; let its owner run GRANT SELECT,"
                + " INSERT, UPDATE, DELETE ON \"demarche\".\"targets\" TO \"guest\"");

    execute("GRANT SELECT, INSERT, UPDATE, DELETE ON demarche.targets TO guest");
    publish(guest, "By a guest");
    assertThat(query("SELECT name FROM demarche.targets")).containsExactly("By a guest");
    execute("DROP OWNED BY guest", "DROP ROLE guest");
  }

  @Test
  void takesANameOfASchemaAsItIsWritten() throws SQLException {
    execute("DROP SCHEMA IF EXISTS \"Zwölf \"\"Uhr\" CASCADE");
    try (PostgresPublisher publisher = open(url(), "Zwölf \"Uhr")) {
      publisher.load(TargetTable.TABLE, target("Noon"));
      publisher.commit();
    }
    open(url(), "Zwölf \"Uhr").close();
    assertThat(query("SELECT name FROM \"Zwölf \"\"Uhr\".targets")).containsExactly("Noon");
  }

  @Test
  void refusesARowOfAnotherTable() throws SQLException {
    Iterator<Object[]> rows = List.<Object[]>of(new Object[] {"accord"}).iterator();
    try (PostgresPublisher publisher = open(url())) {
      assertThatThrownBy(() -> publisher.load(TargetTable.TABLE, rows))
          .hasMessage("A row of targets has 1 values for 3 columns");
    }
  }

  private static PostgresPublisher open(String url) throws SQLException {
    return open(url, Publish.SCHEMA);
  }

  private static PostgresPublisher open(String url, String schema) throws SQLException {
    return PostgresPublisher.open(url, new Properties(), schema, Tables.ALL);
  }

  private static void publish(String name) throws SQLException {
    publish(url(), name);
  }

  private static void publish(String url, String name) throws SQLException {
    try (PostgresPublisher publisher = open(url)) {
      publisher.load(TargetTable.TABLE, target(name));
      publisher.commit();
    }
  }

  private static void publishNothing(Table<?> table) throws SQLException {
    try (PostgresPublisher publisher = open(url())) {
      publisher.load(table, List.<Object[]>of().iterator());
      publisher.commit();
    }
  }

  private static void publishAllEmpty() throws SQLException {
    assertThat(Tables.ALL).contains(StatementProbabilityTable.TABLE);
    try (PostgresPublisher publisher = open(url())) {
      for (Table<?> table : Tables.ALL) {
        publisher.load(table, List.<Object[]>of().iterator());
      }
      publisher.commit();
    }
  }

  private static Iterator<Object[]> target(String name) {
    return List.<Object[]>of(new Object[] {"accord", name, null}).iterator();
  }

  private static Object[] score(int i) {
    return score("month", LocalDate.of(2031, 3, 1), LocalDate.of(2031, 3, 31), "s" + i, i);
  }

  private static Object[] windowOfAll(String speaker) {
    return score("all", null, null, speaker, 1);
  }

  private static Object[] score(
      String window, LocalDate start, LocalDate end, String speaker, long statements) {
    return row(
        SpeakerScoreTable.TABLE,
        "stance",
        "all",
        window,
        start,
        end,
        speaker,
        "Edda Marsh-Olin",
        statements,
        statements,
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
        "field",
        "Z",
        null,
        "en",
        "Text.",
        0L,
        5L,
        "clean",
        "in/a.jsonl",
        0L,
        "a1",
        false,
        "b1",
        "2031-02");
  }

  private static Object[] row(Table<?> table, Object... values) {
    assertThat(values).hasSameSizeAs(table.columns());
    return Arrays.copyOf(values, values.length);
  }

  private static String url() {
    return POSTGRES.url();
  }

  private void execute(String... statements) throws SQLException {
    try (Statement sql = other.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  private List<String> query(String select) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement sql = other.createStatement();
        ResultSet rows = sql.executeQuery(select)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
