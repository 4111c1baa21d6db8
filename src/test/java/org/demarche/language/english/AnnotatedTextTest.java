package org.demarche.language.english;

import static org.assertj.core.api.Assertions.assertThat;

import org.demarche.text.Span;
import org.demarche.text.Tokenizer;
import org.junit.jupiter.api.Test;

class AnnotatedTextTest {

  @Test
  void tellsTheMonthFromTheVerbAndTheCountryFromThePronoun() {
    AnnotatedText text = annotated("In May she may leave, US officials told us.");
    assertThat(text.has(1, Lexicon.TIME)).isTrue();
    assertThat(text.has(1, Lexicon.MODAL)).isFalse();
    assertThat(text.has(3, Lexicon.MODAL)).isTrue();
    assertThat(text.has(6, Lexicon.OBJECT)).isFalse();
    assertThat(text.has(9, Lexicon.OBJECT)).isTrue();
  }

  @Test
  void findsNounPhrasesThatOpenButNoQuestions() {
    AnnotatedText text = annotated("The two men met her, whose brother left.");
    assertThat(text.isDeterminer(0)).isTrue();
    assertThat(text.isDeterminer(1)).isTrue();
    assertThat(text.isDeterminer(2)).isFalse();
    assertThat(text.isDeterminer(6)).isFalse();
  }

  @Test
  void passesADatelineWhereAParagraphOpens() {
    AnnotatedText text = annotated("PORT VELL (Wire) - It is open.\n\nThe PORT VELL - closed.");
    assertThat(text.first(text.behindDateline(0))).isEqualTo('I');
    assertThat(text.behindDateline(1)).isEqualTo(1);
    assertThat(text.behindDateline(12)).isEqualTo(12);
  }

  @Test
  void knowsVerbsThatReportOnlyWithThat() {
    CueVerb found = annotated("They found that it was open.").verb(1);
    assertThat(found.takes('T')).isTrue();
    assertThat(found.takes('t')).isFalse();
  }

  @Test
  void keepsTheClassesOfAFoldedWord() {
    AnnotatedText text = annotated("Two Canadians met Mr. Vidal and African-Americans.");
    assertThat(text.has(1, Lexicon.GROUP)).isTrue();
    assertThat(text.has(3, Lexicon.TITLE)).isTrue();
    assertThat(text.has(6, Lexicon.GROUP)).isTrue();
  }

  private static AnnotatedText annotated(String text) {
    return new AnnotatedText(new Tokenizer().tokenize(text, new Span(0, text.length())));
  }
}
