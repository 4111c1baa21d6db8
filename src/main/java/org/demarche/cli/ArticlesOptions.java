package org.demarche.cli;

import java.util.ArrayList;
import java.util.List;
import org.demarche.config.Settings;
import org.demarche.ingest.ArticleFormats;
import picocli.CommandLine.Option;

/** The options for the articles to ingest. */
final class ArticlesOptions {

  private static final class Formats extends ArrayList<String> {
    Formats() {
      super(ArticleFormats.names());
    }
  }

  @Option(
      names = "--articles",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files or folders with articles; globs are allowed.")
  private List<String> paths;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      completionCandidates = Formats.class,
      description = "${COMPLETION-CANDIDATES}; auto finds it by the content of each file. [auto]")
  private String format;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description =
          "Encoding of files that are not UTF-8 and have no byte order mark, such as windows-1252.")
  private String encoding;

  List<Settings.Layer> layers() {
    List<Settings.Layer> layers = new ArrayList<>();
    if (paths != null) {
      layers.add(Settings.Layer.texts("--articles", "articles.paths", paths));
    }
    if (format != null) {
      layers.add(Settings.Layer.text("--format", "articles.format", format));
    }
    if (encoding != null) {
      layers.add(Settings.Layer.text("--encoding", "articles.encoding", encoding));
    }
    return layers;
  }
}
