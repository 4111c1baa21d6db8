package org.demarche.stance;

import java.io.Serializable;
import java.util.List;

/**
 * What a stance is about: an issue or an entity, defined by the user.
 *
 * @param id short and stable; never blank
 * @param name for people to read; never blank
 * @param aliases the forms in which texts mention it; {@code name} counts as one of them
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
