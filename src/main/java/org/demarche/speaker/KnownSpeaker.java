package org.demarche.speaker;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * A speaker whom the user knows: an entry of the {@link SpeakerDirectory}.
 *
 * @param id the speaker's identity in every table; never blank
 * @param name the name to print; never blank
 * @param kind person, organization or group
 * @param aliases other forms that mean this speaker; {@code name} need not be among them
 * @param role title or function, or null
 * @param affiliation body the role belongs to, or null
 * @param country country the speaker speaks for, or null
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
