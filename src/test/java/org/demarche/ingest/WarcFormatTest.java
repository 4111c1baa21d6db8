package org.demarche.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.demarche.ingest.Outcome.Accepted;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;
import org.junit.jupiter.api.Test;

/** Files of crawlers, with what goes wrong in them. All is invented. */
class WarcFormatTest {

  private static final String TEXT =
      "The foreign minister, Ada Quist, said on Tuesday that the talks would go on.";

  private static final String PAGE = "<html><body><p>" + TEXT + "</p></body></html>";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] record(String type, String address, byte[] content) {
    return joined(
        bytes(
            "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2031-04-02T08:30:00Z\r\nContent-Length: %d\r\n\r\n"
                .formatted(type, address, content.length)),
        content,
        bytes("\r\n\r\n"));
  }

  private static byte[] answer(String header, byte[] body) {
    return joined(bytes(header.replace("\n", "\r\n") + "\r\n\r\n"), body);
  }

  private static byte[] page(String address) {
    return record(
        "response",
        address,
        answer("HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8", bytes(PAGE)));
  }

  @Test
  void takesPagesAndPassesOverEverythingElse() throws IOException {
    byte[] file =
        joined(
            record("warcinfo", "", bytes("software: a crawler\r\n")),
            record("request", "https://a.example/1", bytes("GET / HTTP/1.1\r\n\r\n")),
            page("https://a.example/1"),
            record(
                "response",
                "https://a.example/2",
                answer("HTTP/1.1 302 Found\nContent-Type: text/html", bytes(PAGE))),
            record(
                "response",
                "https://a.example/3",
                answer("HTTP/1.1 200 OK\nContent-Type: image/png", bytes("PNG"))),
            record("resource", "https://a.example/4", bytes(PAGE)),
            record("response", "<https://a.example/5>", answer("HTTP/1.1 200 ", bytes(PAGE))));
    for (byte[] form : List.of(file, gzip(file))) {
      List<Outcome> outcomes = read(form);
      assertThat(outcomes)
          .extracting(o -> o.origin().record(), o -> ((Accepted) o).article().url())
          .containsExactly(tuple(2L, "https://a.example/1"), tuple(6L, "https://a.example/5"));
      Accepted first = (Accepted) outcomes.get(0);
      assertThat(first.article().text()).isEqualTo(TEXT);
      // The day on which a page was fetched is not that of its publication.
      assertThat(first.article().publishedAt()).isNull();
    }
  }

  @Test
  void unpacksWhatServersPack() throws IOException {
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(zlib)) {
      deflate.write(bytes(PAGE));
    }
    byte[] packed = gzip(bytes(PAGE));
    byte[] chunked =
        joined(
            bytes("a;x=1\r\n"),
            Arrays.copyOf(packed, 10),
            bytes("\r\n%x\r\n".formatted(packed.length - 10)),
            Arrays.copyOfRange(packed, 10, packed.length),
            bytes("\r\n0\r\n\r\n"));
    byte[] brotli =
        Base64.getDecoder()
            .decode(
                "G2wA4C0OeHMn4sWN6kHEY1wxlLaDyODq5NtZVPFQpU8YWoG4QS4O2H9bYIl0FwQaeAy/f+UiEY1sz1gtK3+PVBXLg2m6UO2EPmYn6IqFZzyr8GAC");
    String html = "HTTP/1.1 200 OK\nContent-Type: text/html";
    byte[] file =
        joined(
            record(
                "response",
                "https://a.example/1",
                answer(html + "\nContent-Encoding: gzip", packed)),
            record(
                "response",
                "https://a.example/2",
                answer(html + "\nContent-Encoding: deflate", zlib.toByteArray())),
            record(
                "response", "https://a.example/3", answer(html + "\nContent-Encoding: br", brotli)),
            record(
                "response",
                "https://a.example/4",
                answer(html + "\nTransfer-Encoding: chunked\nContent-Encoding: gzip", chunked)),
            // The crawler unpacked these and kept the header.
            record(
                "response",
                "https://a.example/5",
                answer(
                    html + "\nTransfer-Encoding: chunked\nContent-Encoding: gzip", bytes(PAGE))));
    assertThat(read(file))
        .hasSize(5)
        .allSatisfy(o -> assertThat(((Accepted) o).article().text()).isEqualTo(TEXT));
  }

  @Test
  void readsHeadersAsTheyCome() throws IOException {
    String folded =
        "WARC/1.1\nwarc-type: response\nWARC-Protocol: h2\nWARC-Protocol: tls\nX-Note: one\n  and more\n"
            + "WARC-Target-URI: https://a.example/a b\nCONTENT-LENGTH: %d\n\n";
    byte[] content =
        bytes(
            "HTTP/1.1 200 OK\nContent-Type: text/html;\n charset=windows-1252\n\n"
                + PAGE.replace("talks", "talk’s £5"));
    content = new String(content, StandardCharsets.UTF_8).getBytes(Charset.forName("windows-1252"));
    List<Outcome> outcomes =
        read(joined(bytes(folded.formatted(content.length)), content, bytes("\n\n")));
    assertThat(outcomes).hasSize(1);
    assertThat(((Accepted) outcomes.get(0)).article().text()).contains("talk’s £5");
    assertThat(((Accepted) outcomes.get(0)).article().url()).isEqualTo("https://a.example/a%20b");
  }

  @Test
  void survivesAnEncodingThatNobodyKnows() throws IOException {
    byte[] file =
        record(
            "response",
            "https://a.example/1",
            answer("HTTP/1.1 200 OK\nContent-Type: text/html; charset=klingon-8", bytes(PAGE)));
    assertThat(((Accepted) read(file).get(0)).article().text()).isEqualTo(TEXT);
  }

  @Test
  void goesOnBehindADamage() throws IOException {
    byte[] cut = page("https://a.example/2");
    byte[] file =
        joined(
            page("https://a.example/1"),
            // A record that does not say how long it is.
            bytes(
                new String(cut, StandardCharsets.UTF_8)
                    .replaceFirst("Content-Length: \\d+", "Content-Length: x")),
            page("https://a.example/3"),
            bytes("garbage between records\r\n"),
            page("https://a.example/4"));
    assertThat(read(file))
        .extracting(o -> o.origin().record(), Outcome::getClass)
        .containsExactly(
            tuple(0L, Accepted.class),
            tuple(1L, Rejected.class),
            tuple(2L, Accepted.class),
            tuple(3L, Rejected.class),
            tuple(4L, Accepted.class));
  }

  @Test
  void goesOnBehindADamagedMemberOfGzip() throws IOException {
    byte[] damaged = gzip(page("https://a.example/2"));
    for (int i = 40; i < 60; i++) {
      damaged[i] ^= 0x5A;
    }
    byte[] file =
        joined(gzip(page("https://a.example/1")), damaged, gzip(page("https://a.example/3")));
    List<Outcome> outcomes = read(file);
    assertThat(outcomes).filteredOn(Rejected.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(Accepted.class::isInstance)
        .extracting(o -> ((Accepted) o).article().url())
        .containsExactly("https://a.example/1", "https://a.example/3");
    assertThat(outcomes).extracting(o -> o.origin().record()).doesNotHaveDuplicates();
  }

  @Test
  void goesOnBehindWhatStandsBetweenMembersOfGzip() throws IOException {
    byte[] first = gzip(page("https://a.example/1"));
    byte[] second = gzip(page("https://a.example/2"));
    byte[] broken = second.clone();
    broken[1] = 0;
    assertThat(read(joined(first, new byte[512], second)))
        .hasSize(2)
        .allMatch(Accepted.class::isInstance);
    List<Outcome> outcomes = read(joined(first, broken, second, bytes("junk")));
    assertThat(outcomes).hasSize(3);
    assertThat(((Rejected) outcomes.get(1)).reason()).isEqualTo(Reason.DAMAGED_FILE);
    assertThat(outcomes.get(2)).isInstanceOf(Accepted.class);
  }

  @Test
  void givesUpAFileOfDamages() throws IOException {
    byte[] damaged = gzip(bytes("WARC/1.0 and nothing else"));
    damaged[damaged.length - 8] ^= 1;
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int i = 0; i < 3000; i++) {
      file.writeBytes(damaged);
    }
    assertThat(read(file.toByteArray())).hasSizeLessThan(1100);
  }

  @Test
  void rejectsAPageThatTheCrawlerCut() throws IOException {
    byte[] file =
        bytes(
            new String(page("https://a.example/1"), StandardCharsets.UTF_8)
                .replace("WARC-Date", "WARC-Truncated: length\r\nWARC-Date"));
    assertThat(((Rejected) read(file).get(0)).detail()).contains("length", "https://a.example/1");
  }

  /** Many crawlers unpack a body and keep the header that says how it was packed. */
  @Test
  void readsABodyThatIsNotPackedAnyMore() throws IOException {
    for (String packing : List.of("gzip", "br", "zstd", "deflate")) {
      String header = "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: " + packing;
      byte[] file = record("response", "https://a.example/1", answer(header, bytes("\n" + PAGE)));
      assertThat(((Accepted) read(file).get(0)).article().text()).as(packing).isEqualTo(TEXT);
    }
  }

  @Test
  void readsAnUnpackedPageBehindAWarningOfTheServer() throws IOException {
    String header = "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: gzip";
    byte[] body = bytes("Notice: Undefined index in talks.php\n" + PAGE);
    byte[] file = record("response", "https://a.example/1", answer(header, body));
    assertThat(((Accepted) read(file).get(0)).article().text()).contains(TEXT);
  }

  /** A crawl of members without content would fill the memory with the places of members. */
  @Test
  void remembersOnePlaceForEmptyMembers() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int i = 0; i < 10_000; i++) {
      packed.writeBytes(gzip(new byte[0]));
    }
    long start = packed.size();
    packed.writeBytes(gzip(bytes("WARC/1.0")));
    GzipMembers members = new GzipMembers(new ByteArrayInputStream(packed.toByteArray()));
    members.noteStarts();
    assertThat(members.readAllBytes()).isEqualTo(bytes("WARC/1.0"));
    assertThat(members.start(0)).isEqualTo(start);
  }

  @Test
  void believesAByteOrderMark() throws IOException {
    String header = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=iso-8859-1";
    byte[] wide =
        ("\uFEFF" + PAGE.replace("talks", "talks in Ardessän")).getBytes(StandardCharsets.UTF_16LE);
    byte[] file = record("response", "https://a.example/1", answer(header, wide));
    assertThat(((Accepted) read(file).get(0)).article().text()).contains("Ardessän");
  }

  /** A header that is folded a million times would be copied as often. */
  @Test
  void readsAHeaderThatNeverEnds() throws IOException {
    String header = "HTTP/1.1 200 OK\nContent-Type: text/html" + "\n  x".repeat(400_000);
    byte[] file = record("response", "https://a.example/1", answer(header, bytes(PAGE)));
    assertThat(read(file)).hasSize(1);
  }

  @Test
  void rejectsWhatIsCutOffAtTheEnd() throws IOException {
    byte[] whole = joined(page("https://a.example/1"), page("https://a.example/2"));
    byte[] packed = joined(gzip(page("https://a.example/1")), gzip(page("https://a.example/2")));
    for (byte[] file :
        List.of(
            Arrays.copyOf(whole, whole.length - 40), Arrays.copyOf(packed, packed.length - 40))) {
      List<Outcome> outcomes = read(file);
      assertThat(outcomes).hasSize(2);
      assertThat(outcomes.get(0)).isInstanceOf(Accepted.class);
      assertThat(((Rejected) outcomes.get(1)).reason()).isEqualTo(Reason.DAMAGED_FILE);
    }
  }

  @Test
  void rejectsABodyThatIsCutOrGrowsBeyondTheLimit() throws IOException {
    String html = "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: gzip";
    byte[] packed = gzip(bytes(PAGE));
    byte[] file =
        joined(
            record(
                "response",
                "https://a.example/1",
                answer(html, Arrays.copyOf(packed, packed.length - 20))),
            record("response", "https://a.example/2", answer(html, gzip(new byte[40 << 20]))),
            page("https://a.example/3"));
    List<Outcome> outcomes = read(file);
    assertThat(((Rejected) outcomes.get(0)).reason()).isEqualTo(Reason.DAMAGED_FILE);
    assertThat(((Rejected) outcomes.get(1)).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(outcomes.get(2)).isInstanceOf(Accepted.class);
  }

  /** The record is larger than the memory of the tests. */
  @Test
  void passesOverARecordThatDoesNotFitIntoMemory() throws IOException {
    long length = 3L << 30;
    InputStream large =
        new InputStream() {
          private long given;

          @Override
          public int read() {
            return given++ < length ? 'x' : -1;
          }

          @Override
          public int read(byte[] bytes, int offset, int n) {
            int some = (int) Math.min(n, length - given);
            given += Math.max(0, some);
            return some <= 0 ? -1 : some;
          }
        };
    byte[] header =
        bytes("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n".formatted(length));
    InputStream file =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    new ByteArrayInputStream(header),
                    large,
                    new ByteArrayInputStream(
                        joined(bytes("\r\n\r\n"), page("https://a.example/1"))))));
    List<Outcome> outcomes = read(file);
    assertThat(((Rejected) outcomes.get(0)).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(outcomes.get(1)).isInstanceOf(Accepted.class);
  }

  @Test
  void saysThatItDoesNotReadArc() throws IOException {
    List<Outcome> outcomes =
        read(bytes("filedesc://a.arc 0.0.0.0 20310402083000 text/plain 76\n1 0 Crawler\n"));
    assertThat(outcomes).hasSize(1);
    assertThat(((Rejected) outcomes.get(0)).detail()).contains("ARC");
  }

  private static List<Outcome> read(byte[] file) throws IOException {
    return read(new ByteArrayInputStream(file));
  }

  private static List<Outcome> read(InputStream file) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    try (ArticleReader reader = ArticleReader.open(() -> file, "crawl", InputOptions.DEFAULT)) {
      reader.forEachRemaining(outcomes::add);
    }
    return outcomes;
  }
}
