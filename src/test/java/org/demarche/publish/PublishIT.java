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
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.pipeline.Pipeline;
import org.demarche.pipeline.Stage;
import org.demarche.warehouse.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user of {@code publish --jdbc} sees: rows, or one line without the password. */
class PublishIT {

  private static final String PASSWORD = "opensesame";

  @RegisterExtension private static final PostgresExtension POSTGRES = new PostgresExtension();

  @TempDir private Path folder;

  /** Every table a run can write, with rows in each: none breaks its key or holds a null. */
  @Test
  void publishesAWarehouseTwice() throws IOException, SQLException {
    String url = url();
    Files.createDirectories(folder.resolve("in"));
    // Dated and undated articles, the same record twice, and two rejects of one file.
    Files.writeString(
        folder.resolve("in/a.jsonl"),
        """
        {"id": "m1", "date": "2031-03-04", "text": "Minister Ana Vidal accused Orleth of lying."}
        {"id": "m1", "date": "2031-03-04", "text": "Minister Ana Vidal accused Orleth of lying."}
        {"id": "m2", "date": "2031-04-05", "text": "“We want talks,” Minister Ana Vidal said."}
        {"id": "m3", "text": "“We want talks,” Minister Ana Vidal said. Orleth is ready, she said."}
        {"id": "empty", "text": "  "}
        {"id": "cut", "text": "and th
        """);
    run("gates.rejected-share = 1\nscore.probabilities = true");
    Map<String, Long> rows = publish(url);
    assertThat(rows.keySet())
        .containsExactly(
            "press.articles",
            "press.rejects",
            "press.statements",
            "press.statement_scores",
            "press.statement_probabilities",
            "press.speaker_scores",
            "press.speaker_labels",
            "press.speakers",
            "press.targets");
    assertThat(rows)
        .containsEntry("press.articles", 3L)
        .containsEntry("press.rejects", 2L)
        .allSatisfy((table, count) -> assertThat(count).as(table).isPositive());

    // The same file, changed: its rejects come once more, in another batch; and one table goes.
    Files.writeString(
        folder.resolve("in/a.jsonl"),
        "{\"id\": \"empty\", \"text\": \"\"}\n{\"text\": \"New.\"}\n");
    run("gates.rejected-share = 1\nscore.probabilities = false");
    assertThat(publish(url))
        .containsEntry("press.rejects", 3L)
        .containsEntry("press.articles", 4L)
        .as("no more written")
        .containsEntry("press.statement_probabilities", 0L);
    try (Connection connection = DriverManager.getConnection(url);
        Statement sql = connection.createStatement();
        ResultSet counted =
            sql.executeQuery(
                "SELECT count(*) FROM press.speaker_scores WHERE window_start IS NULL")) {
      counted.next();
      assertThat(counted.getLong(1)).isPositive();
    }
  }

  @Test
  void saysInOneLineThatThePasswordIsWrong() throws SQLException, IOException {
    Files.createDirectories(folder.resolve("w/speaker_scores"));
    String url = url().replaceFirst("\\?.*", "");
    try (Connection connection = DriverManager.getConnection(url());
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE ROLE guarded LOGIN PASSWORD 'another'");
    }
    Properties properties = new Properties();
    properties.setProperty("user", "guarded");
    properties.setProperty("password", PASSWORD);
    assertThatThrownBy(() -> jdbc(url, null, properties))
        .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
        .hasMessage(
            "Cannot write to %s: password authentication failed for user \"guarded\""
                .formatted(url));
  }

  @Test
  void namesAHostThatIsNotThere() throws IOException {
    Files.createDirectories(folder.resolve("w/speaker_scores"));
    assertThatThrownBy(
            () -> jdbc("jdbc:postgresql://nowhere.invalid/press", null, new Properties()))
        .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
        .hasMessage(
            "Cannot write to jdbc:postgresql://nowhere.invalid/press: there is no host"
                + " nowhere.invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://db.example/press?password=" + PASSWORD,
        "jdbc:duckdb:press.duckdb",
        "postgresql://bi:" + PASSWORD + "@db.example/press",
        "jdbc:postgresql://bi:" + PASSWORD + "@db.example/press",
        "jdbc:postgresql://bi:p?" + PASSWORD + "@db.example/press",
        "jdbc:postgresql://db.example/press;password=" + PASSWORD,
        "jdbc:postgresql://db.example/press&password=" + PASSWORD,
        ""
      })
  void takesTheAddressOfPostgresOnlyAndRepeatsNoPassword(String url) {
    assertThatThrownBy(() -> jdbc(url, null, new Properties()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("as in jdbc:postgresql://HOST/DATABASE; give the user by --user")
        .message()
        .hasLineCount(1)
        .doesNotContain(PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a-name-of-sixty-four-characters-which-is-one-more-than-there-is-"})
  void wantsANameThatASchemaCanHave(String schema) {
    assertThatThrownBy(() -> jdbc("jdbc:postgresql://db.example/press", schema, new Properties()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--schema must have 1 to 63 bytes, but was '" + schema + "'");
  }

  @Test
  void doesNotGuessWhichSchemaIsMeant() {
    assertThatThrownBy(
            () ->
                jdbc(
                    "jdbc:postgresql://db.example/press?currentSchema=news",
                    null,
                    new Properties()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("name the schema that takes the tables by --schema");
  }

  /** What the driver says of a failed batch begins with its rows, that is with articles. */
  @Test
  void givesTheServersReasonAndNoText() {
    SQLException batch = new SQLException("Batch entry 0 INSERT … 'A whole article.' was aborted");
    batch.setNextException(
        new SQLException("ERROR: disk full\n  Detail: row (A whole article.)", "53100"));
    assertThat(Publish.reason(batch)).isEqualTo("disk full");
    assertThat(Publish.reason(new SQLException("This connection has been closed.", "08003")))
        .isEqualTo("the connection was lost: This connection has been closed. Run it again.");
    assertThat(
            Publish.reason(
                new SQLException(
                    "ERROR: could not create unique index\n  Detail: Key (a)=(1) is duplicated.",
                    "23505")))
        .isEqualTo("could not create unique index; Detail: Key (a)=(1) is duplicated.");
  }

  private void run(String settings) throws IOException {
    Pipeline.run(
        LocalSpark.session(),
        Settings.of(
            List.of(
                new Settings.Layer("test", settings),
                new Settings.Layer(
                    "test",
                    "warehouse = \"%s\"\narticles.paths = [\"%s\"]"
                        .formatted(folder.resolve("w"), folder.resolve("in"))))),
        Stage.ALL,
        false,
        LocalSpark.silent());
  }

  private Map<String, Long> publish(String url) throws IOException {
    return jdbc(url, "press", new Properties());
  }

  private Map<String, Long> jdbc(String url, String schema, Properties properties)
      throws IOException {
    return Publish.jdbc(
        folder.resolve("w").toString(), url, schema, properties, LocalSpark.silent());
  }

  private static String url() {
    return POSTGRES.url();
  }
}
