package org.demarche.speaker;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * An entry of the {@link SpeakerDirectory}, which the user wrote.
 *
 * @param id the id of the speaker in every table; never blank
 * @param name the name to print; never blank
 * @param kind person, organization or group
 * @param aliases other names of this speaker; {@code name} need not be among them
 * @param role title or function, or null
 * @param affiliation the organization to which the role belongs, or null
 * @param country the country for which the speaker speaks, or null
 * @param wikidataId identifier in Wikidata such as {@code Q42}, or null
 */
public record KnownSpeaker(
    String id,
    String name,
    SpeakerKind kind,
    List<String> aliases,
    String role,
    String affiliation,
    String country,
    String wikidataId)
    implements Serializable {

  public KnownSpeaker {
    requireNonNull(kind, "kind is null");
    aliases = List.copyOf(aliases);
    if (id.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException(
          "A known speaker needs an id and a name, but has '%s' and '%s'".formatted(id, name));
    }
    if (kind == SpeakerKind.UNNAMED || kind == SpeakerKind.UNKNOWN) {
      throw new IllegalArgumentException("Known speaker %s cannot be %s".formatted(id, kind));
    }
  }
}
