package org.demarche.stance;

import java.io.Serializable;
import java.util.List;

/**
 * An issue or entity that stances are about, defined by the user.
 *
 * @param id a short, stable id; never blank
 * @param name the name to show; never blank
 * @param aliases other names that texts use for it
 */
public record Target(String id, String name, List<String> aliases) implements Serializable {

  public Target {
    aliases = List.copyOf(aliases);
    if (id.isBlank() || name.isBlank() || aliases.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "Target needs an id, a name and no blank alias: '%s', '%s', %s"
              .formatted(id, name, aliases));
    }
  }
}
