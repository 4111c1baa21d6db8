package org.demarche.warehouse;

import java.util.List;

/** The table {@code speaker_scores}. */
public final class SpeakerScoreTable {

  public static final Table TABLE =
      new Table(
          "speaker_scores",
          "Where one speaker stands on one scale, towards a target, in a time window.",
          Columns.of(
              Columns.text("scale", "scale of the score"),
              Columns.text("target_id", "target, or all; joins targets"),
              Columns.text("window", "kind of window: all, year, quarter, month, week or day"),
              Columns.optionalDate("window_start", "first day of the window, null for all"),
              Columns.optionalDate("window_end", "last day of the window, null for all"),
              Columns.text("speaker_id", "joins speakers"),
              Columns.text("speaker", "name of the speaker"),
              Columns.count("statements", "statements, reprints and repetitions counted"),
              Columns.count("distinct_statements", "distinct statements: what the score rests on"),
              Columns.count("articles", "articles in which they stand"),
              Columns.count("outlets", "outlets that published them"),
              Columns.number("mean", "mean position of the distinct statements"),
              Columns.number(
                  "score", "mean drawn towards that of all speakers, by how few they are"),
              Columns.number("low", "lower end of the 95 % interval of the score"),
              Columns.number("high", "upper end of the 95 % interval of the score"),
              Columns.flag("low_n", "whether there are too few statements to rely on"),
              Columns.optionalNumber(
                  "change", "score less that of the speaker's window just before, if there is one"),
              Columns.flag(
                  "change_significant", "whether the 95 % interval of the change excludes 0"),
              Columns.text("model_id", "model that gave the labels"),
              Columns.text("run_id", "run that wrote the row; see _runs")),
          List.of("scale", "target_id", "window", "window_start", "speaker_id"),
          Table.Layout.WHOLE,
          List.of("scale", "target_id", "window", "window_start", "speaker_id"));

  private SpeakerScoreTable() {}
}
