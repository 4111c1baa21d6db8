package org.demarche.ingest;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The formats of files of articles, and how a file's format is recognised. */
public enum ArticleFormat {
  /** One JSON object per line; also a JSON array of objects, and objects over several lines. */
  JSONL,
  /** Values separated by comma, semicolon, tab or bar, with a header line. */
  CSV,
  /** Parquet; its rows are read with {@link RecordReader}. */
  PARQUET,
  /** One article per file, as plain text; its id is the name of the file without its ending. */
  TEXT;

  /**
   * Returns the format that an option names; empty for {@code auto}.
   *
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
   * Returns the format that the ending of a file's name says, with or without the ending of a
   * compression; empty if it says none.
   *
   * @param file name or path
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

  /** Returns the format that the first bytes of a file show, after decompression. */
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
   * Returns whether a file named as text is a table as spreadsheets save it: separated by tabs,
   * with a header that names the text and another field of an article.
   */
  static boolean isTabbedTable(byte[] head, FieldNames names) {
    if (CsvDialect.of(head).delimiter() != '\t') {
      return false;
    }
    Set<Field> fields = fields(head, names);
    return fields.contains(Field.TEXT) && fields.size() > 1;
  }

  /** Returns the fields that the first row names; none if it has only one column. */
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
