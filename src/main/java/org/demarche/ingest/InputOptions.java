package org.demarche.ingest;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * How to read files of articles.
 *
 * @param format name of a format, or {@code auto} to decide by the content of each file, and by its
 *     name where the content leaves a doubt
 * @param encoding name of an encoding, or {@code auto}; a file with a byte order mark or of valid
 *     UTF-8 is read as such whatever is set here
 * @param names the names of the fields
 * @param limits protect from hostile files
 */
public record InputOptions(String format, String encoding, FieldNames names, Limits limits)
    implements Serializable {

  /** Format and encoding are found for each file. */
  public static final InputOptions DEFAULT =
      new InputOptions("auto", Encodings.AUTO, FieldNames.guesses(), Limits.DEFAULT);

  public InputOptions {
    ArticleFormats.named(format);
    Encodings.named(encoding);
  }

  /** Returns the same options for files of one format. */
  InputOptions withFormat(String other) {
    return new InputOptions(other, encoding, names, limits);
  }

  /** Returns the format of all files; empty if it is found for each file. */
  Optional<ArticleFormat> declaredFormat() {
    return ArticleFormats.named(format);
  }

  /**
   * Returns the encoding of files that do not say otherwise; empty if it is found for each file.
   */
  Optional<Charset> declaredEncoding() {
    return Encodings.named(encoding);
  }
}
