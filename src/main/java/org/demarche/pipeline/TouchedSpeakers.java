package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
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
 * The speakers whose statements have changed since speakers were scored. Only their statements are
 * added up again; the sums of the rest are taken from before.
 *
 * @param ids their {@code speaker_id}, or null if all statements are to be added up
 */
record TouchedSpeakers(Dataset<Row> ids) {

  private static final String[] ID = {"speaker_id"};

  /** Adds up the statements of all speakers. */
  static TouchedSpeakers all() {
    return new TouchedSpeakers(null);
  }

  /** Finds the speakers with statements that came or went since the warehouse was aggregated. */
  static TouchedSpeakers since(Transaction transaction) throws IOException {
    SortedSet<String> fresh = transaction.batches(StatementScoreTable.TABLE);
    fresh.removeAll(AggregatedBatches.of(transaction));
    SparkSession spark = transaction.warehouse().spark();
    String path = transaction.scratch("touched");
    transaction
        .read(StatementTable.TABLE)
        .where(col(Table.BATCH).isin(fresh.toArray()).and(col(ID[0]).isNotNull()))
        .select(ID[0])
        .union(
            spark
                .createDataset(
                    List.copyOf(AggregatedBatches.touched(transaction)), Encoders.STRING())
                .toDF())
        .distinct()
        .coalesce(1)
        .write()
        .parquet(path);
    return new TouchedSpeakers(spark.read().parquet(path));
  }

  /** Returns those of the rows that are to be added up. */
  Dataset<Row> of(Dataset<Row> rows) {
    return ids == null ? rows : rows.join(ids, ID, "left_semi");
  }

  /** Returns those of the earlier rows that are about other speakers, and have not changed. */
  Dataset<Row> rest(Dataset<Row> before) {
    return ids == null ? before.where(lit(false)) : before.join(ids, ID, "left_anti");
  }
}
