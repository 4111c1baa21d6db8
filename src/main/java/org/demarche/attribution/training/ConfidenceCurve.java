package org.demarche.attribution.training;

import java.util.List;
import java.util.stream.DoubleStream;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.attribution.learned.LearnedStatementFinder;
import org.demarche.language.english.AnnotatedText;

/**
 * How precision and recall of a model change with the minimum confidence.
 *
 * @param model id of the model
 * @param articles the number of annotated articles
 * @param attributions how many attributions people marked in them
 * @param points one for each minimum confidence
 */
public record ConfidenceCurve(String model, int articles, int attributions, List<Point> points) {

  /**
   * A point of the curve.
   *
   * @param least the minimum confidence
   * @param precision the share of statements that are right in content and source
   * @param recall the share of attributions that are found with content and source
   */
  public record Point(double least, double precision, double recall) {}

  public ConfidenceCurve {
    points = List.copyOf(points);
  }

  /** Measures a model on articles. */
  public static ConfidenceCurve of(AttributionModel model, List<AnnotatedArticle> articles) {
    List<AnnotatedText> texts = articles.stream().map(AnnotatedArticle::annotatedText).toList();
    return new ConfidenceCurve(
        model.id(),
        articles.size(),
        articles.stream().mapToInt(article -> article.attributions().size()).sum(),
        DoubleStream.of(.1, .3, .5, .7, .9)
            .mapToObj(least -> point(model, least, articles, texts))
            .toList());
  }

  private static Point point(
      AttributionModel model,
      double least,
      List<AnnotatedArticle> articles,
      List<AnnotatedText> texts) {
    LearnedStatementFinder finder = new LearnedStatementFinder(model, least);
    AttributionScore score = AttributionScore.NONE;
    for (int i = 0; i < articles.size(); i++) {
      score = score.plus(AttributionScore.of(articles.get(i), finder.find(texts.get(i))));
    }
    return new Point(least, rounded(score.precision()), rounded(score.recall()));
  }

  private static double rounded(double share) {
    return Math.round(share * 1e3) / 1e3;
  }

  /** Returns the curve as lines of text. */
  public String lines() {
    StringBuilder lines = new StringBuilder();
    lines.append("extract.min-confidence   precision  recall%n".formatted());
    points.forEach(
        point ->
            lines.append(
                "  %-22s   %.3f      %.3f%n"
                    .formatted(point.least(), point.precision(), point.recall())));
    return lines.toString();
  }
}
