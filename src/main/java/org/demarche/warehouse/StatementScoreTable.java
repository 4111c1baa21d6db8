package org.demarche.warehouse;

import java.util.List;

/** The table {@code statement_scores}. */
public final class StatementScoreTable {

  /** Target id of a score that is about whatever the statement is about. */
  public static final String ANY_TARGET = "all";

  public static final Table TABLE =
      new Table(
          "statement_scores",
          "One statement on one scale, towards one target or towards all.",
          Columns.of(
              Columns.text("statement_id", "the statement scored; joins statements"),
              Columns.text("scale", "scale the label belongs to"),
              Columns.text("target_id", "target the statement mentions, or all; joins targets"),
              Columns.text("label", "most probable label: an interpretation, not a fact"),
              Columns.number("confidence", "probability of the label, 0 to 1"),
              Columns.number("position", "expected value on the scale, Σ probability × value"),
              Columns.text(
                  "probabilities",
                  "probability of each label, the label of the greatest value first, by ','"),
              Columns.text("model_id", "model that gave the label"),
              Columns.optionalText(
                  "speaker_id", "who is credited; joins speakers; null when unknown"),
              Columns.optionalDate("published_date", "day of publication in UTC"),
              Columns.optionalText("outlet", "outlet of the article"),
              Columns.text("article_id", "article in which the statement stands"),
              Columns.text("distinct_id", "the same words of the same speaker")),
          List.of("statement_id", "scale", "target_id"),
          Table.Layout.BATCHES_BY_MONTH,
          List.of("published_date", "article_id", "statement_id", "scale", "target_id"));

  private StatementScoreTable() {}
}
