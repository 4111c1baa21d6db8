package org.demarche.ingest;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;
import org.demarche.ingest.Utf8.Decoded;

/** A page of a web site per file. Its article and what is said of it are found in the page. */
final class HtmlFormat implements ArticleFormat {

  /** A page declares its encoding within so many bytes. */
  private static final int DECLARATIONS = 4096;

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
    return new SingleRecord(input, "The page") {
      @Override
      Outcome outcome(Origin origin, byte[] bytes, int start, int end) {
        byte[] page = Arrays.copyOfRange(bytes, start, end);
        return HtmlFormat.outcome(origin, page, null, Optional.empty());
      }
    };
  }

  /**
   * Returns the article of a page, or why there is none.
   *
   * @param address where the page was found, or null
   * @param declared the encoding that somebody declares for bytes that are not UTF-8; else the page
   *     itself may declare one
   */
  static Outcome outcome(Origin origin, byte[] page, String address, Optional<Charset> declared) {
    Decoded text = decoded(page, declared);
    if (text.isFaulty()) {
      return new Rejected(origin, Reason.NOT_TEXT, text.detail(), Utf8.raw(page, 0, page.length));
    }
    try {
      return HtmlPage.read(PageSource.slim(text.text()), address)
          .outcome(origin, () -> Utf8.raw(page, 0, page.length));
    } catch (Markup.TooComplexException e) {
      return new Rejected(origin, Reason.TOO_LARGE, e.getMessage(), Utf8.raw(page, 0, page.length));
    }
  }

  /** Decodes a page: a byte order mark counts most, then valid UTF-8, then what is declared. */
  private static Decoded decoded(byte[] page, Optional<Charset> declared) {
    Optional<Encodings.Mark> mark = Encodings.mark(page);
    if (mark.isPresent()) {
      int start = mark.get().bytes();
      return Decoded.of(new String(page, start, page.length - start, mark.get().encoding()));
    }
    int head = Math.min(page.length, DECLARATIONS);
    return Xml.decoded(
        "The page",
        page,
        0,
        page.length,
        declared.or(() -> HtmlPage.declaredEncoding(Utf8.decoded(page, 0, head))));
  }
}
