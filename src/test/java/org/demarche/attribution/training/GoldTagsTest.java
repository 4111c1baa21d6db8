package org.demarche.attribution.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.demarche.attribution.training.AnnotatedArticle.Attribution;
import org.demarche.text.Span;
import org.junit.jupiter.api.Test;

class GoldTagsTest {

  private static byte[] tags(String text, Attribution... marked) {
    return GoldTags.of(new AnnotatedArticle("a", text, List.of(marked))).tags();
  }

  @Test
  void marksSourcesAndCuesOfSeveralWordsAsOnePiece() {
    Attribution marked =
        new Attribution(
            List.of(new Span(18, 26)), List.of(new Span(9, 17)), List.of(new Span(0, 8)));
    // begin and inside of source, cue and content; outside
    assertThat(tags("Tom Okar has said it rains.", marked)).containsExactly(1, 2, 3, 4, 5, 6, 0);
  }

  @Test
  void resumesAContentBehindItsCue() {
    Attribution marked =
        new Attribution(
            List.of(new Span(0, 5), new Span(14, 21)),
            List.of(new Span(10, 13)),
            List.of(new Span(7, 9)));
    assertThat(tags("Yes, , he say at noon.", marked)).startsWith(5, 6, 0, 1, 3, 7, 6);
  }

  @Test
  void doesNotTakeTheWordBehindASpanThatEndsWithASpace() {
    Attribution marked =
        new Attribution(
            List.of(new Span(11, 19)), List.of(new Span(6, 10)), List.of(new Span(0, 6)));
    assertThat(tags("Vidal said it rains.", marked)).containsExactly(1, 3, 5, 6, 0);
  }
}
