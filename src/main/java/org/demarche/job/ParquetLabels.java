package org.demarche.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/**
 * Rows of Parquet files without a Spark session, which a training on a few rows need not wait for.
 */
final class ParquetLabels {

  private ParquetLabels() {}

  /**
   * Hands every row of {@code place}, a file or a folder of them, to {@code rows}: field to value
   * as text, without those that are null, lists or structs.
   *
   * @throws IOException if a file is not readable as Parquet
   */
  static void read(Path place, Consumer<Map<String, String>> rows) throws IOException {
    for (Path file : files(place)) {
      try (ParquetReader<Group> reader = open(file)) {
        for (Group group = next(reader); group != null; group = next(reader)) {
          rows.accept(row(group));
        }
      }
    }
  }

  private static List<Path> files(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet") && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  private static ParquetReader<Group> open(Path file) throws IOException {
    return ParquetReader.builder(
            new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
        .build();
  }

  /** Parquet says that a file is none by all sorts of unchecked exceptions. */
  private static Group next(ParquetReader<Group> reader) throws IOException {
    try {
      return reader.read();
    } catch (RuntimeException e) {
      throw new IOException("not readable as Parquet", e);
    }
  }

  private static Map<String, String> row(Group group) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < group.getType().getFieldCount(); i++) {
      if (group.getType().getType(i).isPrimitive() && group.getFieldRepetitionCount(i) > 0) {
        row.put(group.getType().getFieldName(i), group.getValueToString(i, 0));
      }
    }
    return row;
  }
}
