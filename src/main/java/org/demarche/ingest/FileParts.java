package org.demarche.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the parts in which a large file can be read at the same time: of JSON lines and WARC that
 * are not compressed, and of WARC of which each record is compressed alone by gzip. It goes through
 * the file once, to count the records, and parses none of them.
 */
public final class FileParts {

  /** Takes the places where a reader can begin. */
  @FunctionalInterface
  interface Starts {

    /**
     * @param offset of a record in the file as stored
     * @param record number of the record
     */
    void at(long offset, long record);
  }

  private final String format;
  private final long bytes;
  private final List<FilePart> parts = new ArrayList<>();
  private long from;
  private long first;

  private FileParts(String format, long bytes) {
    this.format = format;
    this.bytes = bytes;
  }

  /**
   * Returns the parts, in order; only {@link FilePart#WHOLE} if the file cannot be read in parts.
   *
   * @param bytes the least size of a part but the last
   * @throws IOException if the storage cannot be read
   */
  public static List<FilePart> find(
      ArticleReader.Source source, String file, InputOptions options, long bytes)
      throws IOException {
    try (InputStream stored = source.open()) {
      InputBytes in = InputBytes.unpacked(stored, file, options.limits());
      byte[] head = in.peek(InputBytes.HEAD);
      Optional<String> format = partedFormat(in, head, file, options);
      if (format.isEmpty()) {
        return List.of(FilePart.WHOLE);
      }
      FileParts parts = new FileParts(format.get(), bytes);
      if (format.get().equals(WarcFormat.NAME)) {
        WarcRecords.findStarts(new Input(in, file, FileNames.last(file), options), parts::add);
      } else {
        parts.addLines(in);
      }
      return parts.whole();
    } catch (InputBytes.StorageException e) {
      throw e;
    } catch (IOException e) {
      // What is damaged is rejected when the file is read, as a whole.
      return List.of(FilePart.WHOLE);
    }
  }

  private static Optional<String> partedFormat(
      InputBytes in, byte[] head, String file, InputOptions options) {
    ArticleFormat format =
        options
            .declaredFormat()
            .orElseGet(() -> ArticleFormats.of(new Head(head, options.names()), file));
    String name = format.names().get(0);
    boolean isLines =
        format == ArticleFormats.JSONL
            && Archive.of(head).isEmpty()
            && !in.isPacked()
            && JsonRecords.isLines(head)
            && Encodings.mark(head).isEmpty()
            && Encodings.unmarkedUtf16(head).isEmpty()
            && options.declaredEncoding().map(Encodings::extendsAscii).orElse(true);
    return isLines || name.equals(WarcFormat.NAME) && in.noteStarts()
        ? Optional.of(name)
        : Optional.empty();
  }

  private void addLines(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long offset = 0;
    long lines = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          lines++;
          add(offset + i + 1, lines);
        }
      }
      offset += n;
    }
  }

  private void add(long offset, long record) {
    if (offset - from >= bytes) {
      parts.add(new FilePart(from, offset, first, format));
      from = offset;
      first = record;
    }
  }

  private List<FilePart> whole() {
    if (parts.isEmpty()) {
      return List.of(FilePart.WHOLE);
    }
    parts.add(new FilePart(from, Long.MAX_VALUE, first, format));
    return List.copyOf(parts);
  }
}
