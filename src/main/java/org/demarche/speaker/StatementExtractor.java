package org.demarche.speaker;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import org.demarche.attribution.Statement;
import org.demarche.attribution.StatementFinder;
import org.demarche.text.Article;
import org.demarche.text.Tokenizer;
import org.demarche.text.Tokens;

/**
 * Article in, credited statements out: cuts the body into tokens, finds the statements, and credits
 * each to a speaker, completed from the directory where it knows them.
 *
 * <p>Safe to share between threads. Serializable where its finder is; the tokenizer is made anew on
 * the other side.
 */
public final class StatementExtractor implements Serializable {

  private final StatementFinder finder;
  private final SpeakerDirectory directory;
  private final SpeakerResolver resolver;
  private final transient Tokenizer tokenizer = new Tokenizer();

  /**
   * @param finder finds the statements and their sources
   * @param directory the speakers whom the user knows; {@link SpeakerDirectory#EMPTY} for none
   */
  public StatementExtractor(StatementFinder finder, SpeakerDirectory directory) {
    this.finder = requireNonNull(finder, "finder is null");
    this.directory = requireNonNull(directory, "directory is null");
    this.resolver = new SpeakerResolver(directory);
  }

  /** Returns the statements in the article's body, sorted by where their content starts. */
  public List<CreditedStatement> extract(Article article) {
    Tokens tokens = tokenizer.tokenize(article.text(), article.body());
    List<Statement> statements = finder.find(article, tokens);
    return resolver.resolve(article, tokens, statements).stream()
        .map(
            credited ->
                new CreditedStatement(credited.statement(), directory.complete(credited.speaker())))
        .toList();
  }

  private Object readResolve() {
    return new StatementExtractor(finder, directory);
  }
}
