package org.demarche.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.TableColumn;

/**
 * Publishes tables into one schema of a PostgreSQL database.
 *
 * <p>A publish is one transaction, from {@link #open} to {@link #commit}: readers see all of the
 * old rows or all of the new ones, and a publish that fails changes nothing. {@link #load} fills
 * temporary tables. {@link #commit} then makes each published table equal to what was loaded: it
 * deletes the rows whose key is gone, updates those that changed and inserts those that are new.
 * The tables themselves stay, and with them their views, privileges, indexes and foreign keys.
 *
 * <p>The table {@code _demarche} of the schema lists the tables that Demarche made. No other table
 * is ever written to.
 *
 * <p>Instances are not thread-safe.
 */
final class PostgresPublisher implements AutoCloseable {

  /** PostgreSQL silently truncates longer names. */
  static final int LONGEST_NAME_BYTES = 63;

  /** The SQLSTATE of insufficient privilege. */
  private static final String DENIED = "42501";

  /** Limits of rows and of characters per batch, as articles can be long. */
  private static final int BATCH_ROWS = 1000;

  private static final long BATCH_CHARACTERS = 4_000_000;

  /** Further indexes; docs/publish.md has the queries that they serve. */
  private static final List<Index> INDEXES =
      List.of(
          new Index(
              "statement_scores_by_speaker",
              StatementScoreTable.TABLE,
              List.of("speaker_id", "scale", "target_id", "published_date")),
          new Index(
              "statements_by_speaker",
              StatementTable.TABLE,
              List.of("speaker_id", "published_date")));

  private record Index(String name, Table<?> table, List<String> columns) {}

  private final Connection connection;
  private final Statement sql;
  private final String schema;
  private PostgresSchema there;
  private final Map<Table<?>, Long> loaded = new LinkedHashMap<>();

  private PostgresPublisher(Connection connection, String schema) throws SQLException {
    this.connection = connection;
    this.sql = connection.createStatement();
    this.schema = schema;
  }

  /**
   * Connects to a database and checks that {@code tables} can be published into {@code schema}. The
   * first commit creates a missing schema.
   *
   * @param url a JDBC URL, such as {@code jdbc:postgresql://host/database}
   * @param properties user and password, where they are not in the URL
   * @param schema as it is written in the database, at most {@link #LONGEST_NAME_BYTES} bytes
   * @param tables every table that may be loaded
   * @throws SQLException if the database refuses, if another publish is writing to the schema, or
   *     if a table there is not Demarche's or not as Demarche made it; nothing has changed
   */
  static PostgresPublisher open(
      String url, Properties properties, String schema, List<Table<?>> tables) throws SQLException {
    Properties all = new Properties();
    all.setProperty("ApplicationName", "demarche publish");
    // Without a timeout, a host that accepts a connection and never answers would block forever.
    all.setProperty("loginTimeout", "30");
    all.setProperty("tcpKeepAlive", "true");

    all.setProperty("reWriteBatchedInserts", "true");
    all.putAll(properties);
    Connection connection = DriverManager.getConnection(url, all);
    try {
      connection.setAutoCommit(false);
      PostgresPublisher publisher = new PostgresPublisher(connection, schema);
      publisher.begin(tables);
      return publisher;
    } catch (SQLException | RuntimeException e) {
      closeAfter(connection, e);
      throw e;
    }
  }

