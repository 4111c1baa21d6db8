package org.demarche.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.demarche.ingest.Outcome.Accepted;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;
import org.demarche.text.Article;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArticleReaderTest {

  private static final String GOOD =
      """
      {"id": "a1", "url": "https://herald.example/1", "title": "Ferry talks", "published_at": \
      "2031-04-02T08:30:00Z", "source": {"id": null, "name": "Harbour Herald"}, "authors": \
      ["Ann Lee", "Bo Day"], "language": "en-GB", "text": "The minister urged calm."}
      """;

  @Test
  void readsEveryFieldOfAJsonRecord() {
    Article article = accepted(GOOD);

    assertThat(article.id()).isEqualTo("a1");
    assertThat(article.url()).isEqualTo("https://herald.example/1");
    assertThat(article.title()).isEqualTo("Ferry talks");
    assertThat(article.publishedAt()).isEqualTo(Instant.parse("2031-04-02T08:30:00Z"));
    assertThat(article.outlet()).isEqualTo("Harbour Herald");
    assertThat(article.author()).isEqualTo("Ann Lee, Bo Day");
    assertThat(article.language()).isEqualTo("en");
    assertThat(article.text()).isEqualTo("The minister urged calm.");
    assertThat(article.body().of(article.text())).isEqualTo("The minister urged calm.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"articleBody\": \"Calm.\"}",
        "{\"Content\": \"Calm.\"}",
        "{\"MAINTEXT\": \"Calm.\"}",
        "{\"text\": \"\", \"body\": \"Calm.\"}",
        "{\"body\": \"other\", \"text\": \"Calm.\"}",
        "{\"text\": \"first\", \"text\": \"Calm.\"}",
        "{\"x\": {\"text\": \"other\"}, \"text\": \"Calm.\", \"y\": [1, [2, {}]]}",
        "{\"text\": [\"Calm.\"]}",
      })
  void guessesWhereTheTextStands(String record) {
    assertThat(accepted(record).text()).isEqualTo("Calm.");
  }

  @Test
  void joinsParagraphsThatComeAsAList() {
    assertThat(accepted("{\"text\": [\"One.\", \"Two.\", null, \"Three.\"]}").text())
        .isEqualTo("One.\n\nTwo.\n\nThree.");
  }

  @Test
  void takesFieldNamesThatAreGiven() {
    FieldNames names =
        FieldNames.guesses()
            .with(
                Map.of(
                    "text", List.of("page.story"), "id", List.of("nr"), "outlet", List.of("who")));
    Article article =
        ((Accepted)
                read(
                        bytes(
                            "{\"nr\": 7, \"page\": {\"story\": \"Calm.\"}, \"who\": \"Gazette\"}"),
                        "x.jsonl",
                        names,
                        Limits.DEFAULT)
                    .get(0))
            .article();

    assertThat(article.id()).isEqualTo("7");
    assertThat(article.text()).isEqualTo("Calm.");
    assertThat(article.outlet()).isEqualTo("Gazette");
  }

  @Test
  void fallsBackToTheUsualNamesWhereAGivenOneIsNotThere() {
    FieldNames names =
        FieldNames.guesses()
            .with(Map.of("published_at", List.of("pubdate_"), "text", List.of("Text")));
    assertThat(names.names().get(Field.PUBLISHED)).startsWith("pubdate_", "published_at");
    assertThat(names.names().get(Field.TEXT)).startsWith("Text", "body").doesNotContain("text");
    String record = "{\"date\": \"2031-04-02\", \"text\": \"Calm.\"}";
    assertThat(
            ((Accepted) read(bytes(record), "x.jsonl", names, Limits.DEFAULT).get(0))
                .article()
                .publishedAt())
        .isEqualTo(Instant.parse("2031-04-02T00:00:00Z"));
  }

  @Test
  void namesTheFieldsThatARecordWithoutTextHas() {
    assertThat(
            rejected(
                    "{\"nr\": 1, \"page\": {\"story\": \"x\", \"a\": {\"b\": 1}}, \"l\": [{\"x\": 1}]}")
                .detail())
        .startsWith("Record has no text: it has 'nr', 'page.story', 'page.a', 'l', but none of")
        .contains("'text', 'body'");
    assertThat(rejected("{}").detail()).contains("it has no field at all");
    assertThat(((Rejected) read(bytes("nr,story\n1,x\n"), "x.csv").get(0)).detail())
        .contains("it has 'nr', 'story', but none of");
  }

  @Test
  void repeatsNoControlCharacterInAFault() {
    assertThat(rejected("{\"a\u0007\": 1 \u0001").detail()).doesNotContain("\u0001", "\u0007");
    assertThat(rejected("{\"a\\u001b[2J\": 1}").detail()).doesNotContain("\u001b");
  }

  @Test
  void namesAnArticleWithoutIdByItsAddressOrElseItsContent() {
    String byAddress = accepted("{\"url\": \"https://a.example\", \"text\": \"One.\"}").id();
    String byContent = accepted("{\"text\": \"One.\"}").id();

    assertThat(byAddress)
        .matches("[0-9a-f]{24}")
        .isEqualTo(accepted("{\"url\": \"https://a.example\", \"text\": \"Two.\"}").id());
    assertThat(byContent)
        .matches("[0-9a-f]{24}")
        .isEqualTo(accepted("{\"text\": \"One.\"}").id())
        .isNotEqualTo(byAddress)
        .isNotEqualTo(accepted("{\"text\": \"Two.\"}").id())
        .isNotEqualTo(accepted("{\"text\": \"One.\", \"date\": \"2031-01-01\"}").id());
  }

  @Test
  void hashesIdsThatNoTableBears() {
    assertThat(accepted("{\"id\": \"a\\u0000b\", \"text\": \"One.\"}").id())
        .matches("[0-9a-f]{24}");
    assertThat(accepted("{\"id\": \"" + "x".repeat(5000) + "\", \"text\": \"One.\"}").id())
        .matches("[0-9a-f]{24}");
    assertThat(accepted("{\"id\": \" \", \"text\": \"One.\"}").id()).matches("[0-9a-f]{24}");
  }

  @Test
  void rejectsEachDamagedRecordOnceAndReadsTheRest() {
    byte[] noise = new byte[300];
    new Random(5).nextBytes(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = noise[i] == '\n' || noise[i] == '\r' ? 1 : noise[i];
    }
    byte[] file =
        joined(
            bytes(GOOD),
            bytes(GOOD.substring(0, GOOD.length() / 2).replace("\n", "") + "\n"),
            bytes("{\"id\": \"a3\", \"title\": \"no text\"}\n"),
            bytes("{\"published_at\": \"sometime in spring\", \"text\": \"One.\"}\n"),
            noise,
            bytes("\n\n{\"text\": \" \\n \"}\n{\"text\": null}\n{\"text\": 12}\n[1]\n{} {}\n"),
            bytes(GOOD.strip()));

    List<Outcome> outcomes = read(file, "in/x.jsonl");

    assertThat(outcomes).hasSize(11);
    assertThat(outcomes.get(0)).isInstanceOf(Accepted.class);
    assertThat(outcomes.get(10)).isInstanceOf(Accepted.class);
    assertThat(outcomes.subList(1, 10))
        .extracting(o -> o.origin().record(), o -> ((Rejected) o).reason())
        .containsExactly(
            tuple(1L, Reason.MALFORMED),
            tuple(2L, Reason.MISSING_FIELD),
            tuple(3L, Reason.MALFORMED_DATE),
            tuple(4L, Reason.NOT_TEXT),
            tuple(6L, Reason.EMPTY_TEXT),
            tuple(7L, Reason.EMPTY_TEXT),
            tuple(8L, Reason.MALFORMED),
            tuple(9L, Reason.MALFORMED),
            tuple(10L, Reason.MALFORMED));
    assertThat(((Rejected) outcomes.get(3)).detail())
        .contains("'published_at'")
        .contains("'sometime in spring'");
    assertThat(((Rejected) outcomes.get(3)).raw()).startsWith("{\"published_at\"");
    assertThat(((Rejected) outcomes.get(4)).raw()).isEmpty();
    assertThat(((Rejected) outcomes.get(6)).detail()).isEqualTo("Field 'text' has no value");
    assertThat(((Rejected) outcomes.get(7)).detail()).contains("'text'").contains("12");
    assertThat(outcomes).allSatisfy(o -> assertThat(o.origin().file()).isEqualTo("in/x.jsonl"));
  }

  @Test
  void acceptsARecordWithoutDateAndRejectsOneWhoseDateIsAnObject() {
    assertThat(accepted("{\"text\": \"One.\", \"date\": null}").publishedAt()).isNull();
    assertThat(accepted("{\"text\": \"One.\", \"date\": \"\"}").publishedAt()).isNull();
    assertThat(accepted("{\"text\": \"One.\", \"published\": true}").publishedAt()).isNull();
    assertThat(accepted("{\"text\": \"One.\", \"date\": {\"$date\": 1900000000000}}").publishedAt())
        .isEqualTo(Instant.ofEpochMilli(1_900_000_000_000L));
    assertThat(rejected("{\"text\": \"One.\", \"date\": {\"day\": 3}}").reason())
        .isEqualTo(Reason.MALFORMED_DATE);
  }

  @Test
  void putsStrayBytesRightAndRefusesManyOfThem() {
    byte[] stray = bytes("{\"text\": \"The minister urged calm at the quay_ on Tuesday.\"}");
    stray[new String(stray, StandardCharsets.UTF_8).indexOf('_')] = (byte) 0xC3;
    byte[] many = stray.clone();
    Arrays.fill(many, 15, 30, (byte) 0xE9);

    assertThat(((Accepted) read(stray, "x.jsonl").get(0)).article().text())
        .contains("quay\uFFFD on");
    assertThat(((Rejected) read(many, "x.jsonl").get(0)).reason()).isEqualTo(Reason.NOT_TEXT);
  }

  @Test
  void passesOverARecordAboveTheLimit() {
    Limits limits = new Limits(2048, 300, 64);
    String huge = "{\"text\": \"" + "word ".repeat(40_000) + "\"}\n";

    List<Outcome> outcomes =
        read(bytes(GOOD + huge + GOOD), "x.jsonl", FieldNames.guesses(), limits);

    assertThat(outcomes).hasSize(3);
    assertThat(((Rejected) outcomes.get(1)).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(((Rejected) outcomes.get(1)).detail()).contains("200013").contains("2048");
    assertThat(((Rejected) outcomes.get(1)).raw())
        .startsWith("{\"text\": \"word word")
        .hasSizeBetween(1000, 2048);
    assertThat(outcomes.get(2)).isInstanceOf(Accepted.class);
  }

  @Test
  void refusesDeepNesting() {
    String deep = "{\"x\": " + "[".repeat(100_000) + "]".repeat(100_000) + ", \"text\": \"One.\"}";

    assertThat(rejected(deep).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(rejected("{\"source\": ".repeat(70) + "1" + "}".repeat(70)).reason())
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void keepsNulCharactersOfATextAndRefusesATextOfThem() {
    assertThat(accepted("{\"text\": \"" + "calm ".repeat(80) + "\\u0000\"}").text())
        .endsWith("\u0000");
    assertThat(rejected("{\"text\": \"" + "\\u0000".repeat(50) + "\"}").reason())
        .isEqualTo(Reason.NOT_TEXT);
  }

  @Test
  void readsAnArrayOfObjectsAndObjectsOverSeveralLines() {
    String array = "[\n{\"text\": \"One [\\\"}\"},\n {\"text\": 5},\n\n{\"text\": \"Three.\"}]\n";
    List<Outcome> outcomes = read(bytes(array), "x.json");

    assertThat(outcomes).hasSize(3);
    assertThat(((Accepted) outcomes.get(0)).article().text()).isEqualTo("One [\"}");
    assertThat(((Rejected) outcomes.get(1)).origin().record()).isEqualTo(1);
    assertThat(((Accepted) outcomes.get(2)).article().text()).isEqualTo("Three.");
    assertThat(read(bytes("{\n \"text\": \"One.\"\n}\n{\n \"text\": \"Two.\"\n}\n"), "x.json"))
        .hasSize(2)
        .allMatch(Accepted.class::isInstance);
  }

  @Test
  void readsACompressedFileWhateverItIsCalled() throws IOException {
    assertThat(read(gzip(bytes(GOOD + GOOD)), "x.jsonl.gz")).hasSize(2);
    assertThat(read(Zstd.compress(bytes(GOOD + GOOD)), "x.jsonl.zst")).hasSize(2);
    assertThat(read(gzip(bytes(GOOD + GOOD)), "no-ending")).hasSize(2);
    assertThat(read(joined(gzip(bytes(GOOD)), gzip(bytes(GOOD))), "two-members.jsonl.gz"))
        .hasSize(2);
  }

  @Test
  void keepsWhatCameBeforeTheDamageInAFile() throws IOException {
    StringBuilder many = new StringBuilder();
    Random random = new Random(1);
    for (int i = 0; i < 40_000; i++) {
      many.append("{\"text\": \"Number ").append(random.nextLong()).append(".\"}\n");
    }
    byte[] whole = gzip(bytes(many.toString()));
    byte[] zstd = Zstd.compress(bytes(many.toString()));
    byte[] broken = whole.clone();
    Arrays.fill(broken, broken.length / 2, broken.length / 2 + 64, (byte) 0xFF);

    for (byte[] damaged :
        List.of(Arrays.copyOf(whole, whole.length / 2), Arrays.copyOf(zstd, zstd.length / 2))) {
      List<Outcome> outcomes = read(damaged, "x.jsonl");
      int last = outcomes.size() - 1;
      assertThat(last).isBetween(5_000, 35_000);
      assertThat(outcomes.subList(0, last - 1)).allMatch(Accepted.class::isInstance);
      assertThat(((Rejected) outcomes.get(last)).reason()).isEqualTo(Reason.DAMAGED_FILE);
      assertThat(outcomes.get(last).origin().record()).isEqualTo(last);
    }
    // Changed bytes may still unpack to something; the checksum at the end tells.
    List<Outcome> changed = read(broken, "x.jsonl");
    assertThat(((Rejected) changed.get(changed.size() - 1)).reason())
        .isEqualTo(Reason.DAMAGED_FILE);
  }

  @Test
  void readsWhatThereIsOfATinyTruncatedFile() throws IOException {
    byte[] whole = gzip(bytes(GOOD + GOOD.repeat(3).replace("a1", "b")));
    List<Outcome> outcomes = read(Arrays.copyOf(whole, whole.length - 9), "x.jsonl.gz");

    assertThat(outcomes.get(0)).isInstanceOf(Accepted.class);
    assertThat(outcomes.get(outcomes.size() - 1))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.DAMAGED_FILE));
    assertThat(read(new byte[] {0x1F, (byte) 0x8B, 8}, "x.jsonl.gz")).hasSize(1);
  }

  @Test
  void stopsAtADecompressionBomb() throws IOException {
    byte[] line = bytes("{\"text\": \"" + " ".repeat(1 << 20) + "\"}\n");
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
      for (int i = 0; i < 100; i++) {
        out.write(line);
      }
    }
    List<Outcome> outcomes = read(bomb.toByteArray(), "x.jsonl.gz");

    assertThat(outcomes).hasSizeLessThan(80);
    assertThat(((Rejected) outcomes.get(outcomes.size() - 1)).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(((Rejected) outcomes.get(outcomes.size() - 1)).detail()).contains("expands");
  }

  @Test
  void throwsOnlyWhereTheStorageFails() throws IOException {
    InputStream failing =
        new InputStream() {
          private int left = 100_000;

          @Override
          public int read() throws IOException {
            if (left <= 0) {
              throw new IOException("connection reset");
            }
            left--;
            return ' ';
          }
        };
    try (ArticleReader reader =
        ArticleReader.open(() -> failing, "x.jsonl", InputOptions.DEFAULT)) {
      assertThatThrownBy(reader::hasNext)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("x.jsonl")
          .hasRootCauseMessage("connection reset");
    }
  }

  @Test
  void readsRowsWithQuotedLineBreaksAndRejectsThoseOfAnotherWidth() {
    String csv =
        "\uFEFFBody ID,Headline,articleBody,Date\r\n"
            + "1,\"Ferry, again\",\"He said \"\"no\"\".\r\n\r\nThen left.\",2031-04-02\r\n"
            + "2,short\r\n"
            + "\r\n"
            + "3,Title,Text.,someday\r\n"
            + "4,Title,\"Te\"xt,2031-04-02\r\n"
            + "5,Title,,2031-04-02\r\n"
            + "6,Title,Last.,\r\n";
    List<Outcome> outcomes = read(bytes(csv), "x.csv");

    Article first = ((Accepted) outcomes.get(0)).article();
    assertThat(first.title()).isEqualTo("Ferry, again");
    assertThat(first.text()).isEqualTo("He said \"no\".\r\n\r\nThen left.");
    assertThat(first.publishedAt()).isEqualTo(Instant.parse("2031-04-02T00:00:00Z"));
    assertThat(outcomes.subList(1, 5))
        .extracting(o -> o.origin().record(), o -> ((Rejected) o).reason())
        .containsExactly(
            tuple(1L, Reason.MALFORMED),
            tuple(2L, Reason.MALFORMED_DATE),
            tuple(3L, Reason.MALFORMED),
            tuple(4L, Reason.EMPTY_TEXT));
    assertThat(((Accepted) outcomes.get(5)).article().text()).isEqualTo("Last.");
  }

  @Test
  void survivesAQuotationMarkThatIsNeverClosed() {
    String csv = "id,text\n1,\"never closed\n" + "2,Fine.\n".repeat(1000);
    List<Outcome> outcomes =
        read(bytes(csv), "x.csv", FieldNames.guesses(), new Limits(1024, 300, 64));

    assertThat(outcomes).hasSize(1);
    assertThat(((Rejected) outcomes.get(0)).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id;text", "id\ttext", "id|text", "id,text"})
  void tellsTheDelimiterByTheHeader(String header) {
    char delimiter = header.charAt(2);
    List<Outcome> outcomes = read(bytes(header + "\n7" + delimiter + "Calm.\n"), "table");

    assertThat(((Accepted) outcomes.get(0)).article().id()).isEqualTo("7");
  }

  @Test
  void looksForTheBodyInTheCleanText() {
    String text =
        "<h1>A quay for nobody</h1><p>By Zo&euml; Hale</p><p>The quay &amp; the crane stay, the"
            + " mayor said.</p><p>Share this article</p>";
    Article article =
        ((Accepted)
                read(
                        bytes(
                            "{\"title\": \"A quay &amp;#8216;for nobody&amp;#8217;\", \"outlet\": \"Moor"
                                + " &amp; Sons\", \"text\": \""
                                + text
                                + "\"}"),
                        "x.jsonl")
                    .get(0))
            .article();
    assertThat(article.title()).isEqualTo("A quay ‘for nobody’");
    assertThat(article.outlet()).isEqualTo("Moor & Sons");
    assertThat(article.author()).isEqualTo("Zoë Hale");
    assertThat(article.language()).isEqualTo("en");
    assertThat(article.text()).isEqualTo(text);
    assertThat(article.body().of(text)).isEqualTo("The quay &amp; the crane stay, the mayor said.");
  }

  @Test
  void rejectsATextOfMarkup() {
    for (String text : List.of("<p> &nbsp;</p>", "\u200b", "\u00a0", "<!-- -->")) {
      Rejected rejected = (Rejected) read(bytes("{\"text\": \"" + text + "\"}"), "x.jsonl").get(0);
      assertThat(rejected.reason()).as(text).isEqualTo(Reason.EMPTY_TEXT);
      assertThat(rejected.detail())
          .isEqualTo(
              "Field 'text' holds %d characters, all white space or markup"
                  .formatted(text.length()));
    }
  }

  @Test
  void callsAPlainTextByItsFile() {
    Article article =
        ((Accepted) read(bytes("\uFEFFThe minister urged calm.\n"), "dir/ferry.v2.txt").get(0))
            .article();

    assertThat(article.id()).isEqualTo("ferry.v2");
    assertThat(article.text()).isEqualTo("The minister urged calm.\n");
    assertThat(((Rejected) read(bytes(""), "empty.txt").get(0)).reason())
        .isEqualTo(Reason.EMPTY_TEXT);
    assertThat(((Rejected) read(new byte[4000], "zeros.txt").get(0)).reason())
        .isEqualTo(Reason.NOT_TEXT);
    assertThat(
            ((Accepted)
                    read("\uFEFFThe minister.".getBytes(StandardCharsets.UTF_16LE), "w.txt").get(0))
                .article()
                .text())
        .isEqualTo("The minister.");
  }

  @Test
  void readsUtf16AndUtf32WithAMarkAndUtf16WithoutOne() {
    String json = "{\"id\": \"u\", \"text\": \"“Calm,” she said in Żory – 😀.\"}\n";
    for (String encoding : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-8")) {
      byte[] marked = ("\uFEFF" + json).getBytes(Charset.forName(encoding));
      assertThat(text(read(marked, "x.jsonl"))).as(encoding).endsWith("said in Żory – 😀.");
      assertThat(text(read(gzip(marked), "x.jsonl.gz"))).as(encoding).endsWith("Żory – 😀.");
    }
    for (String encoding : List.of("UTF-16LE", "UTF-16BE")) {
      byte[] unmarked = json.getBytes(Charset.forName(encoding));
      assertThat(text(read(unmarked, "x.jsonl"))).as(encoding).endsWith("said in Żory – 😀.");
      assertThat(text(read("Calm.".getBytes(Charset.forName(encoding)), "x.txt")))
          .isEqualTo("Calm.");
      byte[] russian =
          "Министр призвал к спокойствию. ".repeat(9).getBytes(Charset.forName(encoding));
      assertThat(text(read(russian, "x.txt"))).startsWith("Министр призвал");
    }
  }

  @Test
  void readsWindows1252WhereItIsCertain() {
    String said = "“It’s a café – not Düsseldorf,” the ‘chief’ said… “Really.”";
    assertThat(text(read(windows(said), "x.txt"))).isEqualTo(said);
    assertThat(text(read(windows("{\"text\": \"" + said + "\"}"), "x.jsonl"))).isEqualTo(said);
    assertThat(text(read(windows("{\"text\": \"A\\n\\n" + said + "\\n\"}"), "x.jsonl")))
        .isEqualTo("A\n\n" + said + "\n");
    assertThat(text(read(windows("id;text\n1;" + said + "\n"), "x.csv"))).isEqualTo(said);
  }

  @Test
  void namesTheEncodingOfWhatIsNotCertainAndTheSetting() {
    String french = "Le garçon déjà parti à l’école a été reçu là-bas, où le maître l’espère.";
    Rejected rejected = (Rejected) read(windows(french), "x.txt").get(0);
    assertThat(rejected.reason()).isEqualTo(Reason.NOT_TEXT);
    assertThat(rejected.detail())
        .isEqualTo(
            "File is not UTF-8 (byte 0xE7 at offset 6); it looks like windows-1252: if it is, set"
                + " articles.encoding=windows-1252");
    assertThat(
            ((Rejected) read(windows("{\"text\": \"" + french + "\"}"), "x.jsonl").get(0)).detail())
        .startsWith("Record is not UTF-8 (byte 0xE7 at offset 16); it looks like windows-1252");
    assertThat(
            ((Rejected) read(windows("id,text\n1,\"" + french + "\"\n"), "x.csv").get(0)).detail())
        .startsWith("Row is not UTF-8 (byte 0xE7 at offset 9); it looks like windows-1252");
    assertThat(text(read(windows(french), "x.txt", "windows-1252"))).isEqualTo(french);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          windows-1251 | Министр призвал к спокойствию, сказала она во вторник вечером.
          windows-1250 | Minister wezwał do spokoju, powiedział Wałęsa w Łodzi.
          GB18030      | 部长呼吁保持冷静，她星期二晚上说，双方将继续谈判。
          Shift_JIS    | 大臣は火曜日の夜、冷静を呼びかけ、交渉を続けると述べた。
          UTF-16LE     | 部长呼吁保持冷静，她星期二晚上说，双方将继续谈判。
          IBM850       | Così il ministro parlò in città: perché no, già da più di un mese è così.
          x-MacRoman   | Así que la acción de García en el año del niño, según él, está aquí.
          """)
  void readsAnyEncodingThatIsDeclaredAndNoneThatIsNot(String encoding, String said) {
    byte[] bytes =
        ("{\"id\": \"u\", \"text\": \"" + said + "\"}\n").getBytes(Charset.forName(encoding));
    assertThat(text(read(bytes, "x.jsonl", encoding))).isEqualTo(said);
    byte[] plain = said.getBytes(Charset.forName(encoding));
    assertThat(text(read(plain, "x.txt", encoding))).isEqualTo(said);
    assertThat(((Rejected) read(plain, "x.txt").get(0)).reason()).isEqualTo(Reason.NOT_TEXT);
  }

  @Test
  void leavesUtf8AsItIsWhateverIsDeclared() {
    byte[] mixed =
        joined(
            bytes("{\"text\": \"“Ça va,” dit-elle à Żory.\"}\n"),
            windows("{\"text\": \"“Ça va,” dit-elle à Nîmes.\"}\n"));
    List<Outcome> outcomes = read(mixed, "x.jsonl", "windows-1252");
    assertThat(outcomes)
        .extracting(outcome -> ((Accepted) outcome).article().text())
        .containsExactly("“Ça va,” dit-elle à Żory.", "“Ça va,” dit-elle à Nîmes.");
    for (String encoding : List.of("UTF-16LE", "UTF-16", "windows-1251", "UTF-8")) {
      assertThat(text(read(bytes("Ça va à Żory."), "x.txt", encoding))).isEqualTo("Ça va à Żory.");
      assertThat(
              text(read(("\uFEFFÇa va.").getBytes(StandardCharsets.UTF_16BE), "x.txt", encoding)))
          .isEqualTo("Ça va.");
    }
    String longLine = "Ça va. ".repeat(40_000);
    assertThat(text(read(windows(longLine), "x.txt", "windows-1252"))).isEqualTo(longLine);
  }

  @Test
  void doesNotReadAsWindows1252WhatOlderEncodingsWrote() {
    // The same bytes are other letters on a Mac or under DOS.
    for (String file : List.of("Garc\u00EDa", "Malm\u00F6 ", "citt\u00E0 ", "schön", "acción")) {
      for (String encoding : List.of("x-MacRoman", "IBM850")) {
        byte[] bytes = ("In " + file + ", she said.").getBytes(Charset.forName(encoding));
        assertThat(text(read(bytes, "x.txt"))).as("%s in %s", file, encoding).contains("\uFFFD");
      }
    }
  }

  @Test
  void readsWhatSpreadsheetsSave() {
    String rows = "id\ttitle\ttext\r\n1\tFerry\t\"One,\r\n\"\"two\"\".\"\r\n2\tDam\tCalm.\r\n";
    for (byte[] table :
        List.of(
            ("\uFEFF" + rows).getBytes(StandardCharsets.UTF_16LE),
            bytes("\uFEFF" + rows),
            bytes(rows),
            bytes(rows.replace("\r\n", "\r")),
            bytes("\uFEFFsep=;\r\n" + rows.replace('\t', ';')),
            bytes("\"sep=|\"\n" + rows.replace('\t', '|')))) {
      List<Outcome> outcomes = read(table, "x.csv");
      assertThat(outcomes).extracting(outcome -> id(outcome)).containsExactly("1", "2");
      assertThat(text(outcomes)).containsPattern("^One,\r\n?\"two\"\\.$");
    }
    // "Unicode text" and "text (tabs)" have the ending of a text.
    assertThat(read(("\uFEFF" + rows).getBytes(StandardCharsets.UTF_16LE), "x.txt")).hasSize(2);
    assertThat(read(bytes("Title\tby Ann Lee\nThe text\tgoes on.\n"), "x.txt")).hasSize(1);
    assertThat(read(bytes("text,title\nThis is, a text.\n"), "x.txt")).hasSize(1);
  }

  @Test
  void countsADelimiterOnlyOutsideQuotationMarks() {
    assertThat(id(read(bytes("\"a,b,c,d\";id;text\n1;7;Calm.\n"), "x.csv").get(0))).isEqualTo("7");
  }

  @Test
  void readsQuotationMarksThatABackslashEscapes() {
    String rows =
        "id,text,title\n"
            + "1,\"He said \\\"no, never\\\",\nthen \\\\ left.\",Ferry\n"
            + "2,he said \\\"yes\\\" again,\\N\n"
            + "3,\"\\\"All of it.\\\"\",Dam\n";
    List<Outcome> outcomes = read(bytes(rows), "x.csv");
    assertThat(outcomes)
        .extracting(outcome -> ((Accepted) outcome).article().text())
        .containsExactly(
            "He said \"no, never\",\nthen \\ left.", "he said \"yes\" again", "\"All of it.\"");
    assertThat(((Accepted) outcomes.get(1)).article().title()).isNull();
  }

  @Test
  void takesABackslashAsItIsWhereMarksAreDoubled() {
    String rows =
        "id,text,title\n"
            + "1,\"He wrote \"\"C:\\\"\", she said.\",\"C:\\\"\n"
            + "2,\"It ends in \\\",Dam\n"
            + "3,C:\\new,\\No\n";
    List<Outcome> outcomes = read(bytes(rows), "x.csv");
    assertThat(outcomes)
        .extracting(outcome -> ((Accepted) outcome).article().text())
        .containsExactly("He wrote \"C:\\\", she said.", "It ends in \\", "C:\\new");
    assertThat(((Accepted) outcomes.get(0)).article().title()).isEqualTo("C:\\");
  }

  @Test
  void saysWhetherAnArticleIsCalledByItsFile() {
    assertThat(((Accepted) read(bytes("Calm."), "x.txt").get(0)).namedByFile()).isTrue();
    assertThat(((Accepted) read(bytes("{\"text\": \"Calm.\"}"), "x.jsonl").get(0)).namedByFile())
        .isFalse();
    assertThat(((Accepted) only(GOOD)).namedByFile()).isFalse();
  }

  @Test
  void refusesParquetAsAStream() {
    assertThatThrownBy(() -> read(bytes("PAR1"), "x.parquet"))
        .isInstanceOf(ArticleReader.ParquetException.class)
        .hasMessageContaining("RecordReader");
  }

  @Test
  void tellsTheFormatByContentAndInDoubtByName() {
    assertThat(ArticleFormats.ofName("a/b.JSONL.gz")).contains(ArticleFormats.JSONL);
    assertThat(ArticleFormats.ofName("part-0.csv.zst")).contains(ArticleFormats.CSV);
    assertThat(ArticleFormats.ofName("part-0.snappy.parquet")).contains(ArticleFormats.PARQUET);
    assertThat(ArticleFormats.ofName("a.b/notes")).isEmpty();
    assertThat(ofContent(bytes("PAR1...."))).isEqualTo(ArticleFormats.PARQUET);
    assertThat(ofContent(bytes(" {\"text\": 1}"))).isEqualTo(ArticleFormats.JSONL);
    assertThat(ofContent(bytes("Title,Body,Date\na,b,c\n"))).isEqualTo(ArticleFormats.CSV);
    assertThat(ofContent(bytes("The text, he said, is long.\nMore.\n")))
        .isEqualTo(ArticleFormats.TEXT);
    assertThat(ofContent(bytes("Title,Body,Date\na,\"<?xml version='1.0'?><rss>\",c\n")))
        .isEqualTo(ArticleFormats.CSV);
    assertThat(ofContent(bytes("{\"text\": 1}"), "a.txt")).isEqualTo(ArticleFormats.JSONL);
    assertThat(ofContent(bytes("{unquoted: 1}"), "a.txt")).isEqualTo(ArticleFormats.TEXT);
    assertThat(ofContent(bytes("Title,Body,Date\na,b,c\n"), "a.txt"))
        .isEqualTo(ArticleFormats.TEXT);
    assertThat(ofContent(bytes("Damaged line\n{\"text\": 1}\n"), "a.jsonl"))
        .isEqualTo(ArticleFormats.JSONL);
    assertThat(ArticleFormats.named("auto")).isEmpty();
    assertThat(ArticleFormats.named("CSV")).contains(ArticleFormats.CSV);
    assertThatThrownBy(() -> ArticleFormats.named("doc")).hasMessageContaining("'doc'");
  }

  @Test
  void refusesNamesOfNoField() {
    assertThatThrownBy(() -> FieldNames.guesses().with(Map.of("headline", List.of("x"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'headline'")
        .hasMessageContaining("published_at");
  }

  private static Article accepted(String record) {
    return ((Accepted) only(record)).article();
  }

  private static Rejected rejected(String record) {
    return (Rejected) only(record);
  }

  private static Outcome only(String record) {
    List<Outcome> outcomes = read(bytes(record), "x.jsonl");
    assertThat(outcomes).hasSize(1);
    return outcomes.get(0);
  }

  private static List<Outcome> read(byte[] file, String name) {
    return read(file, name, FieldNames.guesses(), Limits.DEFAULT);
  }

  private static List<Outcome> read(byte[] file, String name, String encoding) {
    return read(file, name, encoding, FieldNames.guesses(), Limits.DEFAULT);
  }

  private static ArticleFormat ofContent(byte[] head) {
    return ofContent(head, "a.b/notes");
  }

  private static ArticleFormat ofContent(byte[] head, String name) {
    return ArticleFormats.of(new Head(head, FieldNames.guesses()), name);
  }

  private static List<Outcome> read(byte[] file, String name, FieldNames names, Limits limits) {
    return read(file, name, "auto", names, limits);
  }

  private static List<Outcome> read(
      byte[] file, String name, String encoding, FieldNames names, Limits limits) {
    try (ArticleReader reader =
        ArticleReader.open(
            () -> new ByteArrayInputStream(file),
            name,
            new InputOptions("auto", encoding, names, limits))) {
      List<Outcome> outcomes = new ArrayList<>();
      reader.forEachRemaining(outcomes::add);
      return outcomes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(List<Outcome> outcomes) {
    return ((Accepted) outcomes.get(0)).article().text();
  }

  private static String id(Outcome outcome) {
    return ((Accepted) outcome).article().id();
  }

  private static byte[] windows(String text) {
    return text.getBytes(Charset.forName("windows-1252"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
