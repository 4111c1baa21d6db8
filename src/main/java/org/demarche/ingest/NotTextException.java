package org.demarche.ingest;

import java.io.IOException;

/** A whole file is in an encoding that is not known. */
final class NotTextException extends IOException {

  private static final long serialVersionUID = 1;

  NotTextException(String detail) {
    super(detail);
  }
}
