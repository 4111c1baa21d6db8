package org.demarche.encoder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class WordPieceTest {

  private static final List<String> VOCABULARY =
      List.of(
          "[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "harbour", "harb", "##our", "##s", "fee",
          "cafe", "a", "b", "##a", "##b", ",", ".", "\"", "[", "]", "sep", "港", "😀", "ᄀ", "##ᅡ");

  private static final WordPiece UNCASED = WordPiece.ofLines(VOCABULARY);

  @Test
  void takesTheLongestPieceFirst() {
    assertThat(pieces("The harbours, the fees."))
        .containsExactly(
            "the@The", "harbour@harbour", "##s@s", ",@,", "the@the", "fee@fee", "##s@s", ".@.");
  }

  @Test
  void makesAWordUnknownAsAWholeWhenOnePartIs() {
    assertThat(pieces("harbourx fee")).containsExactly("[UNK]@harbourx", "fee@fee");
  }

  @Test
  void readsThroughAccentsHoweverTheyAreWritten() {
    assertThat(pieces("CAFÉ cafe\u0301s"))
        // An accent of its own at the end of a piece belongs to no piece.
        .containsExactly("cafe@CAFÉ", "cafe@cafe", "##s@s");
  }

  @Test
  void makesEachChineseCharacterAWordAndKeepsPairsTogether() {
    assertThat(pieces("a港b😀\uD840\uDC00"))
        .containsExactly("a@a", "港@港", "[UNK]@b😀", "[UNK]@\uD840\uDC00");
    assertThat(pieces("😀")).containsExactly("😀@😀");
  }

  @Test
  void givesThePartsOfOneSyllableTheSamePlace() {
    assertThat(pieces("가")).containsExactly("ᄀ@가", "##ᅡ@가");
  }

  @Test
  void partsWordsAtEverySpaceAndDropsControlCharacters() {
    assertThat(pieces("the\tfee\u00A0the\u3000fee\nthe\u2028fee"))
        .containsExactly("the@the", "fee@fee", "the@the", "fee@fee", "the@the", "fee@fee");
    assertThat(pieces("t\u0000he\u200B f\u00ADee\uFFFD \u0007"))
        .containsExactly("the@t\u0000he", "fee@f\u00ADee");
  }

  @Test
  void readsHalvesOfPairsAsNothing() {
    assertThat(pieces("\uDC00the\uD83D fee\uD83D")).containsExactly("the@the", "fee@fee");
  }

  @Test
  void doesNotLetATextForgeItsEnd() {
    assertThat(pieces("the [SEP] fee"))
        .containsExactly("the@the", "[@[", "sep@SEP", "]@]", "fee@fee");
  }

  @Test
  void leavesLongWordsUnknown() {
    assertThat(pieces("a".repeat(100))).hasSize(100);
    assertThat(pieces("a".repeat(101) + " b")).containsExactly("[UNK]@" + "a".repeat(101), "b@b");
    assertThat(pieces("ab".repeat(5_000))).containsExactly("[UNK]@" + "ab".repeat(5_000));
  }

  @Test
  void leavesOnlyTheMarksOfAnEmptyOrBlankText() {
    for (String text : List.of("", " ", "\n\t", "\u0000")) {
      assertThat(UNCASED.split(text, 256).ids()).as("'%s'", text).containsExactly(2, 3);
    }
  }

  @Test
  void cutsAtTheLimitAndStillMarksTheEnd() {
    assertThat(UNCASED.split("the harbours the fees", 4).ids()).containsExactly(2, 4, 5, 3);
    assertThat(UNCASED.split("the harbours the fees", 2).ids()).containsExactly(2, 3);
    assertThat(UNCASED.split("aaaa aaaa", 4).ids()).containsExactly(2, 11, 13, 3);
  }

  @Test
  void readsTheRulesOfATokenizerFile() {
    WordPiece cased = json("WordPiece", "\"lowercase\": false, \"strip_accents\": null");
    assertThat(cased.split("the The é İ", 256).ids()).containsExactly(1, 3, 0, 5, 0, 2);

    WordPiece accented = json("WordPiece", "\"lowercase\": true, \"strip_accents\": false");
    assertThat(accented.split("THE É İ", 256).ids()).containsExactly(1, 3, 5, 6, 2);
  }

  @Test
  void refusesAnotherKindOfTokenizer() {
    assertThatThrownBy(() -> json("BPE", "\"lowercase\": true"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("WordPiece");
    assertThatThrownBy(() -> WordPiece.ofJson("no json".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not JSON");
    assertThatThrownBy(() -> WordPiece.ofLines(List.of("the", "[CLS]")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[SEP]");
  }

  @Test
  void refusesNumbersThatNoTokenizerHas() {
    String[][] changes = {
      {"\"the\": 3", "\"the\": -3", "its number of a piece must be"},
      {"\"the\": 3", "\"the\": 3e12", "its number of a piece must be"},
      {"\"the\": 3", "\"the\": \"three\"", "\"three\""},
      {"\"unk_token\"", "\"max_input_chars_per_word\": -1, \"unk_token\"", "1 to 10,000"},
      {"\"unk_token\"", "\"max_input_chars_per_word\": 2000000000, \"unk_token\"", "per_word"}
    };
    for (String[] change : changes) {
      String changed = file("WordPiece", "\"lowercase\": true").replace(change[0], change[1]);
      assertThatThrownBy(() -> WordPiece.ofJson(changed.getBytes(UTF_8)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(change[2]);
    }
  }

  private static WordPiece json(String model, String normalizer) {
    return WordPiece.ofJson(file(model, normalizer).getBytes(UTF_8));
  }

  private static String file(String model, String normalizer) {
    return """
        {"normalizer": {"type": "BertNormalizer", %s},
         "pre_tokenizer": {"type": "BertPreTokenizer"},
         "model": {"type": "%s", "unk_token": "?", "continuing_subword_prefix": "@@", "vocab":
           {"?": 0, "[CLS]": 1, "[SEP]": 2, "the": 3, "@@s": 4, "é": 5, "i\u0307": 6}}}
        """
        .formatted(normalizer, model);
  }

  @Property
  void placesRiseLieInTheTextAndSplitNoPair(@ForAll("texts") String text) {
    Pieces pieces = UNCASED.split(text, Integer.MAX_VALUE);

    int start = 0;
    int end = 0;
    for (int i = 1; i < pieces.size() - 1; i++) {
      assertThat(pieces.start(i)).isBetween(start, pieces.end(i) - 1);
      assertThat(pieces.end(i)).isBetween(end, text.length());
      start = pieces.start(i);
      end = pieces.end(i);
      for (int border : List.of(start, end)) {
        assertThat(
                border > 0
                    && border < text.length()
                    && Character.isSurrogatePair(text.charAt(border - 1), text.charAt(border)))
            .isFalse();
      }
    }
  }

  @Property
  void whatIsNotCoveredIsSpaceAccentOrControl(@ForAll("texts") String text) {
    Pieces pieces = UNCASED.split(text, Integer.MAX_VALUE);
    boolean[] covered = new boolean[text.length()];
    for (int i = 0; i < pieces.size(); i++) {
      for (int at = pieces.start(i); at < pieces.end(i); at++) {
        covered[at] = true;
      }
    }

    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      int c = text.codePointAt(at);
      boolean space = Character.isSpaceChar(c) || c == '\t' || c == '\n' || c == '\r';
      if (covered[at]) {
        assertThat(space).as("space at %d", at).isFalse();
      } else if (!space) {
        assertThat(Character.getType(c))
            .as("U+%04X at %d", c, at)
            .isIn(
                (int) Character.CONTROL,
                (int) Character.FORMAT,
                (int) Character.SURROGATE,
                (int) Character.PRIVATE_USE,
                (int) Character.NON_SPACING_MARK,
                // U+FFFD, the mark of what could not be decoded.
                (int) Character.OTHER_SYMBOL);
      }
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> known =
        Arbitraries.of(
            "a", "B", "é", "e\u0301", "港", "😀", "가", " ", "\u00A0", ",", "’", "the", "\u0000");
    Arbitrary<String> any = Arbitraries.integers().between(1, 0x2FFFF).map(Character::toString);
    return Arbitraries.frequencyOf(Tuple.of(3, known), Tuple.of(1, any))
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  /** Returns each piece between the marks, with the part of the text that it came from. */
  private static List<String> pieces(String text) {
    Pieces pieces = UNCASED.split(text, Integer.MAX_VALUE);
    List<String> shown = new ArrayList<>();
    for (int i = 1; i < pieces.size() - 1; i++) {
      shown.add(
          VOCABULARY.get((int) pieces.ids()[i])
              + "@"
              + text.substring(pieces.start(i), pieces.end(i)));
    }
    return shown;
  }
}
