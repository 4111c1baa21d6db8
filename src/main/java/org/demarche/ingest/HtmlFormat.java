package org.demarche.ingest;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;
import org.demarche.ingest.Utf8.Decoded;

/** A page of a web site per file. Its article and what is said of it are found in the page. */
final class HtmlFormat implements ArticleFormat {

  @Override
  public List<String> names() {
    return List.of("html", "htm", "xhtml");
  }

  @Override
  public Fit fit(Head head) {
    String start = head.text().stripLeading().toLowerCase(Locale.ROOT);
    return head.root().equals("html") || start.startsWith("<!doctype html") ? Fit.CERTAIN : Fit.NO;
  }

  @Override
  public Records open(Input input) {
    return new Page(input);
  }

  /** Returns the article of a page, or why there is none. */
  static Outcome outcome(
      Origin origin, byte[] bytes, int start, int end, String address, Decoded text) {
    return text.isFaulty()
        ? new Rejected(origin, Reason.NOT_TEXT, text.detail(), Utf8.raw(bytes, start, end))
        : HtmlPage.read(text.text(), address).outcome(origin, () -> Utf8.raw(bytes, start, end));
  }

  /** Decodes a page as it says in its head, unless its bytes are valid UTF-8. */
  static Decoded decoded(byte[] bytes, int start, int end) {
    int head = Math.min(end, start + 4096);
    return Xml.decoded(
        "The page", bytes, start, end, HtmlPage.declaredEncoding(Utf8.decoded(bytes, start, head)));
  }

  /** The single record of a file. */
  private static final class Page implements Records {

    private final Input input;
    private final RecordSlicer slicer;
    private boolean read;

    Page(Input input) {
      this.input = input;
      slicer =
          new RecordSlicer(input.bytes(), (bytes, from, to) -> -1, input.limits().recordBytes());
    }

    @Override
    public Optional<Outcome> next() throws IOException {
      if (read) {
        return Optional.empty();
      }
      read = true;
      slicer.next();
      Origin origin = new Origin(input.file(), 0);
      if (slicer.tooLarge()) {
        return Optional.of(
            new Rejected(
                origin,
                Reason.TOO_LARGE,
                "The page has %d bytes; the limit is %d"
                    .formatted(slicer.size(), input.limits().recordBytes()),
                Utf8.raw(slicer.head(), 0, slicer.head().length)));
      }
      byte[] bytes = slicer.buffer();
      return Optional.of(
          outcome(
              origin,
              bytes,
              slicer.start(),
              slicer.end(),
              null,
              decoded(bytes, slicer.start(), slicer.end())));
    }

    @Override
    public long number() {
      return 0;
    }

    @Override
    public void close() throws IOException {
      slicer.close();
    }
  }
}
