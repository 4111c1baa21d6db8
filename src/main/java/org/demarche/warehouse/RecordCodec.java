package org.demarche.warehouse;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.ArrayEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.BinaryEncoder$;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.BoxedDoubleEncoder$;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.BoxedLongEncoder$;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.EncoderField;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.JavaEnumEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.PrimitiveBooleanEncoder$;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.PrimitiveDoubleEncoder$;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.PrimitiveIntEncoder$;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.PrimitiveLongEncoder$;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.ProductEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.StringEncoder$;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.List$;
import scala.reflect.ClassTag$;

/**
 * Reads rows as records and writes records as rows. Each component of the record is a column:
 * {@code speakerId} is the column {@code speaker_id}, its Java type gives the type of the column,
 * and {@link org.demarche.warehouse.Column} describes it. Columns are found by name, so a record
 * may have only some of the columns of a table, in any order:
 *
 * <pre>{@code
 * public record Place(String articleId, long start) {}
 *
 * Dataset<Place> places =
 *     new RecordCodec<>(Place.class).read(warehouse.read(StatementTable.TABLE));
 * }</pre>
 *
 * <p>The record must be public, because code that Spark generates calls its constructor and
 * accessors; the class around it need not be. The type of a component is {@code String}, {@code
 * LocalDate}, {@code Instant}, {@code long}, {@code Long}, {@code int}, {@code double}, {@code
 * Double}, {@code boolean}, {@code byte[]}, {@code long[]}, an enum (stored as text in lower case)
 * or another such record without enums.
 *
 * @param <R> the type of the records
 */
public final class RecordCodec<R extends Record> {

  private static final Map<Class<?>, AgnosticEncoder<?>> ENCODERS =
      Map.ofEntries(
          Map.entry(String.class, StringEncoder$.MODULE$),
          Map.entry(LocalDate.class, AgnosticEncoders.STRICT_LOCAL_DATE_ENCODER()),
          Map.entry(Instant.class, AgnosticEncoders.STRICT_INSTANT_ENCODER()),
          Map.entry(long.class, PrimitiveLongEncoder$.MODULE$),
          Map.entry(Long.class, BoxedLongEncoder$.MODULE$),
          Map.entry(int.class, PrimitiveIntEncoder$.MODULE$),
          Map.entry(double.class, PrimitiveDoubleEncoder$.MODULE$),
          Map.entry(Double.class, BoxedDoubleEncoder$.MODULE$),
          Map.entry(boolean.class, PrimitiveBooleanEncoder$.MODULE$),
          Map.entry(byte[].class, BinaryEncoder$.MODULE$),
          Map.entry(long[].class, new ArrayEncoder<>(PrimitiveLongEncoder$.MODULE$, false)));

  private final List<String> components = new ArrayList<>();
  private final ProductEncoder<R> product;
  private final ExpressionEncoder<R> encoder;
  private final StructType schema;

  /**
   * Makes a codec for records of {@code type}.
   *
   * @throws IllegalArgumentException if a component has a type that a column cannot have
   */
  public RecordCodec(Class<R> type) {
    scala.collection.immutable.List<EncoderField> fields = List$.MODULE$.empty();
    StructType columns = new StructType();
    for (RecordComponent component : type.getRecordComponents()) {
      components.add(component.getName());
      AgnosticEncoder<?> encoder = encoder(component.getType());
      fields =
          fields.$colon$colon(
              new EncoderField(
                  component.getName(),
                  encoder,
                  !component.getType().isPrimitive(),
                  Metadata.empty(),
                  Option.empty(),
                  Option.empty()));
      columns = columns.add(column(component, encoder));
    }
    // Scala's lists grow at the front.
    product = new ProductEncoder<>(ClassTag$.MODULE$.apply(type), fields.reverse(), Option.empty());
    encoder = ExpressionEncoder.apply(product);
    this.schema = columns;
  }

