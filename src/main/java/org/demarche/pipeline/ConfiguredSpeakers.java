package org.demarche.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.speaker.KnownSpeaker;
import org.demarche.speaker.Speaker;
import org.demarche.speaker.SpeakerDirectory;
import org.demarche.speaker.SpeakerIds;
import org.demarche.speaker.SpeakerKind;

/** Builds the speaker directory from the settings. */
final class ConfiguredSpeakers {

  private ConfiguredSpeakers() {}

  /**
   * Returns the directory of {@code settings.people()}.
   *
   * @throws ConfigurationException if two entries contradict each other
   */
  static SpeakerDirectory directory(Settings settings) {
    List<KnownSpeaker> known = new ArrayList<>();
    SpeakerIds ids = new SpeakerIds(SpeakerDirectory.EMPTY);
    for (Settings.Person person : settings.people()) {
      SpeakerKind kind = SpeakerKind.valueOf(person.kind().toUpperCase(Locale.ROOT));
      // An entry without an id gets the id that its name has without a directory.
      String id =
          person.id() != null
              ? person.id()
              : ids.id(
                  new Speaker(kind, person.name(), null, null, List.of()), "speaker directory");
      known.add(
          new KnownSpeaker(
              id,
              person.name(),
              kind,
              person.aliases(),
              person.role(),
              person.affiliation(),
              person.country(),
              person.wikidata()));
    }
    try {
      return new SpeakerDirectory(known);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(List.of("'speakers': " + e.getMessage()));
    }
  }
}
