package org.demarche.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.demarche.corpus.ArticleReader;
import org.demarche.corpus.FieldNames;
import org.demarche.corpus.Format;
import org.demarche.corpus.Limits;
import org.demarche.table.RecordTable;

/** Reads one file after another, one row a record. */
final class RecordIterator implements Iterator<Row> {

  private final Iterator<String> paths;
  private final Configuration hadoop;
  private final Optional<Format> format;
  private final FieldNames names;
  private final Limits limits;
  private ArticleReader reader;

  RecordIterator(
      List<String> paths,
      Configuration hadoop,
      Optional<Format> format,
      FieldNames names,
      Limits limits) {
    this.paths = paths.iterator();
    this.hadoop = hadoop;
    this.format = format;
    this.names = names;
    this.limits = limits;
  }

  @Override
  public boolean hasNext() {
    try {
      while (reader == null || !reader.hasNext()) {
        if (reader != null) {
          reader.close();
          reader = null;
        }
        if (!paths.hasNext()) {
          return false;
        }
        String file = paths.next();
        Path path = new Path(file);
        reader =
            ArticleReader.open(
                () -> path.getFileSystem(hadoop).open(path), file, format, names, limits);
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
    return RecordTable.row(reader.next());
  }
}
