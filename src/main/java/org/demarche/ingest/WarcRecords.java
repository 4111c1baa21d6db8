package org.demarche.ingest;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;

/**
 * The pages in a file of WARC. Every record counts for the numbers, and those that are no page are
 * passed over. After a damage it goes on with the next record that begins where a record can begin.
 * Only one record at a time is held in memory.
 */
final class WarcRecords implements Records {

  /** A longer line or header is none of WARC. */
  private static final int LONGEST_LINE = 64 << 10;

  private static final int MOST_FIELDS = 1000;

  private static final int LONGEST_HEADER = 1 << 20;

  /** After more damages the rest of a file is not read: to look for each next record costs time. */
  private static final int MOST_DAMAGES = 1000;

  private static final String VERSION = "WARC/";

  private final Input input;

  /** Takes the places of records; null where they are not asked for, and pages are read. */
  private final FileParts.Starts starts;

  /** How many bytes were read into the buffer before it was filled last. */
  private long bufferStart;

  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int filled;
  private long number = -1;
  private boolean ended;

  /** Whether bytes that are no record are the rest of a damaged one, which is rejected already. */
  private boolean afterDamage;

  private int damages;

  WarcRecords(Input input) {
    this(input, null);
  }

  private WarcRecords(Input input, FileParts.Starts starts) {
    this.input = input;
    this.starts = starts;
  }

  /** Goes through a file and tells where a reader can begin with a record, without its pages. */
  static void findStarts(Input input, FileParts.Starts starts) throws IOException {
    WarcRecords records = new WarcRecords(input, starts);
    while (records.damages == 0 && records.next().isPresent()) {
      // A reject counts as a record; there is nothing else to do with it here.
      continue;
    }
  }

  @Override
  public Optional<Outcome> next() throws IOException {
    while (!ended) {
      long before = number;
      try {
        long strange = toNextRecord();
        if (ended && strange == 0) {
          return Optional.empty();
        }
        number++;
        if (strange > 0) {
          return rejected(Reason.MALFORMED, "%,d bytes here are no record".formatted(strange), "");
        }
        Optional<Outcome> outcome = record(fields());
        if (outcome.isPresent()) {
          return outcome;
        }
      } catch (InputBytes.StorageException | InputBytes.BombException e) {
        throw e;
      } catch (IOException e) {
        number = before + 1;
        damages++;
        ended = damages > MOST_DAMAGES || !input.bytes().resume();
        afterDamage = true;
        return rejected(Reason.DAMAGED_FILE, "The record is damaged: " + e.getMessage(), "");
      }
    }
    return Optional.empty();
  }

  /**
   * Moves behind the line with which the next record begins, or to the end of the file.
   *
   * @return how many bytes that are no record stand before it; the record is then still to be read
   */
  private long toNextRecord() throws IOException {
    long strange = 0;
    while (true) {
      if (strange > 0 && !afterDamage && isVersionNext()) {
        return strange;
      }
      long offset = bufferStart + position;
      String line = line();
      if (line == null) {
        ended = true;
        return afterDamage ? 0 : strange;
      }
      if (line.startsWith(VERSION)) {
        if (starts != null && damages == 0 && !afterDamage) {
          long start = input.bytes().start(offset);
          if (start >= 0) {
            starts.at(start, number + 1);
          }
        }
        afterDamage = false;
        return 0;
      }
      strange += line.isBlank() ? 0 : line.length();
    }
  }

