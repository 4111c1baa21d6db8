package org.demarche.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.demarche.evaluation.ModelComparison;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class ComparisonPageTest {

  private static final String HOSTILE =
      "</style></svg><script>alert(1)</script><!-- \" onload='x' {{style}} $1 %s &";

  @Test
  void letsNoNameBecomeMarkup() {
    String harmless = ComparisonPage.html(InventedComparison.named("tribuo linear-svc"));
    String hostile = ComparisonPage.html(InventedComparison.named(HOSTILE));

    for (String mark : List.of("<", ">", "\"", "<script", "</style", "<!--", "onload='")) {
      assertThat(count(hostile, mark)).as(mark).isEqualTo(count(harmless, mark));
    }
    assertThat(hostile)
        .doesNotContain("<script")
        .contains(
            "&lt;script&gt;alert(1)&lt;/script&gt;&lt;!-- &quot; onload=&#39;x&#39; {{style}}");
  }

  @Test
  void admitsItsOwnStyleAndNothingElse() throws GeneralSecurityException {
    String page = ComparisonPage.html(InventedComparison.named("tribuo linear-svc"));
    Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(page);
    assertThat(style.find()).isTrue();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(UTF_8));

    assertThat(page)
        .contains(
            "default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(digest)
                + "'");
    assertThat(page)
        .doesNotContain("<script", "style=\"", "src=\"", "@import", "url(", "<link", "{{");
  }

  /** A browser forgives what a reader of XML does not: open elements, broken attributes. */
  @ParameterizedTest
  @ValueSource(strings = {"tribuo linear-svc", HOSTILE})
  void drawsWellFormedCharts(String name) {
    Matcher charts =
        Pattern.compile("<(svg|table|figure)\\b.*?</\\1>", Pattern.DOTALL)
            .matcher(ComparisonPage.html(InventedComparison.named(name)));
    int found = 0;
    while (charts.find()) {
      String chart = charts.group();
      assertThat(DocumentBuilderFactory.newInstance())
          .satisfies(
              xml -> xml.newDocumentBuilder().parse(new InputSource(new StringReader(chart))));
      assertThat(chart).doesNotContain("NaN", "Infinity", "null");
      found++;
    }
    // Two tables, a reliability diagram a model, a learning curve a model that learnt.
    assertThat(found).isEqualTo(2 + 8 + 7);
  }

  @Test
  void saysWhoIsBestWhoMayBeAndWhoIsNot() {
    ModelComparison comparison = InventedComparison.named("tribuo linear-svc");
    String page = ComparisonPage.html(comparison);

    assertThat(comparison.best().name()).isEqualTo("profile accurate");
    assertThat(page)
        .contains(
            "<p class=\"verdict\"><b>profile accurate</b> comes first, with a macro-F1 of ",
            "<b>encoder logistic-regression</b> cannot be told apart from it.",
            "The other 6 are surely behind.",
            "◂ 0.206",
            "<b>1,200</b>labelled statements",
            "<b>400</b>groups",
            "Not measured: none majority.",
            "does not cover statements of another kind");
  }

  @Test
  void showsOneModelOfWhichLittleIsKnown() {
    String page = ComparisonPage.html(InventedComparison.alone("only one"));

    assertThat(page)
        .contains(
            "<b>only one</b> has a macro-F1 of",
            "There are only 10 groups of statements, fewer than 40, so the intervals are too narrow")
        .doesNotContain("Would more labels help", "Took</th>");
  }

  @Test
  void isTheSamePageForTheSameComparison() {
    assertThat(ComparisonPage.html(InventedComparison.named("a")))
        .isEqualTo(ComparisonPage.html(InventedComparison.named("a")));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
