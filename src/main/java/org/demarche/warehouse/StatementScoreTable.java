package org.demarche.warehouse;

import java.time.LocalDate;
import java.util.List;

/** The table {@code statement_scores}. */
public final class StatementScoreTable {

  /** Target id of a score that is not towards one target. */
  public static final String ANY_TARGET = "all";

  /** One row of the table. */
  public record StatementScoreRow(
      @Column("the statement scored; joins statements") String statementId,
      @Column("scale the label belongs to") String scale,
      @Column("target the statement mentions, or all; joins targets") String targetId,
      @Column("most probable label: an interpretation, not a fact") String label,
      @Column("probability of the label, 0 to 1") double confidence,
      @Column("expected value on the scale, Σ probability × value") double position,
      @Column("probability of each label, from the greatest label value, separated by ','")
          String probabilities,
      @Column("model that gave the label") String modelId,
      @Column(value = "who is credited; joins speakers; null when unknown", nullable = true)
          String speakerId,
      @Column(value = "day of publication in UTC", nullable = true) LocalDate publishedDate,
      @Column(value = "outlet of the article", nullable = true) String outlet,
      @Column("article with the statement") String articleId,
      @Column("hash of the speaker and the words: equal for repetitions") String distinctId) {}

  public static final Table<StatementScoreRow> TABLE =
      new Table<>(
          "statement_scores",
          "One statement on one scale, towards one target or towards all.",
          new RecordCodec<>(StatementScoreRow.class),
          List.of("statement_id", "scale", "target_id"),
          Table.Layout.BATCHES_BY_MONTH,
          List.of("published_date", "article_id", "statement_id", "scale", "target_id"));

  private StatementScoreTable() {}
}
