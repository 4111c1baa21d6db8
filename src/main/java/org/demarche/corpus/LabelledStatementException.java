package org.demarche.corpus;

/**
 * A file of labelled statements that cannot be used. The message names the file, the line, the
 * value found and what is allowed. Unlike articles, labelled statements are curated: a fault in
 * them is for their author to mend, not to be stepped over.
 */
public final class LabelledStatementException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean missing;

  private LabelledStatementException(String message, boolean missing, Throwable cause) {
    super(message, cause);
    this.missing = missing;
  }

  static LabelledStatementException missing(String message) {
    return new LabelledStatementException(message, true, null);
  }

  static LabelledStatementException faulty(String message, Throwable cause) {
    return new LabelledStatementException(message, false, cause);
  }

  /** Returns whether the input is missing or empty, rather than wrong. */
  public boolean isMissing() {
    return missing;
  }
}
