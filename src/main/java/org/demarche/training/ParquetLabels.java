package org.demarche.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.demarche.pipeline.ParquetRows;

/** Reads labelled statements from Parquet files. */
final class ParquetLabels {

  private ParquetLabels() {}

  /**
   * Passes every row of {@code place}, a file or a folder, to {@code rows} as a map from field to
   * text. Nulls, lists and structs are left out.
   *
   * @throws IOException if a file is not readable as Parquet
   */
  static void read(Path place, Consumer<Map<String, String>> rows) throws IOException {
    Configuration hadoop = new Configuration();
    for (Path file : files(place)) {
      String path = new org.apache.hadoop.fs.Path(file.toUri()).toString();
      try (ParquetRows open = ParquetRows.open(path, hadoop, 0, Long.MAX_VALUE, name -> true)) {
        for (ParquetRows.Row row = open.next(); row != null; row = open.next()) {
          rows.accept(texts(row.fields()));
        }
      } catch (ParquetRows.DamagedException e) {
        throw new IOException("not readable as Parquet: " + e.getMessage(), e);
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

  private static Map<String, String> texts(Map<String, Object> fields) {
    Map<String, String> row = new HashMap<>();
    fields.forEach(
        (name, value) -> {
          if (!(value instanceof Map) && !(value instanceof List)) {
            row.put(name, value.toString());
          }
        });
    return row;
  }
}
