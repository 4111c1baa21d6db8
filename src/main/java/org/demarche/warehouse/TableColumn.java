package org.demarche.warehouse;

import org.apache.spark.sql.types.StructField;

/**
 * A column of a table, for rooms that know nothing of Spark.
 *
 * @param name such as {@code window_start}
 * @param type the type of its values
 * @param nullable whether a value can be null
 * @param comment what it means
 */
public record TableColumn(String name, Type type, boolean nullable, String comment) {

  /**
   * The type of the values by its name in SQL. In Java they are String, Long, Double, Boolean,
   * LocalDate and Instant, in this order.
   */
  public enum Type {
    STRING,
    BIGINT,
    DOUBLE,
    BOOLEAN,
    DATE,
    TIMESTAMP
  }

  static TableColumn of(StructField field) {
    return new TableColumn(
        field.name(),
        Type.valueOf(field.dataType().sql()),
        field.nullable(),
        field.getComment().get());
  }
}
