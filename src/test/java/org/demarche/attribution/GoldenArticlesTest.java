package org.demarche.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.demarche.speaker.CreditedStatement;
import org.demarche.speaker.Speaker;
import org.demarche.speaker.SpeakerDirectory;
import org.demarche.speaker.StatementExtractor;
import org.demarche.text.Article;
import org.demarche.text.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole articles against whole results: what each statement is, which rule found it, and who is
 * credited. {@code -Dgolden.update=true} rewrites the results.
 */
class GoldenArticlesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  static List<String> articles() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".txt"))
          .map(name -> name.substring(0, name.length() - ".txt".length()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("articles")
  void yieldTheStatementsExpected(String name) throws IOException {
    String text = Files.readString(GOLDEN.resolve(name + ".txt"));
    String found = describe(text);
    Path expected = GOLDEN.resolve(name + ".expected.tsv");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, found);
    }
    assertThat(found).isEqualTo(Files.readString(expected));
  }

  @Test
  void showEveryRuleAtWork() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (String name : articles()) {
      Files.readAllLines(GOLDEN.resolve(name + ".expected.tsv")).stream()
          .skip(1)
          .forEach(line -> shown.add(line.split("\t")[1]));
    }
    assertThat(shown).containsAll(Stream.of(Rule.values()).map(Rule::toString).toList());
  }

  private static String describe(String text) {
    return new StatementExtractor(SpeakerDirectory.EMPTY, new RuleStatementFinder())
        .extract(Article.of("golden", text)).stream()
            .map(credited -> line(text, credited))
            .collect(Collectors.joining("", "kind\trule\tspeaker\tsource\tcue\tcontent\n", ""));
  }

  private static String line(String text, CreditedStatement credited) {
    Statement statement = credited.statement();
    return String.join(
            "\t",
            statement.kind().name(),
            statement.rule(),
            speaker(credited.speaker()),
            place(text, statement.source()),
            place(text, statement.cue()),
            statement.content().stream()
                .map(span -> place(text, span))
                .collect(Collectors.joining(" | ")))
        + "\n";
  }

  private static String speaker(Speaker speaker) {
    return Stream.of(speaker.kind().name(), speaker.name(), speaker.role(), speaker.affiliation())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }

  private static String place(String text, Span span) {
    return span == null ? "-" : span + " " + span.of(text).replace('\n', ' ');
  }
}
