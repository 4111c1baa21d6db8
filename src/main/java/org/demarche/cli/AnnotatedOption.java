package org.demarche.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.demarche.DemarcheException;
import org.demarche.attribution.training.AnnotatedArticle;
import org.demarche.attribution.training.AnnotatedFolder;
import picocli.CommandLine.Option;

/** The option for the folders of annotated articles. */
final class AnnotatedOption {

  @Option(
      names = "--annotated",
      required = true,
      arity = "1..*",
      paramLabel = "DIR",
      description = "Folders of annotated articles.")
  private List<Path> folders;

  /**
   * Returns the articles of all folders.
   *
   * @throws DemarcheException if there are fewer than {@code fewest}, or a folder cannot be read
   */
  List<AnnotatedArticle> read(int fewest) throws IOException {
    List<AnnotatedArticle> articles = new ArrayList<>();
    for (Path folder : folders) {
      articles.addAll(AnnotatedFolder.read(folder));
    }
    if (articles.stream().allMatch(article -> article.attributions().isEmpty())) {
      throw DemarcheException.inputMissing(
          "%s: no article has an attribution; each is an event (a line that starts with E) with Content, Cue and Source"
              .formatted(folders));
    }
    if (articles.size() < fewest) {
      throw DemarcheException.inputMissing(
          "%d annotated articles are too few to learn from: give %d or more, better some hundred"
              .formatted(articles.size(), fewest));
    }
    return articles;
  }
}
