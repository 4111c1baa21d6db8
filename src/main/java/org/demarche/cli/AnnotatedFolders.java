package org.demarche.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.demarche.DemarcheException;
import org.demarche.attribution.training.AnnotatedArticle;
import org.demarche.attribution.training.AnnotatedFolder;

/** Reads the annotated articles that a command is given. */
final class AnnotatedFolders {

  private AnnotatedFolders() {}

  /**
   * Returns the articles of all folders.
   *
   * @throws DemarcheException if there are fewer than {@code fewest}, or a folder cannot be read
   */
  static List<AnnotatedArticle> read(List<Path> folders, int fewest) throws IOException {
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
