package org.demarche.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.demarche.text.Tokens.Type;
import org.junit.jupiter.api.Test;

class TokenizerTest {

  private static final Tokenizer TOKENIZER = new Tokenizer();

  @Test
  void keepsThePeriodOfAnAbbreviationAndOfInitials() {
    assertThat(words("Gen. J.K. Moor left the U.S. on Sept. 3."))
        .containsExactly("Gen.", "J.K.", "Moor", "left", "the", "U.S.", "on", "Sept.", "3", ".");
  }

  @Test
  void partsPossessionsAndShortenedVerbsButNotNegations() {
    assertThat(words("Ortega’s aides don't know what they're doing"))
        .containsExactly("Ortega", "’s", "aides", "don't", "know", "what", "they", "'re", "doing");
  }

  @Test
  void takesHyphensIntoTheWordAndDashesOutOfIt() {
    assertThat(words("an on-again deal—or none -- perhaps"))
        .containsExactly("an", "on-again", "deal", "—", "or", "none", "--", "perhaps");
  }

  @Test
  void makesEveryShapeOfQuotationMarkATokenOfItsOwn() {
    assertThat(words("“a” «b» „c‟ ``d'' \"e\" ‘f’"))
        .containsExactly(
            "“", "a", "”", "«", "b", "»", "„", "c", "‟", "``", "d", "''", "\"", "e", "\"", "‘", "f",
            "’");
  }

  @Test
  void keepsNumbersAndAddressesWhole() {
    assertThat(words("paid $1,250.50 (5%) at https://example.com/a?b=c."))
        .containsExactly(
            "paid", "$", "1,250.50", "(", "5", "%", ")", "at", "https://example.com/a?b=c", ".");
  }

  @Test
  void endsSentencesBehindTheClosingMark() {
    assertThat(sentences("“We will wait.” She left. “Is it so?” he asked. Nobody knew"))
        .containsExactly("“We will wait.”", "She left.", "“Is it so?” he asked.", "Nobody knew");
  }

  @Test
  void doesNotEndASentenceAtATitleOrAnInitial() {
    assertThat(sentences("Lt. Gov. Ada B. Stone met Dr. No. They talked in the U.S. The end."))
        .containsExactly(
            "Lt. Gov. Ada B. Stone met Dr. No.", "They talked in the U.S.", "The end.");
  }

  @Test
  void cutsASentenceThatHasNoEnd() {
    String text = "we go ".repeat(600);
    Tokens tokens = TOKENIZER.tokenize(text, new Span(0, text.length()));
    assertThat(tokens.sentences()).isEqualTo(3);
    assertThat(tokens.sentenceEnd(0)).isEqualTo(500);
  }

  @Test
  void endsAParagraphAtALineBreak() {
    Tokens tokens = tokens("A headline without a stop\nThe first line.\n\nThe second.");
    assertThat(tokens.paragraphs()).isEqualTo(3);
    assertThat(tokens.sentences()).isEqualTo(3);
    assertThat(tokens.paragraphStart(1)).isEqualTo(5);
  }

  @Test
  void readsOnAcrossTheLinesOfATextOfFixedWidth() {
    String text =
        """
        The committee, which had sat for the better part of a long afternoon,
        decided that the bridge would be closed, and told the three towns of
        Little Moor, Great Moor and Sandling that they would have to look for
        another way across the river until the spring.

        Nobody was pleased with that.
        """;
    assertThat(tokens(text).paragraphs()).isEqualTo(2);
    assertThat(tokens(text).sentences()).isEqualTo(2);
  }

  @Test
  void comparesWordsWithoutRegardToCaseOrShapeOfTheApostrophe() {
    Tokens tokens = tokens("Don’t SAY");
    assertThat(tokens.is(0, "don't")).isTrue();
    assertThat(tokens.is(1, "say")).isTrue();
    assertThat(tokens.hash(1)).isEqualTo("say".hashCode());
    assertThat(tokens.is(1, "saw")).isFalse();
  }

  @Test
  void findsTheTokenAtAnOffset() {
    Tokens tokens = tokens("one  two");
    assertThat(List.of(tokens.at(0), tokens.at(2), tokens.at(3), tokens.at(5), tokens.at(8)))
        .containsExactly(0, 0, 1, 1, 2);
  }

