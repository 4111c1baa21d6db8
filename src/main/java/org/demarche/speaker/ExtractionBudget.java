package org.demarche.speaker;

import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.demarche.text.Article;
import org.demarche.text.Deadline;
import org.demarche.text.Span;

/**
 * How much work the extraction of one article may be. What is beyond is not read. The limit of
 * characters bounds time and memory alike and gives the same statements on every machine; the limit
 * of time is only there for a text that takes unforeseen long.
 *
 * @param maxCharacters how much of the body is read, 1 or more
 * @param maxSeconds how much processor time an article may take
 */
public record ExtractionBudget(int maxCharacters, int maxSeconds) implements Serializable {

  /** No limits. */
  public static final ExtractionBudget NONE =
      new ExtractionBudget(Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** How many characters are read of an article that took too long. */
  public static final int SHORT = 20_000;

  /** Which limit cut an article off. */
  public enum Limit {
    CHARACTERS,
    SECONDS
  }

  Deadline deadline(LongSupplier clock) {
    return maxSeconds == Integer.MAX_VALUE
        ? Deadline.NONE
        : new Deadline(clock, TimeUnit.SECONDS.toNanos(maxSeconds));
  }

  /**
   * Returns the article with at most the first {@code characters} of its body, cut at a line break
   * if there is one in the second half of them, else between words.
   */
  public static Article cut(Article article, int characters) {
    Span body = article.body();
    if (!article.hasBody() || body.length() <= characters) {
      return article;
    }
    String text = article.text();
    int last = body.start() + characters;
    int cut = text.lastIndexOf('\n', last);
    if (cut <= body.start() + characters / 2) {
      cut = text.lastIndexOf(' ', last);
    }
    if (cut <= body.start() + characters / 2) {
      cut = Character.isLowSurrogate(text.charAt(last)) ? last - 1 : last;
    }
    return article.withBody(new Span(body.start(), cut));
  }
}
