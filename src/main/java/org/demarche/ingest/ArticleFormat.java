package org.demarche.ingest;

import java.io.IOException;
import java.util.List;

/**
 * A format of files of articles. Each format is one class, which {@link ArticleFormats} registers:
 * its names, how its content is recognised, and its records.
 */
interface ArticleFormat {

  /** How sure the first bytes of a file make it that the file has a format. */
  enum Fit {
    /** The bytes can be of no other format, whatever the name of the file says. */
    CERTAIN,
    /** The bytes fit, but the name of the file may say otherwise. */
    LIKELY,
    NO
  }

  /**
   * Returns the names of the format in lower case. The first is that of options and settings; all
   * of them are also endings of the names of files.
   */
  List<String> names();

  /** Judges the first bytes of a file. */
  Fit fit(Head head);

  /** Returns whether a file is one text; if not, its bytes are passed on as they are. */
  default boolean isText() {
    return true;
  }

  /** Opens the records of a file. */
  Records open(Input input) throws IOException;
}
