package org.demarche.warehouse;

import java.time.Instant;
import java.util.List;

/**
 * What a later batch must know of earlier articles without reading their texts: whether an article
 * was taken in before, and whether a new one is a reprint of it. Internal to the warehouse.
 */
public final class FingerprintTable {

  /** One row of the table. */
  public record FingerprintRow(
      @Column("the article") String articleId,
      @Column("hash of its text") String textHash,
      @Column(value = "when it was published, UTC", nullable = true) Instant publishedAt,
      @Column("its syndication cluster") String clusterId,
      @Column("what its text has in common with reprints of it") byte[] fingerprint) {}

  public static final Table<FingerprintRow> TABLE =
      new Table<>(
          "_fingerprints",
          "What tells duplicates and reprints of one article.",
          new RecordCodec<>(FingerprintRow.class),
          List.of("article_id"),
          Table.Layout.BATCHES,
          List.of("article_id"));

  private FingerprintTable() {}
}
