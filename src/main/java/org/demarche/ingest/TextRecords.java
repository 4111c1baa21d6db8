package org.demarche.ingest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.demarche.ingest.FieldTree.Slot;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;
import org.demarche.ingest.Utf8.Decoded;

/** The single record of a plain text file, which is one article. */
final class TextRecords implements Records {

  private static final Slot TEXT = new Slot(Field.TEXT, 0, "text");

  private final RecordSlicer slicer;
  private final Input input;
  private boolean read;

  TextRecords(Input input) {
    this.slicer =
        new RecordSlicer(input.bytes(), (bytes, from, to) -> -1, input.limits().recordBytes());
    this.input = input;
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
              "File has %d bytes; the limit is %d"
                  .formatted(slicer.size(), input.limits().recordBytes()),
              Utf8.raw(slicer.head(), 0, slicer.head().length)));
    }
    Decoded text = Utf8.read("File", slicer.buffer(), slicer.start(), slicer.end());
    if (text.isFaulty()) {
      return Optional.of(
          new Rejected(
              origin,
              Reason.NOT_TEXT,
              text.detail(),
              Utf8.raw(slicer.buffer(), slicer.start(), slicer.end())));
    }
    ArticleBuilder draft = new ArticleBuilder(input.fields());
    draft.put(TEXT, text.text());
    return Optional.of(
        draft.finish(
            origin,
            FileNames.stem(input.name()),
            () -> Utf8.raw(slicer.buffer(), slicer.start(), slicer.end()),
            List::of));
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
