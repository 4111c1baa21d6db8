package org.demarche.language.english;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;
import org.demarche.text.Tokens;
import org.junit.jupiter.api.Test;

class QuoteFinderTest {

  @Test
  void areStraightOrCurlyOrGuillemetsOrLow() {
    assertThat(segments("He said \"go away\" and “stay”, «or so», „or not“."))
        .containsExactly("\"go away\"", "“stay”", "«or so»", "„or not“");
  }

  @Test
  void keepSingleMarksInside() {
    assertThat(segments("“He told me ‘go away’ twice,” she said."))
        .containsExactly("“He told me ‘go away’ twice,”");
  }

  @Test
  void areTheOutermostPair() {
    assertThat(segments("“He told me “go away” twice,” she said."))
        .containsExactly("“He told me “go away” twice,”");
  }

  @Test
  void areSingleWhereAnArticleHasNoDoubleMarks() {
    assertThat(segments("'It is the residents' choice,' he said. 'I don't mind.'"))
        .containsExactly("'It is the residents' choice,'", "'I don't mind.'");
  }

  /** One nested double mark once turned the single ones off in the whole article. */
  @Test
  void areSingleWhereSpeechIsThoughWordsInsideHaveDoubleMarks() {
    assertThat(
            segments(
                "'He called it “a shame” twice,' she said.\n\n'I don't mind,' he said. 'Not I.'"))
        .containsExactly("'He called it “a shame” twice,'", "'I don't mind,'", "'Not I.'");
  }

  @Test
  void areDoubleWhereSpeechIsThoughTitlesHaveSingleMarks() {
    assertThat(
            segments(
                "‘Harbour Lights’ is sold.\n\n“I wrote ‘Harbour Lights’ here,” she said. “Not there.”"))
        .containsExactly("“I wrote ‘Harbour Lights’ here,”", "“Not there.”");
  }

  @Test
  void runOnOverParagraphsThatEachOpen() {
    assertThat(segments("“One.\n\n“Two.\n\n“Three,” he said."))
        .containsExactly("“One.", "“Two.", "“Three,”");
  }

  @Test
  void runOnIntoAParagraphThatOnlyCloses() {
    assertThat(segments("“Split here\n\nand closed,” he said."))
        .containsExactly("“Split here", "and closed,”");
  }

  @Test
  void endWithTheParagraphWhereTheClosingMarkIsForgotten() {
    assertThat(segments("He said: “It is open to the end"))
        .containsExactly("“It is open to the end");
  }

  @Test
  void ignoreAStrayMark() {
    assertThat(segments("A stray “ mark, then “this is fine” too."))
        .containsExactly("“this is fine”");
    assertThat(segments("She added, it is bad.” And “this is fine” too."))
        .containsExactly("“this is fine”");
  }

  private static List<String> segments(String text) {
    Tokens tokens = new Tokenizer().tokenize(text, new Span(0, text.length()));
    return QuoteFinder.of(tokens).stream()
        .map(quote -> tokens.span(quote.first(), quote.limit()).of(text))
        .toList();
  }
}
