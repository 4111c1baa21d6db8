package org.demarche.speaker;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.demarche.text.Sha256;

/**
 * Gives the same id to a speaker in every article and every run.
 *
 * <p>Named speakers share an id if kind and folded name agree. A speaker without a name, and a
 * group with a description only, gets another id in every article: two articles with {@code a
 * spokesman} have two spokesmen.
 */
public final class SpeakerIds implements Serializable {

  /** The bytes kept of a digest: with 64 bits a collision is unlikely below 10⁸ speakers. */
  private static final int BYTES = 8;

  private final SpeakerDirectory directory;

  public SpeakerIds(SpeakerDirectory directory) {
    this.directory = requireNonNull(directory, "directory is null");
  }

  /**
   * Returns the id of {@code speaker}: the id of its directory entry where it has one, else 16
   * hexadecimal digits; null for a speaker of kind {@link SpeakerKind#UNKNOWN}, who has no
   * identity.
   *
   * @param story the id of the article, or one that it shares with its reprints
   */
  public String id(Speaker speaker, String story) {
    if (speaker.kind() == SpeakerKind.UNKNOWN) {
      return null;
    }
    return directory
        .find(speaker)
        .map(KnownSpeaker::id)
        .orElseGet(() -> Sha256.hex(identity(speaker, story), BYTES));
  }

  private String identity(Speaker speaker, String story) {
    String kind = speaker.kind().name();
    return switch (speaker.kind()) {
      case PERSON, ORGANIZATION -> kind + "\n" + key(speaker.name());
      case GROUP ->
          speaker.name().contains(Credit.JOINT)
              ? kind + "\n" + jointKey(speaker.name())
              : kind + "\n" + story + "\n" + key(speaker.name());
      case UNNAMED -> kind + "\n" + story + "\n" + key(speaker.name());
      case UNKNOWN -> throw new IllegalStateException("An unknown speaker has no identity");
    };
  }

  /** Returns the same key for a group in whatever order its members are named. */
  private String jointKey(String name) {
    return Arrays.stream(name.split(Credit.JOINT))
        .map(member -> directory.find(member).map(KnownSpeaker::id).orElseGet(() -> key(member)))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static String key(String name) {
    return Name.read(name).map(Name::key).orElse(name);
  }
}
