package org.demarche.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.demarche.ingest.FieldTree.Slot;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Utf8.Decoded;

/** The records of a CSV file with a header. */
final class CsvRecords extends SlicedRecords {

  private final CsvRows rows;
  private final List<FieldTree> columns;

  CsvRecords(Input input) throws IOException {
    this(new CsvRows(input.bytes(), input.limits().recordBytes()), input);
  }

  private CsvRecords(CsvRows rows, Input input) {
    super(rows.slicer(), input);
    this.rows = rows;
    // The list has a null for each column that holds no field of an article.
    columns = new ArrayList<>();
    rows.header().forEach(name -> columns.add(tree.atPath(name)));
  }

  @Override
  public Optional<Outcome> next() throws IOException {
    number++;
    if (!rows.next()) {
      return Optional.empty();
    }
    return Optional.of(slicer.tooLarge() ? tooLarge("Row") : row());
  }

  private Outcome row() {
    Decoded text = rows.decoded();
    String raw = Utf8.raw(slicer.buffer(), slicer.start(), slicer.end());
    if (text.isFaulty()) {
      return rejected(Reason.NOT_TEXT, text.detail(), raw);
    }
    List<String> cells = rows.cells(text);
    if (cells == null) {
      return rejected(Reason.MALFORMED, "Row has a quotation mark out of place", raw);
    }
    if (cells.size() != columns.size()) {
      return rejected(
          Reason.MALFORMED,
          "Row has %d columns; the header has %d".formatted(cells.size(), columns.size()),
          raw);
    }
    draft.clear();
    for (int i = 0; i < cells.size(); i++) {
      FieldTree place = columns.get(i);
      if (place != null && cells.get(i) != null) {
        for (Slot slot : place.slots()) {
          draft.put(slot, cells.get(i));
        }
      }
    }
    return draft.finish(origin(), null, () -> raw, rows::header);
  }
}
