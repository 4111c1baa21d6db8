package org.demarche.speaker;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.demarche.attribution.AssertionCheck;
import org.demarche.attribution.Statement;
import org.demarche.stance.StatementPassage;

/**
 * A statement with its speaker.
 *
 * @param statement the statement with its places in the article
 * @param speaker who is credited; {@link Speaker#UNKNOWN} rather than a guess
 * @param isAsserted whether the article asserts that it was said; see {@link AssertionCheck}
 */
public record CreditedStatement(Statement statement, Speaker speaker, boolean isAsserted)
    implements Serializable {

  public CreditedStatement {
    requireNonNull(statement, "statement is null");
    requireNonNull(speaker, "speaker is null");
  }

  /**
   * Returns the statement as models read it.
   *
   * @param article text of the article in which it stands
   */
  public StatementPassage passage(String article) {
    return StatementPassage.cut(article, statement.content(), statement.cue(), statement.source());
  }
}
