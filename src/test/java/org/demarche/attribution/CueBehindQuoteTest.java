package org.demarche.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A quotation goes to who is credited behind it, even by a verb that seldom attributes. */
class CueBehindQuoteTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "“We did it!” grinned Ida Holm. | Ida Holm",
        "“We did it,” beamed the mayor. | the mayor",
        "“We did it,” Ida Holm grinned. | Ida Holm",
        "“We did it,” she nodded. | she",
        "“Unfair,” was how the minister, Ian Crewe, described it. | the minister, Ian Crewe",
        "“The choice is final,” reads an email. | an email",
        "“Please go home,” read the placard. | the placard",
        "Police: “We are looking for two men.” | Police",
        "Her verdict: “It is long.” | Her",
      })
  void findsTheSource(String attribution, String source) {
    String text = "“It was awful,” recalled a porter. " + attribution;
    Statement last = last(text);
    assertThat(last.source()).isNotNull();
    assertThat(last.source().of(text)).isEqualTo(source);
    assertThat(first(text).content()).as("the quotation before").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "“What will it cost us?” Prices jumped.",
        "“Why did they leave us?” Ida Holm resigned.",
        "“You are all liars!” angered the mayor.",
        "“Where did they all go?” Police arrived.",
      })
  void takesNobodyWhoActsForWhoSpeaks(String text) {
    assertThat(statements(text)).allMatch(statement -> statement.source() == null);
  }

  @Test
  void readsAColonWithoutALabel() {
    assertThat(statements("It was late. : “We must go now.”")).hasSize(1);
  }

  @Test
  void keepsQuotationsOfOneSpeakerTogetherBeforeASubordinateClause() {
    String text =
        "“The bridge is closed,” Ida Holm said. “Nobody may cross,” because the river rose.";
    assertThat(first(text).content()).hasSize(2);
  }

  @Test
  void leavesAQuotationWithAnAttributionThatNoRuleKnowsToItself() {
    String text = "“It is late,” Korda said. “We must go,” came the reply.";
    assertThat(first(text).content()).hasSize(1);
    String joined = "“It is late,” Korda said. “We must go.” They left.";
    assertThat(first(joined).content()).hasSize(2);
  }

  private static Statement first(String text) {
    return statements(text).get(0);
  }

  private static Statement last(String text) {
    List<Statement> statements = statements(text);
    return statements.get(statements.size() - 1);
  }

  private static List<Statement> statements(String text) {
    return new RuleStatementFinder()
        .find(new AnnotatedText(new Tokenizer().tokenize(text, new Span(0, text.length()))));
  }
}
