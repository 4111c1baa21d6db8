package org.demarche.warehouse;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** How columns are declared: a name, a type, whether it can be null, and what it means. */
final class Columns {

  private Columns() {}

  static StructType of(StructField... fields) {
    return new StructType(fields);
  }

  static StructField text(String name, String comment) {
    return field(name, DataTypes.StringType, false, comment);
  }

  static StructField optionalText(String name, String comment) {
    return field(name, DataTypes.StringType, true, comment);
  }

  static StructField count(String name, String comment) {
    return field(name, DataTypes.LongType, false, comment);
  }

  static StructField offset(String name, String comment) {
    return field(name, DataTypes.LongType, false, comment);
  }

  static StructField optionalOffset(String name, String comment) {
    return field(name, DataTypes.LongType, true, comment);
  }

  static StructField number(String name, String comment) {
    return field(name, DataTypes.DoubleType, false, comment);
  }

  static StructField optionalNumber(String name, String comment) {
    return field(name, DataTypes.DoubleType, true, comment);
  }

  static StructField flag(String name, String comment) {
    return field(name, DataTypes.BooleanType, false, comment);
  }

  static StructField optionalDate(String name, String comment) {
    return field(name, DataTypes.DateType, true, comment);
  }

  static StructField optionalTimestamp(String name, String comment) {
    return field(name, DataTypes.TimestampType, true, comment);
  }

  /** Returns the same columns, each allowed to be null. */
  static StructType nullable(StructType schema) {
    StructType nullable = new StructType();
    for (StructField field : schema.fields()) {
      nullable =
          nullable.add(new StructField(field.name(), field.dataType(), true, field.metadata()));
    }
    return nullable;
  }

  /** Returns the day of {@code instant} in UTC, or null of null. */
  static LocalDate day(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static StructField field(String name, DataType type, boolean nullable, String comment) {
    return new StructField(name, type, nullable, Metadata.empty()).withComment(comment);
  }
}
