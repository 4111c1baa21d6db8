package org.demarche.attribution;

import java.util.List;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Range;

/** Whether the content of a statement is quoted. */
public enum StatementKind {
  /** Word for word, between quotation marks. */
  DIRECT,
  /** Paraphrased, without quotation marks. */
  INDIRECT,
  /** Partly quoted, partly paraphrased. */
  MIXED;

  /** Returns the kind of a content by the share of its words and numbers that are quoted. */
  public static StatementKind of(AnnotatedText text, List<Range> content) {
    int quoted = 0;
    int all = 0;
    for (Range range : content) {
      for (int i = range.first(); i < range.limit(); i++) {
        if (text.tokens().isWordOrNumber(i)) {
          all++;
          quoted += text.isQuoted(i) ? 1 : 0;
        }
      }
    }
    if (quoted == 0) {
      return INDIRECT;
    }
    return quoted * 10 >= all * 9 ? DIRECT : MIXED;
  }
}
