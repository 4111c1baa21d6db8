package org.demarche.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.demarche.ingest.Outcome.Accepted;
import org.junit.jupiter.api.Test;

/** Reading a file in parts gives the same records, with the same numbers, as reading it at once. */
class FilePartsTest {

  private static final int RECORDS = 500;

  private static final int PART = 4_000;

  private static byte[] lines() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < RECORDS; i++) {
      lines.append("{\"id\": \"a%d\", \"text\": \"The ferry sails at %d.\"}\n".formatted(i, i));
      lines.append(i % 50 == 7 ? "\n" : "").append(i % 70 == 9 ? "no record\n" : "");
    }
    return bytes(lines.toString());
  }

  /** A record, of which the body quotes the beginning of another. */
  private static byte[] record(int i) {
    String page =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>The ferry %d sails.</p>\nWARC/1.0\n</html>"
            .formatted(i);
    return bytes(
        "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: https://a.example/%d\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
            .formatted(i % 3 == 0 ? "request" : "response", i, page.length(), page));
  }

  private static byte[] warc(boolean isPacked) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int i = 0; i < RECORDS; i++) {
      file.writeBytes(isPacked ? gzip(record(i)) : record(i));
    }
    return file.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void haveTheRecordsOfTheWhole() throws IOException {
    for (byte[] file : List.of(lines(), warc(false), warc(true))) {
      List<FilePart> parts = parts(file);
      assertThat(parts).hasSizeGreaterThan(5);
      List<Outcome> read = new ArrayList<>();
      for (FilePart part : parts) {
        List<Outcome> some = read(file, part);
        assertThat(some).isNotEmpty();
        read.addAll(some);
      }
      List<Outcome> whole = read(file, FilePart.WHOLE);
      assertThat(read).isEqualTo(whole).hasSizeGreaterThan(RECORDS / 2);
    }
  }

  /** Behind a damage nobody can tell which record is the next one, so the rest is one part. */
  @Test
  void endWhereAFileIsDamaged() throws IOException {
    byte[] file = warc(true);
    for (int i = file.length / 2; i < file.length / 2 + 40; i++) {
      file[i] ^= 0x5A;
    }
    List<FilePart> parts = parts(file);
    assertThat(parts.get(parts.size() - 1).from()).isBetween(file.length / 3L, file.length / 2L);
    List<Outcome> read = new ArrayList<>();
    for (FilePart part : parts) {
      read.addAll(read(file, part));
    }
    assertThat(read).isEqualTo(read(file, FilePart.WHOLE));
  }

  /** A part whose first line looks like the start of an array still has lines. */
  @Test
  void haveLinesWhateverTheirFirstLineIs() throws IOException {
    byte[] file = bytes("[]\n\n{\"id\": \"a\n" + new String(lines(), StandardCharsets.UTF_8));
    List<Outcome> read = read(file, new FilePart(0, file.length, 40, "jsonl"));
    assertThat(read).hasSize(2 + read(lines(), FilePart.WHOLE).size());
    assertThat(read.subList(0, 2)).allMatch(Outcome.Rejected.class::isInstance);
    assertThat(read.get(2).origin().record()).isEqualTo(43);
  }

  @Test
  void areTheWholeWhereNoneCanBeReadAlone() throws IOException {
    byte[] array =
        bytes("[" + new String(lines(), StandardCharsets.UTF_8).replace("}", "},") + "{}]");
    byte[] oneMember = gzip(warc(false));
    for (byte[] file :
        List.of(array, oneMember, gzip(lines()), bytes("The ferry.\n".repeat(9_000)))) {
      assertThat(parts(file)).containsExactly(FilePart.WHOLE);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<FilePart> parts(byte[] file) throws IOException {
    return FileParts.find(() -> new ByteArrayInputStream(file), "a", InputOptions.DEFAULT, PART);
  }

  private static List<Outcome> read(byte[] file, FilePart part) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    try (ArticleReader reader =
        ArticleReader.open(() -> new ByteArrayInputStream(file), "a", part, InputOptions.DEFAULT)) {
      reader.forEachRemaining(outcomes::add);
    }
    assertThat(outcomes).filteredOn(Accepted.class::isInstance).isNotEmpty();
    return outcomes;
  }
}
