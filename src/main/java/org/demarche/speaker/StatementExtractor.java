package org.demarche.speaker;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.demarche.attribution.AssertionCheck;
import org.demarche.attribution.Statement;
import org.demarche.attribution.StatementFinder;
import org.demarche.attribution.learned.LearnedStatementFinder;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Article;
import org.demarche.text.CleanText;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;

/**
 * Extracts the statements of an article with their speakers. Speakers in the directory get the
 * name, role and affiliation that they have there.
 *
 * <p>Can be shared between threads.
 */
public final class StatementExtractor {

  private final SpeakerDirectory directory;
  private final StatementFinder finder;
  private final SpeakerResolver resolver;
  private final Tokenizer tokenizer = new Tokenizer();

  /**
   * Uses the bundled model of attribution beside the rules.
   *
   * @param directory the speakers that the user listed; {@link SpeakerDirectory#EMPTY} for none
   */
  public StatementExtractor(SpeakerDirectory directory) {
    this(directory, LearnedStatementFinder.bundled());
  }

  /** Uses a finder of one's own, such as the rules alone. */
  public StatementExtractor(SpeakerDirectory directory, StatementFinder finder) {
    this.directory = requireNonNull(directory, "directory is null");
    this.finder = finder;
    this.resolver = new SpeakerResolver(directory);
  }

  /**
   * Returns the statements in the article's body, sorted by where their content starts. They are
   * found in the {@link CleanText} of the article, from which the names of speakers come too; their
   * places are those in the text as delivered.
   */
  public List<CreditedStatement> extract(Article article) {
    CleanText clean = CleanText.of(article.text());
    return clean.clean(article.body()).map(body -> extract(clean, body)).orElse(List.of());
  }

  private List<CreditedStatement> extract(CleanText clean, Span body) {
    AnnotatedText text = new AnnotatedText(tokenizer.tokenize(clean.text(), body));
    List<Statement> statements = finder.find(text);
    List<Speaker> speakers = resolver.resolve(text, statements);
    List<CreditedStatement> credited = new ArrayList<>(statements.size());
    for (int i = 0; i < statements.size(); i++) {
      credited.add(
          new CreditedStatement(
              statements.get(i).delivered(clean),
              directory.complete(speakers.get(i)),
              AssertionCheck.isAsserted(text, statements.get(i))));
    }
    return List.copyOf(credited);
  }

  /**
   * The statements of an article, as far as it could be read.
   *
   * @param statements as {@link #extract} returns them
   * @param fault what failed on a part of the article, or null if nothing did
   */
  public record Reading(List<CreditedStatement> statements, Throwable fault) {}

  /**
   * Reads an article even if {@link #extract} fails on it. The body is then cut at the line break
   * nearest its middle and each half is read by itself, and so on, so that only the line that
   * causes the fault is left out. A half does not know the names in the other half.
   */
  public Reading read(Article article) {
    try {
      return new Reading(extract(article), null);
    } catch (RuntimeException | StackOverflowError e) {
      int cut = middleLineBreak(article.text(), article.body());
      if (cut < 0) {
        return new Reading(List.of(), e);
      }
      List<CreditedStatement> statements = new ArrayList<>();
      Span body = article.body();
      statements.addAll(read(article.withBody(new Span(body.start(), cut))).statements());
      statements.addAll(read(article.withBody(new Span(cut + 1, body.end()))).statements());
      return new Reading(List.copyOf(statements), e);
    }
  }

  /** Returns the line break in {@code body} nearest its middle, or −1 if it has none. */
  private static int middleLineBreak(String text, Span body) {
    int middle = body.start() + body.length() / 2;
    int before = text.lastIndexOf('\n', middle);
    int after = text.indexOf('\n', middle);
    boolean hasBefore = before > body.start();
    boolean hasAfter = after >= 0 && after < body.end() - 1;
    if (hasBefore && hasAfter) {
      return middle - before <= after - middle ? before : after;
    }
    return hasBefore ? before : hasAfter ? after : -1;
  }
}
