package org.demarche.ingest;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The formats that articles come in. */
public enum ArticleFormat {
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
  public static Optional<ArticleFormat> named(String name) {
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
  public static Optional<ArticleFormat> ofName(String file) {
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
  static ArticleFormat ofContent(byte[] head, FieldNames names) {
    String start = Utf8.decoded(head, 0, head.length);
    if (start.startsWith("PAR1")) {
      return PARQUET;
    }
    String shown = start.stripLeading();
    if (shown.startsWith("{") || shown.startsWith("[{")) {
      return JSONL;
    }
    return fields(head, names).contains(Field.TEXT) ? CSV : TEXT;
  }

  /**
   * Returns whether a file that is called a text is a table, as spreadsheets save "text": parted by
   * tabs, with a header that names the text and another field of an article.
   */
  static boolean isTabbedTable(byte[] head, FieldNames names) {
    if (CsvDialect.of(head).delimiter() != '\t') {
      return false;
    }
    Set<Field> fields = fields(head, names);
    return fields.contains(Field.TEXT) && fields.size() > 1;
  }

  /** Returns the fields that the first row names; none where it has one column only. */
  private static Set<Field> fields(byte[] head, FieldNames names) {
    List<String> columns = CsvRows.header(head);
    Set<Field> fields = EnumSet.noneOf(Field.class);
    if (columns.size() > 1) {
      FieldTree tree = FieldTree.of(names);
      for (String column : columns) {
        FieldTree place = column == null ? null : tree.atPath(column);
        if (place != null) {
          place.slots().forEach(slot -> fields.add(slot.field()));
        }
      }
    }
    return fields;
  }
}
