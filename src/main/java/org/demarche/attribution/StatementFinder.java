package org.demarche.attribution;

import java.util.List;
import org.demarche.language.english.AnnotatedText;

/** Finds who said what in an article. Implementations can be shared between threads. */
@FunctionalInterface
public interface StatementFinder {

  /** Returns the statements of an article, sorted by where their content starts. */
  List<Statement> find(AnnotatedText text);
}
