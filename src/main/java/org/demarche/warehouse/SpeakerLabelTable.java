package org.demarche.warehouse;

import java.util.List;

/** The table {@code speaker_labels}. */
public final class SpeakerLabelTable {

  public static final Table TABLE =
      new Table(
          "speaker_labels",
          "Which share of a speaker's distinct statements carries one label, in a time window.",
          Columns.of(
              Columns.text("scale", "scale the label belongs to"),
              Columns.text("target_id", "target, or all; joins targets"),
              Columns.text("window", "kind of window: all, year, quarter, month, week or day"),
              Columns.optionalDate("window_start", "first day of the window, null for all"),
              Columns.optionalDate("window_end", "last day of the window, null for all"),
              Columns.text("speaker_id", "joins speakers"),
              Columns.text("speaker", "name of the speaker"),
              Columns.text("label", "a label of the scale"),
              Columns.number("share", "share of the distinct statements with this label, 0 to 1"),
              Columns.optionalNumber(
                  "share_adjusted",
                  "the share corrected for the model's known confusions, 0 to 1; null where it would"
                      + " not be steady"),
              Columns.number("low", "lower end of the 95 % interval of share"),
              Columns.number("high", "upper end of the 95 % interval of share"),
              Columns.count("statements", "distinct statements with this label")),
          List.of("scale", "target_id", "window", "window_start", "speaker_id", "label"),
          Table.Layout.WHOLE,
          List.of("scale", "target_id", "window", "window_start", "speaker_id", "label"));

  private SpeakerLabelTable() {}
}
