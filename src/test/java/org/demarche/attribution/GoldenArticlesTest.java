package org.demarche.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.demarche.text.Article;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole articles against whole results; {@code -Dgolden.update=true} rewrites the results. */
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

  private static String describe(String text) {
    Article article = Article.of("golden", text);
    return new RuleStatementFinder()
        .find(article, new Tokenizer().tokenize(text, article.body())).stream()
            .map(statement -> line(text, statement))
            .collect(Collectors.joining("", "kind\trule\tsource\tcue\tcontent\n", ""));
  }

  private static String line(String text, Statement statement) {
    return String.join(
            "\t",
            statement.kind().name(),
            statement.rule(),
            place(text, statement.source()),
            place(text, statement.cue()),
            statement.content().stream()
                .map(span -> place(text, span))
                .collect(Collectors.joining(" | ")))
        + "\n";
  }

  private static String place(String text, Span span) {
    return span == null ? "-" : span + " " + span.of(text).replace('\n', ' ');
  }
}
