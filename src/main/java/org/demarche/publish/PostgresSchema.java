package org.demarche.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.TableColumn;

/**
 * A snapshot of one schema of a PostgreSQL database at the start of a publish. It tells which
 * tables are there and whether Demarche may write to them.
 *
 * <p>The table {@value #LIST} of the schema lists the tables that Demarche made.
 */
final class PostgresSchema {

  static final String LIST = "_demarche";

  /** The format of the tables; Demarche does not change tables of a later format. */
  static final int FORMAT = 1;

  /** A relation that has the name of a table: a table, a view or something else. */
  private record Relation(String kind, boolean writable) {
    boolean isTable() {
      return kind.equals("r") || kind.equals("p");
    }
  }

  record Column(String type, boolean notNull, boolean hasDefault, boolean inPrimaryKey) {}

  private final Connection connection;
  private final String schema;
  private boolean exists;
  private final Map<String, Relation> relations = new HashMap<>();
  private final Map<String, Map<String, Column>> columns = new HashMap<>();
  private final Map<String, Integer> listed = new HashMap<>();

  private PostgresSchema(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /**
   * Reads the schema. A missing schema is empty.
   *
   * @throws SQLException if the database refuses, or the list of tables is not Demarche's
   */
  static PostgresSchema read(Connection connection, String schema) throws SQLException {
    PostgresSchema there = new PostgresSchema(connection, schema);
    there.readExistence();
    there.readRelations();
    there.readColumns();
    there.readList();
    return there;
  }

  /** Returns whether the schema exists. */
  boolean exists() {
    return exists;
  }

  /** Returns whether the schema has the list of tables, which the first publish creates. */
  boolean hasList() {
    return relations.containsKey(LIST);
  }

  /** Returns whether the schema has a table, a view, an index or anything else of this name. */
  boolean hasRelation(String name) {
    return relations.containsKey(name);
  }

  /**
   * Returns the columns that {@code table} has in the schema, by name; none where it is missing.
   */
  Map<String, Column> columns(Table<?> table) {
    return columns.getOrDefault(table.name(), Map.of());
  }

  /** Returns whether the database has {@code table} from an earlier publish. */
  boolean has(Table<?> table) {
    return relations.containsKey(table.name()) && isOurs(table);
  }

  private void readExistence() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT FROM pg_namespace WHERE nspname = ?")) {
      select.setString(1, schema);
      try (ResultSet row = select.executeQuery()) {
        exists = row.next();
      }
    }
  }

  private void readRelations() throws SQLException {
    String select =
        """
        SELECT c.relname, c.relkind,
          c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'SELECT')
            AND has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE')
            AND has_table_privilege(c.oid, 'DELETE')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ?
        """;
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          relations.put(row.getString(1), new Relation(row.getString(2), row.getBoolean(3)));
        }
      }
    }
  }

  private void readColumns() throws SQLException {
    String select =
        """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
          a.atthasdef OR a.attidentity <> '',
          EXISTS (SELECT FROM pg_index i
            WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey))
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
        """;
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          columns
              .computeIfAbsent(row.getString(1), table -> new LinkedHashMap<>())
              .put(
                  row.getString(2),
                  new Column(
                      row.getString(3), row.getBoolean(4), row.getBoolean(5), row.getBoolean(6)));
        }
      }
    }
  }

  private void readList() throws SQLException {
    if (!relations.containsKey(LIST)) {
      return;
    }
    if (!columns
        .getOrDefault(LIST, Map.of())
        .keySet()
        .containsAll(List.of("table_name", "format", "published_at", "published_rows"))) {
      throw foreign(LIST);
    }
    checkWritable(LIST);
    try (Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery("SELECT table_name, format FROM " + name(LIST))) {
      while (row.next()) {
        listed.put(row.getString(1), row.getInt(2));
      }
    }
  }

  /**
   * Checks that {@code table} is missing, or was made by Demarche and can be brought up to date.
   *
   * @throws SQLException if somebody else made it, the user may not write it, or it was changed too
   *     much
   */
  void check(Table<?> table) throws SQLException {
    if (!relations.containsKey(table.name())) {
      return;
    }
    Map<String, Column> there = columns(table);
    // Somebody else's table may now have the name of a dropped table of ours.
    if (!isOurs(table) || !there.keySet().containsAll(table.key())) {
      throw foreign(table.name());
    }
    checkWritable(table.name());
    if (listed.get(table.name()) > FORMAT) {
      throw new SQLException(
          "%s.%s was made by a later version of Demarche; publish with that one, or choose another schema with --schema"
              .formatted(schema, table.name()));
    }
    Map<String, Column> others = new LinkedHashMap<>(there);
    for (TableColumn column : table.columns()) {
      Column found = others.remove(column.name());
      String type = Sql.type(column).toLowerCase(Locale.ROOT);
      if (found != null && !found.type().equals(type)) {
        throw changed(
            table, "its column %s is %s, not %s".formatted(column.name(), found.type(), type));
      }
    }
    for (Map.Entry<String, Column> other : others.entrySet()) {
      if (other.getValue().notNull() && !other.getValue().hasDefault()) {
        throw changed(
            table,
            "its column %s, which Demarche does not fill, is NOT NULL and has no default"
                .formatted(other.getKey()));
      }
    }
    TreeSet<String> primaryKey = new TreeSet<>();
    there.forEach(
        (name, column) -> {
          if (column.inPrimaryKey()) {
            primaryKey.add(name);
          }
        });
    if (hasPrimaryKey(table) && !primaryKey.equals(new TreeSet<>(table.key()))) {
      throw changed(
          table,
          primaryKey.isEmpty()
              ? "it has no primary key (%s) any more".formatted(Sql.names(table.key()))
              : "its primary key is not (%s)".formatted(Sql.names(table.key())));
    }
  }

  /** Returns whether the existing relation is the table that Demarche made. */
  private boolean isOurs(Table<?> table) {
    return listed.containsKey(table.name()) && relations.get(table.name()).isTable();
  }

  private SQLException foreign(String name) {
    return new SQLException(
        "%s.%s is there and was not made by Demarche; choose another schema with --schema, or rename it"
            .formatted(schema, name));
  }

  private SQLException changed(Table<?> table, String how) {
    return new SQLException(
        "%1$s.%2$s is not as Demarche made it: %3$s; change that back, or drop the table and publish again, or choose another schema with --schema"
            .formatted(schema, table.name(), how));
  }

  private void checkWritable(String name) throws SQLException {
    if (!relations.get(name).writable()) {
      throw new SQLException(
          "the user %s may not write to %s.%s; let its owner run GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %s"
              .formatted(
                  connection.getMetaData().getUserName(),
                  schema,
                  name,
                  name(name),
                  Sql.name(connection.getMetaData().getUserName())));
    }
  }

  /** Returns the qualified SQL name of a relation. */
  String name(String relation) {
    return Sql.name(schema) + "." + Sql.name(relation);
  }

  /** Returns whether the key has no nullable column; other tables get a unique index instead. */
  static boolean hasPrimaryKey(Table<?> table) {
    return table.columns().stream()
        .noneMatch(column -> column.nullable() && table.key().contains(column.name()));
  }
}
