package org.demarche.attribution;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Range;
import org.demarche.text.CleanText;
import org.demarche.text.Span;

/**
 * One attribution in an article: its content, the source who said it, and the cue that says so. All
 * spans are places in the text of the article.
 *
 * @param kind whether the content is quoted
 * @param content what was said, in reading order, never empty; several spans when the cue or the
 *     source interrupts it
 * @param cue the attributing word or phrase, or null if only the layout attributes
 * @param source the words that name who spoke, or null if none do
 * @param rule what found it: a rule such as {@code quote-verb-name}, or {@code tagger}; never blank
 * @param confidence how probable it is that content and source are right, in [0, 1]: the arbiter's
 *     estimate or, with the rules alone, the precision of the rule
 */
public record Statement(
    StatementKind kind, List<Span> content, Span cue, Span source, String rule, double confidence)
    implements Serializable {

  public Statement {
    requireNonNull(kind, "kind is null");
    content = List.copyOf(content);
    if (content.isEmpty()) {
      throw new IllegalArgumentException("Statement found by " + rule + " has no content");
    }
    for (int i = 1; i < content.size(); i++) {
      if (content.get(i).start() < content.get(i - 1).end()) {
        throw new IllegalArgumentException("Contents must not overlap and be sorted: " + content);
      }
    }
    if (rule.isBlank()) {
      throw new IllegalArgumentException("Statement at " + content + " does not say its rule");
    }
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence must be in [0, 1], but was " + confidence);
    }
  }

  /**
   * Returns a statement of the tokens of an article.
   *
   * @param content its pieces in any order, at least one
   * @param cue the attributing words, or null if only the layout attributes
   * @param source the words that name who spoke, or null if none do
   */
  public static Statement of(
      AnnotatedText text,
      List<Range> content,
      Range cue,
      Range source,
      String rule,
      double confidence) {
    return new Statement(
        StatementKind.of(text, content),
        content.stream().map(range -> span(text, range)).sorted().toList(),
        cue == null ? null : span(text, cue),
        source == null ? null : span(text, source),
        rule,
        confidence);
  }

  private static Span span(AnnotatedText text, Range range) {
    return text.tokens().span(range.first(), range.limit());
  }

  /** Returns whether the layout of a transcript or an interview shows who speaks. */
  public boolean isTurn() {
    return rule.equals(Rule.TURN.toString());
  }

  /** Returns the statement, found in a clean text, with its places in the text as delivered. */
  public Statement delivered(CleanText clean) {
    return new Statement(
        kind,
        content.stream().map(clean::delivered).toList(),
        cue == null ? null : clean.delivered(cue),
        source == null ? null : clean.delivered(source),
        rule,
        confidence);
  }

  /** Returns the extent of the content, from its first character to its last. */
  public Span extent() {
    return new Span(content.get(0).start(), content.get(content.size() - 1).end());
  }
}
