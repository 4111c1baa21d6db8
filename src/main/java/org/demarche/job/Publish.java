package org.demarche.job;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.demarche.config.ConfigurationException;
import org.demarche.report.DuckDbPublisher;
import org.demarche.report.JdbcPublisher;
import org.demarche.table.SpeakerScoreTable;
import org.demarche.table.Table;
import org.demarche.table.Tables;
import org.demarche.table.Warehouse;

/** Tables to a database that BI tools connect to. */
public final class Publish {

  private Publish() {}

  /**
   * Writes every table of a local warehouse into the DuckDB file {@code file}, which is replaced.
   *
   * @return table to number of rows
   */
  public static Map<String, Long> duckDb(String warehouse, Path file)
      throws IOException, SQLException {
    OutputFile.check(file);
    // A DuckDB file has its name behind a checksum.
    OutputFile.checkReplaces(
        file, "a DuckDB database", head -> new String(head, ISO_8859_1).startsWith("DUCK", 8));
    Path folder = Path.of(warehouse);
    if (!Files.isDirectory(folder)) {
      throw new InputMissingException(
          "There is no warehouse at %s: no such folder".formatted(warehouse));
    }
    List<Table> tables = new ArrayList<>();
    for (Table table : Tables.ALL) {
      if (Files.isDirectory(folder.resolve(table.name()))) {
        tables.add(table);
      }
    }
    if (!tables.contains(SpeakerScoreTable.TABLE)) {
      throw noScores(warehouse);
    }
    try {
      return DuckDbPublisher.publish(folder, file, tables);
    } catch (IOException e) {
      throw OutputFile.cannotWrite(file.toString(), e);
    }
  }

  /**
   * Writes every table of a warehouse into the database at {@code url}; readers see all of the old
   * tables or all of the new ones.
   *
   * @return table to number of rows
   * @throws ConfigurationException if no driver knows the URL
   * @throws OutputConflictException if the database cannot be reached or refuses
   */
  public static Map<String, Long> jdbc(
      String warehouse, String url, Properties properties, Progress progress) throws IOException {
    // Before Spark: a mistyped address is told at once.
    try (progress;
        JdbcPublisher publisher = connect(url, properties);
        SparkSession spark = Sessions.open("demarche publish", progress)) {
      progress.stage("publish");
      Warehouse from = Warehouse.at(spark, warehouse);
      Inputs.required(from, SpeakerScoreTable.TABLE);
      Aggregate.noteIfBehind(from, progress);
      Map<String, Long> rows = new LinkedHashMap<>();
      for (Table table : Tables.ALL) {
        if (from.has(table)) {
          Iterator<Row> source = from.read(table).toLocalIterator();
          rows.put(
              table.name(),
              publisher.load(
                  table,
                  new FlatIterator<>(source, row -> List.<Object[]>of(values(row)).iterator())));
        }
      }
      publisher.swap();
      return rows;
    } catch (SQLException e) {
      throw refused(url, e);
    }
  }

  private static JdbcPublisher connect(String url, Properties properties) throws SQLException {
    try {
      DriverManager.getDriver(url);
    } catch (SQLException e) {
      throw new ConfigurationException(
          List.of(
              "no driver knows --jdbc %s: it must be as in jdbc:postgresql://HOST/DATABASE"
                  .formatted(withoutSecrets(url))));
    }
    return JdbcPublisher.connect(url, properties);
  }

  private static OutputConflictException refused(String url, SQLException failure) {
    return OutputFile.cannotWrite(
        "to " + withoutSecrets(url), new IOException(failure.getMessage(), failure));
  }

  /** A user and a password can stand before the host or behind the question mark. */
  private static String withoutSecrets(String url) {
    return url.replaceAll("//[^/@]*@", "//").replaceAll("[?;].*", "");
  }

  private static Object[] values(Row row) {
    Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    return values;
  }

  private static InputMissingException noScores(String warehouse) {
    return new InputMissingException(
        "The warehouse %s has no table speaker_scores yet: run `demarche run` first"
            .formatted(warehouse));
  }
}
