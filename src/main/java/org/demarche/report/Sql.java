package org.demarche.report;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.demarche.table.Table;

/** SQL that DuckDB and PostgreSQL share. */
final class Sql {

  private Sql() {}

  /** Returns {@code name} as a quoted identifier: {@code window} and {@code end} are keywords. */
  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Returns {@code text} as a string literal. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Returns the statement that creates {@code table}, empty, under the name {@code as}. */
  static String create(Table table, String as) {
    List<String> columns = new ArrayList<>();
    for (StructField column : table.columns().fields()) {
      columns.add(name(column.name()) + " " + type(column));
    }
    return "CREATE TABLE %s (%s)".formatted(name(as), String.join(", ", columns));
  }

  /** Returns the statements that describe the table {@code as} and its columns. */
  static List<String> comments(Table table, String as) {
    List<String> statements = new ArrayList<>();
    statements.add("COMMENT ON TABLE %s IS %s".formatted(name(as), literal(table.about())));
    for (StructField column : table.columns().fields()) {
      if (column.getComment().isDefined()) {
        statements.add(
            "COMMENT ON COLUMN %s.%s IS %s"
                .formatted(name(as), name(column.name()), literal(column.getComment().get())));
      }
    }
    return statements;
  }

  private static String type(StructField column) {
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
