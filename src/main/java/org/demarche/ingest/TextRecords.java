package org.demarche.ingest;

import java.util.List;
import org.demarche.ingest.FieldTree.Slot;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;
import org.demarche.ingest.Utf8.Decoded;

/** The single record of a plain text file, which is one article. */
final class TextRecords extends SingleRecord {

  private static final Slot TEXT = new Slot(Field.TEXT, 0, "text");

  private final Input input;

  TextRecords(Input input) {
    super(input, "File");
    this.input = input;
  }

  @Override
  Outcome outcome(Origin origin, byte[] bytes, int start, int end) {
    Decoded text = Utf8.read("File", bytes, start, end);
    if (text.isFaulty()) {
      return new Rejected(origin, Reason.NOT_TEXT, text.detail(), Utf8.raw(bytes, start, end));
    }
    ArticleBuilder draft = new ArticleBuilder(input.fields());
    draft.put(TEXT, text.text());
    return draft.finish(
        origin, FileNames.stem(input.name()), () -> Utf8.raw(bytes, start, end), List::of);
  }
}
