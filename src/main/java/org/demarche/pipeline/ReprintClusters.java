package org.demarche.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.demarche.ingest.Fingerprint;
import org.demarche.ingest.Reprints;
import org.demarche.ingest.Reprints.Candidate;
import org.demarche.ingest.Reprints.Pair;
import org.demarche.warehouse.FingerprintTable;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.Transaction;

/**
 * Finds out which new articles are reprints of each other or of earlier articles, and puts them
 * into the same syndication cluster.
 */
final class ReprintClusters {

  /** The columns of an article that reprints are found by. */
  public record Printed(String articleId, Instant publishedAt, byte[] fingerprint, boolean isNew) {}

  /** An article and one of the keys of its fingerprint; reprints share a key. */
  public record Keyed(
      long key, String articleId, Instant publishedAt, byte[] fingerprint, boolean isNew) {}

  /** An article and the cluster that an earlier batch gave it. */
  public record Clustered(String articleId, String clusterId) {}

  /** A new article and the cluster that was found for it. */
  public record Found(String articleId, String foundCluster) {}

  private static final RecordCodec<Keyed> KEYED = new RecordCodec<>(Keyed.class);
  private static final RecordCodec<Pair> PAIRS = new RecordCodec<>(Pair.class);

  private ReprintClusters() {}

  /**
   * Adds {@code cluster_id} and {@code is_reprint} to the new articles {@code accepted}. A cluster
   * with articles of an earlier batch keeps its name.
   *
   * @param first when the earliest of them was published, or null if one has no date
   */
  static Dataset<Row> assign(Transaction transaction, Dataset<Row> accepted, Instant first)
      throws IOException {
    Dataset<Row> known = recent(transaction.read(FingerprintTable.TABLE), first);
    Reprints.Clusters clusters = new Reprints.Clusters();
    pairs(accepted, known).collectAsList().forEach(clusters::join);
    Map<String, String> found = clusters.clusterIds();
    if (found.isEmpty()) {
      return accepted
          .withColumn("cluster_id", col("article_id"))
          .withColumn("is_reprint", lit(false));
    }
    Map<String, String> names = namesOf(found, known);
    List<Found> rows = new ArrayList<>();
    found.forEach((id, head) -> rows.add(new Found(id, names.getOrDefault(head, head))));
    Dataset<Row> clustered = new RecordCodec<>(Found.class).write(accepted.sparkSession(), rows);
    Column cluster = coalesce(col("found_cluster"), col("article_id"));
    return accepted
        .join(broadcast(clustered), new String[] {"article_id"}, "left")
        .withColumn("cluster_id", cluster)
        .withColumn("is_reprint", cluster.notEqual(col("article_id")))
        .drop("found_cluster");
  }

  /** Returns the earlier articles that a new article could be a reprint of. */
  private static Dataset<Row> recent(Dataset<Row> known, Instant first) {
    return first == null
        ? known
        : known.where(
            col("published_at")
                .isNull()
                .or(col("published_at").geq(lit(first.minus(Reprints.LONGEST_WAIT)))));
  }

  private static Dataset<Pair> pairs(Dataset<Row> accepted, Dataset<Row> known) {
    FlatMapFunction<Printed, Keyed> toKeys =
        row ->
            Arrays.stream(Fingerprint.fromBytes(row.fingerprint()).keys())
                .mapToObj(
                    key ->
                        new Keyed(
                            key,
                            row.articleId(),
                            row.publishedAt(),
                            row.fingerprint(),
                            row.isNew()))
                .iterator();
    MapPartitionsFunction<Keyed, Pair> toPairs =
        rows -> {
          Groups<Keyed, List<Keyed>> buckets =
              new Groups<>(rows, Keyed::key, first -> new ArrayList<>(), List::add);
          return new FlatIterator<>(buckets, bucket -> pairs(bucket));
        };
    return new RecordCodec<>(Printed.class)
        .read(candidates(accepted, true).union(candidates(known, false)))
        .flatMap(toKeys, KEYED.encoder())
        .repartition(col("key"))
        .sortWithinPartitions("key")
        .mapPartitions(toPairs, PAIRS.encoder())
        .distinct();
  }

  private static Iterator<Pair> pairs(List<Keyed> bucket) {
    if (bucket.size() == 1 || bucket.stream().noneMatch(Keyed::isNew)) {
      return Collections.emptyIterator();
    }
    List<Candidate> candidates = new ArrayList<>();
    for (Keyed row : bucket) {
      candidates.add(
          new Candidate(
              row.articleId(), row.publishedAt(), Fingerprint.fromBytes(row.fingerprint())));
    }
    return Reprints.pairs(candidates).iterator();
  }

  private static Dataset<Row> candidates(Dataset<Row> articles, boolean isNew) {
    return articles.select(
        col("article_id"), col("published_at"), col("fingerprint"), lit(isNew).as("is_new"));
  }

  /** Returns the names that earlier batches gave to the clusters in {@code found}. */
  private static Map<String, String> namesOf(Map<String, String> found, Dataset<Row> known) {
    Map<String, String> names = new HashMap<>();
    Dataset<Row> ids =
        known
            .sparkSession()
            .createDataset(List.copyOf(found.keySet()), Encoders.STRING())
            .toDF("article_id");
    for (Clustered row :
        new RecordCodec<>(Clustered.class)
            .read(known.join(broadcast(ids), "article_id"))
            .collectAsList()) {
      names.merge(
          found.get(row.articleId()),
          row.clusterId(),
          (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }
    return names;
  }
}
