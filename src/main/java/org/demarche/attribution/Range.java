package org.demarche.attribution;

/** Tokens {@code [first, limit)}; never empty. */
record Range(int first, int limit) {

  boolean contains(int token) {
    return first <= token && token < limit;
  }
}
