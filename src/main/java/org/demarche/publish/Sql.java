package org.demarche.publish;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.TableColumn;

/** Builds the SQL that DuckDB and PostgreSQL share. */
final class Sql {

  private Sql() {}

  /** Returns {@code name} as a quoted identifier; {@code window} and {@code end} are keywords. */
  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Returns {@code names} as quoted identifiers with commas between them. */
  static String names(Collection<String> names) {
    return names.stream().map(Sql::name).collect(joining(", "));
  }

  /** Returns {@code text} as a string literal. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * Returns the column definitions of {@code table} with types, and NOT NULL for columns that
   * cannot be null.
   */
  static List<String> definitions(Table<?> table) {
    List<String> columns = new ArrayList<>();
    for (TableColumn column : table.columns()) {
      columns.add(
          name(column.name()) + " " + type(column) + (column.nullable() ? "" : " NOT NULL"));
    }
    return columns;
  }

  /** Returns the statements that describe the table {@code as}, an SQL name, and its columns. */
  static List<String> comments(Table<?> table, String as) {
    List<String> statements = new ArrayList<>();
    statements.add("COMMENT ON TABLE %s IS %s".formatted(as, literal(table.about())));
    for (TableColumn column : table.columns()) {
      statements.add(comment(column, as));
    }
    return statements;
  }

  /** Returns the statement that describes {@code column}. */
  static String comment(TableColumn column, String table) {
    return "COMMENT ON COLUMN %s.%s IS %s"
        .formatted(table, name(column.name()), literal(column.comment()));
  }

  static String type(TableColumn column) {
    return switch (column.type()) {
      case STRING -> "TEXT";
      case BIGINT -> "BIGINT";
      case DOUBLE -> "DOUBLE PRECISION";
      case BOOLEAN -> "BOOLEAN";
      case DATE -> "DATE";
      case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
    };
  }
}
