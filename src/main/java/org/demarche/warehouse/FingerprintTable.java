package org.demarche.warehouse;

import java.time.Instant;
import java.util.List;

/**
 * The internal table {@code _fingerprints}. From it a later batch tells whether an article was
 * taken in before and whether a new article is a reprint of an earlier one, without reading their
 * texts.
 */
public final class FingerprintTable {

  /** One row of the table. */
  public record FingerprintRow(
      @Column("the article") String articleId,
      @Column("hash of its text") String textHash,
      @Column(value = "when it was published, UTC", nullable = true) Instant publishedAt,
      @Column("its syndication cluster") String clusterId,
      @Column("features of the text that its reprints share") byte[] fingerprint) {}

  public static final Table<FingerprintRow> TABLE =
      new Table<>(
          "_fingerprints",
          "What identifies duplicates and reprints of one article.",
          new RecordCodec<>(FingerprintRow.class),
          List.of("article_id"),
          Table.Layout.BATCHES,
          List.of("article_id"));

  private FingerprintTable() {}
}
