package org.demarche.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.config.Settings.Extract;
import org.demarche.report.AttributionFigures.Curve;
import org.junit.jupiter.api.Test;

class AttributionFiguresTest {

  private static final Curve POLITICS = AttributionFigures.curve("american-politics");
  private static final Curve WORLD = AttributionFigures.curve("world-news");

  @Test
  void wereMeasuredWithTheBundledModel() {
    assertThat(List.of(POLITICS.model(), WORLD.model()))
        .containsOnly(AttributionModel.bundled().id());
  }

  @Test
  void areThoseOfTheDocumentation() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("docs/attribution.md")).stream()
            .map(line -> line.replace("**", ""))
            .toList();
    assertThat(POLITICS.points()).hasSize(5);
    for (AttributionFigures.Point point : POLITICS.points()) {
      AttributionFigures.Point world = WORLD.near(point.least());
      assertThat(documented)
          .contains(
              "| %s | %.2f / %.2f | %.2f / %.2f |"
                  .formatted(
                      point.least(),
                      point.precision(),
                      point.recall(),
                      world.precision(),
                      world.recall())
                  .replace(" 0.", " .")
                  .replaceFirst("\\| \\.", "| 0."));
    }
  }

  @Test
  void areThoseNearestToTheLeastConfidence() {
    assertThat(AttributionFigures.sentences(extract("bundled", .5)))
        .startsWith("Statements were found by rules and the bundled model and kept from a")
        .contains(
            "at 0.5 in world news, %.0f %% of what was found is right and %.0f %% of what"
                .formatted(100 * WORLD.near(.5).precision(), 100 * WORLD.near(.5).recall()));
    assertThat(AttributionFigures.sentences(extract("bundled", .95))).contains(" 0.95 ", " 0.9 ");
  }

  @Test
  void areNotGivenForOtherFinders() {
    assertThat(AttributionFigures.sentences(extract("none", .3)))
        .isEqualTo("Statements were found by rules alone.");
    assertThat(AttributionFigures.sentences(extract("mine.bin.gz", .7)))
        .contains("mine.bin.gz", "0.7")
        .doesNotContain("%");
  }

  private static Extract extract(String model, double minConfidence) {
    return new Extract(model, minConfidence, 1_000_000, 60);
  }
}