  private static AgnosticEncoder<?> encoder(Class<?> type) {
    if (type.isRecord()) {
      return new RecordCodec<>(type.asSubclass(Record.class)).product;
    }
    if (type.isEnum()) {
      return new JavaEnumEncoder<>(ClassTag$.MODULE$.apply(type));
    }
    AgnosticEncoder<?> encoder = ENCODERS.get(type);
    if (encoder == null) {
      throw new IllegalArgumentException("No column has the type " + type.getName());
    }
    return encoder;
  }

  private static StructField column(RecordComponent component, AgnosticEncoder<?> encoder) {
    Class<?> type = component.getType();
    org.demarche.warehouse.Column declared =
        component.getAnnotation(org.demarche.warehouse.Column.class);
    boolean isBoxed = Number.class.isAssignableFrom(type);
    // If a nested record is null, all its columns are null.
    DataType columnType =
        type.isRecord()
            ? new RecordCodec<>(type.asSubclass(Record.class)).schema.asNullable()
            : encoder.dataType();
    StructField field =
        new StructField(
            snakeCase(component.getName()),
            columnType,
            !type.isPrimitive() && (isBoxed || declared == null || declared.nullable()),
            Metadata.empty());
    return declared == null ? field : field.withComment(declared.value());
  }

  private static String snakeCase(String name) {
    StringBuilder snake = new StringBuilder();
    for (char c : name.toCharArray()) {
      snake.append(Character.isUpperCase(c) ? "_" : "").append(Character.toLowerCase(c));
    }
    return snake.toString();
  }

  /** Returns the columns in the order of the components, with their comments. */
  public StructType schema() {
    return schema;
  }

  /**
   * Returns Spark's encoder of the records. In a dataset of records the columns have the names of
   * the components; {@link #write} gives them the names of the table.
   */
  public Encoder<R> encoder() {
    return encoder;
  }

  /** Returns {@code rows}, which have at least the columns of the record, as records. */
  public Dataset<R> read(Dataset<Row> rows) {
    Column[] columns = new Column[components.size()];
    for (int i = 0; i < columns.length; i++) {
      Column column = functions.col(schema.apply(i).name());
      columns[i] =
          (isEnum(i)
                  ? functions.upper(column)
                  : named(column, product.schema().apply(i).dataType()))
              .as(components.get(i));
    }
    return rows.select(columns).as(encoder);
  }

  /** Returns {@code records} as rows. */
  public Dataset<Row> write(Dataset<R> records) {
    Column[] columns = new Column[components.size()];
    for (int i = 0; i < columns.length; i++) {
      StructField field = schema.apply(i);
      Column column = functions.col(components.get(i));
      columns[i] =
          (isEnum(i) ? functions.lower(column) : named(column, field.dataType())).as(field.name());
    }
    return records.select(columns);
  }

  private boolean isEnum(int component) {
    return product.fields().apply(component).enc() instanceof JavaEnumEncoder;
  }

  /** Renames the columns of a nested record to the names that they have in {@code type}. */
  private static Column named(Column column, DataType type) {
    return type instanceof StructType columns ? column.cast(columns.asNullable()) : column;
  }

  /** Returns {@code records} as rows. */
  public Dataset<Row> write(SparkSession spark, List<R> records) {
    return write(spark.createDataset(records, encoder));
  }

  /**
   * Returns the columns of the record from {@code rows}, in order and with their comments. Reading
   * the result throws if it has null in a column that cannot be null; the message names the column.
   *
   * @param folders names of further columns of {@code rows}, which come last
   */
  Dataset<Row> complete(Dataset<Row> rows, List<String> folders) {
    Column[] columns = new Column[components.size() + folders.size()];
    for (int i = 0; i < components.size(); i++) {
      StructField field = schema.apply(i);
      Column column = functions.col(field.name());
      // After a join, Spark takes every column for nullable.
      columns[i] =
          (field.nullable() ? column : SparkApi.notNull(column, field.name()))
              .as(field.name(), field.metadata());
    }
    for (int i = 0; i < folders.size(); i++) {
      String folder = folders.get(i);
      columns[components.size() + i] = SparkApi.notNull(functions.col(folder), folder).as(folder);
    }
    return rows.select(columns);
  }
}
