package org.demarche.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.demarche.DemarcheException;
import org.demarche.ingest.InputOptions;
import org.demarche.ingest.Outcomes;
import org.demarche.pipeline.InputFiles.Part;
import org.demarche.warehouse.RecordTable.RecordRow;

/**
 * Reads one file after another and returns one row per record.
 *
 * <p>It throws {@link DemarcheException} if the storage fails. This ends the run, since a file that
 * could not be read must not count as taken in.
 */
final class RecordIterator implements Iterator<RecordRow>, Closeable {

  private final Iterator<Part> parts;
  private final Configuration hadoop;
  private final InputOptions options;
  private final IngestTotals totals;
  private Part part;
  private Outcomes outcomes;

  RecordIterator(
      List<Part> parts, Configuration hadoop, InputOptions options, IngestTotals totals) {
    this.parts = parts.iterator();
    this.hadoop = hadoop;
    this.options = options;
    this.totals = totals;
    TaskContext task = TaskContext.get();
    if (task != null) {
      // A task that fails or needs no more rows does not read to the end.
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
      if (outcomes != null) {
        outcomes.close();
        outcomes = null;
      }
    } catch (IOException e) {
      throw InputFiles.unreadable(part.path(), e);
    }
  }

  @Override
  public boolean hasNext() {
    try {
      while (outcomes == null || !outcomes.hasNext()) {
        close();
        if (!parts.hasNext()) {
          return false;
        }
        part = parts.next();
        outcomes = RecordFiles.open(part, hadoop, options);
      }
      return true;
    } catch (IOException e) {
      throw InputFiles.unreadable(part.path(), e);
    } catch (UncheckedIOException e) {
      throw InputFiles.unreadable(part.path(), e.getCause());
    }
  }

  @Override
  public RecordRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    RecordRow row = RecordRow.of(outcomes.next());
    totals.add(row);
    return row;
  }
}
