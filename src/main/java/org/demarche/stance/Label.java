package org.demarche.stance;

import java.io.Serializable;

/**
 * One label of a {@link Scale}.
 *
 * @param name the name in labelled files, case-sensitive; never blank
 * @param value its position on the scale, a finite number without unit
 */
public record Label(String name, double value) implements Serializable {

  public Label {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A label has no name");
    }
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "Value of label '%s' must be finite, but was %s".formatted(name, value));
    }
  }
}
