package org.demarche.attribution;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Article;
import org.demarche.text.Span;
import org.demarche.text.Tokenizer;

/**
 * Extracts a folder of text files and writes the statements as JSON lines, as the PolNeAR scorer
 * reads them.
 *
 * <p>{@code java … ExtractFolder FOLDER OUT.jsonl [PASSES]}: with PASSES, repeats the extraction
 * that often and prints the speed of the last pass.
 */
final class ExtractFolder {

  private static final Tokenizer TOKENIZER = new Tokenizer();
  private static final RuleStatementFinder FINDER = new RuleStatementFinder();

  private ExtractFolder() {}

  public static void main(String[] args) throws IOException {
    List<Article> articles = read(Path.of(args[0]));
    try (BufferedWriter out = Files.newBufferedWriter(Path.of(args[1]))) {
      for (Article article : articles) {
        for (Statement statement : find(article)) {
          out.write(json(article, statement));
          out.write('\n');
        }
      }
    }
    if (args.length > 2) {
      measure(articles, Integer.parseInt(args[2]));
    }
  }

  private static void measure(List<Article> articles, int passes) {
    long characters = articles.stream().mapToLong(article -> article.text().length()).sum();
    for (int pass = 1; pass <= passes; pass++) {
      long start = cpuNanos();
      long statements = 0;
      for (Article article : articles) {
        statements += find(article).size();
      }
      double seconds = (cpuNanos() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "pass %d: %.1f million characters per CPU second, %d statements%n",
          pass,
          characters / 1e6 / seconds,
          statements);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static List<Article> read(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .sorted()
          .map(ExtractFolder::readArticle)
          .toList();
    }
  }

  private static Article readArticle(Path file) {
    String name = file.getFileName().toString();
    try {
      return Article.of(name.substring(0, name.length() - ".txt".length()), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static List<Statement> find(Article article) {
    return FINDER.find(new AnnotatedText(TOKENIZER.tokenize(article.text(), article.body())));
  }

  private static String json(Article article, Statement statement) {
    Span extent = statement.extent();
    Span source = statement.source();
    return "{\"article\": %s, \"start\": %d, \"end\": %d, \"fragments\": [%s], \"kind\": %s, \"rule\": %s, \"cue\": %s, \"speaker\": %s, \"speaker_start\": %s, \"speaker_end\": %s}"
        .formatted(
            quoted(article.id()),
            extent.start(),
            extent.end(),
            statement.content().stream()
                .map(span -> "[%d, %d]".formatted(span.start(), span.end()))
                .collect(Collectors.joining(", ")),
            quoted(statement.kind().name().toLowerCase(Locale.ROOT)),
            quoted(statement.rule()),
            statement.cue() == null ? null : quoted(statement.cue().of(article.text())),
            source == null ? null : quoted(source.of(article.text())),
            source == null ? null : source.start(),
            source == null ? null : source.end());
  }

  private static String quoted(String value) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
