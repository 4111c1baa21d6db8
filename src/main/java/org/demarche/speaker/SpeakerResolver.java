package org.demarche.speaker;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.demarche.attribution.Statement;
import org.demarche.language.english.AnnotatedText;

/**
 * Finds the speaker that the source of each statement means.
 *
 * <p>Reads all names and roles of the article first, then the statements in the order of the
 * article, because "he" and "the minister" can refer to an earlier speaker. The most certain
 * evidence goes first (Muzny et al., <em>A Two-stage Sieve Approach for Quote Attribution</em>,
 * 2017); a speaker is unknown or unnamed rather than guessed.
 *
 * <p>Can be shared between threads.
 */
public final class SpeakerResolver implements Serializable {

  private final SpeakerDirectory directory;

  /** A resolver that knows only what each article says. */
  public SpeakerResolver() {
    this(SpeakerDirectory.EMPTY);
  }

  /**
   * @param directory whose roles and countries help where an article does not tell them
   */
  public SpeakerResolver(SpeakerDirectory directory) {
    this.directory = requireNonNull(directory, "directory is null");
  }

  /**
   * Returns the speaker of each statement, in the order of {@code statements}.
   *
   * @param text the article in which the statements were found
   * @param statements attributions found in it, in any order
   */
  public List<Speaker> resolve(AnnotatedText text, List<Statement> statements) {
    if (statements.isEmpty()) {
      return List.of();
    }
    Entities entities = Entities.of(text, directory);
    List<Integer> order = new ArrayList<>(statements.size());
    for (int i = 0; i < statements.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingInt(i -> place(statements.get(i))));
    SourceReader reader = new SourceReader(text, entities);
    Speaker[] speakers = new Speaker[statements.size()];
    for (int i : order) {
      text.checkTime();
      speakers[i] = reader.read(statements.get(i));
    }
    return List.of(speakers);
  }

  private static int place(Statement statement) {
    return statement.source() == null
        ? statement.content().get(0).start()
        : statement.source().start();
  }
}
