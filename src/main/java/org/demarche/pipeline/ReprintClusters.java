package org.demarche.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.demarche.ingest.Fingerprint;
import org.demarche.ingest.Reprints;
import org.demarche.ingest.Reprints.Candidate;
import org.demarche.ingest.Reprints.Pair;
import org.demarche.ingest.Reprints.Printing;
import org.demarche.warehouse.FingerprintTable;
import org.demarche.warehouse.Transaction;

/** Gives every new article its syndication cluster, among themselves and with earlier batches. */
final class ReprintClusters {

  private static final StructType PAIR =
      new StructType()
          .add("one", DataTypes.StringType, false)
          .add("one_at", DataTypes.TimestampType, true)
          .add("other", DataTypes.StringType, false)
          .add("other_at", DataTypes.TimestampType, true);

  private static final StructType KEYED =
      new StructType()
          .add("key", DataTypes.LongType, false)
          .add("article_id", DataTypes.StringType, false)
          .add("published_at", DataTypes.TimestampType, true)
          .add("fingerprint", DataTypes.BinaryType, false)
          .add("is_new", DataTypes.BooleanType, false);

  private ReprintClusters() {}

  /**
   * Adds {@code cluster_id} and {@code is_reprint} to the new articles {@code accepted}. A cluster
   * that an earlier batch has named keeps its name.
   *
   * @param first when the earliest of them was published, or null where one has no date
   */
  static Dataset<Row> assign(Transaction transaction, Dataset<Row> accepted, Instant first)
      throws IOException {
    Dataset<Row> known = recent(transaction.read(FingerprintTable.TABLE), first);
    Reprints.Clusters clusters = new Reprints.Clusters();
    for (Row pair : pairs(accepted, known).collectAsList()) {
      clusters.join(
          new Pair(
              new Printing(pair.getString(0), pair.<Instant>getAs(1)),
              new Printing(pair.getString(2), pair.<Instant>getAs(3))));
    }
    Map<String, String> found = clusters.clusterIds();
    if (found.isEmpty()) {
      return accepted
          .withColumn("cluster_id", col("article_id"))
          .withColumn("is_reprint", lit(false));
    }
    Map<String, String> names = namesOf(found, known);
    List<Row> rows = new ArrayList<>();
    found.forEach((id, head) -> rows.add(RowFactory.create(id, names.getOrDefault(head, head))));
    Dataset<Row> clustered =
        accepted
            .sparkSession()
            .createDataFrame(
                rows,
                new StructType()
                    .add("article_id", DataTypes.StringType, false)
                    .add("found_cluster", DataTypes.StringType, false));
    Column cluster = coalesce(col("found_cluster"), col("article_id"));
    return accepted
        .join(broadcast(clustered), new String[] {"article_id"}, "left")
        .withColumn("cluster_id", cluster)
        .withColumn("is_reprint", cluster.notEqual(col("article_id")))
        .drop("found_cluster");
  }

  /** Of what is known only that which a new article can be a reprint of. */
  private static Dataset<Row> recent(Dataset<Row> known, Instant first) {
    return first == null
        ? known
        : known.where(
            col("published_at")
                .isNull()
                .or(col("published_at").geq(lit(first.minus(Reprints.LONGEST_WAIT)))));
  }

  private static Dataset<Row> pairs(Dataset<Row> accepted, Dataset<Row> known) {
    FlatMapFunction<Row, Row> toKeys =
        row -> {
          List<Row> keyed = new ArrayList<>();
          for (long key : Fingerprint.fromBytes(row.getAs(2)).keys()) {
            keyed.add(
                RowFactory.create(
                    key, row.getString(0), row.<Instant>getAs(1), row.get(2), row.getBoolean(3)));
          }
          return keyed.iterator();
        };
    MapPartitionsFunction<Row, Row> toPairs =
        rows -> new FlatIterator<>(new Buckets(rows), bucket -> pairs(bucket));
    return candidates(accepted, true)
        .union(candidates(known, false))
        .flatMap(toKeys, Encoders.row(KEYED))
        .repartition(col("key"))
        .sortWithinPartitions("key")
        .mapPartitions(toPairs, Encoders.row(PAIR))
        .distinct();
  }

  private static Iterator<Row> pairs(List<Row> bucket) {
    if (bucket.size() == 1 || bucket.stream().noneMatch(row -> row.getBoolean(4))) {
      return Collections.emptyIterator();
    }
    List<Candidate> candidates = new ArrayList<>();
    for (Row row : bucket) {
      candidates.add(
          new Candidate(
              row.getString(1), row.<Instant>getAs(2), Fingerprint.fromBytes(row.getAs(3))));
    }
    return Reprints.pairs(candidates).stream()
        .map(
            pair ->
                RowFactory.create(
                    pair.one().id(),
                    pair.one().publishedAt(),
                    pair.other().id(),
                    pair.other().publishedAt()))
        .iterator();
  }

  /** Rows sorted by their key, a bucket at a time. */
  private static final class Buckets implements Iterator<List<Row>> {

    private final Iterator<Row> rows;
    private Row next;

    Buckets(Iterator<Row> rows) {
      this.rows = rows;
      this.next = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public List<Row> next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      long key = next.getLong(0);
      List<Row> bucket = new ArrayList<>();
      while (next != null && next.getLong(0) == key) {
        bucket.add(next);
        next = rows.hasNext() ? rows.next() : null;
      }
      return bucket;
    }
  }

  private static Dataset<Row> candidates(Dataset<Row> articles, boolean isNew) {
    return articles.select(
        col("article_id"), col("published_at"), col("fingerprint"), lit(isNew).as("is_new"));
  }

  /** Returns the names that earlier batches gave to clusters, by the first printing found now. */
  private static Map<String, String> namesOf(Map<String, String> found, Dataset<Row> known) {
    Map<String, String> names = new HashMap<>();
    Dataset<Row> ids =
        known
            .sparkSession()
            .createDataset(List.copyOf(found.keySet()), Encoders.STRING())
            .toDF("article_id");
    for (Row row :
        known
            .join(broadcast(ids), "article_id")
            .select("article_id", "cluster_id")
            .collectAsList()) {
      names.merge(
          found.get(row.getString(0)),
          row.getString(1),
          (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }
    return names;
  }
}
