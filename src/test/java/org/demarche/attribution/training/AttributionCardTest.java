package org.demarche.attribution.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.attribution.training.AnnotatedArticle.Attribution;
import org.demarche.text.Span;
import org.junit.jupiter.api.Test;

class AttributionCardTest {

  private static final AttributionModel MODEL = AttributionModel.bundled();

  private static AnnotatedArticle article(int sourceEnd) {
    return new AnnotatedArticle(
        "a",
        "Vidal said that it rained.",
        List.of(
            new Attribution(
                List.of(new Span(11, 25)),
                List.of(new Span(6, 10)),
                List.of(new Span(0, sourceEnd)))));
  }

  private static String card(AnnotatedArticle... articles) {
    return AttributionCard.of(MODEL, null, List.of(articles), null);
  }

  /** The digest tells whether a model learnt from the same articles with the same marks. */
  @Test
  void tellsOtherArticlesAndOtherMarksByTheirDigest() {
    assertThat(card(article(5))).isEqualTo(card(article(5)));
    assertThat(card(article(4))).isNotEqualTo(card(article(5)));
    assertThat(card(article(5), article(4))).isNotEqualTo(card(article(4), article(5)));
  }

  @Test
  void saysThatTheBaseModelMayHaveSeenTheArticles() {
    List<AnnotatedArticle> articles = List.of(article(5));
    AttributionErrors errors = new AttributionErrors();
    String doubt = "except what the base model may have";
    assertThat(AttributionCard.of(MODEL, MODEL, articles, errors)).contains(doubt);
    assertThat(AttributionCard.of(MODEL, null, articles, errors)).doesNotContain(doubt);
  }

  @Test
  void isKnownByItsHead() {
    assertThat(AttributionCard.isCard(card(article(5)).getBytes(UTF_8))).isTrue();
    assertThat(AttributionCard.isCard("# Model card: stance\n".getBytes(UTF_8))).isFalse();
  }

  /** {@code jobs/train-attribution} writes both; nobody edits the card. */
  @Test
  void theBundledModelHasItsCard() throws IOException {
    String file = AttributionCard.beside(Path.of(AttributionModel.FILE)).toString();
    try (InputStream in = AttributionModel.class.getResourceAsStream(file)) {
      assertThat(in).isNotNull();
      assertThat(new String(in.readAllBytes(), UTF_8))
          .contains("model id `%s`".formatted(MODEL.id()), "5-fold cross-validation");
    }
  }
}
