package org.demarche.warehouse;

import java.time.LocalDate;
import java.util.List;

/** The table {@code speaker_labels}. */
public final class SpeakerLabelTable {

  /** One row of the table. */
  public record SpeakerLabelRow(
      @Column("scale the label belongs to") String scale,
      @Column("target, or all; joins targets") String targetId,
      @Column("kind of window: all, year, quarter, month, week or day") String window,
      @Column(value = "first day of the window, null for all", nullable = true)
          LocalDate windowStart,
      @Column(value = "last day of the window, null for all", nullable = true) LocalDate windowEnd,
      @Column("joins speakers") String speakerId,
      @Column("name of the speaker") String speaker,
      @Column("a label of the scale") String label,
      @Column("share of the distinct statements with this label, 0 to 1") double share,
      @Column(
              "the share corrected for the model's known confusions, 0 to 1; null if the"
                  + " correction would be unstable")
          Double shareAdjusted,
      @Column("lower end of the 95 % interval of share") double low,
      @Column("upper end of the 95 % interval of share") double high,
      @Column("distinct statements with this label") long statements) {}

  public static final Table<SpeakerLabelRow> TABLE =
      new Table<>(
          "speaker_labels",
          "The share of one label among a speaker's distinct statements in a time window.",
          new RecordCodec<>(SpeakerLabelRow.class),
          List.of("scale", "target_id", "window", "window_start", "speaker_id", "label"),
          Table.Layout.BY_WINDOW,
          List.of("scale", "target_id", "window", "window_start", "speaker_id", "label"));

  private SpeakerLabelTable() {}
}
