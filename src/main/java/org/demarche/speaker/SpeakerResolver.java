package org.demarche.speaker;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.demarche.attribution.Statement;
import org.demarche.text.Article;
import org.demarche.text.Tokens;

/**
 * Credits the statements of an article: from the words that name a source to the speaker they mean.
 *
 * <p>Names, titles and roles are read from the whole article first, then the statements are
 * resolved in reading order, because "he" and "the minister" lean on who spoke before. Where
 * nothing is sure the speaker is unknown or unnamed rather than guessed (the precise-first order of
 * Muzny et al., <em>A Two-stage Sieve Approach for Quote Attribution</em>, 2017).
 *
 * <p>Without state, so it can be shared between threads.
 */
public final class SpeakerResolver implements Serializable {

  private final SpeakerDirectory directory;

  /** A resolver that knows nobody but whom each article introduces. */
  public SpeakerResolver() {
    this(SpeakerDirectory.EMPTY);
  }

  /**
   * @param directory what the user knows of speakers: their roles and countries tell who is meant
   *     where an article does not
   */
  public SpeakerResolver(SpeakerDirectory directory) {
    this.directory = requireNonNull(directory, "directory is null");
  }

  /**
   * Returns each statement with whom it is credited to, in the order of {@code statements}.
   *
   * @param article the article in which the statements were found
   * @param tokens the tokens of {@code article}
   * @param statements attributions found in {@code article}, in any order
   */
  public List<CreditedStatement> resolve(
      Article article, Tokens tokens, List<Statement> statements) {
    if (statements.isEmpty()) {
      return List.of();
    }
    return resolve(new Words(tokens), statements);
  }

  private List<CreditedStatement> resolve(Words words, List<Statement> statements) {
    Entities entities = Entities.of(words, directory);
    SourceReader reader = new SourceReader(words, entities);
    List<Integer> order = new ArrayList<>(statements.size());
    for (int i = 0; i < statements.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingInt(i -> place(statements.get(i))));
    Speaker[] speakers = new Speaker[statements.size()];
    for (int i : order) {
      speakers[i] = reader.read(statements.get(i));
    }
    List<CreditedStatement> credited = new ArrayList<>(statements.size());
    for (int i = 0; i < speakers.length; i++) {
      credited.add(new CreditedStatement(statements.get(i), speakers[i]));
    }
    return credited;
  }

  private static int place(Statement statement) {
    return statement.source() == null
        ? statement.content().get(0).start()
        : statement.source().start();
  }
}
