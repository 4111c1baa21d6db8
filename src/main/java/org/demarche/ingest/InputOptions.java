package org.demarche.ingest;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * How files of articles are to be read.
 *
 * @param format name of a {@link ArticleFormat}, or {@code auto} where each file's name and first
 *     bytes tell
 * @param encoding name of an encoding, or {@code auto}; what is marked or valid UTF-8 is read as
 *     that all the same
 * @param names where the fields stand
 * @param limits how much of a hostile file is put up with
 */
public record InputOptions(String format, String encoding, FieldNames names, Limits limits)
    implements Serializable {

  /** Every file tells how it is to be read. */
  public static final InputOptions DEFAULT =
      new InputOptions("auto", Encodings.AUTO, FieldNames.guesses(), Limits.DEFAULT);

  public InputOptions {
    ArticleFormat.named(format);
    Encodings.named(encoding);
  }

  /** Returns the format that all files have; empty where each tells. */
  public Optional<ArticleFormat> declaredFormat() {
    return ArticleFormat.named(format);
  }

  /** Returns the encoding that files are in which do not tell another; empty where each tells. */
  Optional<Charset> declaredEncoding() {
    return Encodings.named(encoding);
  }
}
