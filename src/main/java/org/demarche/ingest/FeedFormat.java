package org.demarche.ingest;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Feeds: RSS of all versions, with the exports of WordPress, and Atom. */
final class FeedFormat implements ArticleFormat {

  private static final Set<String> ROOTS = Set.of("rss", "feed", "rdf", "channel");

  @Override
  public List<String> names() {
    return List.of("rss", "atom", "rdf");
  }

  @Override
  public Fit fit(Head head) {
    return ROOTS.contains(head.root()) ? Fit.CERTAIN : Fit.NO;
  }

  @Override
  public Records open(Input input) throws IOException {
    Head head = new Head(input.bytes().peek(InputBytes.HEAD), input.fields());
    String item = head.root().equals("feed") ? "entry" : "item";
    return new XmlRecords(input, new XmlItems(item, false), FeedItems::new);
  }
}
