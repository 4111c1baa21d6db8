package org.demarche.pipeline;

import java.util.Locale;

/** The stages from raw articles to scores, in the order in which they run. */
public enum Stage {
  INGEST,
  EXTRACT,
  SCORE,
  AGGREGATE;

  /** Returns the name that commands and messages use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
