package org.demarche.ingest;

import java.io.IOException;
import java.util.Optional;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;

/** Reads a file that is one record, such as a plain text or a page of a web site. */
abstract class SingleRecord implements Records {

  private final Input input;
  private final String name;
  private final RecordSlicer slicer;
  private boolean read;

  /**
   * @param name what messages call the file, such as {@code The page}
   */
  SingleRecord(Input input, String name) {
    this.input = input;
    this.name = name;
    this.slicer =
        new RecordSlicer(input.bytes(), (bytes, from, to) -> -1, input.limits().recordBytes());
  }

  /** Returns what becomes of the file, whose bytes are those from {@code start} to {@code end}. */
  abstract Outcome outcome(Origin origin, byte[] bytes, int start, int end);

  @Override
  public final Optional<Outcome> next() throws IOException {
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
              "%s has %d bytes; the limit is %d"
                  .formatted(name, slicer.size(), input.limits().recordBytes()),
              Utf8.raw(slicer.head(), 0, slicer.head().length)));
    }
    return Optional.of(outcome(origin, slicer.buffer(), slicer.start(), slicer.end()));
  }

  @Override
  public final long number() {
    return 0;
  }

  @Override
  public final void close() throws IOException {
    slicer.close();
  }
}
