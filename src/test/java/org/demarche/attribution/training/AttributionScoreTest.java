package org.demarche.attribution.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.demarche.attribution.Statement;
import org.demarche.attribution.StatementKind;
import org.demarche.attribution.training.AnnotatedArticle.Attribution;
import org.demarche.text.Span;
import org.junit.jupiter.api.Test;

class AttributionScoreTest {

  private static final String TEXT =
      "Vidal said that the port was shut. Okar denied it. Ships reportedly left on Monday evening.";

  private static final AnnotatedArticle ARTICLE =
      new AnnotatedArticle(
          "a",
          TEXT,
          List.of(
              marked("that the port was shut", "Vidal"),
              marked("it", "Okar"),
              marked("Ships reportedly left on Monday evening", null)));

  private static Span at(String words) {
    return new Span(TEXT.indexOf(words), TEXT.indexOf(words) + words.length());
  }

  private static Attribution marked(String content, String source) {
    return new Attribution(
        List.of(at(content)), List.of(), source == null ? List.of() : List.of(at(source)));
  }

  private static Statement found(String content, String source) {
    return new Statement(
        StatementKind.INDIRECT,
        List.of(at(content)),
        null,
        source == null ? null : at(source),
        "test",
        1);
  }

  @Test
  void countsWhatIsRight() {
    AttributionScore score =
        AttributionScore.of(
            ARTICLE,
            List.of(
                found("the port was shut.", "Vidal"), // marks and "that" do not matter much
                found("Ships reportedly left on Monday", "Okar"), // a source where there is none
                found("on Monday", null))); // too short
    assertThat(score).isEqualTo(new AttributionScore(3, 3, 2, 1));
    assertThat(score.f1()).isEqualTo(1 / 3.0, within(1e-9));
    assertThat(score.contentF1()).isEqualTo(2 / 3.0, within(1e-9));
  }

  @Test
  void namesTheKindOfEachError() {
    AttributionErrors errors = new AttributionErrors();
    errors.add(
        ARTICLE,
        List.of(
            found("the port was shut.", "Okar"),
            found("left on", null),
            found("Okar denied", "Vidal")));
    assertThat(errors.summary())
        .contains("1  wrong source")
        .contains("1  content too short")
        .contains("1  missed, with a source")
        .contains("1  found, but not marked");
    assertThat(errors.examples(1))
        .contains(
            "marked: [Vidal] that the port was shut found by test: [Okar] the port was shut.");
  }

  /**
   * Two marked contents overlap one statement; it is right for one of them, the other is missed.
   */
  @Test
  void countsAStatementForOneAttributionOnly() {
    AnnotatedArticle article =
        new AnnotatedArticle(
            "a",
            TEXT,
            List.of(
                marked("that the port was shut", "Vidal"), marked("the port was shut", "Vidal")));
    AttributionErrors errors = new AttributionErrors();
    errors.add(article, List.of(found("the port was shut", "Vidal")));
    assertThat(errors.summary())
        .contains("recall 0.500")
        .contains("1  missed, with a source")
        .doesNotContain("not marked");
  }

  @Test
  void hasNothingToCountInNothing() {
    assertThat(AttributionScore.NONE.f1()).isZero();
    assertThat(AttributionScore.NONE.precision()).isZero();
    assertThat(AttributionScore.NONE.recall()).isZero();
  }
}
