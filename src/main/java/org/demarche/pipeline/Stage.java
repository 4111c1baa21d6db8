package org.demarche.pipeline;

import java.util.List;
import java.util.Locale;

/** The stages of a run, in the order in which they run. */
public enum Stage {
  /** Takes articles out of the warehouse. */
  REMOVE,
  INGEST,
  EXTRACT,
  SCORE,
  AGGREGATE,
  /** Puts the files of all batches together. */
  COMPACT;

  /** The stages from raw articles to the scores of speakers. */
  public static final List<Stage> ALL = List.of(INGEST, EXTRACT, SCORE, AGGREGATE);

  /** Returns the name that commands and messages use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
