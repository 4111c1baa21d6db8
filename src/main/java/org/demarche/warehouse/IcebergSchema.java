package org.demarche.warehouse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/** How Iceberg stores a table: its columns with their comments, its key, partitions and order. */
final class IcebergSchema {

  private final Table<?> table;
  private final Schema columns;
  private int lastId;

  IcebergSchema(Table<?> table) {
    this.table = table;
    List<Types.NestedField> fields = fields(table.readSchema());
    Set<Integer> key = new HashSet<>();
    for (Types.NestedField field : fields) {
      if (table.key().contains(field.name())) {
        key.add(field.fieldId());
      }
    }
    // Iceberg's keys have no null; where ours may have, the property demarche.key tells the key.
    boolean hasKey =
        fields.stream()
            .filter(field -> table.key().contains(field.name()))
            .allMatch(Types.NestedField::isRequired);
    this.columns = hasKey ? new Schema(fields, key) : new Schema(fields);
  }

  private List<Types.NestedField> fields(StructType struct) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (StructField field : struct.fields()) {
      int id = ++lastId;
      Type type = type(field.dataType());
      String about = field.getComment().isDefined() ? field.getComment().get() : null;
      fields.add(
          field.nullable()
              ? Types.NestedField.optional(id, field.name(), type, about)
              : Types.NestedField.required(id, field.name(), type, about));
    }
    return fields;
  }

  private Type type(DataType type) {
    if (type instanceof StructType struct) {
      return Types.StructType.of(fields(struct));
    }
    if (type instanceof ArrayType array) {
      int id = ++lastId;
      Type element = type(array.elementType());
      return array.containsNull()
          ? Types.ListType.ofOptional(id, element)
          : Types.ListType.ofRequired(id, element);
    }
    if (type instanceof StringType) {
      return Types.StringType.get();
    }
    if (type instanceof LongType) {
      return Types.LongType.get();
    }
    if (type instanceof IntegerType) {
      return Types.IntegerType.get();
    }
    if (type instanceof DoubleType) {
      return Types.DoubleType.get();
    }
    if (type instanceof BooleanType) {
      return Types.BooleanType.get();
    }
    if (type instanceof DateType) {
      return Types.DateType.get();
    }
    if (type instanceof TimestampType) {
      return Types.TimestampType.withZone();
    }
    if (type instanceof BinaryType) {
      return Types.BinaryType.get();
    }
    throw new IllegalArgumentException("No table has a column of the type " + type.sql());
  }

  Schema columns() {
    return columns;
  }

  /** Returns the partitions: by batch and month, or by kind and month of the window. */
  PartitionSpec partitions() {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(columns);
    return switch (table.layout()) {
      case WHOLE -> spec.build();
      case BATCHES -> spec.identity(Table.BATCH).build();
      case BATCHES_BY_MONTH -> spec.identity(Table.BATCH).identity(Table.MONTH).build();
      case BY_WINDOW -> spec.identity("window").month("window_start").build();
    };
  }

  SortOrder order() {
    SortOrder.Builder order = SortOrder.builderFor(columns);
    table.sortedBy().forEach(order::asc);
    return order.build();
  }

  /** Adds the columns that {@code stored}, which an earlier version wrote, does not have. */
  void addMissingColumns(org.apache.iceberg.Table stored) {
    List<Types.NestedField> missing =
        columns.columns().stream()
            .filter(column -> stored.schema().findField(column.name()) == null)
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    UpdateSchema update = stored.updateSchema();
    missing.forEach(column -> update.addColumn(column.name(), column.type(), column.doc()));
    update.commit();
  }
}
