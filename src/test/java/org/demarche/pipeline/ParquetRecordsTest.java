package org.demarche.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.Version;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.demarche.ingest.FieldNames;
import org.demarche.ingest.Outcome;
import org.demarche.ingest.Outcome.Accepted;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;
import org.demarche.text.Article;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that {@code make.py} beside them made by another library than Spark's. */
class ParquetRecordsTest {

  private static final Path FILES = Path.of("src/test/resources/parquet");
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  @Test
  void readsWhatItKnowsAndLeavesTypesThatNobodyNeeds() throws IOException {
    if (Version.VERSION_NUMBER.startsWith("1.13.")) {
      // The Parquet of Spark 3.5 knows no numbers of 16 bits, which a column here has.
      assertThat(read(FILES.resolve("types.parquet"))).singleElement().isInstanceOf(Rejected.class);
      return;
    }
    Article article = accepted("types.parquet");

    assertThat(article.id()).isEqualTo("4294967295");
    assertThat(article.text()).isEqualTo("The minister urged calm.");
    assertThat(article.title()).isEqualTo("Ferry talks");
    assertThat(article.outlet()).isEqualTo("Harbour Herald");
    assertThat(article.author()).isEqualTo("Ann Lee, Bo Day");
    assertThat(article.publishedAt()).isEqualTo(Instant.parse("2031-04-03T08:30:00.123456789Z"));
  }

  @Test
  void readsTimesAsTheirTypeSays() throws IOException {
    assertThat(accepted("nanos.parquet").publishedAt())
        .isEqualTo(Instant.parse("2031-04-03T08:30:00.123456789Z"));
    assertThat(accepted("int96.parquet").publishedAt())
        .isEqualTo(Instant.parse("2031-04-03T08:30:00.123456789Z"));
    assertThat(accepted("zone.parquet").publishedAt())
        .isEqualTo(Instant.parse("2031-04-03T08:30:00.123456Z"));
    assertThat(accepted("day.parquet").publishedAt())
        .isEqualTo(Instant.parse("2031-04-03T00:00:00Z"));
    assertThat(accepted("day.parquet").outlet()).isEqualTo("Vell Daily");
  }

  @Test
  void readsWhatIsCompressedWithTheUsualCodecs() throws IOException {
    for (String codec : List.of("snappy", "gzip", "lz4")) {
      assertThat(accepted(codec + ".parquet").id()).isEqualTo(codec);
    }
  }

  @Test
  void namesACodecThatIsNotAvailable() throws IOException {
    assertThat(read(FILES.resolve("brotli.parquet")))
        .singleElement()
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(Reason.DAMAGED_FILE);
              assertThat(rejected.detail())
                  .isEqualTo(
                      "File is not readable as Parquet: it is compressed with brotli, which is not"
                          + " available here: write it with zstd, snappy or gzip");
            });
  }

  @Test
  void readsWhatStandsAroundADamage() throws IOException {
    byte[] bytes = Files.readAllBytes(FILES.resolve("groups.parquet"));
    int begin = groups().get(1);
    for (int i = begin; i < begin + 8; i++) {
      bytes[i] = (byte) 0xFF;
    }
    List<Outcome> outcomes = read(Files.write(folder.resolve("a.parquet"), bytes));

    assertThat(outcomes)
        .extracting(outcome -> outcome.origin().record(), Outcome::getClass)
        .containsExactly(
            tuple(0L, Accepted.class),
            tuple(1L, Accepted.class),
            tuple(2L, Rejected.class),
            tuple(4L, Accepted.class),
            tuple(5L, Accepted.class));
    assertThat(((Rejected) outcomes.get(2)).reason()).isEqualTo(Reason.DAMAGED_FILE);
    assertThat(((Rejected) outcomes.get(2)).detail())
        .startsWith("File is not readable as Parquet: rows 2 to 3: ");
  }

  @Test
  void saysOfEveryDamagedByteThatSomethingIsMissing() throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve("groups.parquet"));
    for (int at = 0; at < whole.length; at++) {
      byte[] bytes = whole.clone();
      bytes[at] ^= (byte) 0xFF;
      List<Outcome> outcomes = read(Files.write(folder.resolve("a.parquet"), bytes));
      if (outcomes.size() < 6) {
        assertThat(outcomes).as("byte %d", at).anyMatch(Rejected.class::isInstance);
      }
    }
  }

  @Test
  void saysOfEveryFileCutShortThatItIs() throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve("groups.parquet"));
    for (int length : new int[] {0, 3, 4, 8, 11, 100, whole.length / 2, whole.length - 1}) {
      byte[] bytes = Arrays.copyOf(whole, length);
      assertThat(read(Files.write(folder.resolve("a.parquet"), bytes)))
          .as("%d bytes", length)
          .singleElement()
          .isInstanceOfSatisfying(
              Rejected.class,
              rejected ->
                  assertThat(rejected.detail())
                      .endsWith("it is cut short, still being written, or not Parquet"));
    }
  }

  @Test
  void readsEveryRowOnceHoweverAFileIsParted() throws IOException {
    String file = FILES.resolve("groups.parquet").toUri().toString();
    long length = Files.size(FILES.resolve("groups.parquet"));
    for (long cut = 1; cut < length; cut += 50) {
      List<Outcome> outcomes = read(file, 0, cut);
      outcomes.addAll(read(file, cut, Long.MAX_VALUE));
      assertThat(outcomes)
          .extracting(
              outcome -> outcome.origin().record(), outcome -> ((Accepted) outcome).article().id())
          .containsExactly(
              tuple(0L, "g1"),
              tuple(1L, "g2"),
              tuple(2L, "g3"),
              tuple(3L, "g4"),
              tuple(4L, "g5"),
              tuple(5L, "g6"));
    }
  }

  @Test
  void tellsOfADamagedFileOnceHoweverItIsParted() throws IOException {
    Path file = Files.writeString(folder.resolve("a.parquet"), "no Parquet");
    assertThat(read(file.toUri().toString(), 0, 5)).hasSize(1);
    assertThat(read(file.toUri().toString(), 5, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void doesNotTakeAFileThatIsGoneForDamage() {
    assertThatThrownBy(() -> read(folder.resolve("gone.parquet")))
        .isInstanceOf(FileNotFoundException.class);
  }

  private static Article accepted(String file) throws IOException {
    List<Outcome> outcomes = read(FILES.resolve(file));
    assertThat(outcomes).singleElement().isInstanceOf(Accepted.class);
    return ((Accepted) outcomes.get(0)).article();
  }

  private static List<Outcome> read(Path file) throws IOException {
    return read(file.toUri().toString(), 0, Long.MAX_VALUE);
  }

  private static List<Outcome> read(String file, long from, long to) throws IOException {
    try (ParquetRecords records =
        new ParquetRecords(file, HADOOP, from, to, FieldNames.guesses())) {
      List<Outcome> outcomes = new ArrayList<>();
      records.forEachRemaining(outcomes::add);
      return outcomes;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Returns where each row group of groups.parquet begins: with the header of its first page. */
  private static List<Integer> groups() throws IOException {
    Path file = FILES.resolve("groups.parquet");
    try (var reader =
        ParquetFileReader.open(WatchedInput.of(file.toString(), new Configuration()))) {
      return reader.getRowGroups().stream()
          .map(group -> Math.toIntExact(group.getStartingPos()))
          .toList();
    }
  }
}
