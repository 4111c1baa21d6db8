package org.demarche.publish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.ConfigurationException;
import org.demarche.console.Progress;
import org.demarche.files.OutputFile;
import org.demarche.files.Storage;
import org.demarche.pipeline.Aggregate;
import org.demarche.pipeline.Failure;
import org.demarche.warehouse.CommittedFiles;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Tables;
import org.demarche.warehouse.Warehouse;
import org.demarche.warehouse.WarehouseSession;

/** Runs {@code demarche publish}: copies the tables of a warehouse to a database for BI tools. */
public final class Publish {

  private static final String HOST = "([\\w.-]+|\\[[\\p{XDigit}:.]+])(:\\d+)?";

  /** Addresses without a user or password before the question mark. */
  private static final Pattern POSTGRES =
      Pattern.compile(
          "jdbc:postgresql:(//%1$s(,%1$s)*/)?[\\p{L}\\p{N}_.~+%%-]*(\\?.*)?".formatted(HOST));

  private static final String UNIQUE_VIOLATION = "23505";

  /** SQLSTATEs of lost connections and of a server that shuts down. */
  private static final Pattern LOST = Pattern.compile("0800[367]|57P0[123]");

  /** How DuckDB's messages about unreadable Parquet files begin. */
  private static final Pattern UNREAD = Pattern.compile("(IO|Invalid|Invalid Input) Error:");

  /** The default schema for tables in PostgreSQL. */
  public static final String SCHEMA = "demarche";

  private Publish() {}

  /**
   * Writes every table of a local warehouse into the DuckDB file {@code file}, which is replaced.
   *
   * @return table to number of rows
   * @throws ConfigurationException if the warehouse is not on the local file system
   */
  public static Map<String, Long> duckDb(String warehouse, Path file)
      throws IOException, SQLException {
    Path folder =
        Storage.local(Storage.ofProcess().qualified(warehouse))
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        List.of(
                            "--duckdb reads local tables only, but the warehouse is "
                                + warehouse)));
    OutputFile.check(file);
    // A DuckDB file begins with a checksum of eight bytes, then "DUCK".
    OutputFile.checkReplaces(
        file, "a DuckDB database", head -> new String(head, ISO_8859_1).startsWith("DUCK", 8));
    RequiredTables.require(warehouse, SpeakerScoreTable.TABLE);
    Map<Table<?>, List<Path>> tables = new LinkedHashMap<>();
    for (Table<?> table : Tables.ALL) {
      CommittedFiles.of(folder, table).ifPresent(files -> tables.put(table, files));
    }
    try {
      return DuckDbPublisher.publish(file, tables);
    } catch (IOException e) {
      throw OutputFile.cannotWrite(file.toString(), e);
    } catch (SQLException e) {
      // DuckDB gives the same message for a full disk and for an unreadable file.
      String said = OutputFile.firstLine(e.getMessage());
      if (UNREAD.matcher(said).lookingAt() && Failure.of(e).status() == ExitStatus.UNEXPECTED) {
        throw DemarcheException.inputMissing(
            "A table of the warehouse %s cannot be read, its files may be damaged: %s"
                .formatted(warehouse, said));
      }
      throw e;
    }
  }

  /**
   * Writes every table of a warehouse into the PostgreSQL database at {@code url}; readers see all
   * of the old rows or all of the new ones. A table of an earlier publish that is no longer in the
   * warehouse is emptied.
   *
   * @param schema the schema that takes the tables; null for {@link #SCHEMA}
   * @param properties user and password
   * @return table, with its schema before it, to number of rows
   * @throws ConfigurationException if the URL or the schema cannot be used
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if the database cannot be
   *     reached or refuses, or if a table of the same name is not Demarche's; nothing has changed
   */
  public static Map<String, Long> jdbc(
      String warehouse, String url, String schema, Properties properties, Progress progress)
      throws IOException {
    checkUrl(url, schema);
    RequiredTables.require(warehouse, SpeakerScoreTable.TABLE);
    String into = schema == null ? SCHEMA : schema;
    // Connects before Spark starts, so that a refusal of the database is reported at once.
    try (progress;
        PostgresPublisher publisher = PostgresPublisher.open(url, properties, into, Tables.ALL);
        WarehouseSession session = WarehouseSession.open("demarche publish", progress)) {
      progress.stage("publish");
      Warehouse from = session.warehouse(warehouse);
      RequiredTables.requireCommitted(from, SpeakerScoreTable.TABLE);
      Aggregate.noteIfBehind(from, progress);
      Map<String, Long> rows = new LinkedHashMap<>();
      for (Table<?> table : Tables.ALL) {
        if (from.has(table) || publisher.has(table)) {
          rows.put(into + "." + table.name(), publisher.load(table, from.rows(table)));
        }
      }
      publisher.commit();
      return rows;
    } catch (SQLException e) {
      throw OutputFile.cannotWrite("to " + shown(url), reason(e));
    }
  }

  private static void checkUrl(String url, String schema) {
    if (!POSTGRES.matcher(url).matches()) {
      // The message does not repeat the address, because it may contain a password.
      throw new ConfigurationException(
          List.of(
              "--jdbc must be the address of a PostgreSQL database, as in"
                  + " jdbc:postgresql://HOST/DATABASE; give the user by --user and the password in"
                  + " DEMARCHE_JDBC_PASSWORD, and a DuckDB file by --duckdb"));
    }
    if (schema == null && url.contains("currentSchema=")) {
      throw new ConfigurationException(
          List.of("--jdbc has a currentSchema: name the schema that takes the tables by --schema"));
    }
    if (schema != null
        && (schema.isBlank()
            || schema.getBytes(UTF_8).length > PostgresPublisher.LONGEST_NAME_BYTES)) {
      throw new ConfigurationException(
          List.of(
              "--schema must have 1 to %d bytes, but was '%s'"
                  .formatted(PostgresPublisher.LONGEST_NAME_BYTES, schema)));
    }
    try {
      DriverManager.getDriver(url);
    } catch (SQLException e) {
      throw new ConfigurationException(
          List.of(
              "the driver of PostgreSQL is not on the class path, or does not understand --jdbc %s:"
                      .formatted(shown(url))
                  + " start by jobs/demarche, or give its jar to spark-submit by"
                  + " --driver-class-path"));
    }
  }

  /** Returns the address without its parameters, which may contain a password. */
  private static String shown(String url) {
    return url.replaceFirst("\\?.*", "");
  }

  /** Returns the reason of the database in one line. */
  static String reason(SQLException failure) {
    SQLException last = failure;
    // A failed batch first quotes its rows; the message of the server comes last.
    while (last.getNextException() != null) {
      last = last.getNextException();
    }
    List<String> lines = String.valueOf(last.getMessage()).lines().map(String::strip).toList();
    String reason = lines.isEmpty() ? "" : lines.get(0).replaceFirst("^(ERROR|FATAL): ", "");
    if (last.getCause() instanceof UnknownHostException unknown) {
      return "there is no host " + unknown.getMessage();
    }
    if (last.getCause() instanceof SocketTimeoutException) {
      return reason + " The host does not answer.";
    }
    String state = String.valueOf(last.getSQLState());
    if (LOST.matcher(state).matches()) {
      return "the connection was lost: %s Run it again.".formatted(reason);
    }
    // This detail names the key and never quotes article text.
    return UNIQUE_VIOLATION.equals(state) && lines.size() > 1
        ? reason + "; " + lines.get(1)
        : reason;
  }
}
