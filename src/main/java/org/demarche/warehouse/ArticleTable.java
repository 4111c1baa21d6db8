package org.demarche.warehouse;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.demarche.ingest.Outcome.Accepted;
import org.demarche.ingest.PublishedSource;
import org.demarche.text.Article;
import org.demarche.text.Span;
import org.demarche.text.TextQuality;

/** The table {@code articles}. */
public final class ArticleTable {

  /** One row of the table. */
  public record ArticleRow(
      @Column("id from the input, or a hash of the content") String articleId,
      @Column(value = "where the article was published", nullable = true) String url,
      @Column(value = "who published it", nullable = true) String outlet,
      @Column(value = "headline", nullable = true) String title,
      @Column(value = "byline", nullable = true) String author,
      @Column(value = "place the report was filed from", nullable = true) String dateline,
      @Column(value = "when it was published, UTC", nullable = true) Instant publishedAt,
      @Column(value = "day of published_at in UTC", nullable = true) LocalDate publishedDate,
      @Column(
              value =
                  "where published_at comes from: field (of the record), change (the record's field for"
                      + " its last change), text (a date line in it);"
                      + " of a page: structured_data, meta, page (shown beside the headline) or"
                      + " address; null in articles taken in before there was this column",
              nullable = true)
          String publishedSource,
      @Column(
              value = "zone that published_at was given in, such as +06:00 or Z; null if in none",
              nullable = true)
          String publishedZone,
      @Column(value = "part of the publication, such as World", nullable = true) String section,
      @Column(value = "ISO 639-1 code, given or detected", nullable = true) String language,
      @Column("the text, never rewritten; offsets count UTF-16 code units in it") String text,
      @Column("offset in text where the body begins") long bodyStart,
      @Column(
              "offset after the body; text outside the body is page furniture. Where it equals"
                  + " body_start, the article is a headline only, which is the text, and has no"
                  + " statements")
          long bodyEnd,
      @Column(
              value =
                  "the worst that was found in text: clean, invisible, entities, markup, mojibake or"
                      + " damaged; null in articles taken in before there was this column",
              nullable = true)
          String textQuality,
      @Column(
              value =
                  "file the article came from; null in articles taken in before there was this"
                      + " column",
              nullable = true)
          String inputFile,
      @Column(value = "number of the record in that file, from 0", nullable = true) Long record,
      @Column("syndication cluster, named by the id of its earliest article") String clusterId,
      @Column("whether an earlier article of the cluster exists") boolean isReprint) {

    /** Returns the row of an article, in a cluster of its own. */
    static ArticleRow of(Accepted accepted, TextQuality textQuality) {
      Article article = accepted.article();
      PublishedSource source = accepted.publishedSource();
      return new ArticleRow(
          article.id(),
          article.url(),
          article.outlet(),
          article.title(),
          article.author(),
          article.dateline(),
          article.publishedAt(),
          day(article.publishedAt()),
          source == null ? null : source.name().toLowerCase(Locale.ROOT),
          accepted.publishedZone() == null ? null : accepted.publishedZone().getId(),
          accepted.section(),
          article.language(),
          article.text(),
          article.hasBody() ? article.body().start() : article.text().length(),
          article.hasBody() ? article.body().end() : article.text().length(),
          textQuality.toString(),
          accepted.origin().file(),
          accepted.origin().record(),
          article.id(),
          false);
    }

    public Article article() {
      return new Article(
          articleId,
          url,
          outlet,
          title,
          author,
          dateline,
          publishedAt,
          language,
          text,
          bodyStart < bodyEnd
              ? new Span(Math.toIntExact(bodyStart), Math.toIntExact(bodyEnd))
              : null);
    }
  }

  public static final Table<ArticleRow> TABLE =
      new Table<>(
          "articles",
          "One accepted article, its text as decoded.",
          new RecordCodec<>(ArticleRow.class),
          List.of("article_id"),
          Table.Layout.BATCHES_BY_MONTH,
          List.of("published_date", "article_id"));

  private ArticleTable() {}

  /** Returns the day of {@code instant} in UTC, or null if it is null. */
  static LocalDate day(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
