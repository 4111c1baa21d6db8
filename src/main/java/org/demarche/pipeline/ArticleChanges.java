package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.FingerprintTable;
import org.demarche.warehouse.Transaction;
import org.demarche.warehouse.Warehouse;

/**
 * Changes the articles of a warehouse: adds new ones, and drops old ones that were corrected or are
 * to be removed. An old article whose syndication cluster changes is dropped from its batch and
 * added again with the new ones, because its statements depend on the cluster.
 */
final class ArticleChanges {

  private ArticleChanges() {}

  /**
   * Drops old articles, and returns the articles to add.
   *
   * @param accepted the new articles, with the columns of {@code articles} and {@code
   *     _fingerprints} but the cluster
   * @param gone the {@code article_id} of those that go, or null if none do
   * @param first when the earliest new article was published, or null if one has no date
   * @return rows for a new batch, with the columns of both tables
   */
  static Dataset<Row> apply(
      Transaction transaction, Dataset<Row> accepted, Dataset<Row> gone, Instant first)
      throws IOException {
    Warehouse warehouse = transaction.warehouse();
    ReprintClusters clusters = ReprintClusters.of(transaction, accepted, gone, first);
    List<ReprintClusters.Found> moved = clusters.moved();
    Dataset<Row> coming = clusters.accepted().select(columns());
    if (gone == null && moved.isEmpty()) {
      return coming;
    }
    if (!moved.isEmpty()) {
      Dataset<Row> fingerprints =
          warehouse.read(FingerprintTable.TABLE).select("article_id", "text_hash", "fingerprint");
      // The few articles first, then their fingerprints.
      Dataset<Row> articles =
          ReprintClusters.with(warehouse.read(ArticleTable.TABLE), moved, "inner")
              .join(fingerprints, "article_id");
      coming = coming.unionByName(articles.select(columns()));
    }
    Dataset<Row> going =
        ids(warehouse.spark(), moved.stream().map(ReprintClusters.Found::articleId).toList());
    if (gone != null) {
      going = going.union(gone);
    }
    String path = transaction.scratch("going");
    going.write().parquet(path);
    DroppedArticles.drop(transaction, warehouse.spark().read().parquet(path));
    return coming;
  }

  /** Returns ids as rows with the column {@code article_id}. */
  static Dataset<Row> ids(SparkSession spark, Collection<String> ids) {
    return spark.createDataset(List.copyOf(ids), Encoders.STRING()).toDF("article_id");
  }

  private static Column[] columns() {
    return Stream.concat(
            Stream.of(ArticleTable.TABLE.fileColumns()),
            Stream.of(col("text_hash"), col("fingerprint")))
        .toArray(Column[]::new);
  }
}
