package org.demarche.job;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
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

  static Map<String, Long> run(Transaction transaction, Settings settings, Manifest manifest)
      throws IOException {
    SpeakerDirectory directory = People.directory(settings);
    String recipe = Ids.of(Version.DEMARCHE, settings.people().toString());
    StageBatches todo =
        StageBatches.of(
            transaction, Stage.EXTRACT, recipe, ArticleTable.TABLE, StatementTable.TABLE);
    CollectionAccumulator<String> failed =
        transaction
            .read(ArticleTable.TABLE)
            .sparkSession()
            .sparkContext()
            .collectionAccumulator("articles that could not be read");
    long articles = 0;
    long statements = 0;
    for (String batch : todo.batches()) {
      Dataset<Row> rows = transaction.read(ArticleTable.TABLE, batch);
      transaction.append(StatementTable.TABLE, batch, statements(rows, directory, failed));
      articles += rows.count();
      statements += transaction.read(StatementTable.TABLE, batch).count();
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("articles", articles);
    counts.put("statements", statements);
    Set<String> ids = new TreeSet<>(failed.value());
    if (!ids.isEmpty()) {
      counts.put("articles_not_read", (long) ids.size());
      manifest.notRead(ids);
    }
    return counts;
  }

  /**
   * Extracts the statements of {@code articles}, rows of the table {@code articles}.
   *
   * @param failed takes the ids of articles that could not be read, each once or more often
   */
  static Dataset<Row> statements(
      Dataset<Row> articles, SpeakerDirectory directory, CollectionAccumulator<String> failed) {
    MapPartitionsFunction<Row, Row> extract =
        rows -> {
          StatementExtractor extractor =
              new StatementExtractor(new RuleStatementFinder(), directory);
          SpeakerIds ids = new SpeakerIds(directory);
          return new FlatIterator<>(rows, row -> rows(row, extractor, ids, failed));
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

  private static Iterator<Row> rows(
      Row row, StatementExtractor extractor, SpeakerIds ids, CollectionAccumulator<String> failed) {
    Article article = ArticleTable.article(row);
    String cluster = row.getAs("cluster_id");
    boolean isReprint = row.<Boolean>getAs("is_reprint");
    List<CreditedStatement> statements;
    try {
      statements = extractor.extract(article);
    } catch (RuntimeException e) {
      // A fault of ours in one article must not cost a night's run of millions; it is counted.
      failed.add(article.id());
      return Collections.emptyIterator();
    }
    // Somebody without a name is the same in every reprint of a story, and in no other article.
    return statements.stream()
        .map(
            credited ->
                StatementTable.row(
                    article, credited, ids.id(credited.speaker(), cluster), isReprint))
        .iterator();
  }
}
