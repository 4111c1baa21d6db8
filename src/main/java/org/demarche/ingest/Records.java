package org.demarche.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The records of one open file, in one format. A new format is another one of these. */
interface Records extends Closeable {

  /**
   * Returns what came of the next record; empty at the end of the file.
   *
   * @throws IOException if the file cannot be read on; what came before stays good
   */
  Optional<Outcome> next() throws IOException;

  /** Returns the number of the record that {@link #next} read last or failed at, from 1. */
  long number();
}
