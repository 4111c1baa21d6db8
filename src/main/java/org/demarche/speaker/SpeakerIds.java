package org.demarche.speaker;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.demarche.text.Sha256;

/**
 * One identity for a speaker across articles: a hash of what the speaker is, so that every cluster
 * and every number of partitions gives the same id.
 *
 * <p>Named speakers share an id when kind and folded name agree. Somebody without a name, and a
 * group known by a description, is somebody else in every article: two articles with {@code a
 * spokesman} have two spokesmen.
 */
public final class SpeakerIds implements Serializable {

  /** Bytes of the digest kept: 64 bits make a collision unlikely below 10⁸ speakers. */
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
   * @param story the article that shows the speaker, or what stands for it and its reprints
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

  /** Those who speak together are the same group in whatever order they are named. */
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
