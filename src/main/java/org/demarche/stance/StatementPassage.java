package org.demarche.stance;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import org.demarche.text.CleanText;
import org.demarche.text.Span;

/**
 * A statement as it stands in its article: the stretch from the first to the last of its content,
 * cue and source, word for word, and where each of them stands in it. That is nearly always the
 * sentence. Scores, targets, word weights and explanations are all made from it.
 *
 * <pre>{@code
 * String article = "KELL - Orleth must pay, Orleth said on Friday.";
 * StatementPassage passage =
 *     StatementPassage.cut(article, List.of(new Span(7, 22)), new Span(31, 35), new Span(24, 30));
 * passage.text(); // "Orleth must pay, Orleth said"
 * passage.source(); // 17-23: the second Orleth
 * model.predict(passage.whole());
 * for (TargetFinder.Mention mention : passage.mentions(finder)) { // the first Orleth only
 *   model.predict(passage.towards(mention));
 * }
 * }</pre>
 *
 * @param text the words as the article prints them, line breaks included
 * @param start offset of {@code text} in the article, {@code >= 0}
 * @param content what was said, one span or more in reading order; counts in {@code text}, as the
 *     other spans do
 * @param cue the attributing words, or null where there are none or they stand far away
 * @param source the words that name who spoke, or null where there are none or they stand far away
 */
public record StatementPassage(String text, int start, List<Span> content, Span cue, Span source)
    implements Serializable {

  /** A cue or source that is further than this from the content is no part of the passage. */
  private static final int GAP = 200;

  public StatementPassage {
    requireNonNull(text, "text is null");
    content = List.copyOf(content);
    if (start < 0 || content.isEmpty()) {
      throw new IllegalArgumentException(
          "A passage needs a place and a content, but has %d and %s".formatted(start, content));
    }
    content.forEach(span -> checkInside(span, text));
    checkInside(cue, text);
    checkInside(source, text);
  }

  private static void checkInside(Span span, String text) {
    if (span != null && span.end() > text.length()) {
      throw new IllegalArgumentException(
          "The span %s is outside a passage of %d characters".formatted(span, text.length()));
    }
  }

  /**
   * Cuts the passage of a statement out of its article.
   *
   * @param article text of the article, in which the spans count
   * @param content what was said, one span or more in reading order
   * @param cue the attributing words, or null
   * @param source the words that name who spoke, or null
   */
  public static StatementPassage cut(String article, List<Span> content, Span cue, Span source) {
    int contentStart = content.get(0).start();
    int contentEnd = content.get(content.size() - 1).end();
    int start = contentStart;
    int end = contentEnd;
    for (Span part : new Span[] {cue, source}) {
      if (part != null && part.start() < contentEnd + GAP && part.end() > contentStart - GAP) {
        start = Math.min(start, part.start());
        end = Math.max(end, part.end());
      }
    }
    return of(article.substring(start, end), start, content, cue, source);
  }

  /**
   * Returns the passage {@code text} that begins at {@code start} of an article.
   *
   * @param content what was said, one span or more in reading order; counts in the article, as the
   *     other spans do
   * @param cue the attributing words, or null; left out where they are outside the text
   * @param source the words that name who spoke, or null; left out where they are outside the text
   */
  public static StatementPassage of(
      String text, int start, List<Span> content, Span cue, Span source) {
    Span extent = new Span(start, start + text.length());
    return new StatementPassage(
        text,
        start,
        content.stream().map(span -> span.minus(start)).toList(),
        cue != null && extent.contains(cue) ? cue.minus(start) : null,
        source != null && extent.contains(source) ? source.minus(start) : null);
  }

  /** Returns what a model reads that knows no target: the {@link CleanText} of the passage. */
  public Passage whole() {
    return Passage.of(CleanText.of(text).text());
  }

  /** Returns what a model reads that tells targets apart. */
  public Passage towards(TargetFinder.Mention mention) {
    return new Passage(
        CleanText.of(text).text(), mention.target().name(), mention.start(), mention.end());
  }

  /**
   * Returns where what a model reads first mentions each target, the source aside: "Orleth's
   * minister" says something about the dam, and nothing about Orleth. A speaker who names themself
   * in what they say does mention a target.
   */
  public List<TargetFinder.Mention> mentions(TargetFinder targets) {
    CleanText clean = CleanText.of(text);
    Span hidden = source == null ? null : clean.clean(source).orElse(null);
    return targets.find(clean.text(), hidden);
  }

  /** Returns the place in the passage of a {@code span} of what a model reads. */
  public Span place(Span span) {
    return CleanText.of(text).delivered(span);
  }
}