  @Test
  void refusesASpanThatTheTextDoesNotHave() {
    assertThatThrownBy(() -> TOKENIZER.tokenize("short", new Span(0, 6)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("5 characters");
  }

  @Property(seed = "17")
  void putsEveryCharacterThatIsNotWhiteSpaceIntoOneToken(@ForAll("texts") String text) {
    Tokens tokens = tokens(text);
    int end = 0;
    for (int token = 0; token < tokens.size(); token++) {
      assertThat(tokens.start(token)).isGreaterThanOrEqualTo(end);
      assertThat(tokens.end(token)).isGreaterThan(tokens.start(token));
      assertThat(text.substring(end, tokens.start(token))).matches("[\\s\\p{Z}\\p{C}]*");
      end = tokens.end(token);
    }
    assertThat(text.substring(end)).matches("[\\s\\p{Z}\\p{C}]*");
  }

  @Property(seed = "17")
  void partsTheTokensIntoSentencesInsideParagraphs(@ForAll("texts") String text) {
    Tokens tokens = tokens(text);
    int sentence = 0;
    for (int paragraph = 0; paragraph < tokens.paragraphs(); paragraph++) {
      assertThat(tokens.paragraphEnd(paragraph)).isGreaterThan(tokens.paragraphStart(paragraph));
      assertThat(tokens.sentenceStart(sentence)).isEqualTo(tokens.paragraphStart(paragraph));
      while (sentence < tokens.sentences()
          && tokens.sentenceStart(sentence) < tokens.paragraphEnd(paragraph)) {
        assertThat(tokens.sentenceEnd(sentence)).isGreaterThan(tokens.sentenceStart(sentence));
        assertThat(tokens.sentence(tokens.sentenceEnd(sentence) - 1)).isEqualTo(sentence);
        sentence++;
      }
      assertThat(tokens.paragraph(tokens.paragraphEnd(paragraph) - 1)).isEqualTo(paragraph);
    }
    assertThat(sentence).isEqualTo(tokens.sentences());
  }

  @Property(seed = "17")
  void isNotSwayedByTheTextAround(
      @ForAll("texts") String before, @ForAll("texts") String text, @ForAll("texts") String after) {
    Tokens alone = tokens(text);
    Tokens inside =
        TOKENIZER.tokenize(
            before + text + after, new Span(before.length(), before.length() + text.length()));
    assertThat(describe(inside, before.length())).isEqualTo(describe(alone, 0));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "He", "said", "U.S.", "Gen", "J", ".", ".", "...", " ", " ", " ", "\n", "\n\n", "\r\n",
            "“", "”", "\"", "'", "’", "‘", "``", "''", "«", "»", "-", "--", "—", ",", "5", "1,000",
            "'s", "n't", "http://", "www.", "x.org", "@", "(", ")", "?", "!", "é", "\u00A0",
            "\u200B", "😀", "\uD83D", "the", "The", "a.m", "Sept");
    return pieces.list().ofMinSize(1).ofMaxSize(40).map(list -> String.join("", list));
  }

  private static Tokens tokens(String text) {
    return TOKENIZER.tokenize(text, new Span(0, text.length()));
  }

  private static List<String> words(String text) {
    Tokens tokens = tokens(text);
    List<String> words = new ArrayList<>();
    for (int token = 0; token < tokens.size(); token++) {
      words.add(tokens.string(token));
    }
    return words;
  }

  private static List<String> sentences(String text) {
    Tokens tokens = tokens(text);
    List<String> sentences = new ArrayList<>();
    for (int sentence = 0; sentence < tokens.sentences(); sentence++) {
      sentences.add(
          tokens.span(tokens.sentenceStart(sentence), tokens.sentenceEnd(sentence)).of(text));
    }
    return sentences;
  }

  private static List<String> describe(Tokens tokens, int origin) {
    List<String> all = new ArrayList<>();
    for (int token = 0; token < tokens.size(); token++) {
      Type type = tokens.type(token);
      all.add(
          "%d-%d %s s%d p%d"
              .formatted(
                  tokens.start(token) - origin,
                  tokens.end(token) - origin,
                  type,
                  tokens.sentence(token),
                  tokens.paragraph(token)));
    }
    return all;
  }
}
