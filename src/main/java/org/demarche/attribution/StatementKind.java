package org.demarche.attribution;

/** How the content of a statement is printed. */
public enum StatementKind {
  /** Word for word, between quotation marks. */
  DIRECT,
  /** Paraphrased, without quotation marks. */
  INDIRECT,
  /** Partly quoted, partly paraphrased. */
  MIXED
}
