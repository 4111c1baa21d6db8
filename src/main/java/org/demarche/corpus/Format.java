package org.demarche.corpus;

import java.util.Locale;
import java.util.Optional;

/** The formats that articles come in. */
public enum Format {
  /** One JSON object a line; also a JSON array of objects, and objects over several lines. */
  JSONL,
  /** Comma, semicolon, tab or bar separated values with a header line. */
  CSV,
  /** Parquet; its rows come in through {@link RecordReader}. */
  PARQUET,
  /** One article a file, all of it text; the id is the file's name without its ending. */
  TEXT;

  /**
   * Reads the name of a format as an option gives it.
   *
   * @return the format; empty for {@code auto}, which looks at each file
   * @throws IllegalArgumentException if there is no such format
   */
  public static Optional<Format> named(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "auto" -> Optional.empty();
      case "jsonl", "json", "ndjson" -> Optional.of(JSONL);
      case "csv", "tsv" -> Optional.of(CSV);
      case "parquet" -> Optional.of(PARQUET);
      case "text", "txt" -> Optional.of(TEXT);
      default ->
          throw new IllegalArgumentException(
              "Unknown format '%s'; the formats are auto, jsonl, csv, parquet and text"
                  .formatted(name));
    };
  }

  /**
   * Tells the format by a file's name, compression ending or not.
   *
   * @param file name or path
   * @return the format; empty if the name does not say
   */
  public static Optional<Format> ofName(String file) {
    String name = FileNames.withoutCompression(FileNames.last(file)).toLowerCase(Locale.ROOT);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "jsonl", "json", "ndjson", "jl" -> Optional.of(JSONL);
      case "csv", "tsv" -> Optional.of(CSV);
      case "parquet" -> Optional.of(PARQUET);
      case "txt", "text" -> Optional.of(TEXT);
      default -> Optional.empty();
    };
  }

  /**
   * Tells the format by a file's first bytes, decompressed.
   *
   * @param head the first bytes, some hundreds are enough
   */
  static Format ofContent(byte[] head, FieldNames names) {
    String start = Utf8.decoded(head, 0, head.length);
    if (start.startsWith("PAR1")) {
      return PARQUET;
    }
    String shown = start.stripLeading();
    if (shown.startsWith("{") || shown.startsWith("[{")) {
      return JSONL;
    }
    int lineEnd = shown.indexOf('\n');
    return lineEnd > 0 && CsvRecords.isHeader(shown.substring(0, lineEnd), names) ? CSV : TEXT;
  }
}
