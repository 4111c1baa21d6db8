package org.demarche.ingest;

import java.io.IOException;
import java.util.Optional;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;

/** The single reject of a file that is recognised but not read. */
final class SingleReject implements Records {

  private final Input input;
  private final String detail;
  private boolean read;

  SingleReject(Input input, String detail) {
    this.input = input;
    this.detail = detail;
  }

  @Override
  public Optional<Outcome> next() throws IOException {
    if (read) {
      return Optional.empty();
    }
    read = true;
    byte[] head = input.bytes().peek(InputBytes.HEAD);
    return Optional.of(
        new Rejected(
            new Origin(input.file(), 0), Reason.MALFORMED, detail, Utf8.raw(head, 0, head.length)));
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
