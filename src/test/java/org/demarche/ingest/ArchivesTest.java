package org.demarche.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.demarche.ingest.Outcome.Accepted;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;
import org.junit.jupiter.api.Test;

/** Files that are packed, once or several times, and what is damaged or hostile among them. */
class ArchivesTest {

  private static final String JSON =
      "{\"id\": \"a\", \"text\": \"Calm.\"}\n{\"text\": \"Storm.\"}\n";

  /** "Calm." by the tool brotli. */
  private static final byte[] BROTLI = Base64.getDecoder().decode("CwKAQ2FsbS4D");

  @FunctionalInterface
  private interface Packer {
    OutputStream open(OutputStream out) throws IOException;
  }

  private static byte[] packed(Packer packer, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed = packer.open(out)) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
        zip.putArchiveEntry(entry);
        zip.write(file.getValue());
        zip.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("in/", new byte[0]);
    files.put("in/a.jsonl", bytes(JSON));
    files.put("__MACOSX/in/._a.jsonl", bytes("resource fork"));
    files.put("in/harbour.txt", bytes("The harbour is closed."));
    files.put(
        "in/b.jsonl.gz", packed(GZIPOutputStream::new, bytes(JSON.replace("\"a\"", "\"b\""))));
    return files;
  }

  @Test
  void readsEveryPackingWhateverTheFileIsCalled() throws IOException {
    List<Packer> packers =
        List.of(GZIPOutputStream::new, ZstdOutputStream::new, BZip2CompressorOutputStream::new);
    for (Packer packer : packers) {
      assertThat(texts(read(packed(packer, bytes(JSON)), "a.jsonl")))
          .containsExactly("Calm.", "Storm.");
      for (Packer second : packers) {
        byte[] twice = packed(second, packed(packer, bytes(JSON)));
        assertThat(texts(read(twice, "a"))).containsExactly("Calm.", "Storm.");
      }
    }
    assertThat(texts(read(BROTLI, "a.txt.br"))).containsExactly("Calm.");
  }

  @Test
  void readsTheMembersOfArchivesEachInItsFormat() throws IOException {
    for (byte[] archive :
        List.of(zip(files()), tar(files()), packed(GZIPOutputStream::new, tar(files())))) {
      List<Outcome> outcomes = read(archive, "in.bin");
      assertThat(texts(outcomes))
          .containsExactly("Calm.", "Storm.", "The harbour is closed.", "Calm.", "Storm.");
      assertThat(outcomes).extracting(o -> o.origin().file()).containsOnly("in.bin");
      List<Long> numbers = outcomes.stream().map(o -> o.origin().record()).toList();
      assertThat(numbers).isSorted().doesNotHaveDuplicates().startsWith(0L, 1L);
      Accepted text = (Accepted) outcomes.get(2);
      assertThat(text.article().id()).isEqualTo("harbour");
      assertThat(text.namedByFile()).isTrue();
    }
  }

  @Test
  void readsAnArchiveInAnArchive() throws IOException {
    byte[] outer = tar(Map.of("inner.zip", zip(files())));
    assertThat(texts(read(outer, "a.tar"))).hasSize(5);
  }

  @Test
  void rejectsADamagedMemberAndReadsTheOthers() throws IOException {
    Map<String, byte[]> files = files();
    byte[] cut = files.get("in/b.jsonl.gz");
    files.put("in/b.jsonl.gz", Arrays.copyOf(cut, cut.length / 2));
    files.put("in/last.txt", bytes("The harbour is open."));
    for (byte[] archive : List.of(zip(files), tar(files))) {
      List<Outcome> outcomes = read(archive, "a");
      List<Rejected> rejected =
          outcomes.stream().filter(Rejected.class::isInstance).map(Rejected.class::cast).toList();
      assertThat(rejected).singleElement();
      assertThat(rejected.get(0).reason()).isEqualTo(Reason.DAMAGED_FILE);
      assertThat(rejected.get(0).detail()).contains("'in/b.jsonl.gz'");
      assertThat(texts(outcomes)).endsWith("The harbour is open.");
      assertThat(outcomes.stream().map(o -> o.origin().record()).toList())
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void rejectsAnArchiveThatIsCutOffOnce() throws IOException {
    byte[] tar = packed(GZIPOutputStream::new, tar(files()));
    List<Outcome> outcomes = read(Arrays.copyOf(tar, tar.length - 60), "a.tar.gz");
    assertThat(outcomes).filteredOn(Rejected.class::isInstance).hasSize(1);
  }

  @Test
  void stopsWhatIsPackedTooOftenOrTooTightly() throws IOException {
    byte[] often = bytes(JSON);
    for (int i = 0; i <= InputBytes.MOST_LAYERS; i++) {
      often = packed(GZIPOutputStream::new, often);
    }
    byte[] deep = zip(files());
    for (int i = 0; i < 5; i++) {
      deep = zip(Map.of("next.zip", deep));
    }
    byte[] tight = new byte[100 << 20];
    Arrays.fill(tight, (byte) ' ');
    byte[] bomb = zip(Map.of("a.jsonl", tight));
    for (byte[] hostile :
        List.of(often, deep, bomb, packed(BZip2CompressorOutputStream::new, tight))) {
      assertThat(read(hostile, "a"))
          .extracting(o -> ((Rejected) o).reason(), o -> o.origin().record())
          .containsExactly(tuple(Reason.TOO_LARGE, 0L));
    }
  }

  /** GNU tar gives a long name as a member of its own, which unpackers keep in memory. */
  @Test
  void stopsAtANameThatFillsTheMemory() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      TarArchiveEntry name = new TarArchiveEntry("././@LongLink", (byte) 'L');
      name.setSize(8 << 20);
      tar.putArchiveEntry(name);
      tar.write(new byte[8 << 20]);
      tar.closeArchiveEntry();
    }
    List<Outcome> outcomes = read(out.toByteArray(), "a.tar");
    assertThat(outcomes).singleElement().isInstanceOf(Rejected.class);
    assertThat(((Rejected) outcomes.get(0)).detail()).contains("names");
  }

  /** What follows the first lines of a member that is rejected is not read, but unpacked. */
  @Test
  void countsWhatARejectedMemberUnpacksTo() throws IOException {
    byte[] large = new byte[100 << 20];
    byte[] head = bytes("<?xml version=\"1.0\"?><report>");
    System.arraycopy(head, 0, large, 0, head.length);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a.xml", large);
    files.put("b.txt", bytes("Calm."));
    List<Outcome> outcomes = read(zip(files), "a.zip");
    assertThat(outcomes)
        .extracting(o -> ((Rejected) o).reason())
        .containsExactly(Reason.MALFORMED, Reason.TOO_LARGE);
  }

  @Test
  void goesOnAfterADamagedMemberOfGzip() throws IOException {
    byte[] first = packed(GZIPOutputStream::new, bytes("first"));
    byte[] second = packed(GZIPOutputStream::new, bytes("second"));
    byte[] third = packed(GZIPOutputStream::new, bytes("third"));
    second[second.length - 12] ^= 0x55;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(first);
    all.write(second);
    all.write(third);
    GzipMembers members = new GzipMembers(new ByteArrayInputStream(all.toByteArray()));
    StringBuilder read = new StringBuilder();
    boolean more = true;
    while (more) {
      try {
        int b = members.read();
        more = b >= 0;
        read.append(more ? (char) b : '.');
      } catch (IOException e) {
        read.append('!');
        more = members.resume();
      }
    }
    assertThat(read.toString()).startsWith("first").contains("!").endsWith("third.");
  }

  private static List<String> texts(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(Accepted.class::isInstance)
        .map(outcome -> ((Accepted) outcome).article().text())
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Outcome> read(byte[] file, String name) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    try (ArticleReader reader =
        ArticleReader.open(() -> new ByteArrayInputStream(file), name, InputOptions.DEFAULT)) {
      reader.forEachRemaining(outcomes::add);
    }
    return outcomes;
  }
}
