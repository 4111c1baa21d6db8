package org.demarche.config;

import java.util.List;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;

/** Thrown if the configuration cannot be used; the message has one line for each fault. */
public final class ConfigurationException extends DemarcheException {

  private final transient List<String> faults;

  public ConfigurationException(List<String> faults) {
    super(
        ExitStatus.USAGE,
        faults.size() == 1
            ? "Configuration: " + faults.get(0)
            : "Configuration has %d faults:\n  %s"
                .formatted(faults.size(), String.join("\n  ", faults)),
        null);
    this.faults = List.copyOf(faults);
  }

  /** Returns the faults; each is one line with the key, the value and what is allowed. */
  public List<String> faults() {
    return faults;
  }
}
