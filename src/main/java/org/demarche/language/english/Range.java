package org.demarche.language.english;

/** The tokens {@code [first, limit)} of an article; at least one. */
public record Range(int first, int limit) {

  public Range {
    if (first < 0 || limit <= first) {
      throw new IllegalArgumentException("A range cannot be [%d, %d)".formatted(first, limit));
    }
  }

  /** Returns whether the two ranges share a token. */
  public boolean overlaps(Range other) {
    return first < other.limit && other.first < limit;
  }

  public boolean contains(int token) {
    return first <= token && token < limit;
  }
}
