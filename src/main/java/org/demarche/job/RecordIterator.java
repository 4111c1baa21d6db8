package org.demarche.job;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.demarche.corpus.ArticleReader;
import org.demarche.corpus.FieldNames;
import org.demarche.corpus.Format;
import org.demarche.corpus.Limits;
import org.demarche.corpus.Outcome;
import org.demarche.table.RecordTable;

/** Reads one file after another, one row a record. */
final class RecordIterator implements Iterator<Row>, Closeable {

  private final Iterator<String> paths;
  private final Configuration hadoop;
  private final Optional<Format> format;
  private final FieldNames names;
  private final Limits limits;
  private final IngestTotals totals;
  private ArticleReader reader;

  /** A whole file that cannot be read record by record. */
  private Outcome refused;

  RecordIterator(
      List<String> paths,
      Configuration hadoop,
      Optional<Format> format,
      FieldNames names,
      Limits limits,
      IngestTotals totals) {
    this.paths = paths.iterator();
    this.hadoop = hadoop;
    this.format = format;
    this.names = names;
    this.limits = limits;
    this.totals = totals;
    TaskContext task = TaskContext.get();
    if (task != null) {
      // A task that fails, or wants no more rows, does not read to the end.
      task.<Void>addTaskCompletionListener(
          ended -> {
            close();
            return null;
          });
    }
  }

  @Override
  public void close() {
    try {
      if (reader != null) {
        reader.close();
        reader = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasNext() {
    if (refused != null) {
      return true;
    }
    try {
      while (reader == null || !reader.hasNext()) {
        close();
        if (!paths.hasNext()) {
          return false;
        }
        String file = paths.next();
        Path path = new Path(file);
        try {
          reader =
              ArticleReader.open(
                  () -> path.getFileSystem(hadoop).open(path), file, format, names, limits);
        } catch (ArticleReader.ParquetException e) {
          refused =
              new Outcome.Rejected(
                  new Outcome.Origin(file, 1),
                  Outcome.Reason.MALFORMED,
                  "File is Parquet by its content: name it .parquet, or give --format parquet",
                  "");
          return true;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Outcome outcome = refused == null ? reader.next() : refused;
    refused = null;
    Row row = RecordTable.row(outcome);
    totals.add(row);
    return row;
  }
}
