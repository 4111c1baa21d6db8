package org.demarche.speaker;

import static java.util.Objects.requireNonNull;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.demarche.attribution.AssertionCheck;
import org.demarche.attribution.Statement;
import org.demarche.attribution.StatementFinder;
import org.demarche.attribution.learned.LearnedStatementFinder;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Article;
import org.demarche.text.CleanText;
import org.demarche.text.Deadline;
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
  private final ExtractionBudget budget;
  private final LongSupplier clock;
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
    this(directory, finder, ExtractionBudget.NONE);
  }

  /**
   * @param budget what {@link #read} may spend on an article
   */
  public StatementExtractor(
      SpeakerDirectory directory, StatementFinder finder, ExtractionBudget budget) {
    // The time on the wall would depend on what else the machine does.
    this(directory, finder, budget, ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
  }

  /**
   * @param clock returns nanoseconds
   */
  StatementExtractor(
      SpeakerDirectory directory,
      StatementFinder finder,
      ExtractionBudget budget,
      LongSupplier clock) {
    this.directory = requireNonNull(directory, "directory is null");
    this.finder = finder;
    this.budget = budget;
    this.clock = clock;
    this.resolver = new SpeakerResolver(directory);
  }

  /**
   * Returns the statements in the article's body, sorted by where their content starts. They are
   * found in the {@link CleanText} of the article, from which the names of speakers come too; their
   * places are those in the text as delivered.
   */
  public List<CreditedStatement> extract(Article article) {
    return extract(article, Deadline.NONE);
  }

  private List<CreditedStatement> extract(Article article, Deadline deadline) {
    if (!article.hasBody()) {
      return List.of();
    }
    CleanText clean = CleanText.of(article.text());
    return clean
        .clean(article.body())
        .map(body -> extract(clean, body, deadline))
        .orElse(List.of());
  }

  private List<CreditedStatement> extract(CleanText clean, Span body, Deadline deadline) {
    AnnotatedText text = new AnnotatedText(tokenizer.tokenize(clean.text(), body), deadline);
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
   * @param limit the limit that cut the article off, or null if it was read to its end
   */
  public record Reading(
      List<CreditedStatement> statements, Throwable fault, ExtractionBudget.Limit limit) {}

  /**
   * Reads an article within the budget, even if {@link #extract} fails on it. If its body is longer
   * than the budget allows, the rest is left out. If it takes too long, only its first {@value
   * ExtractionBudget#SHORT} characters are read; if these take too long as well, nothing is.
   */
  public Reading read(Article article) {
    Article affordable = ExtractionBudget.cut(article, budget.maxCharacters());
    try {
      Reading reading = readAround(affordable, budget.deadline(clock));
      return affordable.equals(article)
          ? reading
          : new Reading(reading.statements(), reading.fault(), ExtractionBudget.Limit.CHARACTERS);
    } catch (Deadline.Passed e) {
      return readShort(affordable);
    }
  }

  private Reading readShort(Article article) {
    Article cut = ExtractionBudget.cut(article, ExtractionBudget.SHORT);
    try {
      Reading reading = readAround(cut, budget.deadline(clock));
      return new Reading(reading.statements(), reading.fault(), ExtractionBudget.Limit.SECONDS);
    } catch (Deadline.Passed e) {
      return new Reading(List.of(), null, ExtractionBudget.Limit.SECONDS);
    }
  }

  /**
   * Reads an article around what causes a fault. The body is then cut at the line break nearest its
   * middle and each half is read by itself, and so on, so that only the line that causes the fault
   * is left out. A half does not know the names in the other half.
   */
  private Reading readAround(Article article, Deadline deadline) {
    try {
      return new Reading(extract(article, deadline), null, null);
    } catch (Deadline.Passed e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      int cut = middleLineBreak(article.text(), article.body());
      if (cut < 0) {
        return new Reading(List.of(), e, null);
      }
      Span body = article.body();
      Article left = article.withBody(new Span(body.start(), cut));
      Article right = article.withBody(new Span(cut + 1, body.end()));
      List<CreditedStatement> statements = new ArrayList<>(readAround(left, deadline).statements());
      statements.addAll(readAround(right, deadline).statements());
      return new Reading(List.copyOf(statements), e, null);
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
