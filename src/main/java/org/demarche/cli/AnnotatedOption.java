package org.demarche.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.demarche.DemarcheException;
import org.demarche.attribution.training.AnnotatedArticle;
import org.demarche.attribution.training.AnnotatedFolder;
import org.demarche.attribution.training.AnnotatedLines;
import picocli.CommandLine.Option;

/** The option for annotated articles. */
final class AnnotatedOption {

  @Option(
      names = "--annotated",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = "Annotated articles: folders in brat's format, or files of JSON lines.")
  private List<Path> paths;

  /**
   * Returns the articles of all folders and files.
   *
   * @throws DemarcheException if there are fewer than {@code fewest}, or one cannot be read
   */
  List<AnnotatedArticle> read(int fewest) throws IOException {
    List<AnnotatedArticle> articles = new ArrayList<>();
    for (Path path : paths) {
      articles.addAll(
          Files.isRegularFile(path) ? AnnotatedLines.read(path) : AnnotatedFolder.read(path));
    }
    Map<String, AnnotatedArticle> texts = new HashMap<>();
    for (AnnotatedArticle article : articles) {
      AnnotatedArticle same = texts.put(article.text(), article);
      if (same != null) {
        throw DemarcheException.inputMissing(
            "%s: the articles %s and %s have the same text: keep one, since each text counts once"
                .formatted(paths, same.name(), article.name()));
      }
    }
    if (articles.stream().allMatch(article -> article.attributions().isEmpty())) {
      throw DemarcheException.inputMissing(
          "%s: no article has an attribution: in brat's format an event (a line that starts with E) with Content, Cue and Source"
              .formatted(paths));
    }
    if (articles.size() < fewest) {
      throw DemarcheException.inputMissing(
          "%d annotated articles are too few to learn from: give %d or more, better some hundred"
              .formatted(articles.size(), fewest));
    }
    return articles;
  }
}
