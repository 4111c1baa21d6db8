package org.demarche.job;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.demarche.attribution.RuleStatementFinder;
import org.demarche.config.Settings;
import org.demarche.speaker.CreditedStatement;
import org.demarche.speaker.SpeakerDirectory;
import org.demarche.speaker.SpeakerIds;
import org.demarche.speaker.StatementExtractor;
import org.demarche.table.ArticleTable;
import org.demarche.table.Ids;
import org.demarche.table.StatementTable;
import org.demarche.table.Transaction;
import org.demarche.text.Article;

/** {@code articles} to {@code statements}: who said what. */
final class Extract {

  private Extract() {}

  static Map<String, Long> run(Transaction transaction, Settings settings) throws IOException {
    SpeakerDirectory directory = People.directory(settings);
    String recipe = Ids.of(Version.DEMARCHE, settings.people().toString());
    StageBatches todo =
        StageBatches.of(
            transaction, Stage.EXTRACT, recipe, ArticleTable.TABLE, StatementTable.TABLE);
    long articles = 0;
    long statements = 0;
    for (String batch : todo.batches()) {
      Dataset<Row> rows = transaction.read(ArticleTable.TABLE, batch);
      transaction.append(StatementTable.TABLE, batch, statements(rows, directory));
      articles += rows.count();
      statements += transaction.read(StatementTable.TABLE, batch).count();
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("articles", articles);
    counts.put("statements", statements);
    return counts;
  }

  /** Extracts the statements of {@code articles}, rows of the table {@code articles}. */
  static Dataset<Row> statements(Dataset<Row> articles, SpeakerDirectory directory) {
    MapPartitionsFunction<Row, Row> extract =
        rows -> {
          StatementExtractor extractor =
              new StatementExtractor(new RuleStatementFinder(), directory);
          SpeakerIds ids = new SpeakerIds(directory);
          return new FlatIterator<>(rows, row -> rows(row, extractor, ids));
        };
    return articles
        .select(
            col("article_id"),
            col("url"),
            col("outlet"),
            col("title"),
            col("author"),
            col("dateline"),
            col("published_at"),
            col("language"),
            col("text"),
            col("body_start"),
            col("body_end"),
            col("cluster_id"),
            col("is_reprint"))
        .mapPartitions(extract, Encoders.row(StatementTable.TABLE.schema()));
  }

  private static Iterator<Row> rows(Row row, StatementExtractor extractor, SpeakerIds ids) {
    Article article = ArticleTable.article(row);
    String cluster = row.getAs("cluster_id");
    boolean isReprint = row.<Boolean>getAs("is_reprint");
    List<CreditedStatement> statements = extractor.extract(article);
    // Somebody without a name is the same in every reprint of a story, and in no other article.
    return statements.stream()
        .map(
            credited ->
                StatementTable.row(
                    article, credited, ids.id(credited.speaker(), cluster), isReprint))
        .iterator();
  }
}
