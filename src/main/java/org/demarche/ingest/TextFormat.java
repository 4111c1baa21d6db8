package org.demarche.ingest;

import java.util.List;

/** One article per file, as plain text; its id is the name of the file without its ending. */
final class TextFormat implements ArticleFormat {

  @Override
  public List<String> names() {
    return List.of("text", "txt");
  }

  /** Any bytes may be text, so this format is taken only where no other fits. */
  @Override
  public Fit fit(Head head) {
    return Fit.NO;
  }

  @Override
  public Records open(Input input) {
    return new TextRecords(input);
  }
}
