package org.demarche.ingest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;

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
    return new Unknown(input, head);
  }

  /** The single reject of a file of an unknown kind. */
  private static final class Unknown implements Records {

    private final Input input;
    private final Head head;
    private boolean read;

    Unknown(Input input, Head head) {
      this.input = input;
      this.head = head;
    }

    @Override
    public Optional<Outcome> next() {
      if (read) {
        return Optional.empty();
      }
      read = true;
      return Optional.of(
          new Rejected(
              new Origin(input.file(), 0),
              Reason.MALFORMED,
              head.root().isEmpty()
                  ? "The file is not XML"
                  : "XML with the first element <%s> is neither NITF, NewsML nor a feed"
                      .formatted(Utf8.shown(head.root())),
              Utf8.raw(head.bytes(), 0, head.bytes().length)));
    }

    @Override
    public long number() {
      return 0;
    }

    @Override
    public void close() throws IOException {
      input.bytes().close();
    }
  }
}
