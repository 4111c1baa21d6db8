package org.demarche.speaker;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * The speaker of a statement, as one article shows them.
 *
 * @param kind what sort of speaker
 * @param name the fullest name in the article without titles, {@code "A; B"} for a joint subject,
 *     or the description that stands for an unnamed speaker or group; null only when {@link
 *     SpeakerKind#UNKNOWN}
 * @param role the title or function printed with the name, such as {@code Defence Minister}, or
 *     null
 * @param affiliation the organization or country of the role, or null
 * @param aliases other forms in which the article names this speaker; {@code name} is left out
 */
public record Speaker(
    SpeakerKind kind, String name, String role, String affiliation, List<String> aliases)
    implements Serializable {

  /** The speaker of a statement for which the article names nobody. */
  public static final Speaker UNKNOWN =
      new Speaker(SpeakerKind.UNKNOWN, null, null, null, List.of());

  /** Returns a speaker with a name or a description and nothing else. */
  static Speaker of(SpeakerKind kind, String name) {
    return new Speaker(kind, name, null, null, List.of());
  }

  public Speaker {
    requireNonNull(kind, "kind is null");
    aliases =
        aliases.isEmpty()
            ? List.of()
            : aliases.stream().filter(alias -> !alias.equals(name)).toList();
    if ((name == null) != (kind == SpeakerKind.UNKNOWN) || (name != null && name.isBlank())) {
      throw new IllegalArgumentException(
          "A speaker of kind %s cannot be named '%s'".formatted(kind, name));
    }
  }

  /**
   * Returns whether a speaker is known by name: a person, an organization, or several of them who
   * speak together. A crowd of officials is described, not named.
   */
  public static boolean isNamed(SpeakerKind kind, String name) {
    return switch (kind) {
      case PERSON, ORGANIZATION -> true;
      case GROUP -> name.contains(Credit.JOINT);
      case UNNAMED, UNKNOWN -> false;
    };
  }
}
