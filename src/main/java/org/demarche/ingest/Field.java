package org.demarche.ingest;

import java.util.List;

/** What a record may say of an article. */
public enum Field {
  /** Identifier; a hash of the content where the input has none. */
  ID(
      "id",
      "",
      List.of("id", "article_id", "_id", "doc_id", "document_id", "uuid", "guid", "identifier")),
  /** Where the article was published. */
  URL("url", "", List.of("url", "link", "canonical_url", "web_url", "uri")),
  /** The headline. */
  TITLE("title", "", List.of("title", "headline", "headline.main", "headline_main")),
  /** The text, the one field that a record must have. */
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
  /** Who wrote it; several are joined. */
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

  /** Returns the name by which a configuration speaks of this field, such as {@code outlet}. */
  public String key() {
    return key;
  }

  /** Returns the names that collections use for this field, the likeliest first. */
  public List<String> guesses() {
    return guesses;
  }

  /** What joins several values of this field; empty where only the first counts. */
  String separator() {
    return separator;
  }
}
