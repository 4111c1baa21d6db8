package org.demarche.speaker;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The speakers that the user listed, found by any of their names, so that {@code Okonjo} in one
 * article and {@code Mayor Maria Okonjo} in another are one person. Immutable.
 */
public final class SpeakerDirectory implements Serializable {

  /** A directory without entries. */
  public static final SpeakerDirectory EMPTY = new SpeakerDirectory(List.of());

  private final List<KnownSpeaker> speakers;
  private final Map<String, KnownSpeaker> byAlias = new HashMap<>();
  private final Set<String> countries = new LinkedHashSet<>();

  /**
   * @throws IllegalArgumentException if an id stands twice or an alias means two speakers; the
   *     message lists every such fault
   */
  public SpeakerDirectory(List<KnownSpeaker> speakers) {
    this.speakers = List.copyOf(speakers);
    List<String> faults = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (KnownSpeaker speaker : this.speakers) {
      if (speaker.country() != null) {
        countries.add(speaker.country());
      }
      if (!ids.add(speaker.id())) {
        faults.add("id '%s' stands twice".formatted(speaker.id()));
      }
      List<String> names = new ArrayList<>(speaker.aliases());
      names.add(speaker.name());
      for (String name : names) {
        Optional<Name> read = Name.read(name);
        if (read.isEmpty()) {
          faults.add("'%s' of %s is no name".formatted(name, speaker.id()));
          continue;
        }
        KnownSpeaker other = byAlias.putIfAbsent(read.get().key(), speaker);
        if (other != null && !other.id().equals(speaker.id())) {
          faults.add("'%s' means %s and %s".formatted(name, other.id(), speaker.id()));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "Speaker directory has %d problem(s): %s"
              .formatted(faults.size(), String.join("; ", faults)));
    }
  }

  /** Returns the countries for which the entries speak, each once, in their order. */
  Set<String> countries() {
    return countries;
  }

  /** Returns every entry, in the order given. */
  public List<KnownSpeaker> speakers() {
    return speakers;
  }

  /**
   * Returns the entry that {@code speaker} means. It is found by the name, else by an alias of more
   * than one word, since an article may call somebody else by a surname alone.
   */
  public Optional<KnownSpeaker> find(Speaker speaker) {
    if (byAlias.isEmpty()
        || speaker.kind() == SpeakerKind.UNKNOWN
        || speaker.kind() == SpeakerKind.UNNAMED) {
      return Optional.empty();
    }
    Optional<KnownSpeaker> byName = find(speaker.name());
    if (byName.isPresent()) {
      return byName;
    }
    return speaker.aliases().stream()
        .filter(alias -> Name.read(alias).filter(name -> name.words().size() > 1).isPresent())
        .flatMap(alias -> find(alias).stream())
        .findFirst();
  }

  /** Returns the entry with {@code name} as its name or as an alias, both folded. */
  public Optional<KnownSpeaker> find(String name) {
    return Name.read(name).map(read -> byAlias.get(read.key()));
  }

  /**
   * Returns {@code speaker} with the name, kind, role and affiliation of its entry, and the names
   * in the article as aliases. A speaker without an entry is returned unchanged.
   */
  public Speaker complete(Speaker speaker) {
    return find(speaker).map(known -> complete(speaker, known)).orElse(speaker);
  }

  private static Speaker complete(Speaker speaker, KnownSpeaker known) {
    Set<String> aliases = new LinkedHashSet<>();
    aliases.add(speaker.name());
    aliases.addAll(speaker.aliases());
    return new Speaker(
        known.kind(),
        known.name(),
        known.role() == null ? speaker.role() : known.role(),
        affiliation(speaker, known),
        List.copyOf(aliases));
  }

  /** Leaves out an affiliation that the role of the entry names already. */
  private static String affiliation(Speaker speaker, KnownSpeaker known) {
    if (known.affiliation() != null) {
      return known.affiliation();
    }
    boolean told =
        known.role() != null
            && speaker.affiliation() != null
            && known.role().endsWith(", " + speaker.affiliation());
    return told ? null : speaker.affiliation();
  }
}
