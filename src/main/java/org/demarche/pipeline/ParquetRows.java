package org.demarche.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.demarche.files.OutputFile;

/**
 * Reads the rows of one Parquet file by Parquet's own library, without a Spark session. It reads
 * only the wanted columns, and goes on after a damaged row group.
 */
public final class ParquetRows implements Closeable {

  private static final int JULIAN_DAY_OF_EPOCH = 2_440_588;

  /** Thrown if a part of a file cannot be read because its content is damaged. */
  public static final class DamagedException extends Exception {

    private static final long serialVersionUID = 1;

    private DamagedException(String message) {
      super(message);
    }

    static DamagedException of(Throwable fault) {
      if (fault instanceof DamagedException damage) {
        return damage;
      } else if (fault instanceof StackOverflowError) {
        return new DamagedException("its columns are nested too deep");
      }
      Throwable root = ExceptionUtils.getRootCause(fault);
      String message = root.getMessage();
      if (message == null || message.isBlank()) {
        return new DamagedException(root.getClass().getSimpleName());
      }
      return new DamagedException(
          message.contains("is not a Parquet file")
              ? "it is cut short, still being written, or not Parquet"
              : OutputFile.firstLine(message));
    }
  }

  /** One row: its number in the file, from 0, and its values by field. */
  public record Row(long number, Map<String, Object> fields) {}

  private final WatchedInput input;
  private final ParquetFileReader reader;
  private final List<String> names;
  private final MessageType requested;
  private final MessageColumnIO columns;
  private final List<Integer> parts = new ArrayList<>();
  private int nextPart;
  private RecordReader<Group> rows;
  private long first;
  private long read;
  private long inPart;

  /**
   * Opens a file or a part of one. A part has the row groups whose middle byte lies in it.
   *
   * @param path the file, as a URI
   * @param from first byte of the part
   * @param to the byte after the part
   * @param wanted tells by its name whether a column is read
   * @throws DamagedException if it is not Parquet, or its compression codec is not available
   * @throws IOException if the storage cannot be read
   */
  public static ParquetRows open(
      String path, Configuration hadoop, long from, long to, Predicate<String> wanted)
      throws IOException, DamagedException {
    WatchedInput input = WatchedInput.of(path, hadoop);
    ParquetReadOptions options =
        HadoopReadOptions.builder(hadoop).usePageChecksumVerification(true).build();
    ParquetFileReader reader = null;
    try {
      reader = ParquetFileReader.open(input, options);
      ParquetRows rows = new ParquetRows(input, reader, from, to, wanted);
      rows.checkFooter(options);
      return rows;
    } catch (IOException | RuntimeException | StackOverflowError | DamagedException e) {
      if (reader != null) {
        reader.close();
      }
      throw input.damage(e);
    }
  }

  private ParquetRows(
      WatchedInput input, ParquetFileReader reader, long from, long to, Predicate<String> wanted) {
    this.input = input;
    this.reader = reader;
    MessageType schema = reader.getFileMetaData().getSchema();
    names = schema.getFields().stream().map(Type::getName).toList();
    List<Type> fields =
        schema.getFields().stream().filter(field -> wanted.test(field.getName())).toList();
    // Parquet returns no rows if no column is requested, so at least one column is read.
    requested =
        new MessageType(
            schema.getName(), fields.isEmpty() ? schema.getFields().subList(0, 1) : fields);
    columns = new ColumnIOFactory().getColumnIO(requested, schema);
    reader.setRequestedSchema(requested);
    List<BlockMetaData> groups = reader.getRowGroups();
    for (int i = 0; i < groups.size(); i++) {
      BlockMetaData group = groups.get(i);
      long middle = group.getStartingPos() + group.getCompressedSize() / 2;
      if (middle >= from && middle < to) {
        parts.add(i);
      }
    }
  }

  /** Returns how many rows the whole file has. */
  long total() {
    return reader.getRecordCount();
  }

