package org.demarche.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.demarche.ingest.Utf8.Decoded;

/**
 * The rows of a CSV file with a header. Each row is cut out first and then parsed alone, so that an
 * unclosed quotation mark cannot fill the memory: a row ends at the limit of a record.
 */
final class CsvRows implements Closeable {

  /** The dialect is found in this many bytes; the first article may have no quotation mark. */
  private static final int JUDGED_BY = 256 << 10;

  private final CsvDialect dialect;
  private final CSVFormat format;
  private final RecordSlicer slicer;
  private final List<String> header;
  private long line = 1;
  private long nextLine = 1;

  /**
   * Reads the header.
   *
   * @param limit longest row in bytes
   * @throws IOException if the header cannot be read
   */
  CsvRows(InputBytes in, int limit) throws IOException {
    dialect = CsvDialect.of(in.peek(JUDGED_BY));
    format = dialect.format();
    slicer = new RecordSlicer(in, dialect.rows(), limit);
    if (dialect.preamble()) {
      next();
    }
    header = next() ? headerCells() : List.of();
  }

  private List<String> headerCells() throws IOException {
    Decoded text = slicer.tooLarge() ? null : decoded("Header");
    if (text != null && text.isFaulty()) {
      throw new NotTextException(text.detail());
    }
    List<String> cells = text == null ? null : cells(text.text(), format);
    if (cells == null) {
      throw new IOException("header line cannot be read");
    }
    return cells.stream().map(name -> name == null ? "" : name).toList();
  }

  /** Moves to the next row that is not blank; returns false at the end. */
  boolean next() throws IOException {
    while (slicer.next()) {
      line = nextLine;
      boolean blank = !slicer.tooLarge();
      for (int i = slicer.start(); i < slicer.end(); i++) {
        byte b = slicer.buffer()[i];
        nextLine += b == dialect.lineEnd() ? 1 : 0;
        blank &= b >= 0 && b <= ' ';
      }
      if (!blank) {
        return true;
      }
    }
    return false;
  }

  /** Returns the names of the columns; none if the file is empty. */
  List<String> header() {
    return header;
  }

  /** Returns the number of the line on which the row begins, from 1. */
  long line() {
    return line;
  }

  /** Returns the slicer that holds the bytes of the row. */
  RecordSlicer slicer() {
    return slicer;
  }

  /** Returns the row as text. */
  Decoded decoded() {
    return decoded("Row");
  }

  private Decoded decoded(String what) {
    return Utf8.read(what, slicer.buffer(), slicer.start(), slicer.end());
  }

  /** Returns the cells of a row, null for an empty cell; null if it cannot be parsed. */
  List<String> cells(Decoded row) {
    return cells(row.text(), format);
  }

  private static List<String> cells(String row, CSVFormat format) {
    try (CSVParser parser = CSVParser.parse(new StringReader(row), format)) {
      List<CSVRecord> rows = parser.getRecords();
      return rows.size() == 1 ? rows.get(0).toList() : null;
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      return null;
    }
  }

  /** Returns the names in the first row of {@code head}; none if it cannot be parsed. */
  static List<String> header(byte[] head) {
    CsvDialect dialect = CsvDialect.of(head);
    RecordSlicer.Boundary rows = dialect.rows();
    int start = dialect.preamble() ? Math.max(0, rows.end(head, 0, head.length)) : 0;
    int end = rows.end(head, start, head.length);
    List<String> cells =
        end < 0 ? null : cells(Utf8.decoded(head, start, end).stripLeading(), dialect.format());
    return cells == null ? List.of() : cells;
  }

  @Override
  public void close() throws IOException {
    slicer.close();
  }
}
