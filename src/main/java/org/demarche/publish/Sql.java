package org.demarche.publish;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.demarche.warehouse.Table;

/** SQL that DuckDB and PostgreSQL share. */
final class Sql {

  private Sql() {}

  /** Returns {@code name} as a quoted identifier: {@code window} and {@code end} are keywords. */
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
   * Returns the columns of {@code table} as they stand in its definition, each with its type and
   * NOT NULL where it cannot be null.
   */
  static List<String> definitions(Table<?> table) {
    List<String> columns = new ArrayList<>();
    for (StructField column : table.columns().fields()) {
      columns.add(
          name(column.name()) + " " + type(column) + (column.nullable() ? "" : " NOT NULL"));
    }
    return columns;
  }

  /** Returns the statements that describe the table {@code as}, an SQL name, and its columns. */
  static List<String> comments(Table<?> table, String as) {
    List<String> statements = new ArrayList<>();
    statements.add("COMMENT ON TABLE %s IS %s".formatted(as, literal(table.about())));
    for (StructField column : table.columns().fields()) {
      if (column.getComment().isDefined()) {
        statements.add(comment(column, as));
      }
    }
    return statements;
  }

  /** Returns the statement that describes {@code column}, which has a comment. */
  static String comment(StructField column, String table) {
    return "COMMENT ON COLUMN %s.%s IS %s"
        .formatted(table, name(column.name()), literal(column.getComment().get()));
  }

  static String type(StructField column) {
    return switch (column.dataType().typeName()) {
      case "string" -> "TEXT";
      case "long" -> "BIGINT";
      case "double" -> "DOUBLE PRECISION";
      case "boolean" -> "BOOLEAN";
      case "date" -> "DATE";
      case "timestamp" -> "TIMESTAMP WITH TIME ZONE";
      default ->
          throw new IllegalArgumentException(
              "Column %s has the type %s, which no table of a warehouse has"
                  .formatted(column.name(), column.dataType().typeName()));
    };
  }
}
