package org.demarche.attribution;

/** The tokens {@code [first, limit)} of an article; at least one. */
record Range(int first, int limit) {

  Range {
    if (first < 0 || limit <= first) {
      throw new IllegalArgumentException("A range cannot be [%d, %d)".formatted(first, limit));
    }
  }

  boolean contains(int token) {
    return first <= token && token < limit;
  }
}
