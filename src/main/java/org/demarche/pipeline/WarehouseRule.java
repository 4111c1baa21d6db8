package org.demarche.pipeline;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.demarche.warehouse.Table;

/**
 * Something that holds in every whole warehouse.
 *
 * @param name the tables that it is about, and what holds
 * @param sql a query of the rows that break it: the column {@code fault} says how, the other
 *     columns where. Tables are in braces, such as <code>{articles}</code>; each has the column
 *     {@code file} too
 */
record WarehouseRule(String name, String sql) {

  private static final Pattern TABLE = Pattern.compile("\\{(\\w+)}");

  /**
   * A condition that no row may fulfil; {@code fault} is an SQL expression that says what it is.
   */
  record Wrong(String condition, String fault) {}

  /** Returns the tables that the query reads. */
  Set<String> tables() {
    return TABLE
        .matcher(sql)
        .results()
        .map(found -> found.group(1))
        .collect(toCollection(TreeSet::new));
  }

  /** Returns the query as Spark takes it. */
  String query() {
    return TABLE.matcher(sql).replaceAll("`$1`");
  }

  /** No two rows of {@code table} have the same key. */
  static WarehouseRule keys(Table<?> table) {
    String key = String.join(", ", table.key());
    return new WarehouseRule(
        table.name() + ": keys",
        """
        SELECT concat(count(*), ' rows with one key') AS fault, %s,
          min(file) AS file, nullif(max(file), min(file)) AS other_file
        FROM {%s} GROUP BY %s HAVING count(*) > 1"""
            .formatted(key, table.name(), key));
  }

  /** No row of {@code table} is wrong, nor has null in a column that cannot be null. */
  static WarehouseRule values(Table<?> table, Wrong... wrong) {
    Stream<String> nulls =
        Arrays.stream(table.schema().fields())
            .filter(column -> !column.nullable())
            .map(column -> "WHEN `%1$s` IS NULL THEN '%1$s is null'".formatted(column.name()));
    Stream<String> others =
        Arrays.stream(wrong).map(each -> "WHEN %s THEN %s".formatted(each.condition, each.fault));
    return new WarehouseRule(
        table.name() + ": values",
        """
        SELECT * FROM (SELECT CASE %s END AS fault, %s, file FROM {%s}) WHERE fault IS NOT NULL"""
            .formatted(
                Stream.concat(nulls, others).collect(joining(" ")),
                String.join(", ", table.key()),
                table.name()));
  }

  /** Every value of {@code column} in {@code table} is in {@code other}; null is allowed. */
  static WarehouseRule refers(Table<?> table, String column, String other) {
    List<String> place = table.key().stream().filter(each -> !each.equals(column)).toList();
    return new WarehouseRule(
        "%s: %s in %s".formatted(table.name(), column, other),
        """
        SELECT 'not in %3$s' AS fault, %2$s, %4$s, file
        FROM {%1$s} LEFT ANTI JOIN (SELECT %2$s AS there FROM {%3$s}) ON %2$s = there
        WHERE %2$s IS NOT NULL"""
            .formatted(table.name(), column, other, String.join(", ", place)));
  }
}
