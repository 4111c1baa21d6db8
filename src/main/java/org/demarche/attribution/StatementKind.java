package org.demarche.attribution;

/** Whether the content of a statement is quoted. */
public enum StatementKind {
  /** Word for word, between quotation marks. */
  DIRECT,
  /** Paraphrased, without quotation marks. */
  INDIRECT,
  /** Partly quoted, partly paraphrased. */
  MIXED
}
