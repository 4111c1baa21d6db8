package org.demarche.attribution.learned;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.demarche.attribution.RuleStatementFinder;
import org.demarche.attribution.Statement;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Article;
import org.demarche.text.CleanText;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;
import org.demarche.text.Tokens;

/**
 * How a statement of an article was found.
 *
 * @param article the article's text
 * @param sentences the sentences with content, cue and source
 * @param statement the statement
 * @param model id of the model that found it, or null for the rules alone
 * @param minConfidence the minimum confidence, in [0, 1]
 * @param candidates the candidates whose content overlaps that of the statement, and the statements
 *     kept in the place of those, the most probable first. Where another version or other settings
 *     found the statement, it may not be one of those kept
 */
public record Finding(
    String article,
    Span sentences,
    Statement statement,
    String model,
    double minConfidence,
    List<Considered> candidates) {

  public Finding {
    candidates = List.copyOf(candidates);
  }

  /**
   * Reads an article again to tell how a statement was found.
   *
   * @param model the model that found it, or null for the rules alone
   * @param minConfidence the minimum confidence with which it was found
   */
  public static Finding of(
      Article article, AttributionModel model, double minConfidence, Statement statement) {
    CleanText clean = CleanText.of(article.text());
    String id = model == null ? null : model.id();
    Optional<Span> body = clean.clean(article.body());
    if (body.isEmpty()) {
      return new Finding(article.text(), whole(statement), statement, id, minConfidence, List.of());
    }
    AnnotatedText text = new AnnotatedText(new Tokenizer().tokenize(clean.text(), body.get()));
    List<Considered> all =
        (model == null
                ? new RuleStatementFinder().find(text).stream().map(Considered::ofRules)
                : new LearnedStatementFinder(model, minConfidence).consider(text).stream())
            .map(candidate -> candidate.delivered(clean))
            .toList();
    List<Considered> here =
        all.stream().filter(candidate -> overlap(candidate.statement(), statement)).toList();
    return new Finding(
        article.text(),
        sentences(text.tokens(), clean, statement),
        statement,
        id,
        minConfidence,
        all.stream()
            .filter(
                candidate ->
                    here.contains(candidate)
                        || candidate.outcome().isKept()
                            && here.stream()
                                .anyMatch(
                                    other -> overlap(other.statement(), candidate.statement())))
            .toList());
  }

  private static boolean overlap(Statement a, Statement b) {
    return a.extent().overlaps(b.extent());
  }

  /** Returns the place among the candidates that has the content, cue and source, or −1. */
  public int winner() {
    for (int i = 0; i < candidates.size(); i++) {
      Considered candidate = candidates.get(i);
      if (candidate.outcome().isKept() && isAtSamePlace(candidate.statement())) {
        return i;
      }
    }
    return -1;
  }

  private boolean isAtSamePlace(Statement other) {
    return places(other).equals(places(statement));
  }

  private static List<Span> places(Statement statement) {
    return Stream.concat(
            Stream.of(statement.cue(), statement.source()), statement.content().stream())
        .toList();
  }

  private static Span sentences(Tokens tokens, CleanText clean, Statement statement) {
    Span all = whole(statement);
    return clean
        .clean(all)
        .filter(span -> tokens.at(span.end() - 1) < tokens.size())
        .map(
            span ->
                clean.delivered(
                    tokens.span(
                        tokens.sentenceStart(tokens.sentence(tokens.at(span.start()))),
                        tokens.sentenceEnd(tokens.sentence(tokens.at(span.end() - 1))))))
        .filter(span -> span.contains(all))
        .orElse(all);
  }

  /** Returns the stretch from the first to the last character of content, cue and source. */
  private static Span whole(Statement statement) {
    List<Span> parts = places(statement).stream().filter(part -> part != null).toList();
    int start = parts.stream().mapToInt(Span::start).min().orElseThrow();
    int end = parts.stream().mapToInt(Span::end).max().orElseThrow();
    return new Span(start, end);
  }
}
