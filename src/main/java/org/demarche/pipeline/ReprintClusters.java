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
import org.apache.spark.sql.Row;
import org.demarche.ingest.Fingerprint;
import org.demarche.ingest.Reprints;
import org.demarche.ingest.Reprints.Candidate;
import org.demarche.ingest.Reprints.Pair;
import org.demarche.ingest.Reprints.Printing;
import org.demarche.warehouse.FingerprintTable;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.Transaction;

/**
 * Finds out which articles are reprints of each other, and puts them into the same syndication
 * cluster. Batch after batch gives the same clusters as all articles at once.
 */
final class ReprintClusters {

  /** The columns of an article that reprints are found by. */
  public record Printed(
      String articleId, Instant publishedAt, byte[] fingerprint, boolean seeksReprints) {}

  /** An article and one of the keys of its fingerprint; reprints share a key. */
  public record Keyed(
      long key, String articleId, Instant publishedAt, byte[] fingerprint, boolean seeksReprints) {}

  /** An article of an earlier batch, and its cluster. */
  public record Known(String articleId, Instant publishedAt, String clusterId) {

    private Printing printing() {
      return new Printing(articleId, publishedAt);
    }
  }

  /** An article and the cluster that was found for it. */
  public record Found(String articleId, String foundCluster) {}

  private static final RecordCodec<Known> KNOWN = new RecordCodec<>(Known.class);
  private static final RecordCodec<Found> FOUND = new RecordCodec<>(Found.class);
  private static final RecordCodec<Keyed> KEYED = new RecordCodec<>(Keyed.class);
  private static final RecordCodec<Pair> PAIRS = new RecordCodec<>(Pair.class);

  private static final String ID = "article_id";
  private static final String CLUSTER = "cluster_id";
  private static final String[] BY_ID = {ID};
  private static final String[] BY_CLUSTER = {CLUSTER};

  private final Dataset<Row> accepted;

  /** The articles of earlier batches that stay. */
  private final Dataset<Row> known;

  private final Reprints.Clusters clusters = new Reprints.Clusters();

  /** The clusters that were found, by article; those who are alone are left out. */
  private Map<String, String> found;

  /** The cluster that articles of earlier batches had, of those that may have another now. */
  private final Map<String, String> before = new HashMap<>();

  private ReprintClusters(Dataset<Row> accepted, Dataset<Row> known) {
    this.accepted = accepted;
    this.known = known;
  }

  /**
   * Finds the clusters of new articles, and those that change because articles come or go: an
   * earlier printing becomes the original, two clusters join, or a cluster loses the article that
   * held it together.
   *
   * @param accepted the new articles, rows of {@code articles} and {@code _fingerprints}
   * @param gone the {@code article_id} of articles of earlier batches that go, or null if none do
   * @param first when the earliest new article was published, or null if one has no date
   */
  static ReprintClusters of(
      Transaction transaction, Dataset<Row> accepted, Dataset<Row> gone, Instant first)
      throws IOException {
    Dataset<Row> all = transaction.warehouse().read(FingerprintTable.TABLE);
    if (gone == null) {
      ReprintClusters found = new ReprintClusters(accepted, all);
      found.join(candidates(accepted, true).union(candidates(recent(all, first), false)));
      return found;
    }
    ReprintClusters found = new ReprintClusters(accepted, all.join(gone, BY_ID, "left_anti"));
    Dataset<Row> lost = all.join(gone, BY_ID, "left_semi").select(CLUSTER).distinct();
    // What is left of a cluster that loses an article is put together anew.
    Dataset<Row> left = found.known.join(lost, BY_CLUSTER, "left_semi");
    Instant earliest = first;
    for (Known each : KNOWN.read(left).collectAsList()) {
      found.before.put(each.articleId(), each.clusterId());
      earliest =
          earliest == null || each.publishedAt() == null
              ? null
              : earliest.isBefore(each.publishedAt()) ? earliest : each.publishedAt();
    }
    found.join(
        candidates(accepted, true)
            .union(candidates(left, true))
            .union(
                candidates(
                    recent(found.known.join(lost, BY_CLUSTER, "left_anti"), earliest), false)));
    return found;
  }

  private void join(Dataset<Row> candidates) {
    pairs(candidates).collectAsList().forEach(clusters::join);
    found = clusters.clusterIds();
    if (found.isEmpty()) {
      return;
    }
    // A pair with a member of an unchanged cluster joins the whole cluster.
    Dataset<Row> touched =
        ArticleChanges.ids(known.sparkSession(), found.keySet())
            .join(known, BY_ID)
            .select(CLUSTER)
            .distinct();
    Map<String, Known> firsts = new HashMap<>();
    for (Known member :
        KNOWN.read(known.join(broadcast(touched), BY_CLUSTER, "left_semi")).collectAsList()) {
      if (before.putIfAbsent(member.articleId(), member.clusterId()) == null) {
        Known one = firsts.putIfAbsent(member.clusterId(), member);
        if (one != null) {
          clusters.join(new Pair(one.printing(), member.printing()));
        }
      }
    }
    found = clusters.clusterIds();
  }

  /** Returns the new articles with {@code cluster_id} and {@code is_reprint}. */
  Dataset<Row> accepted() {
    List<Found> rows = new ArrayList<>();
    found.forEach((id, cluster) -> rows.add(new Found(id, cluster)));
    return rows.isEmpty()
        ? accepted.withColumn(CLUSTER, col(ID)).withColumn("is_reprint", lit(false))
        : with(accepted, rows, "left");
  }

  /** Returns the articles of earlier batches that get another cluster. */
  List<Found> moved() {
    List<Found> moved = new ArrayList<>();
    before.forEach(
        (id, cluster) -> {
          String now = found.getOrDefault(id, id);
          if (!now.equals(cluster)) {
            moved.add(new Found(id, now));
          }
        });
    return moved;
  }

  /** Returns rows of articles with the clusters that were found for them. */
  static Dataset<Row> with(Dataset<Row> articles, List<Found> found, String join) {
    Column cluster = coalesce(col("found_cluster"), col(ID));
    return articles
        .drop(CLUSTER, "is_reprint")
        .join(broadcast(FOUND.write(articles.sparkSession(), found)), BY_ID, join)
        .withColumn(CLUSTER, cluster)
        .withColumn("is_reprint", cluster.notEqual(col(ID)))
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

  private static Dataset<Pair> pairs(Dataset<Row> candidates) {
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
                            row.seeksReprints()))
                .iterator();
    MapPartitionsFunction<Keyed, Pair> toPairs =
        rows -> {
          Groups<Keyed, List<Keyed>> buckets =
              new Groups<>(rows, Keyed::key, first -> new ArrayList<>(), List::add);
          return new FlatIterator<>(buckets, bucket -> pairs(bucket));
        };
    return new RecordCodec<>(Printed.class)
        .read(candidates)
        .flatMap(toKeys, KEYED.encoder())
        .repartition(col("key"))
        .sortWithinPartitions("key")
        .mapPartitions(toPairs, PAIRS.encoder())
        .distinct();
  }

  private static Iterator<Pair> pairs(List<Keyed> bucket) {
    if (bucket.size() == 1 || bucket.stream().noneMatch(Keyed::seeksReprints)) {
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

  private static Dataset<Row> candidates(Dataset<Row> articles, boolean seeksReprints) {
    return articles.select(
        col("article_id"),
        col("published_at"),
        col("fingerprint"),
        lit(seeksReprints).as("seeks_reprints"));
  }
}
