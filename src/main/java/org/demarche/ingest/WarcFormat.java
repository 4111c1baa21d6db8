package org.demarche.ingest;

import java.io.IOException;
import java.util.List;

/**
 * WARC, in which crawlers keep what servers answered. The pages among the answers are articles;
 * requests, redirections, pictures and the like are not.
 */
final class WarcFormat implements ArticleFormat {

  static final String NAME = "warc";

  /** How a file of ARC begins, the format that was before WARC. */
  private static final String ARC = "filedesc://";

  @Override
  public List<String> names() {
    return List.of(NAME);
  }

  @Override
  public Fit fit(Head head) {
    return head.text().startsWith("WARC/") || head.text().startsWith(ARC) ? Fit.CERTAIN : Fit.NO;
  }

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public Records open(Input input) throws IOException {
    byte[] head = input.bytes().peek(ARC.length());
    return Utf8.decoded(head, 0, head.length).equals(ARC)
        ? new SingleReject(input, "The file is ARC, the format before WARC, which is not read")
        : new WarcRecords(input);
  }
}
