package org.demarche.ingest;

import java.time.Instant;
import org.demarche.text.Sha256;

/** Ids of articles: the id that the input gives, or a hash of the content. */
public final class ArticleIds {

  /** A longer value is no id but some text. */
  private static final int LONGEST = 200;

  private static final int HASH_BYTES = 12;

  private ArticleIds() {}

  /**
   * Returns an id for an article that has none: the first 24 hexadecimal digits of the SHA-256 of
   * its URL or, if it has none, of title, text and date.
   */
  static String ofContent(String url, String title, String text, Instant publishedAt) {
    return url == null
        ? Sha256.hex((title == null ? "" : title) + '\0' + text + '\0' + publishedAt, HASH_BYTES)
        : Sha256.hex(url, HASH_BYTES);
  }

  /**
   * Returns the given id without white space around it. An id of more than 200 characters, or with
   * characters that tables or file names cannot hold (control characters, surrogates), is replaced
   * by its hash.
   */
  public static String cleaned(String given) {
    String id = given.strip();
    boolean odd = id.length() > LONGEST;
    for (int i = 0; i < id.length() && !odd; i++) {
      char c = id.charAt(i);
      odd = Character.isISOControl(c) || Character.isSurrogate(c) || c == '\uFFFD';
    }
    return odd ? Sha256.hex(id, HASH_BYTES) : id;
  }
}
