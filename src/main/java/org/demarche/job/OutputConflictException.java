package org.demarche.job;

/** What should be written is in the way of something that is there. */
public final class OutputConflictException extends RuntimeException {

  public OutputConflictException(String message) {
    super(message);
  }
}
