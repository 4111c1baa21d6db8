package org.demarche.warehouse;

import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.demarche.text.Article;
import org.demarche.text.Span;

/** The table {@code articles}. */
public final class ArticleTable {

  public static final Table TABLE =
      new Table(
          "articles",
          "One accepted article, its text as decoded.",
          Columns.of(
              Columns.text("article_id", "id from the input, or a hash of the content"),
              Columns.optionalText("url", "where the article was published"),
              Columns.optionalText("outlet", "who published it"),
              Columns.optionalText("title", "headline"),
              Columns.optionalText("author", "byline"),
              Columns.optionalText("dateline", "place the report was filed from"),
              Columns.optionalTimestamp("published_at", "when it was published, UTC"),
              Columns.optionalDate("published_date", "day of published_at in UTC"),
              Columns.optionalText("language", "ISO 639-1 code, given or detected"),
              Columns.text(
                  "text", "the text, never rewritten; offsets count UTF-16 code units in it"),
              Columns.offset("body_start", "offset in text where the body begins"),
              Columns.offset(
                  "body_end", "offset after the body; what is outside is page furniture"),
              Columns.text(
                  "cluster_id", "syndication cluster: the id of the earliest article of it"),
              Columns.flag("is_reprint", "whether an earlier article of the cluster exists")),
          List.of("article_id"),
          Table.Layout.BATCHES_BY_MONTH,
          List.of("published_date", "article_id"));

  private ArticleTable() {}

  /** Reads the article of a row. */
  public static Article article(Row row) {
    long start = row.<Long>getAs("body_start");
    long end = row.<Long>getAs("body_end");
    return new Article(
        row.getAs("article_id"),
        row.getAs("url"),
        row.getAs("outlet"),
        row.getAs("title"),
        row.getAs("author"),
        row.getAs("dateline"),
        row.<Instant>getAs("published_at"),
        row.getAs("language"),
        row.getAs("text"),
        new Span(Math.toIntExact(start), Math.toIntExact(end)));
  }
}
