package org.demarche.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The records of one open file. There is one implementation for each format. */
interface Records extends Closeable {

  /**
   * Returns the outcome of the next record; empty at the end of the file.
   *
   * @throws IOException if the rest of the file cannot be read; earlier outcomes stay valid
   */
  Optional<Outcome> next() throws IOException;

  /** Returns the number of the record that {@link #next} read last or failed at, from 0. */
  long number();
}
