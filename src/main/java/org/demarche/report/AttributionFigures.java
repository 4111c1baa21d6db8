package org.demarche.report;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.demarche.config.Settings.Extract;

/**
 * How well the bundled model finds who said what. {@code jobs/train-attribution} measures it on
 * articles that it did not learn from, and writes the figures beside this class.
 */
final class AttributionFigures {

  /** The annotated articles, by the name of the file of figures. */
  private static final Map<String, String> SETS = new LinkedHashMap<>();

  static {
    SETS.put("american-politics", "news of American politics");
    SETS.put("world-news", "world news");
  }

  /** The figures for one least confidence. */
  record Point(double least, double precision, double recall) {}

  /** The figures of one set of articles. */
  record Curve(String model, int articles, int attributions, List<Point> points) {

    /** Returns the point that was measured nearest to a least confidence. */
    Point near(double least) {
      return points.stream()
          .min(Comparator.comparingDouble(point -> Math.abs(point.least() - least)))
          .orElseThrow();
    }
  }

  private AttributionFigures() {}

  /** Returns the figures of a set of articles. */
  static Curve curve(String set) {
    try {
      return new ObjectMapper()
          .readValue(PageTemplate.resource("attribution/" + set + ".json"), Curve.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The figures in the jar cannot be read", e);
    }
  }

  /** Returns how statements are found with these settings, and how well where that was measured. */
  static String sentences(Extract extract) {
    double least = extract.minConfidence();
    return switch (extract.model()) {
      case Extract.NO_MODEL -> "Statements were found by rules alone.";
      case Extract.BUNDLED_MODEL ->
          ("Statements were found by rules and the bundled model and kept from a probability of %s"
                  + " on (extract.min-confidence; higher finds less and errs less). On articles that"
                  + " people annotated: %s. Right means half of the content and part of the source.")
              .formatted(
                  least,
                  SETS.entrySet().stream()
                      .map(set -> figures(set.getValue(), curve(set.getKey()).near(least)))
                      .collect(joining("; ")));
      default ->
          "Statements were found by rules and the model %s and kept from a probability of %s on (extract.min-confidence)."
              .formatted(extract.model(), least);
    };
  }

  private static String figures(String set, Point point) {
    return "at %s in %s, %.0f %% of what was found is right and %.0f %% of what people marked was found"
        .formatted(point.least(), set, 100 * point.precision(), 100 * point.recall());
  }
}
