package org.demarche;

/** How a command ends. The numbers are a contract with schedulers. */
public enum ExitStatus {
  /** Everything that was asked for is done. */
  DONE(0),
  /** A failure that nobody foresaw: a fault of Demarche until shown otherwise. */
  UNEXPECTED(1),
  /** An option or the configuration cannot be used as it is. */
  USAGE(2),
  /** An input is missing, empty or damaged. */
  INPUT_MISSING(3),
  /**
   * A gate of quality failed, such as too many rejected records, or a trained model is no better
   * than chance.
   */
  QUALITY_GATE(4),
  /** A model is missing, damaged, or does not fit the scale or this version. */
  MODEL_INCOMPATIBLE(5),
  /** Something is in the way of the output, or the output cannot be written. */
  OUTPUT_CONFLICT(6);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  /** Returns the number that the process ends with. */
  public int code() {
    return code;
  }
}
