package org.demarche.ingest;

import java.time.Instant;
import org.demarche.text.Sha256;

/** Identifiers of articles: the input's own, or a hash of the content. */
final class ArticleIds {

  /** Longer ones are no identifiers but text that stands in the field. */
  private static final int LONGEST = 200;

  private static final int HASH_BYTES = 12;

  private ArticleIds() {}

  /**
   * Returns the identifier of an article that came without one: the first 24 hexadecimal digits of
   * the SHA-256 of its address or, without one, of title, text and date.
   */
  static String ofContent(String url, String title, String text, Instant publishedAt) {
    return url == null
        ? Sha256.hex((title == null ? "" : title) + '\0' + text + '\0' + publishedAt, HASH_BYTES)
        : Sha256.hex(url, HASH_BYTES);
  }

  /**
   * Returns the identifier as given, without white space around it; its hash where it is longer
   * than 200 characters or holds some that no table or file name bears (control characters, halves
   * of a surrogate pair).
   */
  static String cleaned(String given) {
    String id = given.strip();
    boolean odd = id.length() > LONGEST;
    for (int i = 0; i < id.length() && !odd; i++) {
      char c = id.charAt(i);
      odd = Character.isISOControl(c) || Character.isSurrogate(c) || c == '\uFFFD';
    }
    return odd ? Sha256.hex(id, HASH_BYTES) : id;
  }
}
