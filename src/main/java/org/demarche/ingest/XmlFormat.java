package org.demarche.ingest;

import java.io.IOException;
import java.util.List;

/**
 * XML of any kind that is read: its first element says which. A file of another kind is one reject,
 * since its text may be anything.
 */
final class XmlFormat implements ArticleFormat {

  private static final List<ArticleFormat> KINDS =
      List.of(new NitfFormat(), new NewsMlFormat(), new FeedFormat());

  @Override
  public List<String> names() {
    return List.of("xml");
  }

  @Override
  public Fit fit(Head head) {
    return head.text().stripLeading().startsWith("<?xml") ? Fit.CERTAIN : Fit.NO;
  }

  @Override
  public Records open(Input input) throws IOException {
    Head head = new Head(input.bytes().peek(InputBytes.HEAD), input.fields());
    for (ArticleFormat kind : KINDS) {
      if (kind.fit(head) == Fit.CERTAIN) {
        return kind.open(input);
      }
    }
    return new SingleReject(
        input,
        head.root().isEmpty()
            ? "The file is not XML"
            : "XML with the first element <%s> is neither NITF, NewsML nor a feed"
                .formatted(Utf8.shown(head.root())));
  }
}
