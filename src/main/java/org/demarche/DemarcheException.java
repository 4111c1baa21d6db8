package org.demarche;

import static java.util.Objects.requireNonNull;

/**
 * A failure that the user can mend. Its message is written for the user: what is wrong, where, and
 * what to do. Its status tells a program, or a scheduler that sees only the exit code, which kind
 * of failure it is.
 */
public class DemarcheException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ExitStatus status;

  /**
   * @param status how a command that fails so ends
   * @param message what is wrong and what to do
   * @param cause what was found underneath, or null
   */
  protected DemarcheException(ExitStatus status, String message, Throwable cause) {
    super(message, cause);
    this.status = requireNonNull(status);
  }

  /** Returns how a command that fails so ends. */
  public final ExitStatus status() {
    return status;
  }

  /** An option or a file that the user wrote cannot be used as it is. */
  public static DemarcheException usage(String message) {
    return usage(message, null);
  }

  /** As {@link #usage(String)}, with what was found underneath. */
  public static DemarcheException usage(String message, Throwable cause) {
    return new DemarcheException(ExitStatus.USAGE, message, cause);
  }

  /** What should be read is missing, empty or damaged. */
  public static DemarcheException inputMissing(String message) {
    return inputMissing(message, null);
  }

  /** As {@link #inputMissing(String)}, with what was found underneath. */
  public static DemarcheException inputMissing(String message, Throwable cause) {
    return new DemarcheException(ExitStatus.INPUT_MISSING, message, cause);
  }

  /** So much of the input was bad, or a model so weak, that nothing was written. */
  public static DemarcheException qualityGate(String message) {
    return new DemarcheException(ExitStatus.QUALITY_GATE, message, null);
  }

  /**
   * A model cannot be used here: it is missing, damaged, or was written for other features or
   * another scale.
   */
  public static DemarcheException modelIncompatible(String message) {
    return modelIncompatible(message, null);
  }

  /** As {@link #modelIncompatible(String)}, with what was found underneath. */
  public static DemarcheException modelIncompatible(String message, Throwable cause) {
    return new DemarcheException(ExitStatus.MODEL_INCOMPATIBLE, message, cause);
  }

  /** Something is in the way of what should be written, or it cannot be written. */
  public static DemarcheException outputConflict(String message) {
    return new DemarcheException(ExitStatus.OUTPUT_CONFLICT, message, null);
  }
}
