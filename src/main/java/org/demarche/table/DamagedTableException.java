package org.demarche.table;

/**
 * Files of a table that its runs wrote are empty or gone. The message says which and what to do.
 */
public final class DamagedTableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DamagedTableException(String message) {
    super(message);
  }
}