  /** Returns what the writer of the file noted in its footer under {@code key}, or null. */
  String note(String key) {
    return reader.getFileMetaData().getKeyValueMetaData().get(key);
  }

  /** Checks that the footer is consistent, since Parquet would silently skip rows otherwise. */
  private void checkFooter(ParquetReadOptions options) throws IOException, DamagedException {
    Set<CompressionCodecName> codecs = new TreeSet<>();
    for (BlockMetaData group : reader.getRowGroups()) {
      for (ColumnChunkMetaData column : group.getColumns()) {
        if (requested.containsPath(column.getPath().toArray())) {
          codecs.add(column.getCodec());
          checkColumn(column, group.getRowCount());
        }
      }
    }
    checkCodecs(codecs, options);
  }

  private void checkColumn(ColumnChunkMetaData column, long rows)
      throws IOException, DamagedException {
    boolean flat = requested.getMaxRepetitionLevel(column.getPath().toArray()) == 0;
    long values = column.getValueCount();
    if (rows < 0 || (flat ? values != rows : values < rows)) {
      throw new DamagedException("its footer says %,d rows but %,d values".formatted(rows, values));
    }
    long start = column.getStartingPos();
    if (start < 0
        || column.getTotalSize() < 0
        || start > input.getLength() - column.getTotalSize()) {
      throw new DamagedException("its footer refers to bytes beyond its end");
    }
  }

  /** Tries each codec, because only this shows whether the class path has it. */
  private static void checkCodecs(Set<CompressionCodecName> codecs, ParquetReadOptions options)
      throws DamagedException {
    for (CompressionCodecName codec : codecs) {
      try {
        options.getCodecFactory().getDecompressor(codec);
      } catch (RuntimeException | LinkageError e) {
        throw new DamagedException(
            "it is compressed with %s, which is not available here: write it with zstd, snappy or gzip"
                .formatted(codec.name().toLowerCase(Locale.ROOT)));
      }
    }
  }

  /** Returns the names of all columns of the file. */
  List<String> names() {
    return names;
  }

  /**
   * Returns the next row; null at the end.
   *
   * @throws DamagedException if the rows from {@link #number} to the end of their row group cannot
   *     be read; the next call goes on after them
   * @throws IOException if the storage cannot be read
   */
  public Row next() throws IOException, DamagedException {
    try {
      while (rows == null || read == inPart) {
        if (nextPart == parts.size()) {
          return null;
        }
        rows = null;
        int part = parts.get(nextPart++);
        first = Math.max(0, reader.getRowGroups().get(part).getRowIndexOffset());
        inPart = reader.getRowGroups().get(part).getRowCount();
        read = 0;
        PageReadStore pages = reader.readRowGroup(part);
        rows = columns.getRecordReader(pages, new GroupRecordConverter(requested));
      }
      Group group = rows.read();
      Map<String, Object> fields = map(group);
      read++;
      return new Row(first + read - 1, fields);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      long lost = inPart - read;
      DamagedException damage = input.damage(e);
      rows = null;
      throw lost == 1
          ? damage
          : new DamagedException(
              "rows %,d to %,d: %s".formatted(number(), first + inPart - 1, damage.getMessage()));
    }
  }

  /** Returns the number of the row that {@link #next} failed at, from 0. */
  long number() {
    return first + read;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static Map<String, Object> map(Group group) {
    Map<String, Object> map = new LinkedHashMap<>();
    GroupType type = group.getType();
    for (int i = 0; i < type.getFieldCount(); i++) {
      Object value = field(group, i);
      if (value != null) {
        map.put(type.getFieldName(i), value);
      }
    }
    return map;
  }

  private static Object field(Group group, int i) {
    int count = group.getFieldRepetitionCount(i);
    if (group.getType().getType(i).isRepetition(Type.Repetition.REPEATED)) {
      List<Object> list = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        list.add(value(group, i, k));
      }
      return list;
    }
    return count == 0 ? null : value(group, i, 0);
  }

