package org.demarche.attribution.learned;

/** What became of a candidate. */
public enum Outcome {
  /** It is a statement: probable enough, and nothing more probable is in its place. */
  KEPT,
  /** It is a statement although it is improbable: no other one has its quotation. */
  KEPT_FOR_QUOTATION,
  /** A more probable statement has a fifth of its content or more. */
  OVERLAPS,
  /** It is less probable than the minimum confidence. */
  IMPROBABLE;

  /** Returns whether the candidate is a statement of the article. */
  public boolean isKept() {
    return this == KEPT || this == KEPT_FOR_QUOTATION;
  }
}
