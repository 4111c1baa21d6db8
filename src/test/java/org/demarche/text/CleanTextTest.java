package org.demarche.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.demarche.text.TextQuality.CLEAN;
import static org.demarche.text.TextQuality.DAMAGED;
import static org.demarche.text.TextQuality.ENTITIES;
import static org.demarche.text.TextQuality.INVISIBLE;
import static org.demarche.text.TextQuality.MARKUP;
import static org.demarche.text.TextQuality.MOJIBAKE;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "“The dam stays,” Zoë Renner said — at 5 °C.",
        "AT&T and R&D; a &nosuch; name & more",
        "a < b, <anna@quay.example>, <b and c> and x <y",
        "“Å” is a village, ÅKERÖ’ a street, “IRMÔ a play",
        "CAFÉ” and Weiß’ and â and ð and Âge",
        "realâ€world",
        "می\u200cخواهم",
        "\uD83D\uDC69\u200D\uD83D\uDCBB at work",
        "&#xD800; &#99999999; &;"
      })
  void leavesAloneWhatMayBeMeant(String text) {
    CleanText clean = CleanText.of(text);
    assertThat(clean.text()).isSameAs(text);
    assertThat(clean.quality()).isEqualTo(CLEAN);
    assertThat(clean.delivered(new Span(0, 3))).isEqualTo(new Span(0, 3));
    assertThat(clean.clean(new Span(1, 2))).contains(new Span(1, 2));
  }

  @Test
  void leavesOutInvisibleCharacters() {
    cleans("Kas\u200bpar Do\u00adle\u200e, \u2060he\ufeff said\u202c", INVISIBLE)
        .isEqualTo("Kaspar Dole, he said");
  }

  @Test
  void decodesEntities() {
    cleans("&quot;O&#39;Hare &amp; Sons&#x201d;&nbsp;&hellip; &#146;", ENTITIES)
        .isEqualTo("\"O'Hare & Sons”\u00a0… ’");
    cleans("&amp;ldquo;No&amp;amp;rdquo; &#128512;", ENTITIES).isEqualTo("“No” \uD83D\uDE00");
    cleans("Ren&shy;ner", ENTITIES).isEqualTo("Renner");
  }

  @Test
  void turnsTagsIntoTheBreaksThatTheyStandFor() {
    cleans("<p class=\"a\">One<br/>two</P><div>th<b>r</b>ee</div>", MARKUP)
        .isEqualTo("\n\nOne\ntwo\n\n\n\nthree\n\n");
    cleans("a<!-- <p>no</p> -->b<script>var x = '<p>';</script>c", MARKUP).isEqualTo("ab\n\n\n\nc");
    cleans("&lt;p&gt;One&lt;/p&gt;", MARKUP).isEqualTo("\n\nOne\n\n");
    cleans("a<!-- b <script> c", MARKUP).isEqualTo("a<!-- b \n\n c");
  }

  @Test
  void decodesUtf8ThatWasReadAsWindows1252() {
    Charset windows = Charset.forName("windows-1252");
    for (String text :
        List.of("“Zoë’s café – Özil … 5 €", "KÖLN ‘Étienne’ \uD83D\uDE00", "Åre\u00a0“Kraśnik")) {
      cleans(new String(text.getBytes(StandardCharsets.UTF_8), windows), MOJIBAKE).isEqualTo(text);
    }
    cleans("Ã¢â‚¬Å“Twice", MOJIBAKE).isEqualTo("“Twice");
    cleans("ï»¿First", MOJIBAKE).isEqualTo("First");
    cleans("It ended.Â  He left.", MOJIBAKE).isEqualTo("It ended.  He left.");
    cleans("â\u0080\u009cYesâ€ and ZoÃ«", MOJIBAKE).isEqualTo("“Yes” and Zoë");
  }

  @Test
  void putsBackMarksThatWereLost() {
    cleans("\uFFFDWe won\uFFFDt wait,\uFFFD said M\uFFFDller \uFFFD twice.", DAMAGED)
        .isEqualTo("“We won’t wait,” said M\uFFFDller – twice.");
    CleanText unknown = CleanText.of("\uFFFDtienne and M\uFFFDller left");
    assertThat(unknown.text()).isEqualTo("\uFFFDtienne and M\uFFFDller left");
    assertThat(unknown.quality()).isEqualTo(DAMAGED);
  }

  @Test
  void tellsTheWorst() {
    assertThat(CleanText.of("<b>&quot;\u200b").quality()).isEqualTo(MARKUP);
    assertThat(CleanText.of("&quot;\u200b").quality()).isEqualTo(ENTITIES);
    assertThat(CleanText.of("<b>Ã©").quality()).isEqualTo(MOJIBAKE);
    assertThat(CleanText.of("Ã©\uFFFD").quality()).isEqualTo(DAMAGED);
  }

  @Test
  void findsPlacesBothWays() {
    String delivered = "<p>&amp;ldquo;Zo\u00c3\u00ab&rdquo;</p>";
    CleanText clean = CleanText.of(delivered);
    assertThat(clean.text()).isEqualTo("\n\n“Zoë”\n\n");
    assertThat(clean.delivered(new Span(2, 7)).of(delivered))
        .isEqualTo("&amp;ldquo;Zo\u00c3\u00ab&rdquo;");
    assertThat(clean.delivered(new Span(3, 6)).of(delivered)).isEqualTo("Zo\u00c3\u00ab");
    assertThat(clean.clean(new Span(14, 18))).contains(new Span(3, 6));
    assertThat(clean.clean(new Span(15, 17))).contains(new Span(4, 5));
    assertThat(clean.clean(new Span(0, 2))).isEmpty();
    assertThat(clean.clean(new Span(0, delivered.length()))).contains(new Span(0, 9));
    assertThat(CleanText.of("&shy;").text()).isEmpty();
  }

  /** Every character comes from a place in the text, and none from before the one before it. */
  @Test
  void keepsTheOrderOfPlaces() {
    String[] pieces = {
      "&",
      "amp;",
      "quot;",
      "&#8217;",
      "<",
      "p",
      ">",
      "/",
      "br",
      " a=\"b\"",
      "<!--",
      "-->",
      "<script>",
      "</script>",
      "â",
      "€",
      "œ",
      "™",
      "Ã",
      "©",
      "Â",
      " ",
      "ð",
      "Ÿ",
      "˜",
      "\u0080",
      "\uFFFD",
      "s",
      "\u200b",
      "\uD83D",
      "\uDE00",
      "\n",
      "\u0628",
      "ï»¿"
    };
    SplittableRandom random = new SplittableRandom(2031);
    for (int n = 0; n < 20_000; n++) {
      StringBuilder made = new StringBuilder();
      for (int k = random.nextInt(1, 20); k > 0; k--) {
        made.append(pieces[random.nextInt(pieces.length)]);
      }
      CleanText clean = CleanText.of(made.toString());
      Span before = new Span(0, 1);
      for (int i = 0; i < clean.text().length(); i++) {
        Span place = clean.delivered(new Span(i, i + 1));
        assertThat(place.start()).as("%d in %s", i, made).isGreaterThanOrEqualTo(before.start());
        assertThat(place.end()).as("%d in %s", i, made).isGreaterThanOrEqualTo(before.end());
        assertThat(place.end()).isLessThanOrEqualTo(made.length());
        before = place;
      }
    }
  }

  private static AbstractStringAssert<?> cleans(String delivered, TextQuality quality) {
    CleanText clean = CleanText.of(delivered);
    assertThat(clean.quality()).as(delivered).isEqualTo(quality);
    return assertThat(clean.text()).as(delivered);
  }
}
