package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.demarche.console.Progress;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.FingerprintTable;
import org.demarche.warehouse.KnownFiles;
import org.demarche.warehouse.Place;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.RejectTable;
import org.demarche.warehouse.RemovedArticles;
import org.demarche.warehouse.RemovedArticles.RemovedText;
import org.demarche.warehouse.RunFiles;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Transaction;
import org.demarche.warehouse.Warehouse;

/**
 * The stage that removes articles: from all tables, from the rejects, and from what earlier runs
 * left in their folders. Their ids are kept as hashes, so that they do not come in again.
 */
final class Remove {

  /** How many ids a note names. */
  private static final int NAMED = 3;

  /** Stands for the date of the earliest new article where there is no new article. */
  private static final Instant NO_ARTICLE_BEFORE = Instant.parse("9999-12-31T00:00:00Z");

  private Remove() {}

  static Map<String, Long> run(Transaction transaction, Removal removal, Progress progress)
      throws IOException {
    Warehouse warehouse = transaction.warehouse();
    String path = transaction.scratch("removed");
    Dataset<Row> articles = warehouse.read(ArticleTable.TABLE);
    articles
        .where(col("outlet").isin(removal.outlets().toArray()))
        .select("article_id")
        .union(
            articles
                .select("article_id")
                .join(ArticleChanges.ids(warehouse.spark(), removal.ids()), "article_id"))
        .distinct()
        .join(
            warehouse.read(FingerprintTable.TABLE).select("article_id", "text_hash"), "article_id")
        .write()
        .parquet(path);
    Dataset<Row> gone = warehouse.spark().read().parquet(path);
    List<RemovedText> texts = new RecordCodec<>(RemovedText.class).read(gone).collectAsList();
    Set<String> found =
        texts.stream().map(RemovedText::articleId).collect(Collectors.toCollection(TreeSet::new));
    Set<String> unknown = new TreeSet<>(removal.ids());
    unknown.removeAll(found);
    RemovedArticles removed = RemovedArticles.of(warehouse);
    Set<String> before =
        unknown.stream().filter(removed::has).collect(Collectors.toCollection(TreeSet::new));
    unknown.removeAll(before);
    note("ids that were withdrawn before", before, "nothing is left to remove", progress);
    note("ids of no article in the warehouse", unknown, "they are kept out from now on", progress);
    for (String outlet : removal.outlets()) {
      if (articles.where(col("outlet").equalTo(outlet)).isEmpty()) {
        progress.note("No article in the warehouse has the outlet '%s'".formatted(outlet));
      }
    }
    if (!found.isEmpty()) {
      regroup(transaction, gone.select("article_id"), found);
    }
    Set<String> all = new TreeSet<>(removal.ids());
    all.addAll(found);
    Removal everything = new Removal(all, removal.outlets());
    RemovedArticles.store(transaction, all, texts);
    KnownFiles.hashPaths(transaction);
    long rejects = rejects(transaction, everything);
    transaction.forgetHistory();
    RunFiles.remove(transaction, everything::isNamedIn, everything::isNameOf);
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("articles", (long) found.size());
    counts.put("rejects", rejects);
    counts.put("ids_unknown", (long) unknown.size());
    counts.put("ids_withdrawn_before", (long) before.size());
    return counts;
  }

  private static void note(String what, Set<String> ids, String then, Progress progress) {
    if (!ids.isEmpty()) {
      progress.note(
          "%s: %,d, such as %s; %s"
              .formatted(
                  what, ids.size(), String.join(", ", ids.stream().limit(NAMED).toList()), then));
    }
  }

  /** Drops the articles; what is left of their clusters comes again as a batch. */
  private static void regroup(Transaction transaction, Dataset<Row> gone, Set<String> ids)
      throws IOException {
    Dataset<Row> none =
        transaction
            .warehouse()
            .read(ArticleTable.TABLE)
            .where(lit(false))
            .withColumn("text_hash", lit(""))
            .withColumn("fingerprint", lit(new byte[0]));
    Dataset<Row> coming = ArticleChanges.apply(transaction, none, gone, NO_ARTICLE_BEFORE);
    if (!coming.isEmpty()) {
      String batch =
          Ingest.batch(ids.toString(), String.valueOf(transaction.batches(ArticleTable.TABLE)));
      for (Table<?> table : List.of(ArticleTable.TABLE, FingerprintTable.TABLE)) {
        transaction.append(table, batch, coming.select(table.fileColumns()).repartition(1));
      }
    }
  }

  private static long rejects(Transaction transaction, Removal removal) throws IOException {
    FilterFunction<Row> isNamed =
        row ->
            removal.isNamedIn(row.<String>getAs("raw"))
                || removal.isNamedIn(row.<String>getAs("detail"))
                || removal.isNameOf(row.<String>getAs("input_file"));
    Dataset<Row> named = transaction.warehouse().read(RejectTable.TABLE).filter(isNamed);
    List<Place> places =
        named.select(Table.BATCH).distinct().as(Encoders.STRING()).collectAsList().stream()
            .map(batch -> new Place(batch, null))
            .toList();
    long count = named.count();
    FilterFunction<Row> stays = row -> !isNamed.call(row);
    transaction.rewrite(RejectTable.TABLE, places, rows -> rows.filter(stays));
    return count;
  }
}
