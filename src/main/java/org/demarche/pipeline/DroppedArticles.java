package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.demarche.warehouse.AggregatedBatches;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.FingerprintTable;
import org.demarche.warehouse.Place;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.StatementProbabilityTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Transaction;

/**
 * Drops articles, and all rows that were made of them, from the batches that hold them. Only the
 * files of those batches and months are written again.
 */
final class DroppedArticles {

  private static final String[] ID = {"article_id"};
  private static final String[] STATEMENT = {"statement_id"};

  private static final List<Table<?>> BY_ARTICLE =
      List.of(
          FingerprintTable.TABLE,
          ArticleTable.TABLE,
          StatementTable.TABLE,
          StatementScoreTable.TABLE);

  private DroppedArticles() {}

  /**
   * Drops articles of earlier runs.
   *
   * @param ids their {@code article_id}
   */
  static void drop(Transaction transaction, Dataset<Row> ids) throws IOException {
    Dataset<Row> articles =
        transaction
            .warehouse()
            .read(ArticleTable.TABLE)
            .join(ids, ID, "left_semi")
            .select(col(Table.BATCH).as("batch"), col(Table.MONTH).as("month"));
    List<Place> places = new RecordCodec<>(Place.class).read(articles.distinct()).collectAsList();
    Dataset<Row> statements =
        transaction.warehouse().read(StatementTable.TABLE).join(ids, ID, "left_semi");
    AggregatedBatches.touch(
        transaction,
        statements
            .where(col("speaker_id").isNotNull())
            .select("speaker_id")
            .distinct()
            .as(Encoders.STRING())
            .collectAsList());
    for (Table<?> table : BY_ARTICLE) {
      transaction.rewrite(table, places, rows -> rows.join(ids, ID, "left_anti"));
    }
    transaction.rewrite(
        StatementProbabilityTable.TABLE,
        places,
        rows -> rows.join(statements.select(STATEMENT[0]), STATEMENT, "left_anti"));
  }
}
