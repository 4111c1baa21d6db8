package org.demarche.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.demarche.ingest.FieldNames;
import org.demarche.ingest.Outcome;
import org.demarche.ingest.Outcomes;
import org.demarche.ingest.RecordReader;

/** Reads articles from a Parquet file or a part of one. A damaged row group gives one reject. */
final class ParquetRecords implements Outcomes {

  private final String file;
  private final RecordReader reader;
  private final ParquetRows rows;
  private Outcome next;

  /**
   * Opens a file.
   *
   * @param from first byte of the part that is read
   * @param to the byte after the part. A file that is not Parquet gives one reject, from its first
   *     part
   * @throws IOException if the storage cannot be read
   */
  ParquetRecords(String file, Configuration hadoop, long from, long to, FieldNames names)
      throws IOException {
    this.file = file;
    this.reader = new RecordReader(names);
    ParquetRows opened = null;
    try {
      opened = ParquetRows.open(file, hadoop, from, to, reader::asksFor);
    } catch (ParquetRows.DamagedException e) {
      next = from == 0 ? rejected(0, e) : null;
    }
    rows = opened;
  }

  private Outcome rejected(long number, ParquetRows.DamagedException damage) {
    return new Outcome.Rejected(
        new Outcome.Origin(file, number),
        Outcome.Reason.DAMAGED_FILE,
        "File is not readable as Parquet: " + damage.getMessage(),
        "");
  }

  @Override
  public boolean hasNext() {
    if (next == null && rows != null) {
      try {
        ParquetRows.Row row = rows.next();
        next =
            row == null
                ? null
                : reader.read(row.fields(), new Outcome.Origin(file, row.number()), rows.names());
      } catch (ParquetRows.DamagedException e) {
        next = rejected(rows.number(), e);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + file, e);
      }
    }
    return next != null;
  }

  @Override
  public Outcome next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No more records in " + file);
    }
    Outcome outcome = next;
    next = null;
    return outcome;
  }

  @Override
  public void close() throws IOException {
    if (rows != null) {
      rows.close();
    }
  }
}
