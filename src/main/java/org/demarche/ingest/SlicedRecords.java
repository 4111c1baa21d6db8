package org.demarche.ingest;

import java.io.IOException;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;

/** The base of formats whose records are cut out of the file first and then parsed one by one. */
abstract class SlicedRecords implements Records {

  final RecordSlicer slicer;
  final FieldTree tree;
  final ArticleBuilder draft;
  private final String file;
  private final int limit;

  /** The number of the record that is being read, from 0. */
  long number = -1;

  SlicedRecords(RecordSlicer slicer, Input input) {
    this.slicer = slicer;
    this.file = input.file();
    this.limit = input.limits().recordBytes();
    tree = FieldTree.of(input.fields());
    draft = new ArticleBuilder(input.fields());
  }

  final Origin origin() {
    return new Origin(file, number);
  }

  final Rejected rejected(Reason reason, String detail, String raw) {
    return new Rejected(origin(), reason, detail, raw);
  }

  /** Rejects the record that the slicer skipped as too large, with its beginning. */
  final Rejected tooLarge(String what) {
    byte[] head = slicer.head();
    return rejected(
        Reason.TOO_LARGE,
        "%s has %d bytes; the limit is %d".formatted(what, slicer.size(), limit),
        Utf8.raw(head, 0, head.length));
  }

  @Override
  public final long number() {
    return number;
  }

  @Override
  public final void close() throws IOException {
    slicer.close();
  }
}
