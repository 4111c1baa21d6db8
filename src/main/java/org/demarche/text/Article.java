package org.demarche.text;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;

/**
 * A news article as decoded; its text is never rewritten.
 *
 * @param id stable identifier, from the input or a hash of the content; never blank
 * @param url where the article was published, or null
 * @param outlet who published it, or null
 * @param title the headline, or null when the input has none
 * @param author the byline, or null
 * @param dateline the place the report was filed from, such as {@code BEIJING}, or null
 * @param publishedAt when it was published, or null when the input does not say
 * @param language ISO 639-1 code, or null
 * @param text the whole text, never empty; all offsets count UTF-16 code units in it
 * @param body the stretch of {@code text} that is the article itself; outside it is page furniture,
 *     such as menus, in which nobody is quoted. Null if there is a headline only, which is then the
 *     text
 */
public record Article(
    String id,
    String url,
    String outlet,
    String title,
    String author,
    String dateline,
    Instant publishedAt,
    String language,
    String text,
    Span body)
    implements Serializable {

  public Article {
    requireNonNull(text, "text is null");
    if (id.isBlank()) {
      throw new IllegalArgumentException("Article id is blank (url " + url + ")");
    }
    if (body != null && body.end() > text.length()) {
      throw new IllegalArgumentException(
          "Body %s ends after the text of article %s, which has %d characters"
              .formatted(body, id, text.length()));
    }
  }

  /** Returns an article without metadata whose whole text is body. */
  public static Article of(String id, String text) {
    return new Article(
        id, null, null, null, null, null, null, null, text, new Span(0, text.length()));
  }

  /** Returns whether there is more than a headline. */
  public boolean hasBody() {
    return body != null;
  }

  /** Returns the same article with another stretch of its text as the body. */
  public Article withBody(Span other) {
    return new Article(
        id, url, outlet, title, author, dateline, publishedAt, language, text, other);
  }
}
