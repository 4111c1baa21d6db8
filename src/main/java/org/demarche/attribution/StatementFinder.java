package org.demarche.attribution;

import java.util.List;
import org.demarche.text.Article;
import org.demarche.text.Tokens;

/** Finds who said what in one article. Implementations are safe to share between threads. */
public interface StatementFinder {

  /**
   * Returns the statements in the article's body, sorted by where their content starts.
   *
   * @param tokens the tokens of the article's body
   */
  List<Statement> find(Article article, Tokens tokens);
}
