package org.demarche.ingest;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The formats of files of articles. Each names its reader and its endings, so that a further format
 * is one constant here and one class that implements {@link Records}.
 */
public enum ArticleFormat {
  /** One JSON object per line; also a JSON array of objects, and objects over several lines. */
  JSONL(JsonRecords::new, "jsonl", "json", "ndjson", "jl"),
  /** Values separated by comma, semicolon, tab or bar, with a header line. */
  CSV(CsvRecords::new, "csv", "tsv"),
  /** Parquet; its rows are read with {@link RecordReader}, since a stream cannot be. */
  PARQUET(
      (in, file, names, limits) -> {
        throw new ArticleReader.ParquetException(
            "File %s is Parquet; its rows are read by RecordReader".formatted(file));
      },
      "parquet"),
  /** One article per file, as plain text; its id is the name of the file without its ending. */
  TEXT(TextRecords::new, "text", "txt");

  /** The name that stands for finding the format of each file. */
  public static final String AUTO = "auto";

  /** Opens the records of one file. */
  @FunctionalInterface
  private interface Opener {
    Records open(InputBytes in, String file, FieldNames names, Limits limits) throws IOException;
  }

  private final Opener opener;
  private final List<String> endings;

  /**
   * @param endings of the names of files; the first is also the name of the format
   */
  ArticleFormat(Opener opener, String... endings) {
    this.opener = opener;
    this.endings = List.of(endings);
  }

  /** Returns the names that an option or setting may give: {@code auto} and each format's name. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>(Set.of(AUTO));
    for (ArticleFormat format : values()) {
      names.add(format.endings.get(0));
    }
    return names;
  }

  /**
   * Returns the format that an option names; empty for {@code auto}.
   *
   * @throws IllegalArgumentException if there is no such format
   */
  public static Optional<ArticleFormat> named(String name) {
    String ending = name.strip().toLowerCase(Locale.ROOT);
    Optional<ArticleFormat> format = ofEnding(ending);
    if (format.isEmpty() && !ending.equals(AUTO)) {
      throw new IllegalArgumentException(
          "Unknown format '%s'; the formats are %s".formatted(name, String.join(", ", names())));
    }
    return format;
  }

  /**
   * Returns the format that the ending of a file's name says, with or without the ending of a
   * compression; empty if it says none.
   *
   * @param file name or path
   */
  public static Optional<ArticleFormat> ofName(String file) {
    String name = FileNames.withoutCompression(FileNames.last(file)).toLowerCase(Locale.ROOT);
    return ofEnding(name.substring(name.lastIndexOf('.') + 1));
  }

  private static Optional<ArticleFormat> ofEnding(String ending) {
    return Arrays.stream(values()).filter(format -> format.endings.contains(ending)).findFirst();
  }

  /** Opens the records of the file that {@code in} reads. */
  Records open(InputBytes in, String file, FieldNames names, Limits limits) throws IOException {
    return opener.open(in, file, names, limits);
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
