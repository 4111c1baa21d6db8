package org.demarche.job;

/** So much of the input was bad that nothing was written. */
public final class QualityGateException extends RuntimeException {

  public QualityGateException(String message) {
    super(message);
  }
}
