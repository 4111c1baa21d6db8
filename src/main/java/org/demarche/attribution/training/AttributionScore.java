package org.demarche.attribution.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.demarche.attribution.Statement;
import org.demarche.text.Span;

/**
 * How well statements agree with the attributions that people marked. A content is found at a
 * Jaccard index of 0.5 or more of its extent without marks and spaces at its edges; its source is
 * right if both share a character, or neither has one. After the scorer of PolNeAR (Newell,
 * Margolin and Ruths, 2018).
 *
 * @param expected how many attributions people marked
 * @param found how many statements there are
 * @param contents how many have the content of an attribution
 * @param right how many have its source, too
 */
record AttributionScore(int expected, int found, int contents, int right) {

  /** Two contents are the same from this Jaccard index on. */
  static final double SAME = 0.5;

  private static final String EDGES = " \t\r\n\u00a0\u200b“‟«”»\",.;:";

  /** Nothing expected and nothing found. */
  public static final AttributionScore NONE = new AttributionScore(0, 0, 0, 0);

  /**
   * An attribution and the statement that it is compared with.
   *
   * @param expected the place of the attribution in the article
   * @param found the place of the statement in the list
   * @param jaccard how well their contents agree, above 0 and up to 1
   */
  record Pair(int expected, int found, double jaccard) {

    boolean hasSameContent() {
      return jaccard >= SAME;
    }
  }

  /** Compares the statements of one article. */
  public static AttributionScore of(AnnotatedArticle article, List<Statement> statements) {
    int contents = 0;
    int right = 0;
    for (Pair pair : pairs(article, statements)) {
      if (pair.hasSameContent()) {
        contents++;
        Span source = statements.get(pair.found()).source();
        right += isSource(source, article.attributions().get(pair.expected()).source()) ? 1 : 0;
      }
    }
    return new AttributionScore(article.attributions().size(), statements.size(), contents, right);
  }

  /**
   * Returns which attribution is compared with which statement. Each has one partner at most: those
   * whose contents agree best are paired first.
   */
  static List<Pair> pairs(AnnotatedArticle article, List<Statement> statements) {
    List<AnnotatedArticle.Attribution> expected = article.attributions();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      for (int j = 0; j < statements.size(); j++) {
        double jaccard =
            jaccard(article.text(), expected.get(i).extent(), statements.get(j).extent());
        if (jaccard > 0) {
          pairs.add(new Pair(i, j, jaccard));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(pair -> -pair.jaccard()));
    boolean[] taken = new boolean[expected.size()];
    boolean[] used = new boolean[statements.size()];
    List<Pair> best = new ArrayList<>();
    for (Pair pair : pairs) {
      if (!taken[pair.expected()] && !used[pair.found()]) {
        taken[pair.expected()] = true;
        used[pair.found()] = true;
        best.add(pair);
      }
    }
    return best;
  }

  /** Returns whether the source is one of the pieces, or there is neither. */
  static boolean isSource(Span source, List<Span> pieces) {
    return source == null ? pieces.isEmpty() : pieces.stream().anyMatch(source::overlaps);
  }

  /** Returns the Jaccard index of two extents without the marks at their edges. */
  static double jaccard(String text, Span a, Span b) {
    int startA = start(text, a);
    int startB = start(text, b);
    int endA = end(text, a);
    int endB = end(text, b);
    int shared = Math.min(endA, endB) - Math.max(startA, startB);
    return shared <= 0 ? 0 : shared / (double) (Math.max(endA, endB) - Math.min(startA, startB));
  }

  private static int start(String text, Span span) {
    int start = span.start();
    while (start < span.end() && EDGES.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    return start;
  }

  private static int end(String text, Span span) {
    int end = span.end();
    while (end > span.start() && EDGES.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  public AttributionScore plus(AttributionScore other) {
    return new AttributionScore(
        expected + other.expected,
        found + other.found,
        contents + other.contents,
        right + other.right);
  }

  /** Returns the share of statements that are right in content and source. */
  public double precision() {
    return found == 0 ? 0 : right / (double) found;
  }

  /** Returns the share of attributions that are found with content and source. */
  public double recall() {
    return expected == 0 ? 0 : right / (double) expected;
  }

  /** Returns the harmonic mean of precision and recall. */
  public double f1() {
    return f1(right);
  }

  /** Returns the same of contents alone. */
  public double contentF1() {
    return f1(contents);
  }

  private double f1(int hits) {
    return expected + found == 0 ? 0 : 2.0 * hits / (expected + found);
  }
}
