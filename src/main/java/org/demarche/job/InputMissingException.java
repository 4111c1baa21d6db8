package org.demarche.job;

/** What should be read is not there, or holds nothing. */
public final class InputMissingException extends RuntimeException {

  public InputMissingException(String message) {
    super(message);
  }
}
