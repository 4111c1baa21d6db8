package org.demarche.attribution.training;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.demarche.attribution.training.AnnotatedArticle.Attribution;
import org.demarche.text.Span;
import org.junit.jupiter.api.Test;

class AnnotatedArticleTest {

  private static final Span INSIDE = new Span(0, 6);
  private static final Span OUTSIDE = new Span(4, 7);

  @Test
  void refusesAPartOutsideItsText() {
    for (Attribution marked :
        List.of(
            new Attribution(List.of(INSIDE, OUTSIDE), List.of(), List.of()),
            new Attribution(List.of(INSIDE), List.of(OUTSIDE), List.of()),
            new Attribution(List.of(INSIDE), List.of(), List.of(OUTSIDE)))) {
      assertThatThrownBy(() -> new AnnotatedArticle("a", "Short.", List.of(marked)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("4-7")
          .hasMessageContaining("6 characters");
    }
  }

  @Test
  void refusesABlankText() {
    assertThatThrownBy(() -> new AnnotatedArticle("a", " \n", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("its text is blank");
  }
}
