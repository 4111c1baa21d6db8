package org.demarche.ingest;

import static java.util.Objects.requireNonNull;

import java.time.ZoneOffset;
import org.demarche.text.Article;

/**
 * The outcome of reading one record: an article, or the reason why there is none.
 *
 * <p>Bad records are data: they are counted and written beside the good ones, never only logged.
 */
public sealed interface Outcome {

  /**
   * Where the record came from.
   *
   * @param file the input file as its path was given
   * @param record number of the record in the file, from 0
   */
  record Origin(String file, long record) {}

  /** Returns where the record came from. */
  Origin origin();

  /** Returns the same outcome of a record from another place. */
  Outcome at(Origin other);

  /**
   * The record was read.
   *
   * @param section the part of the publication that the article stands in, such as {@code World},
   *     or null
   * @param publishedSource where the date of publication comes from; null if there is no date
   * @param publishedZone the zone that the date is printed with; null if it has none
   * @param namedByFile whether the id is the name of the file because the record has none; a file
   *     in another folder may have the same name
   */
  record Accepted(
      Origin origin,
      Article article,
      String section,
      PublishedSource publishedSource,
      ZoneOffset publishedZone,
      boolean namedByFile)
      implements Outcome {
    public Accepted {
      requireNonNull(article, "article is null");
      if ((publishedSource == null) != (article.publishedAt() == null)) {
        throw new IllegalArgumentException(
            "Article %s is published at %s, which comes from %s"
                .formatted(article.id(), article.publishedAt(), publishedSource));
      }
    }

    @Override
    public Outcome at(Origin other) {
      return new Accepted(other, article, section, publishedSource, publishedZone, namedByFile);
    }
  }

  /**
   * The record was rejected.
   *
   * @param reason the kind of fault, for counting
   * @param detail the fault itself, for the person who repairs the collection: field, value found,
   *     value expected
   * @param raw the record as read, cut at 64 KiB; empty if it cannot be shown as text
   */
  record Rejected(Origin origin, Reason reason, String detail, String raw) implements Outcome {
    @Override
    public Outcome at(Origin other) {
      return new Rejected(other, reason, detail, raw);
    }
  }

  /** Why records are rejected. The list is closed so that tables of counts have stable rows. */
  enum Reason {
    /** Not a record of its format: truncated JSON, a CSV row with too few or too many columns. */
    MALFORMED,
    /** Bytes that are no text, or text in an encoding that could not be found out for sure. */
    NOT_TEXT,
    /** A required field is missing. */
    MISSING_FIELD,
    /** The text is empty or white space. */
    EMPTY_TEXT,
    /** A date that cannot be read. */
    MALFORMED_DATE,
    /** Larger than the configured limit. */
    TOO_LARGE,
    /** Another record of the input has the same id and another text. */
    DUPLICATE_ID,
    /** The file ends early or is damaged; nothing after this record could be read. */
    DAMAGED_FILE
  }
}