  private static void closeAfter(Connection connection, Exception failure) {
    try {
      connection.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private void begin(List<Table<?>> tables) throws SQLException {
    // The transaction is idle while Spark computes the next table.
    sql.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
    lock();
    there = PostgresSchema.read(connection, schema);
    for (Table<?> table : tables) {
      there.check(table);
    }
    if (!there.hasList()) {
      createList();
    }
  }

  private void createList() throws SQLException {
    String user = connection.getMetaData().getUserName();
    boolean isNew = !there.exists();
    try {
      if (isNew) {
        sql.execute("CREATE SCHEMA " + Sql.name(schema));
      }
      sql.execute(
          "CREATE TABLE %s (table_name TEXT PRIMARY KEY, format INTEGER NOT NULL, published_at TIMESTAMP WITH TIME ZONE NOT NULL, published_rows BIGINT NOT NULL)"
              .formatted(name(PostgresSchema.LIST)));
    } catch (SQLException e) {
      if (!DENIED.equals(e.getSQLState())) {
        throw e;
      }
      throw new SQLException(
          "the user %s may not create %s; let an administrator run %s, or choose another schema with --schema"
              .formatted(
                  user,
                  isNew ? "the schema " + schema : "tables in the schema " + schema,
                  (isNew
                          ? "CREATE SCHEMA %s AUTHORIZATION %s"
                          : "GRANT USAGE, CREATE ON SCHEMA %s TO %s")
                      .formatted(Sql.name(schema), Sql.name(user))),
          e);
    }
    sql.execute(
        "COMMENT ON TABLE %s IS %s"
            .formatted(
                name(PostgresSchema.LIST),
                Sql.literal(
                    "The tables of this schema that Demarche made. It replaces their rows at every"
                        + " publish and touches no other table.")));
  }

  /** Keeps other publishes out until this transaction ends. */
  private void lock() throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?, ?)")) {
      lock.setInt(1, PostgresSchema.LIST.hashCode());
      lock.setInt(2, schema.hashCode());
      try (ResultSet row = lock.executeQuery()) {
        row.next();
        if (!row.getBoolean(1)) {
          throw new SQLException(
              "another publish is writing to the schema %s; wait for it, then run again"
                  .formatted(schema));
        }
      }
    }
  }

  /** Returns whether the database has {@code table} from an earlier publish. */
  boolean has(Table<?> table) {
    return there.has(table);
  }

  /**
   * Loads all rows of a table. Readers do not see them before {@link #commit}.
   *
   * @param table one of those given to {@link #open}, once
   * @param rows for each row one value a column, in the order of {@link Table#columns}, of its type
   *     or null
   * @return the number of rows
   * @throws SQLException if the database refuses a row, or two rows have the same key
   */
  long load(Table<?> table, Iterator<Object[]> rows) throws SQLException {
    String draft = draft(table);
    int width = table.columns().size();
    sql.execute(
        "CREATE TEMPORARY TABLE %s (%s) ON COMMIT DROP"
            .formatted(Sql.name(table.name()), String.join(", ", Sql.definitions(table))));
    String insert =
        "INSERT INTO %s VALUES (%s)"
            .formatted(draft, String.join(", ", Collections.nCopies(width, "?")));
    long count = 0;
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      long batchRows = 0;
      long batchCharacters = 0;
      while (rows.hasNext()) {
        Object[] row = rows.next();
        if (row.length != width) {
          throw new IllegalArgumentException(
              "A row of %s has %d values for %d columns"
                  .formatted(table.name(), row.length, width));
        }
        for (int i = 0; i < width; i++) {
          statement.setObject(i + 1, value(row[i]));
          batchCharacters += row[i] instanceof String text ? text.length() : 0;
        }
        statement.addBatch();
        batchRows++;
        count++;
        if (batchRows == BATCH_ROWS || batchCharacters >= BATCH_CHARACTERS) {
          statement.executeBatch();
          batchRows = 0;
          batchCharacters = 0;
        }
      }
      if (batchRows > 0) {
        statement.executeBatch();
      }
    }
    sql.execute(
        "CREATE UNIQUE INDEX ON %s (%s)".formatted(draft, String.join(", ", keyTerms(table, ""))));
    sql.execute("ANALYZE " + draft);
    loaded.put(table, count);
    return count;
  }

  /**
   * Makes all published tables equal to the loaded rows at once.
   *
   * @throws SQLException if a table cannot be changed; then all stay as they were
   */
  void commit() throws SQLException {
    for (Table<?> table : loaded.keySet()) {
      prepare(table);
      replaceRows(table);
      finish(table);
    }
    connection.commit();
  }

  /** Creates the table, or adds the columns that an earlier version of Demarche lacked. */
  private void prepare(Table<?> table) throws SQLException {
    String name = name(table.name());
    if (!there.hasRelation(table.name())) {
      List<String> definitions = new ArrayList<>(Sql.definitions(table));
      if (PostgresSchema.hasPrimaryKey(table)) {
        definitions.add("PRIMARY KEY (%s)".formatted(Sql.names(table.key())));
      }
      sql.execute("CREATE TABLE %s (%s)".formatted(name, String.join(", ", definitions)));
      for (String comment : Sql.comments(table, name)) {
        sql.execute(comment);
      }
    } else {
      Map<String, PostgresSchema.Column> columns = there.columns(table);
      for (TableColumn column : table.columns()) {
        PostgresSchema.Column found = columns.get(column.name());
        if (found == null) {
          // NOT NULL is added when the rows have values.
          sql.execute(
              "ALTER TABLE %s ADD COLUMN %s %s"
                  .formatted(name, Sql.name(column.name()), Sql.type(column)));
          sql.execute(Sql.comment(column, name));
        } else if (found.notNull() && column.nullable()) {
          sql.execute(
              "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL"
                  .formatted(name, Sql.name(column.name())));
        }
      }
    }
    String index = table.name() + "_key";
    if (!PostgresSchema.hasPrimaryKey(table) && !there.hasRelation(index)) {
      sql.execute(
          "CREATE UNIQUE INDEX %s ON %s (%s)"
              .formatted(Sql.name(index), name, String.join(", ", keyTerms(table, ""))));
    }
  }

  /**
   * Changes only rows that differ. TRUNCATE would block readers and show an empty table to older
   * snapshots. Deleting all rows would cascade to users' foreign keys and lose the values of
   * columns that users have added.
   */
  private void replaceRows(Table<?> table) throws SQLException {
    String name = name(table.name());
    List<String> all = table.columnNames();
    List<String> values = new ArrayList<>(all);
    values.removeAll(table.key());
    Iterator<String> ours = keyTerms(table, "t.").iterator();
    String sameKey =
        keyTerms(table, "n.").stream()
            .map(term -> term + " = " + ours.next())
            .collect(joining(" AND "));
    sql.executeUpdate(
        "DELETE FROM %s t WHERE NOT EXISTS (SELECT FROM %s n WHERE %s)"
            .formatted(name, draft(table), sameKey));
    sql.executeUpdate(
        "INSERT INTO %s AS t (%s) SELECT %s FROM %s ON CONFLICT (%s) DO UPDATE SET %s WHERE (%s) IS DISTINCT FROM (%s)"
            .formatted(
                name,
                Sql.names(all),
                Sql.names(all),
                draft(table),
                String.join(", ", keyTerms(table, "")),
                values.stream()
                    .map(column -> Sql.name(column) + " = excluded." + Sql.name(column))
                    .collect(joining(", ")),
                values.stream().map(column -> "t." + Sql.name(column)).collect(joining(", ")),
                values.stream()
                    .map(column -> "excluded." + Sql.name(column))
                    .collect(joining(", "))));
  }

  private void finish(Table<?> table) throws SQLException {
    String name = name(table.name());
    if (there.hasRelation(table.name())) {
      for (TableColumn column : table.columns()) {
        PostgresSchema.Column found = there.columns(table).get(column.name());
        if (!column.nullable() && (found == null || !found.notNull())) {
          sql.execute(
              "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL"
                  .formatted(name, Sql.name(column.name())));
        }
      }
    }
    for (Index index : INDEXES) {
      if (index.table().equals(table) && !there.hasRelation(index.name())) {
        sql.execute(
            "CREATE INDEX %s ON %s (%s)"
                .formatted(Sql.name(index.name()), name, Sql.names(index.columns())));
      }
    }
    sql.execute("ANALYZE " + name);
    try (PreparedStatement mark =
        connection.prepareStatement(
            "INSERT INTO %s VALUES (?, ?, now(), ?) ON CONFLICT (table_name) DO UPDATE SET format = excluded.format, published_at = excluded.published_at, published_rows = excluded.published_rows"
                .formatted(name(PostgresSchema.LIST)))) {
      mark.setString(1, table.name());
      mark.setInt(2, PostgresSchema.FORMAT);
      mark.setLong(3, loaded.get(table));
      mark.executeUpdate();
    }
  }

  /** Closes the connection. The database undoes everything that was not committed. */
  @Override
  public void close() throws SQLException {
    try (connection) {
      if (!connection.isClosed()) {
        // Otherwise the server ends the transaction, and with it the lock, some time later.
        connection.rollback();
      }
    }
  }

  private String name(String table) {
    return there.name(table);
  }

  /** Returns the name of the temporary table that {@code table} is loaded into. */
  private static String draft(Table<?> table) {
    return "pg_temp." + Sql.name(table.name());
  }

  /**
   * Returns the key for a unique index. Nulls are replaced, because an index treats them as
   * different.
   */
  private static List<String> keyTerms(Table<?> table, String prefix) {
    List<String> terms = new ArrayList<>();
    for (String column : table.key()) {
      TableColumn field = table.columns().get(table.columnNames().indexOf(column));
      String name = prefix + Sql.name(column);
      terms.add(field.nullable() ? "(coalesce(%s, %s))".formatted(name, none(field)) : name);
    }
    return terms;
  }

  /** Returns a value that no row has. */
  private static String none(TableColumn column) {
    if (!Sql.type(column).equals("DATE")) {
      throw new IllegalArgumentException("No key may be null but for a date: " + column.name());
    }
    return "'-infinity'::date";
  }

  private static Object value(Object value) {
    if (value instanceof String text) {
      // PostgreSQL rejects NUL and unpaired surrogates in a text, and articles may contain both.
      return new String(text.replace("\0", "").getBytes(UTF_8), UTF_8);
    }
    if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    return value;
  }
}
