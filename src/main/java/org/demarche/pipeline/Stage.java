package org.demarche.pipeline;

import java.util.Locale;

/** The stages of the way from raw articles to scores, in their order. */
public enum Stage {
  INGEST,
  EXTRACT,
  SCORE,
  AGGREGATE;

  /** Returns the name as commands and messages have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
