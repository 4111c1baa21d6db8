package org.demarche.model;

/**
 * A model that cannot be used here: missing, damaged, or written for other features or by another
 * format. The message says which.
 */
public final class IncompatibleModelException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Says why the model cannot be used. */
  public IncompatibleModelException(String message) {
    super(message);
  }

  /** Says why the model cannot be used, and what was found underneath. */
  public IncompatibleModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
