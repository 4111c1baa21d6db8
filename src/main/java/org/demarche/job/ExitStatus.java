package org.demarche.job;

import org.demarche.config.ConfigurationException;
import org.demarche.corpus.LabelledStatementException;
import org.demarche.model.IncompatibleModelException;
import org.demarche.table.DamagedTableException;
import org.demarche.table.WarehouseBusyException;

/** How a command ends. The numbers are a contract with schedulers. */
public enum ExitStatus {
  DONE(0),
  UNEXPECTED(1),
  USAGE(2),
  INPUT_MISSING(3),
  QUALITY_GATE(4),
  MODEL_INCOMPATIBLE(5),
  OUTPUT_CONFLICT(6);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  /** Returns the number that the process ends with. */
  public int code() {
    return code;
  }

  /** Returns the status that {@code failure} ends a command with. */
  public static ExitStatus of(Throwable failure) {
    if (failure instanceof ConfigurationException) {
      return USAGE;
    } else if (failure instanceof LabelledStatementException labels) {
      return labels.isMissing() ? INPUT_MISSING : USAGE;
    } else if (failure instanceof InputMissingException
        || failure instanceof DamagedTableException) {
      return INPUT_MISSING;
    } else if (failure instanceof QualityGateException) {
      return QUALITY_GATE;
    } else if (failure instanceof IncompatibleModelException) {
      return MODEL_INCOMPATIBLE;
    } else if (failure instanceof OutputConflictException
        || failure instanceof WarehouseBusyException) {
      return OUTPUT_CONFLICT;
    }
    return UNEXPECTED;
  }
}
