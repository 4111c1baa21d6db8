package org.demarche.warehouse;

import java.time.LocalDate;
import java.util.List;

/** The table {@code speaker_scores}. */
public final class SpeakerScoreTable {

  /** One row of the table. */
  public record SpeakerScoreRow(
      @Column("scale of the score") String scale,
      @Column("target, or all; joins targets") String targetId,
      @Column("kind of window: all, year, quarter, month, week or day") String window,
      @Column(value = "first day of the window, null for all", nullable = true)
          LocalDate windowStart,
      @Column(value = "last day of the window, null for all", nullable = true) LocalDate windowEnd,
      @Column("joins speakers") String speakerId,
      @Column("name of the speaker") String speaker,
      @Column("number of statements, with reprints and repetitions") long statements,
      @Column("number of distinct statements, which the score is computed from")
          long distinctStatements,
      @Column("number of articles with these statements") long articles,
      @Column("number of outlets that published these articles") long outlets,
      @Column("mean position of the distinct statements") double mean,
      @Column("mean shrunk towards that of all speakers; more, if there are few statements")
          double score,
      @Column("lower end of the 95 % interval of the score") double low,
      @Column("upper end of the 95 % interval of the score") double high,
      @Column("whether there are too few distinct statements to rely on") boolean lowN,
      @Column("score minus the speaker's score in the window just before; null without one")
          Double change,
      @Column("whether the 95 % interval of the change excludes 0") boolean changeSignificant,
      @Column("model that gave the labels") String modelId,
      @Column("run that wrote the row; see _runs") String runId) {}

  public static final Table<SpeakerScoreRow> TABLE =
      new Table<>(
          "speaker_scores",
          "The score of one speaker on one scale, towards a target, in a time window.",
          new RecordCodec<>(SpeakerScoreRow.class),
          List.of("scale", "target_id", "window", "window_start", "speaker_id"),
          Table.Layout.BY_WINDOW,
          List.of("scale", "target_id", "window", "window_start", "speaker_id"));

  private SpeakerScoreTable() {}
}
