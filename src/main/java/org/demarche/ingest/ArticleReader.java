package org.demarche.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.commons.io.input.BoundedInputStream;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;

/**
 * Reads one file of articles, record by record. The memory it needs does not grow with the file.
 *
 * <p>Each record becomes an {@link Outcome}. A file that is damaged midway gives the records before
 * the damage and then one {@link Reason#DAMAGED_FILE}. Only a failure of the storage is thrown,
 * because reading again may help; it does not count as bad input.
 */
public final class ArticleReader implements Outcomes {

  /** Opens the bytes of a file as they are stored, compressed or not. */
  @FunctionalInterface
  public interface Source {
    /** Returns a new stream from the first byte. */
    InputStream open() throws IOException;

    /**
     * Returns a new stream from byte {@code from} on. A source that can get there without reading
     * what is before it overrides this.
     */
    default InputStream open(long from) throws IOException {
      InputStream stored = open();
      stored.skipNBytes(from);
      return stored;
    }
  }

  private final String file;
  private final long firstRecord;
  private Records records;
  private Optional<Outcome> next = Optional.empty();
  private boolean ended;

  /** Thrown for a file whose content is Parquet. */
  public static final class ParquetException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ParquetException(String message) {
      super(message);
    }
  }

  private ArticleReader(String file, long firstRecord) {
    this.file = file;
    this.firstRecord = firstRecord;
  }

  /**
   * Opens a file.
   *
   * @param file its path, for {@link Origin}
   * @throws IOException if the storage cannot open or read the file
   * @throws ParquetException if the file is Parquet, which cannot be read as a stream
   */
  public static ArticleReader open(Source source, String file, InputOptions options)
      throws IOException {
    return open(source, file, FilePart.WHOLE, options);
  }

  /**
   * Opens a part of a file, which {@link FileParts#find} found.
   *
   * @param file its path, for {@link Origin}
   * @throws IOException if the storage cannot open or read the file
   * @throws ParquetException if the file is Parquet, which cannot be read as a stream
   */
  public static ArticleReader open(Source source, String file, FilePart part, InputOptions options)
      throws IOException {
    ArticleReader reader = new ArticleReader(file, part.firstRecord());
    InputStream stored = source.open(part.from());
    try {
      boolean isWhole = part.equals(FilePart.WHOLE);
      InputBytes in = InputBytes.unpacked(only(part, stored), file, options.limits());
      InputOptions known = isWhole ? options : options.withFormat(part.format());
      Input input = new Input(in, file, FileNames.last(file), known);
      reader.records = part.isJsonLines() ? input.jsonLines() : input.records(0);
    } catch (InputBytes.StorageException | RuntimeException e) {
      stored.close();
      throw e;
    } catch (IOException e) {
      stored.close();
      reader.damaged(e, 0);
    }
    return reader;
  }

  /** Ends a stream, which begins with a part, where the part does. */
  private static InputStream only(FilePart part, InputStream stored) throws IOException {
    return part.to() == Long.MAX_VALUE
        ? stored
        : BoundedInputStream.builder()
            .setInputStream(stored)
            .setMaxCount(part.to() - part.from())
            .get();
  }

  @Override
  public boolean hasNext() {
    if (next.isEmpty() && !ended) {
      try {
        next = records.next().map(this::numbered);
        ended = next.isEmpty();
      } catch (InputBytes.StorageException e) {
        throw new UncheckedIOException("Cannot read " + file, e);
      } catch (IOException e) {
        damaged(e, records.number());
      }
    }
    return next.isPresent();
  }

  private Outcome numbered(Outcome outcome) {
    return firstRecord == 0
        ? outcome
        : outcome.at(new Origin(file, firstRecord + outcome.origin().record()));
  }

  private void damaged(IOException fault, long number) {
    ended = true;
    next =
        Optional.of(
            new Rejected(
                new Origin(file, firstRecord + number),
                reason(fault),
                "The rest of the file cannot be read: " + fault.getMessage(),
                ""));
  }

  /** Returns the reason to reject what cannot be read because of {@code fault}. */
  static Reason reason(IOException fault) {
    if (fault instanceof InputBytes.BombException) {
      return Reason.TOO_LARGE;
    }
    return fault instanceof NotTextException ? Reason.NOT_TEXT : Reason.DAMAGED_FILE;
  }

  @Override
  public Outcome next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No more records in " + file);
    }
    Outcome outcome = next.get();
    next = Optional.empty();
    return outcome;
  }

  @Override
  public void close() throws IOException {
    if (records != null) {
      records.close();
    }
  }
}