  private boolean isVersionNext() throws IOException {
    for (int i = 0; i < VERSION.length(); i++) {
      if (position + i >= filled) {
        // The buffer ends here: move the rest to its beginning and read more.
        System.arraycopy(buffer, position, buffer, 0, filled - position);
        bufferStart += position;
        filled -= position;
        position = 0;
        int n = input.bytes().read(buffer, filled, buffer.length - filled);
        if (n < 0) {
          return false;
        }
        filled += n;
      }
      if (buffer[position + i] != VERSION.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private HeaderFields fields() throws IOException {
    List<String> lines = new ArrayList<>();
    int length = 0;
    while (true) {
      String line = line();
      if (line == null) {
        throw new EOFException("the file ends in a header");
      }
      if (line.isEmpty()) {
        return new HeaderFields(lines);
      }
      length += line.length();
      if (lines.size() == MOST_FIELDS || length > LONGEST_HEADER) {
        throw new IOException(
            "its header has more than %d lines or %d characters"
                .formatted(MOST_FIELDS, LONGEST_HEADER));
      }
      lines.add(line);
    }
  }

  private Optional<Outcome> record(HeaderFields fields) throws IOException {
    long length;
    try {
      length = Long.parseLong(fields.get("content-length").orElse(""));
    } catch (NumberFormatException e) {
      length = -1;
    }
    if (length < 0) {
      afterDamage = true;
      return rejected(Reason.MALFORMED, "The record does not say how long it is", "");
    }
    if (!fields.get("warc-type").orElse("").equalsIgnoreCase("response")) {
      skip(length);
      return Optional.empty();
    }
    int most = input.limits().recordBytes();
    if (length > most) {
      skip(length);
      return rejected(
          Reason.TOO_LARGE, "The record has %d bytes; the limit is %d".formatted(length, most), "");
    }
    byte[] bytes = bytes((int) length);
    Optional<HttpResponse> response =
        HttpResponse.of(bytes).filter(each -> each.status() == 200 && each.isPage());
    Optional<String> truncated = fields.get("warc-truncated").filter(why -> !why.isBlank());
    if (response.isPresent() && truncated.isPresent()) {
      return rejected(
          Reason.DAMAGED_FILE,
          "The crawler cut the page at %s off (WARC-Truncated: %s)"
              .formatted(Utf8.shown(String.valueOf(address(fields))), Utf8.shown(truncated.get())),
          "");
    }
    return response.isEmpty() ? Optional.empty() : page(response.get(), address(fields), most);
  }

  private Optional<Outcome> page(HttpResponse response, String address, int most) {
    try {
      byte[] page = response.content(most);
      if (starts != null) {
        return Optional.empty();
      }
      if (response.fields().get("content-type").isEmpty()
          && new HtmlFormat().fit(new Head(page, input.fields())) == ArticleFormat.Fit.NO) {
        return Optional.empty();
      }
      return Optional.of(
          HtmlFormat.outcome(
              new Origin(input.file(), number),
              page,
              address,
              response.encoding().or(() -> input.options().declaredEncoding())));
    } catch (IOException e) {
      // Where a body is cut, the length of the record is often wrong, too.
      afterDamage = true;
      return rejected(
          e instanceof InputBytes.BombException ? Reason.TOO_LARGE : Reason.DAMAGED_FILE,
          "The page at %s cannot be unpacked: %s"
              .formatted(Utf8.shown(String.valueOf(address)), e.getMessage()),
          "");
    }
  }

  /** Returns the address of the page; old crawlers put it in angle brackets. */
  private static String address(HeaderFields fields) {
    return fields
        .get("warc-target-uri")
        .map(uri -> uri.replaceFirst("^<(.*)>$", "$1").replace(" ", "%20"))
        .orElse(null);
  }

  private Optional<Outcome> rejected(Reason reason, String detail, String raw) {
    return Optional.of(new Rejected(new Origin(input.file(), number), reason, detail, raw));
  }

  /** Returns the next line without its end; null at the end of the file. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(100);
    boolean isEnded = false;
    while (!isEnded && line.size() < LONGEST_LINE) {
      if (position == filled && !fill()) {
        return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
      }
      int most = Math.min(filled, position + LONGEST_LINE - line.size());
      int end = position;
      while (end < most && buffer[end] != '\n') {
        end++;
      }
      line.write(buffer, position, end - position);
      isEnded = end < most;
      position = isEnded ? end + 1 : end;
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private boolean fill() throws IOException {
    bufferStart += filled;
    filled = 0;
    position = 0;
    int n = input.bytes().read(buffer, 0, buffer.length);
    filled = Math.max(0, n);
    return n > 0;
  }

  private byte[] bytes(int length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.min(length, 1 << 20));
    int rest = length;
    while (rest > 0) {
      int n = available(rest);
      bytes.write(buffer, position, n);
      position += n;
      rest -= n;
    }
    return bytes.toByteArray();
  }

  private void skip(long length) throws IOException {
    long rest = length;
    while (rest > 0) {
      int n = available((int) Math.min(rest, Integer.MAX_VALUE));
      position += n;
      rest -= n;
    }
  }

  /** Returns how many of the wanted bytes are in the buffer, at least one. */
  private int available(int wanted) throws IOException {
    if (position == filled && !fill()) {
      throw new EOFException("the file ends in it");
    }
    return Math.min(wanted, filled - position);
  }

  @Override
  public long number() {
    return Math.max(0, number);
  }

  @Override
  public void close() throws IOException {
    input.bytes().close();
  }
}
