package org.demarche.pipeline;

import java.util.List;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.warehouse.Manifest;

/** Thrown if gates of quality stop a run ({@link ExitStatus#QUALITY_GATE}). */
public final class GatesFailed extends DemarcheException {

  private static final long serialVersionUID = 1;

  private final transient List<Manifest.Gate> gates;

  GatesFailed(List<Manifest.Gate> gates, String message) {
    super(ExitStatus.QUALITY_GATE, message, null);
    this.gates = List.copyOf(gates);
  }

  /** Returns the gates that failed, with what they measured. */
  public List<Manifest.Gate> gates() {
    return gates;
  }
}
