package org.demarche.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.demarche.attribution.RuleStatementFinder;
import org.demarche.attribution.Statement;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.attribution.learned.Finding;
import org.demarche.attribution.learned.LearnedStatementFinder;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Article;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;
import org.junit.jupiter.api.Test;

class AttributionLinesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/explained-attribution");

  private static final String ARTICLE =
      """
      The harbour of Vell stayed shut on Monday.

      “We have waited long enough,” Ana Vidal said at the gate. “The mole must be open by June.”

      Tom Okar, who leads the council, conceded that the work had been delayed but denied that \
      anybody had been misled.

      The paper called it “a disgrace for the whole coast”. Vidal has promised to ask for a hearing.
      """;

  private static final AttributionModel MODEL = AttributionModel.bundled();

  private static AnnotatedText annotated() {
    return new AnnotatedText(new Tokenizer().tokenize(ARTICLE, new Span(0, ARTICLE.length())));
  }

  private static Statement with(String words, List<Statement> statements) {
    return statements.stream()
        .filter(statement -> statement.extent().of(ARTICLE).contains(words))
        .findFirst()
        .orElseThrow();
  }

  private static Statement found(String words, double least) {
    return with(words, new LearnedStatementFinder(MODEL, least).find(annotated()));
  }

  private static List<String> explained(
      AttributionModel model, double least, Statement statement, boolean colours) {
    return AttributionLines.of(
        Finding.of(Article.of("a", ARTICLE), model, least, statement), colours);
  }

  /** Compares what is printed with a file; {@code -Dgolden.update=true} writes it again. */
  @Test
  void explainsHowStatementsWereFound() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("A quotation in two pieces:");
    lines.addAll(explained(MODEL, .3, found("waited", .3), false));
    lines.add("\nOne of two in a sentence:");
    lines.addAll(explained(MODEL, .1, found("delayed", .1), false));
    lines.add("\nKept for its quotation:");
    lines.addAll(explained(MODEL, .95, found("disgrace", .95), false));
    lines.add("\nBy the rules alone:");
    Statement byRule = with("disgrace", new RuleStatementFinder().find(annotated()));
    lines.addAll(explained(null, .3, byRule, false));
    String printed = String.join("\n", lines) + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, printed);
    }
    assertThat(printed).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void saysWhenAnotherVersionFoundTheStatement() {
    Statement now = found("delayed", .3);
    Statement stored =
        new Statement(now.kind(), now.content(), now.cue(), now.source(), "old-rule", .123);
    assertThat(explained(MODEL, .3, stored, false))
        .contains(
            "  Stored with old-rule and 0.12: another version of Demarche, or other settings, found it.");
    assertThat(explained(MODEL, 1, now, false))
        .anyMatch(line -> line.contains("None of them is the stored statement"));
  }

  @Test
  void coloursInsteadOfMarkingBeneath() {
    assertThat(explained(MODEL, .3, found("delayed", .3), true))
        .anyMatch(line -> line.contains("\u001b[36mTom Okar"))
        .noneMatch(line -> line.contains("~~~"));
    assertThat(explained(MODEL, .3, found("delayed", .3), false))
        .noneMatch(line -> line.contains("\u001b"));
  }
}
