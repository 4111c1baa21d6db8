package org.demarche.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole subject of a verb of saying is the source, not the noun before the verb alone. */
class SubjectsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A driver who hit a cyclist | told police the sun had blinded him.",
        "The woman who lost her house | said she would go back.",
        "The firm that built the dam | said it was safe.",
        "The man who shot the captain | said he was sorry.",
        "The man charged with the theft | said he was innocent.",
        "Residents evacuated from the valley | said they had lost everything.",
        "The miners' union | said it did not believe him.",
        "The teachers’ leader | said the strike would go on.",
        "Farmers' groups | said prices had fallen.",
        "The captain | said the dam was safe.",
        "The lawyer who defended Torv Dahl | said the verdict was wrong.",
        "A spokesman who declined to give his name | said the port was closed.",
        "Will Korda | told reporters that he was sorry.",
        "May Larkin | said the dam was safe.",
        "Mrs May | warned that prices might rise.",
        "Per Dahl | said the dam was safe.",
        "Vendory's | said sales fell.",
        "Vendory’s | warned of losses.",
      })
  void takesTheWholeSubject(String subject, String rest) {
    assertThat(sources(subject + " " + rest)).contains(subject);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Osmani said the man | believed the dam was safe.",
        "The man who Osmani | said was innocent left.",
        "They walked from the harbour and Korda | said the dam was safe.",
        "“We met the miners,’ Korda | said the dam was safe.",
        "The man who said Torv Dahl | left was wrong.",
        "Vendory's | stated aim is to sell less.",
      })
  void doesNotReachIntoAnotherClause(String before, String rest) {
    assertThat(sources(before + " " + rest)).doesNotContain(before);
  }

  @Test
  void takesNoMonthForAGivenName() {
    assertThat(sources("In May Larkin said the dam was safe.")).containsExactly("Larkin");
    assertThat(sources("Will Korda be tried? Korda said he was innocent."))
        .containsExactly("Korda");
    assertThat(sources("Per Korda, the dam is safe. Dray said no.")).containsExactly("Dray");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "In Rand's view, the dam is safe. | Rand | the dam is safe",
        "The dam is safe, in the mayor's opinion. | the mayor | The dam is safe",
        "In her view, the dam is safe. | her | the dam is safe",
        "In Rand's view, the dam is safe, the mayor said. | the mayor | In Rand's view, the dam is safe",
      })
  void readsViews(String text, String source, String content) {
    Statement statement = statements(text).get(0);
    assertThat(statement.source().of(text)).isEqualTo(source);
    assertThat(statement.content().get(0).of(text)).isEqualTo(content);
  }

  @Test
  void doesNotTakeAnInsertedViewForAStatement() {
    assertThat(sources("The dam, in the mayor's opinion, is safe.")).isEmpty();
    assertThat(sources("Holm said that, in Dahl's view, the dam is safe.")).containsExactly("Holm");
  }

  @Test
  void doesNotCreditWhatSomebodyDismisses() {
    for (String dismissal : List.of("laughed off a claim", "shrugged off a warning")) {
      String text = "Korda " + dismissal + " that the dam was unsafe.";
      assertThat(statements(text)).as(text).isEmpty();
    }
    assertThat(statements("Korda repeated a claim that the dam was unsafe.")).isNotEmpty();
  }

  private static List<String> sources(String text) {
    return statements(text).stream()
        .filter(statement -> statement.source() != null)
        .map(statement -> statement.source().of(text))
        .toList();
  }

  private static List<Statement> statements(String text) {
    return new RuleStatementFinder()
        .find(new AnnotatedText(new Tokenizer().tokenize(text, new Span(0, text.length()))));
  }
}
