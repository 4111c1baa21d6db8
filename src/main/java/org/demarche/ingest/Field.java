package org.demarche.ingest;

import java.util.List;

/** The fields of an article that a record may have. */
public enum Field {
  /** The id; a hash of the content if the input has none. */
  ID(
      "id",
      "",
      List.of("id", "article_id", "_id", "doc_id", "document_id", "uuid", "guid", "identifier")),
  /** Where the article was published. */
  URL("url", "", List.of("url", "link", "canonical_url", "web_url", "uri")),
  /** The headline. */
  TITLE("title", "", List.of("title", "headline", "headline.main", "headline_main")),
  /** The text, the only field that a record must have. */
  TEXT(
      "text",
      "\n\n",
      List.of(
          "text",
          "body",
          "content",
          "article_body",
          "maintext",
          "full_text",
          "article_text",
          "body_text",
          "body_html",
          "fulltext",
          "article")),
  /** When it was published. */
  PUBLISHED(
      "published_at",
      "",
      List.of(
          "published_at",
          "published_at.$date",
          "published",
          "published_date",
          "publish_date",
          "date_publish",
          "date_published",
          "pub_date",
          "publication_date",
          "date",
          "date.$date",
          "datetime",
          "timestamp",
          "version_created",
          "created_at")),
  /** Who published it. */
  OUTLET(
      "outlet",
      "",
      List.of(
          "outlet",
          "source.name",
          "source.title",
          "source",
          "publisher.name",
          "publisher",
          "publication",
          "site_name",
          "site",
          "source_domain",
          "domain")),
  /** Who wrote it; several names are joined. */
  AUTHOR(
      "author",
      ", ",
      List.of(
          "author",
          "author.name",
          "authors",
          "authors.name",
          "byline",
          "byline.original",
          "creator",
          "creator.name")),
  /** The language it is written in. */
  LANGUAGE("language", "", List.of("language", "lang", "in_language", "language_code"));

  private final String key;
  private final String separator;
  private final List<String> guesses;

  Field(String key, String separator, List<String> guesses) {
    this.key = key;
    this.separator = separator;
    this.guesses = guesses;
  }

  /** Returns the name of this field in the settings, such as {@code outlet}. */
  public String key() {
    return key;
  }

  /** Returns the names that collections use for this field, the likeliest first. */
  public List<String> guesses() {
    return guesses;
  }

  /** Returns what joins several values of this field; empty if only the first value counts. */
  String separator() {
    return separator;
  }
}