  private static Object value(Group group, int i, int k) {
    Type type = group.getType().getType(i);
    if (type.isPrimitive()) {
      return primitive(group, i, k, type.asPrimitiveType());
    }
    Group inner = group.getGroup(i, k);
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    boolean wraps =
        inner.getType().getFieldCount() == 1
            && inner.getType().getType(0).isRepetition(Type.Repetition.REPEATED);
    if (wraps && meaning instanceof ListLogicalTypeAnnotation) {
      return list(inner, type.getName());
    } else if (wraps && meaning instanceof MapLogicalTypeAnnotation) {
      return entries(inner);
    }
    return map(inner);
  }

  /** Returns the elements of a list, which has three levels, or two in old files. */
  private static List<Object> list(Group wrapper, String name) {
    Type repeated = wrapper.getType().getType(0);
    boolean two =
        repeated.isPrimitive()
            || repeated.asGroupType().getFieldCount() != 1
            || repeated.getName().equals("array")
            || repeated.getName().equals(name + "_tuple");
    List<Object> list = new ArrayList<>();
    for (int k = 0; k < wrapper.getFieldRepetitionCount(0); k++) {
      list.add(two ? value(wrapper, 0, k) : field(wrapper.getGroup(0, k), 0));
    }
    return list;
  }

  private static Map<String, Object> entries(Group wrapper) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int k = 0; k < wrapper.getFieldRepetitionCount(0); k++) {
      Group entry = wrapper.getGroup(0, k);
      if (entry.getType().getFieldCount() == 2) {
        map.put(String.valueOf(field(entry, 0)), field(entry, 1));
      }
    }
    return map;
  }

  private static Object primitive(Group group, int i, int k, PrimitiveType type) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> group.getBoolean(i, k);
      case FLOAT -> group.getFloat(i, k);
      case DOUBLE -> group.getDouble(i, k);
      case INT32 -> whole(group.getInteger(i, k), 32, meaning);
      case INT64 -> whole(group.getLong(i, k), 64, meaning);
      case INT96 -> nanoTime(NanoTime.fromBinary(group.getInt96(i, k)));
      case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(group.getBinary(i, k), meaning);
    };
  }

  private static Object whole(long value, int bits, LogicalTypeAnnotation meaning) {
    if (meaning instanceof TimestampLogicalTypeAnnotation timestamp) {
      Instant at = Instant.EPOCH.plus(value, unit(timestamp.getUnit()));
      // A timestamp without a zone is a local time.
      return timestamp.isAdjustedToUTC() ? at : LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    } else if (meaning instanceof DateLogicalTypeAnnotation) {
      return LocalDate.ofEpochDay(value);
    } else if (meaning instanceof TimeLogicalTypeAnnotation time) {
      return LocalTime.MIDNIGHT.plus(value, unit(time.getUnit()));
    } else if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return BigDecimal.valueOf(value, decimal.getScale());
    } else if (meaning instanceof IntLogicalTypeAnnotation whole && !whole.isSigned()) {
      return bits == 32
          ? (Object) Integer.toUnsignedLong((int) value)
          : new BigInteger(Long.toUnsignedString(value));
    }
    return value;
  }

  private static ChronoUnit unit(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> ChronoUnit.MILLIS;
      case MICROS -> ChronoUnit.MICROS;
      case NANOS -> ChronoUnit.NANOS;
    };
  }

  private static Instant nanoTime(NanoTime time) {
    return Instant.EPOCH
        .plus((long) time.getJulianDay() - JULIAN_DAY_OF_EPOCH, ChronoUnit.DAYS)
        .plusNanos(time.getTimeOfDayNanos());
  }

  private static Object bytes(Binary value, LogicalTypeAnnotation meaning) {
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return new BigDecimal(new BigInteger(value.getBytes()), decimal.getScale());
    } else if (meaning instanceof UUIDLogicalTypeAnnotation) {
      java.nio.ByteBuffer halves = value.toByteBuffer();
      return new UUID(halves.getLong(), halves.getLong());
    }
    // Hive and Impala write text without an annotation.
    return new String(value.getBytes(), UTF_8);
  }
}
