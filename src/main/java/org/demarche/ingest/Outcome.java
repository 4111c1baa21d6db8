package org.demarche.ingest;

import static java.util.Objects.requireNonNull;

import org.demarche.text.Article;

/**
 * What came of reading one record: an article, or the reason why there is none.
 *
 * <p>Bad records are data. They are counted and written beside the good ones; they are never logged
 * and dropped, and never {@code null}.
 */
public sealed interface Outcome {

  /**
   * Where the record came from.
   *
   * @param file the input file as its path was given
   * @param record number of the record in the file, from 1
   */
  record Origin(String file, long record) {}

  /** Returns where the record came from. */
  Origin origin();

  /**
   * The record was read.
   *
   * @param namedByFile whether the article has no id of its own and its file's name for one, which
   *     a file in another folder may have too
   */
  record Accepted(Origin origin, Article article, boolean namedByFile) implements Outcome {
    public Accepted {
      requireNonNull(article, "article is null");
    }
  }

  /**
   * The record was refused.
   *
   * @param reason the class of fault, for counting
   * @param detail the fault itself, for whoever mends the collection: field, value found, value
   *     expected
   * @param raw the record as it came, cut at 64 KiB; empty where it cannot be shown as text
   */
  record Rejected(Origin origin, Reason reason, String detail, String raw) implements Outcome {}

  /** Why records are refused. A closed list, so that a table of counts has stable rows. */
  enum Reason {
    /** Not a record of its format: cut JSON, a CSV row of another width. */
    MALFORMED,
    /** Bytes that are no text, or text in an encoding that is neither known nor certain. */
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
    /** The file itself ended early or is damaged; nothing after this record could be read. */
    DAMAGED_FILE
  }
}
