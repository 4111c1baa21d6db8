package org.demarche.corpus;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.demarche.corpus.FieldTree.Slot;
import org.demarche.corpus.Outcome.Reason;

/**
 * Rows of a table with a header (RFC 4180). Each row is cut out first and parsed alone: a mark that
 * is never closed costs at most the largest record, not the memory.
 */
final class CsvRecords extends SlicedRecords {

  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  private final CSVFormat format;
  private final List<String> header = new ArrayList<>();
  private final List<FieldTree> columns = new ArrayList<>();

  CsvRecords(InputBytes in, String file, FieldNames names, Limits limits) throws IOException {
    super(
        new RecordSlicer(in, RecordSlicer.rows(delimiterOf(in)), limits.recordBytes()),
        file,
        names,
        limits);
    format = format(delimiterOf(in));
    readHeader();
  }

  private static char delimiterOf(InputBytes in) throws IOException {
    byte[] head = in.peek(InputBytes.HEAD);
    return delimiter(firstLine(Utf8.decoded(head, 0, head.length)));
  }

  private void readHeader() throws IOException {
    while (slicer.next()) {
      List<String> cells =
          cells(Utf8.decoded(slicer.buffer(), slicer.start(), slicer.end()), format);
      if (cells != null && !slicer.tooLarge()) {
        header.addAll(cells);
        cells.forEach(name -> columns.add(at(tree, name)));
        return;
      }
      if (slicer.tooLarge() || !isBlank()) {
        throw new IOException("Header line cannot be read");
      }
    }
  }

  /** A dot in a column's name steps down as it does in nested records. */
  private static FieldTree at(FieldTree tree, String name) {
    FieldTree place = tree;
    for (String step : name.strip().split("\\.")) {
      place = place == null ? null : place.at(step);
    }
    return place;
  }

  /** Returns whether a line has columns, one of them for the text. */
  static boolean isHeader(String line, FieldNames names) {
    List<String> cells = cells(line, format(delimiter(line)));
    if (cells == null || cells.size() < 2) {
      return false;
    }
    FieldTree tree = FieldTree.of(names);
    return cells.stream()
        .map(name -> at(tree, name))
        .anyMatch(
            place ->
                place != null
                    && place.slots().stream().anyMatch(slot -> slot.field() == Field.TEXT));
  }

  private static CSVFormat format(char delimiter) {
    return CSVFormat.DEFAULT.builder().setDelimiter(delimiter).setIgnoreEmptyLines(true).build();
  }

  private static String firstLine(String head) {
    String shown = head.stripLeading();
    int end = shown.indexOf('\n');
    return end < 0 ? shown : shown.substring(0, end);
  }

  private static char delimiter(String header) {
    char best = DELIMITERS[0];
    long most = 0;
    for (char candidate : DELIMITERS) {
      long found = header.chars().filter(c -> c == candidate).count();
      if (found > most) {
        most = found;
        best = candidate;
      }
    }
    return best;
  }

  /** The cells of one row; null where it is none. */
  private static List<String> cells(String row, CSVFormat format) {
    try (CSVParser parser = CSVParser.parse(new StringReader(row), format)) {
      List<CSVRecord> rows = parser.getRecords();
      return rows.size() == 1 ? rows.get(0).toList() : null;
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      return null;
    }
  }

  @Override
  public Optional<Outcome> next() throws IOException {
    number++;
    while (slicer.next()) {
      if (slicer.tooLarge()) {
        return Optional.of(tooLarge("Row"));
      }
      if (!isBlank()) {
        return Optional.of(row());
      }
    }
    return Optional.empty();
  }

  private boolean isBlank() {
    for (int i = slicer.start(); i < slicer.end(); i++) {
      if (slicer.buffer()[i] < 0 || slicer.buffer()[i] > ' ') {
        return false;
      }
    }
    return true;
  }

  private Outcome row() {
    String text = Utf8.decoded(slicer.buffer(), slicer.start(), slicer.end());
    String raw = Utf8.raw(slicer.buffer(), slicer.start(), slicer.end());
    if (Utf8.isNoText(text)) {
      return rejected(Reason.NOT_TEXT, "Row of %d bytes is not UTF-8".formatted(slicer.size()), "");
    }
    List<String> cells = cells(text, format);
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
      if (place != null) {
        for (Slot slot : place.slots()) {
          draft.put(slot, cells.get(i));
        }
      }
    }
    return draft.finish(origin(), null, () -> raw, () -> header);
  }
}
