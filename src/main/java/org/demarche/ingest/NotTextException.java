package org.demarche.ingest;

import java.io.IOException;

/** Thrown when a whole file is in an unknown encoding. */
final class NotTextException extends IOException {

  private static final long serialVersionUID = 1;

  NotTextException(String detail) {
    super(detail);
  }
}
