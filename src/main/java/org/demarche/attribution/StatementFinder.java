package org.demarche.attribution;

import java.util.List;
import org.demarche.text.Article;
import org.demarche.text.Tokens;

/** Finds the statements of an article. Implementations can be shared between threads. */
public interface StatementFinder {

  /**
   * Returns the statements in the article's body, sorted by where their content starts.
   *
   * @param tokens the tokens of the article's body
   */
  List<Statement> find(Article article, Tokens tokens);
}
