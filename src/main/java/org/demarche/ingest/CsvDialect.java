package org.demarche.ingest;

import org.apache.commons.csv.CSVFormat;

/**
 * How a CSV file is written, as its beginning shows.
 *
 * @param delimiter the character between two cells
 * @param lineEnd the last byte of a row: a line feed, or a carriage return in files for old Macs
 * @param escapes whether a backslash before a quotation mark in a cell keeps it from ending the
 *     cell (MySQL, Spark, Python's {@code escapechar}); otherwise such a mark is doubled (RFC 4180)
 * @param preamble whether the first row is Excel's {@code sep=;} and no header
 */
record CsvDialect(char delimiter, char lineEnd, boolean escapes, boolean preamble) {

  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  /** Returns the dialect of a file that begins with {@code head}, in UTF-8. */
  static CsvDialect of(byte[] head) {
    String text = Utf8.decoded(head, 0, head.length).stripLeading();
    char lineEnd = text.indexOf('\n') < 0 && text.indexOf('\r') >= 0 ? '\r' : '\n';
    String first = firstLine(text, lineEnd);
    if (isPreamble(first)) {
      char delimiter = first.charAt(first.indexOf('=') + 1);
      return new CsvDialect(delimiter, lineEnd, escapes(text, delimiter), true);
    }
    char delimiter = delimiter(first);
    return new CsvDialect(delimiter, lineEnd, escapes(text, delimiter), false);
  }

  private static String firstLine(String text, char lineEnd) {
    int end = text.indexOf(lineEnd);
    return end < 0 ? text : text.substring(0, end);
  }

  private static boolean isPreamble(String line) {
    return line.matches("(?i)\"?sep=[^\"\\w]\"?\r?");
  }

  /** Returns the candidate that occurs most often in the header, outside quotation marks. */
  private static char delimiter(String header) {
    char best = DELIMITERS[0];
    int most = 0;
    for (char candidate : DELIMITERS) {
      int found = 0;
      boolean quoted = false;
      for (int i = 0; i < header.length(); i++) {
        quoted ^= header.charAt(i) == '"';
        found += !quoted && header.charAt(i) == candidate ? 1 : 0;
      }
      if (found > most) {
        most = found;
        best = candidate;
      }
    }
    return best;
  }

  /**
   * Returns whether backslashes escape in {@code text}. Proofs are a {@code \"} in a quoted cell
   * that does not end there, a {@code \"} in an unquoted cell, and a cell that is only {@code \N}.
   */
  private static boolean escapes(String text, char delimiter) {
    boolean quoted = false;
    boolean cellStarts = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : '\n';
      char then = i + 2 < text.length() ? text.charAt(i + 2) : '\n';
      boolean thenEnds = then == delimiter || then == '\n' || then == '\r';
      if (c == '\\'
          && (next == '"' && (!quoted || !thenEnds && then != '"')
              || next == 'N' && thenEnds && cellStarts && !quoted)) {
        return true;
      }
      if (quoted) {
        quoted = c != '"';
        cellStarts = !quoted;
      } else if (c == '"' && cellStarts) {
        quoted = true;
      } else {
        cellStarts = c == delimiter || c == '\n' || c == '\r' || cellStarts && c == ' ';
      }
    }
    return false;
  }

  /** Returns the format for the parser. */
  CSVFormat format() {
    CSVFormat.Builder format =
        CSVFormat.DEFAULT.builder().setDelimiter(delimiter).setIgnoreEmptyLines(true);
    return (escapes ? format.setEscape('\\').setNullString("\\N") : format).build();
  }

  /** Returns a boundary at line ends that are neither quoted nor escaped. */
  RecordSlicer.Boundary rows() {
    return new RecordSlicer.Boundary() {
      private boolean quoted;
      private boolean cellStarts = true;
      private boolean escaped;

      @Override
      public int end(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
          byte b = bytes[i];
          if (escaped) {
            escaped = false;
          } else if (escapes && b == '\\') {
            escaped = true;
            cellStarts = false;
          } else if (quoted) {
            // A doubled mark closes the quotation and opens it again.
            quoted = b != '"';
            cellStarts = !quoted;
          } else if (b == '"') {
            quoted = cellStarts;
          } else if (b == lineEnd) {
            cellStarts = true;
            return i + 1;
          } else {
            cellStarts = b == delimiter || (cellStarts && b == ' ');
          }
        }
        return -1;
      }
    };
  }
}
