package org.demarche.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import org.demarche.table.Table;

/**
 * Publishes tables into a database by JDBC, such as PostgreSQL.
 *
 * <p>{@link #load} fills a table {@code NAME__new}; {@link #swap} puts all that were loaded in
 * place of the old ones in one transaction. What was loaded and not swapped is left behind and
 * replaced by the next load. A table is dropped and replaced, so privileges on it must come from
 * the schema's defaults, and views on it make the swap fail and leave everything as it was.
 *
 * <p>Not for several threads at once.
 */
public final class JdbcPublisher implements AutoCloseable {

  /** Rows sent at once. */
  private static final int BATCH = 1000;

  private static final String NEW = "__new";

  private final Connection connection;
  private final List<Table> loaded = new ArrayList<>();

  private JdbcPublisher(Connection connection) {
    this.connection = connection;
  }

  /**
   * Connects to a database.
   *
   * @param url a JDBC URL, such as {@code jdbc:postgresql://host/database?currentSchema=press}
   * @param properties user and password, where they are not in the URL
   * @throws SQLException if no driver knows the URL or the database refuses
   */
  public static JdbcPublisher connect(String url, Properties properties) throws SQLException {
    Connection connection = DriverManager.getConnection(url, properties);
    connection.setAutoCommit(false);
    return new JdbcPublisher(connection);
  }

  /**
   * Loads a table beside the one that readers see.
   *
   * @param rows for each row one value a column, in the order of {@link Table#columns}: String,
   *     Long, Double, Boolean, a date or an instant (of java.time or java.sql), or null
   * @return the number of rows
   * @throws SQLException if the database refuses a row; nothing that readers see has changed
   */
  public long load(Table table, Iterator<Object[]> rows) throws SQLException {
    String name = table.name() + NEW;
    int columns = table.columns().length();
    try (Statement sql = connection.createStatement()) {
      sql.execute("DROP TABLE IF EXISTS " + Sql.name(name));
      sql.execute(Sql.create(table, name));
      if (knowsComments()) {
        for (String comment : Sql.comments(table, name)) {
          sql.execute(comment);
        }
      }
    }
    long count = 0;
    String insert =
        "INSERT INTO %s VALUES (%s)"
            .formatted(Sql.name(name), String.join(", ", Collections.nCopies(columns, "?")));
    try (PreparedStatement sql = connection.prepareStatement(insert)) {
      while (rows.hasNext()) {
        Object[] row = rows.next();
        if (row.length != columns) {
          throw new IllegalArgumentException(
              "A row of %s has %d values for %d columns"
                  .formatted(table.name(), row.length, columns));
        }
        for (int i = 0; i < columns; i++) {
          sql.setObject(i + 1, value(row[i]));
        }
        sql.addBatch();
        count++;
        if (count % BATCH == 0) {
          sql.executeBatch();
        }
      }
      if (count % BATCH != 0) {
        sql.executeBatch();
      }
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    }
    connection.commit();
    loaded.add(table);
    return count;
  }

  /**
   * Puts every table loaded in place of the old one, all at once.
   *
   * @throws SQLException if one cannot be replaced; then none is
   */
  public void swap() throws SQLException {
    try (Statement sql = connection.createStatement()) {
      for (Table table : loaded) {
        sql.execute("DROP TABLE IF EXISTS " + Sql.name(table.name()));
        sql.execute(
            "ALTER TABLE %s RENAME TO %s"
                .formatted(Sql.name(table.name() + NEW), Sql.name(table.name())));
      }
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
    connection.commit();
    loaded.clear();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private boolean knowsComments() throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return product.equals("PostgreSQL") || product.equals("DuckDB");
  }

  private static Object value(Object value) {
    if (value instanceof String text) {
      // No database holds NUL or half a surrogate pair in a text, and articles may contain both.
      return new String(text.replace("\0", "").getBytes(UTF_8), UTF_8);
    }
    if (value instanceof Timestamp timestamp) {
      return timestamp.toInstant().atOffset(ZoneOffset.UTC);
    }
    if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    return value;
  }
}
