package org.demarche.warehouse;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.demarche.speaker.Speaker;
import org.demarche.speaker.SpeakerKind;

/** The table {@code speakers}. */
public final class SpeakerTable {

  /** One row of the table. */
  public record SpeakerRow(
      @Column("hash of kind and folded name, or the id in the speaker directory") String speakerId,
      @Column(value = "the name printed most often", nullable = true) String speaker,
      @Column("person, organization, group, unnamed or unknown") SpeakerKind kind,
      @Column(value = "the title or function printed most often", nullable = true) String role,
      @Column(value = "organization or country the role belongs to", nullable = true)
          String affiliation,
      @Column(value = "country, from the directory", nullable = true) String country,
      @Column(value = "other forms of the name, separated by '; '", nullable = true) String aliases,
      @Column(value = "Wikidata item, from the directory", nullable = true) String wikidataId,
      @Column(value = "day of the first asserted statement", nullable = true) LocalDate firstSeen,
      @Column(value = "day of the last asserted statement", nullable = true) LocalDate lastSeen,
      @Column("number of asserted statements, with reprints") long statements,
      @Column("number of articles with an asserted statement") long articles) {

    /** Returns the kind as the table stores it, in lower case. */
    public String kindId() {
      return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether the speaker is known by name and not only described. */
    public boolean isNamed() {
      return Speaker.isNamed(kind, speaker);
    }
  }

  public static final Table<SpeakerRow> TABLE =
      new Table<>(
          "speakers",
          "One speaker who is credited with an asserted statement anywhere in the warehouse.",
          new RecordCodec<>(SpeakerRow.class),
          List.of("speaker_id"),
          Table.Layout.WHOLE,
          List.of("speaker_id"));

  private SpeakerTable() {}
}
