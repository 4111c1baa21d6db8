package org.demarche.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;
import org.demarche.text.Article;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Four times the text takes about four times the processor time, whatever the text is made of: one
 * article must not be able to hold up a whole run.
 *
 * <p>{@code -Dgrowth.characters=1000000} compares 1 with 4 million characters. The test compares
 * two times of the same machine and thread, and repeats a comparison that is disturbed.
 */
class GrowthTest {

  private static final int CHARACTERS = Integer.getInteger("growth.characters", 60_000);

  /** Between 4, which is linear, and 16, which is quadratic. */
  private static final double LIMIT = 8;

  private static final int FEWEST_ROUNDS = 3;
  private static final int MOST_ROUNDS = 12;

  /**
   * What the hostile articles are made of; each piece has about 80 characters but for the marks.
   */
  enum Shape {
    /** A million quotation marks in 4 MB. */
    QUOTATION_MARKS(i -> "“We go.” "),
    /** The same straight marks everywhere, closed and opened by guess. */
    STRAIGHT_MARKS(i -> i % 2 == 0 ? "\"we go now\" " : "\"We do,\" said Moor. "),
    ONE_PARAGRAPH(
        i ->
            called(i % 50)
                + " said the harbour would close, and the minister of trade rejected “a lie”. "),
    ONE_SENTENCE(
        i ->
            called(i % 50)
                + " said that the harbour would close, and “we go,” he said, but the union "),
    /** A sentence without an end in which everybody is credited with all that went before. */
    CLAUSES(i -> "Moor, who left, said that he said she said, "),
    /** A source that goes on to the end of the article. */
    SOURCES(i -> "said Moor, "),
    CUES(i -> "according to "),
    NICKNAMES(i -> "Moor “x” "),
    /** Comments, scripts, tags and entities that nothing ends. */
    MARKUP(i -> i % 2 == 0 ? "<!-- <script><p a=" : "&amp;lt;p &quot;We go,&quot; said Moor. "),
    /** One statement of half a million pieces in 4 MB. */
    PIECES(i -> i == 0 ? "Moor said:\n" : "“We go\n"),
    LOST_MARKS(i -> "\uFFFDWe go, M\uFFFDr said\uFFFD "),
    NO_SPACES(i -> "Moor,said:“We,go.”He-went,"),
    /** 50,000 people in 4 MB, many of the same surname. */
    NAMES(
        i ->
            (i % 3 == 0 ? "Minister " : i % 3 == 1 ? "Mr. " : "")
                + called(i)
                + (i % 2 == 0 ? " Moor" : " " + called(i / 2 + 7))
                + " said that the northern harbour would be closed, Moor said. "),
    /** Thousands of organizations with an acronym behind each. */
    ACRONYMS(i -> "The Vell " + called(i) + " Union (V" + called(i).charAt(0) + "U) said no. "),
    /** 50,000 bodies in 4 MB. */
    BODIES(
        i ->
            "The "
                + called(i)
                + " Ministry said so. The ministry, the "
                + called(i / 3)
                + "s and the campaign said no. "),
    /** 50,000 and more pronouns in 4 MB. */
    PRONOUNS(
        i ->
            (i % 10 == 0 ? "Lena " + called(i % 70) : "She")
                + " said that the northern harbour would be closed. He denied it, they said.\n");

    private final IntFunction<String> piece;

    Shape(IntFunction<String> piece) {
      this.piece = piece;
    }

    Article ofLength(int length) {
      StringBuilder text = new StringBuilder(length + 200);
      for (int i = 0; text.length() < length; i++) {
        text.append(piece.apply(i));
      }
      return Article.of("a", text.substring(0, length));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isAboutLinear(Shape shape) {
    Article once = shape.ofLength(CHARACTERS);
    Article fourTimes = shape.ofLength(4 * CHARACTERS);
    double shortest = nanoseconds(once);
    double longest = Double.MAX_VALUE;
    for (int round = 1;
        round <= MOST_ROUNDS && (round <= FEWEST_ROUNDS || longest / shortest >= LIMIT);
        round++) {
      shortest = Math.min(shortest, nanoseconds(once));
      longest = Math.min(longest, nanoseconds(fourTimes));
    }
    assertThat(longest / shortest).isLessThan(LIMIT);
  }

  private static final StatementExtractor EXTRACTOR =
      new StatementExtractor(SpeakerDirectory.EMPTY);

  private static double nanoseconds(Article article) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    EXTRACTOR.extract(article);
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
  }

  /** Returns the {@code i}-th of the names, each of which is another one. */
  private static String called(int i) {
    StringBuilder name = new StringBuilder();
    for (int rest = i; name.length() < 6 || rest > 0; rest /= 65) {
      name.append("bdfglmnprstvz".charAt(rest % 13)).append("aeiou".charAt(rest / 13 % 5));
    }
    name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
    return name.toString();
  }
}
