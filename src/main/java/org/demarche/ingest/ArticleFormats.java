package org.demarche.ingest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.demarche.ingest.ArticleFormat.Fit;

/** The formats of files of articles. A further format is one class and one line here. */
public final class ArticleFormats {

  /** The name that stands for finding the format of each file. */
  public static final String AUTO = "auto";

  static final ArticleFormat JSONL = new JsonFormat();
  static final ArticleFormat CSV = new CsvFormat();
  static final ArticleFormat PARQUET = new ParquetFormat();
  static final ArticleFormat TEXT = new TextFormat();

  /** The formats in the order in which their judgement of a file is asked for. */
  private static final List<ArticleFormat> ALL =
      List.of(
          PARQUET,
          new WarcFormat(),
          JSONL,
          new NitfFormat(),
          new NewsMlFormat(),
          new FeedFormat(),
          new HtmlFormat(),
          new XmlFormat(),
          CSV,
          TEXT);

  private ArticleFormats() {}

  /** Returns the names that an option or setting may give: {@code auto} and each format's name. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>(Set.of(AUTO));
    ALL.forEach(format -> names.add(format.names().get(0)));
    return names;
  }

  /**
   * Returns the format that an option names; empty for {@code auto}.
   *
   * @throws IllegalArgumentException if there is no such format
   */
  static Optional<ArticleFormat> named(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT);
    Optional<ArticleFormat> format = ofEnding(plain);
    if (format.isEmpty() && !plain.equals(AUTO)) {
      throw new IllegalArgumentException(
          "Unknown format '%s'; the formats are %s".formatted(name, String.join(", ", names())));
    }
    return format;
  }

  /**
   * Returns whether a file has rows that {@link RecordReader} reads, and not {@link ArticleReader}.
   * The name decides, since a large file of this kind is read in parts that are planned before any
   * file is opened.
   */
  public static boolean hasRows(String file, InputOptions options) {
    return options.declaredFormat().or(() -> ofName(file)).equals(Optional.of(PARQUET));
  }

  /**
   * Returns the format that the ending of a file's name says, with or without the ending of a
   * compression; empty if it says none.
   *
   * @param file name or path
   */
  static Optional<ArticleFormat> ofName(String file) {
    String name = Packing.nameWithout(FileNames.last(file)).toLowerCase(Locale.ROOT);
    return ofEnding(name.substring(name.lastIndexOf('.') + 1));
  }

  private static Optional<ArticleFormat> ofEnding(String ending) {
    return ALL.stream().filter(format -> format.names().contains(ending)).findFirst();
  }

  /**
   * Returns the format of a file. Where its first bytes leave a doubt, its name decides if it says
   * a format; plain text is what fits no other format.
   */
  static ArticleFormat of(Head head, String name) {
    Optional<ArticleFormat> certain = fitting(Fit.CERTAIN, head);
    return certain.or(() -> ofName(name)).or(() -> fitting(Fit.LIKELY, head)).orElse(TEXT);
  }

  private static Optional<ArticleFormat> fitting(Fit fit, Head head) {
    return ALL.stream().filter(format -> format.fit(head) == fit).findFirst();
  }
}
