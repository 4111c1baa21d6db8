package org.demarche.warehouse;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;

/**
 * What a later batch must know of earlier articles without reading their texts: whether an article
 * was taken in before, and whether a new one is a reprint of it. Internal to the warehouse.
 */
public final class FingerprintTable {

  public static final Table TABLE =
      new Table(
          "_fingerprints",
          "What tells duplicates and reprints of one article.",
          Columns.of(
                  Columns.text("article_id", "the article"),
                  Columns.text("text_hash", "hash of its text"),
                  Columns.optionalTimestamp("published_at", "when it was published, UTC"),
                  Columns.text("cluster_id", "its syndication cluster"))
              .add("fingerprint", DataTypes.BinaryType, false),
          List.of("article_id"),
          Table.Layout.BATCHES,
          List.of("article_id"));

  private FingerprintTable() {}
}
