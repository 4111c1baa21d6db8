package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.demarche.warehouse.AggregatedBatches;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Transaction;

/**
 * What has changed in the statements since they were added up: batches have come, and some speakers
 * are to be added up anew, because they lost statements or have another name or kind now. Sums of
 * the other speakers only grow.
 */
final class StatementChanges {

  private static final String[] SPEAKER = {"speaker_id"};
  private static final String WORDS = "distinct_id";
  private static final String IS_NEW = "is_new";

  private final Transaction transaction;
  private final boolean isAll;
  private final Column isFresh;

  /** The speakers who are added up anew; null if nobody is. */
  private Dataset<Row> anew;

  private StatementChanges(Transaction transaction, boolean isAll, Collection<String> fresh) {
    this.transaction = transaction;
    this.isAll = isAll;
    this.isFresh = isAll ? lit(true) : col(Table.BATCH).isin(fresh.toArray());
  }

  /** Everything is to be added up. */
  static StatementChanges all(Transaction transaction) {
    return new StatementChanges(transaction, true, List.of());
  }

  /** Finds what has come or gone since the warehouse was aggregated. */
  static StatementChanges since(Transaction transaction) throws IOException {
    SortedSet<String> fresh = transaction.batches(StatementScoreTable.TABLE);
    SortedSet<String> before = AggregatedBatches.of(transaction);
    if (!fresh.containsAll(before)) {
      return all(transaction); // a compaction has mixed what is added up with what is not
    }
    fresh.removeAll(before);
    StatementChanges changes = new StatementChanges(transaction, false, fresh);
    SortedSet<String> lost = AggregatedBatches.touched(transaction);
    if (!lost.isEmpty()) {
      changes.addAnew(
          "lost",
          transaction
              .warehouse()
              .spark()
              .createDataset(List.copyOf(lost), Encoders.STRING())
              .toDF(SPEAKER));
    }
    return changes;
  }

  /** Returns whether everything is to be added up. */
  boolean isAll() {
    return isAll;
  }

  /** Adds up further speakers anew. */
  void addAnew(String name, Dataset<Row> speakers) {
    Dataset<Row> ids = stored(name, speakers.select(SPEAKER[0]).distinct().coalesce(1));
    if (!ids.isEmpty()) {
      anew = anew == null ? ids : anew.union(ids).distinct();
    }
  }

  /**
   * Writes rows that are used several times to a scratch folder, and returns them. Spark then knows
   * how many they are, and joins a few of them quickly.
   */
  Dataset<Row> stored(String name, Dataset<Row> rows) {
    SparkSession spark = transaction.warehouse().spark();
    String path = transaction.scratch("changes-" + name);
    rows.write().parquet(path);
    return spark.read().schema(rows.schema()).parquet(path);
  }

  /** Returns the statements to add: the new ones, and all of speakers who are added up anew. */
  Dataset<Row> statements() throws IOException {
    return added(transaction.read(StatementTable.TABLE));
  }

  private Dataset<Row> added(Dataset<Row> all) {
    Dataset<Row> fresh = others(all.where(isFresh));
    return anew == null ? fresh : fresh.unionByName(all.join(anew, SPEAKER, "left_semi"));
  }

  /**
   * Returns the scores to add, with the column {@code is_new}. Scores where it is false are in the
   * sums already; they are there because a new statement has the same words.
   */
  Dataset<Row> scores() throws IOException {
    Dataset<Row> all = transaction.read(StatementScoreTable.TABLE);
    Dataset<Row> scores = added(all).withColumn(IS_NEW, lit(true));
    if (isAll) {
      return scores;
    }
    Dataset<Row> words =
        stored("words", others(all.where(isFresh)).select(WORDS).distinct().coalesce(1));
    return scores.unionByName(
        others(all.where(not(isFresh)).join(words, new String[] {WORDS}, "left_semi"))
            .withColumn(IS_NEW, lit(false)));
  }

  /** Returns the scores of the new batches. */
  Dataset<Row> freshScores() throws IOException {
    return transaction.read(StatementScoreTable.TABLE).where(isFresh);
  }

  /** Returns those of {@code sums}, the ones of before, whose speakers are added up anew. */
  Dataset<Row> dropped(Dataset<Row> sums) {
    return anew == null ? sums.where(lit(false)) : sums.join(anew, SPEAKER, "left_semi");
  }

  /** Returns those of {@code rows} whose speakers are not added up anew. */
  Dataset<Row> others(Dataset<Row> rows) {
    return anew == null ? rows : rows.join(anew, SPEAKER, "left_anti");
  }
}
