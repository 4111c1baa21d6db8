package org.demarche.stance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.demarche.text.Span;
import org.junit.jupiter.api.Test;

class StatementPassageTest {

  private static final TargetFinder TARGETS =
      new TargetFinder(
          List.of(
              new Target("orleth", "Orleth", List.of("Orlethian")),
              new Target("dam", "the dam", List.of())));

  @Test
  void isTheStretchFromTheFirstToTheLastOfItsParts() {
    StatementPassage passage = cut("KELL - {<Orleth> must\n  pay}, [Vidal] (said) on Friday.");
    assertThat(passage.text()).isEqualTo("Orleth must\n  pay, Vidal said");
    assertThat(passage.start()).isEqualTo(7);
    assertThat(passage.content())
        .extracting(span -> span.of(passage.text()))
        .containsExactly("Orleth must\n  pay");
    assertThat(passage.source().of(passage.text())).isEqualTo("Vidal");
    assertThat(passage.cue().of(passage.text())).isEqualTo("said");
    assertThat(passage.whole()).isEqualTo(Passage.of(passage.text()));
  }

  @Test
  void countsFromItsOwnStart() {
    StatementPassage passage =
        StatementPassage.cut(
            "KELL - Orleth must pay, Orleth said on Friday.",
            List.of(new Span(7, 22)),
            new Span(31, 35),
            new Span(24, 30));
    assertThat(passage.text()).isEqualTo("Orleth must pay, Orleth said");
    assertThat(passage.source()).isEqualTo(new Span(17, 23));
  }

  @Test
  void leavesOutWhatStandsFarAway() {
    StatementPassage passage = cut("[Vidal] rose. " + "On. ".repeat(60) + "{“No,”} (she said)");
    assertThat(passage.text()).isEqualTo("“No,” she said");
    assertThat(passage.source()).isNull();
  }

  @Test
  void hidesTheSourceAndNotItsNameInTheContent() {
    assertMentions("{<Orleth> must pay}, [Orleth] (said)");
    assertMentions("[Orleth] (said) {<Orleth> must pay}");
    assertMentions("{The <Orlethian> side must pay}, (said) [Orleth]");
  }

  @Test
  void hidesASourceInsideItsOwnContent() {
    assertMentions("{We, [Orleth], (say) <the dam> and <Orlethian> pride are one}");
    assertMentions("{No, [Orleth] (said), }{<the dam> stays}");
  }

  @Test
  void isNotTowardsWhoOnlySpeaks() {
    assertMentions("{<The dam> is safe}, [the Orlethian minister] (said)");
    assertMentions("[Orleth’s envoy] (denied) {it}");
  }

  @Test
  void givesModelsTheTargetInItsPlace() {
    StatementPassage passage = cut("On Friday [Orleth] (said) {<Orleth> must pay}");
    assertThat(passage.mentions(TARGETS))
        .extracting(passage::towards)
        .containsExactly(new Passage("Orleth said Orleth must pay", "Orleth", 12, 18));
  }

  @Test
  void givesModelsACleanText() {
    String article = "&quot;Or\u00adleth&rsquo;s <b>dam</b>,&quot; Vidal said";
    StatementPassage passage =
        StatementPassage.cut(article, List.of(new Span(0, article.indexOf(" Vidal"))), null, null);
    String read = "\"Orleth’s dam,\"";
    assertThat(passage.text()).isEqualTo("&quot;Or\u00adleth&rsquo;s <b>dam</b>,&quot;");
    assertThat(passage.whole()).isEqualTo(Passage.of(read));
    assertThat(passage.mentions(TARGETS))
        .extracting(passage::towards)
        .containsExactly(new Passage(read, "Orleth", 1, 7));
    assertThat(passage.place(new Span(1, 7)).of(passage.text())).isEqualTo("Or\u00adleth");
  }

  @Test
  void isReadFromPlacesInTheArticle() {
    assertThat(
            StatementPassage.of(
                "Orleth said no", 40, List.of(new Span(52, 54)), null, new Span(20, 26)))
        .isEqualTo(
            new StatementPassage("Orleth said no", 40, List.of(new Span(12, 14)), null, null));
  }

  @Test
  void cannotPointOutsideItsText() {
    Span outside = new Span(0, 4);
    assertThatThrownBy(() -> new StatementPassage("no", 0, List.of(outside), null, null))
        .hasMessage("The span 0-4 is outside a passage of 2 characters");
    assertThatThrownBy(() -> new StatementPassage("no", 0, List.of(new Span(0, 2)), null, outside))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StatementPassage("no", 0, List.of(), null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Asserts that the targets mentioned are those that {@code marked} has in angle brackets. */
  private static void assertMentions(String marked) {
    List<Span> expected = new ArrayList<>();
    StatementPassage passage = cut(marked, expected);
    assertThat(passage.mentions(TARGETS))
        .as(marked)
        .extracting(mention -> new Span(mention.start(), mention.end()).minus(-passage.start()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static StatementPassage cut(String marked) {
    return cut(marked, new ArrayList<>());
  }

  /** Reads an article whose {content}, (cue), [source] and &lt;targets&gt; stand in brackets. */
  private static StatementPassage cut(String marked, List<Span> targets) {
    List<Span> content = new ArrayList<>();
    List<Span> cues = new ArrayList<>();
    List<Span> sources = new ArrayList<>();
    List<List<Span>> all = List.of(content, cues, sources, targets);
    int[] starts = new int[all.size()];
    StringBuilder article = new StringBuilder();
    Matcher parts = Pattern.compile("[{(\\[<]|[})\\]>]|[^{(\\[<})\\]>]+").matcher(marked);
    while (parts.find()) {
      int opens = "{([<".indexOf(parts.group());
      int closes = "})]>".indexOf(parts.group());
      if (opens >= 0) {
        starts[opens] = article.length();
      } else if (closes >= 0) {
        all.get(closes).add(new Span(starts[closes], article.length()));
      } else {
        article.append(parts.group());
      }
    }
    return StatementPassage.cut(
        article.toString(),
        content,
        cues.isEmpty() ? null : cues.get(0),
        sources.isEmpty() ? null : sources.get(0));
  }
}
