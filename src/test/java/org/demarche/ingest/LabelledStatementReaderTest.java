package org.demarche.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledStatementReaderTest {

  @TempDir private Path folder;

  @Test
  void readsJsonLines() throws IOException {
    Path file =
        write(
            "a.jsonl",
            """
            {"id": "1", "group": "g", "text": "Orsund thanked Kelmar.", "label": "conciliatory", "target": "Kelmar", "target_start": 15, "target_end": 21, "speaker": "Orsund"}

            {"id": 2, "text": "It rained.", "label": "neutral"}
            """);
    LabelledStatementReader.Result result = read(List.of(file), Scales.STANCE);
    assertThat(result.rows())
        .containsExactly(
            new LabelledStatement(
                "1", "g", new Passage("Orsund thanked Kelmar.", "Kelmar", 15, 21), "conciliatory"),
            new LabelledStatement("2", "2", Passage.of("It rained."), "neutral"));
    assertThat(result.unlabelled()).isZero();
  }

  /** Articles are read like this, too: a model must learn from what it will be asked about. */
  @Test
  void cleansTextsAndMovesThePlacesOfTargets() throws IOException {
    String text = "<b>&ldquo;I thank Mar\u200bit ZoÃ«,&rdquo; Orsund said.</b>";
    int target = text.indexOf("Mar");
    Path file =
        write(
            "a.jsonl",
            """
            {"text": "%s", "label": "conciliatory", "target": "Marit Zoë", "target_start": %d, "target_end": %d}
            {"text": "It<br>rained.", "label": "neutral", "target": "It", "target_start": 2, "target_end": 5}
            """
                .formatted(text, target, text.indexOf(",&")));
    assertThat(read(List.of(file), Scales.STANCE).rows())
        .extracting(LabelledStatement::passage)
        .containsExactly(
            new Passage("“I thank Marit Zoë,” Orsund said.", "Marit Zoë", 9, 18),
            Passage.about("It\nrained.", "It"));
    assertFault(
        write("b.csv", "text,label\n<p></p>,neutral\n"), "b.csv:2", "has nothing but markup");
  }

  @Test
  void readsTheFieldNamedAsTheScaleAndCountsRowsWithoutALabel() throws IOException {
    Path file =
        write(
            "a.jsonl",
            """
            {"id": "1", "text": "Fine.", "stance": "neutral", "sentiment": "positive"}
            {"id": "2", "text": "Hm.", "stance": "neutral", "sentiment": null}
            """);
    LabelledStatementReader.Result result = read(List.of(file), Scales.SENTIMENT);
    assertThat(result.rows()).extracting(LabelledStatement::label).containsExactly("positive");
    assertThat(result.unlabelled()).isEqualTo(1);
  }

  @Test
  void readsCsvWithAByteOrderMarkAndQuotedLineBreaks() throws IOException {
    Path file =
        write(
            "a.csv",
            "\uFEFFid,text,stance,target\r\n1,\"He said \"\"no\"\",\nthen left.\",assertive,\r\n");
    assertThat(read(List.of(file), Scales.STANCE).rows())
        .containsExactly(
            new LabelledStatement(
                "1", "1", Passage.of("He said \"no\",\nthen left."), "assertive"));
  }

  @Test
  void saysWhereAnUnknownLabelStandsAndWhatIsAllowed() throws IOException {
    Path file = write("a.jsonl", "{\"id\": \"1\", \"text\": \"x\", \"label\": \"hostile\"}\n");
    assertFault(file, "a.jsonl:1", "'hostile'", "[conciliatory, neutral, assertive]");
  }

  @Test
  void refusesALineThatIsNotJson() throws IOException {
    assertFault(
        write("a.jsonl", "{\"id\": \"1\", \"text\": \"x\", \"label\": \"neutral\"}\n{\"id\": 2,\n"),
        "a.jsonl:2",
        "not JSON");
    assertFault(write("b.jsonl", "[1]\n"), "b.jsonl:1", "JSON object");
  }

  @Test
  void refusesAMissingFieldAWrongOffsetAndAnIdThatComesTwice() throws IOException {
    assertFault(write("a.jsonl", "{\"id\": \"1\", \"label\": \"neutral\"}"), "'text' is missing");
    assertFault(
        write(
            "b.jsonl",
            "{\"id\": \"1\", \"text\": \"x\", \"label\": \"neutral\", \"target_start\": \"one\"}"),
        "target_start is 'one'");
    assertFault(
        write(
            "c.jsonl",
            "{\"id\": \"1\", \"text\": \"x\", \"label\": \"neutral\", \"target_start\": 0,"
                + " \"target_end\": 9}"),
        "c.jsonl:1",
        "[0, 9)");
    assertFault(
        write("d.jsonl", "{\"id\": \"1\", \"text\": \"x\", \"label\": \"neutral\"}\n".repeat(2)),
        "d.jsonl:2",
        "already used");
  }

  @Test
  void refusesACsvRowOfAnotherWidth() throws IOException {
    assertFault(write("a.csv", "id,text,label\n1,x\n"), "a.csv:2", "2 fields");
  }

  @Test
  void refusesBytesThatAreNotText() throws IOException {
    Path file = folder.resolve("a.jsonl");
    Files.write(file, "{\"id\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertFault(file, "UTF-8");
  }

  @Test
  void namesTheEncodingThatTheFileLooksLike() throws IOException {
    Path file = folder.resolve("a.csv");
    Files.write(
        file,
        "text,label\nIt rained.,neutral\nLe garçon déjà parti à l’école a été reçu,neutral\n"
            .getBytes(Charset.forName("windows-1252")));
    assertFault(
        file, "a.csv:3: Row is not UTF-8 (byte 0xE7 at offset 6); it looks like windows-1252");
  }

  @Test
  void readsWhatSpreadsheetsAndDatabasesSave() throws IOException {
    String rows = "text,label\n\"He said \\\"no\\\" again.\",neutral\n";
    String tabs = "text\tlabel\r\n\"He said \"\"no\"\" again.\"\tneutral\r\n";
    byte[][] files = {
      rows.getBytes(StandardCharsets.UTF_8),
      ("\uFEFF" + tabs).getBytes(StandardCharsets.UTF_16LE),
      tabs.getBytes(StandardCharsets.UTF_16BE),
      ("sep=;\r\n" + tabs.replace('\t', ';')).getBytes(StandardCharsets.UTF_8),
      Zstd.compress(tabs.getBytes(StandardCharsets.UTF_8)),
    };
    for (byte[] bytes : files) {
      for (String name : List.of("a.csv", "a.tsv", "a.txt")) {
        Path file = Files.write(folder.resolve(name), bytes);
        assertThat(read(List.of(file), Scales.STANCE).rows())
            .singleElement()
            .satisfies(row -> assertThat(row.passage().text()).isEqualTo("He said \"no\" again."));
      }
    }
    Path lines = folder.resolve("b.jsonl");
    Files.write(
        lines,
        "{\"text\": \"“No,” she said.\", \"label\": \"neutral\"}\n"
            .getBytes(Charset.forName("windows-1252")));
    assertThat(read(List.of(lines), Scales.STANCE).rows().get(0).passage().text())
        .isEqualTo("“No,” she said.");
  }

  @Test
  void tellsMissingInputFromFaultyInput() throws IOException {
    assertThatThrownBy(() -> read(List.of(folder.resolve("none.jsonl")), Scales.STANCE))
        .isInstanceOfSatisfying(
            DemarcheException.class,
            e -> assertThat(e.status()).isEqualTo(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("none.jsonl");
    assertThatThrownBy(() -> read(List.of(write("e.jsonl", "\n")), Scales.STANCE))
        .isInstanceOfSatisfying(
            DemarcheException.class,
            e -> assertThat(e.status()).isEqualTo(ExitStatus.INPUT_MISSING));
  }

  @Test
  void namesRowsWithoutAnIdByFileAndNumber() throws IOException {
    Path lines =
        write(
            "a.jsonl",
            "{\"text\": \"x\", \"label\": \"neutral\"}\n\n{\"text\": \"y\", \"label\": \"neutral\"}");
    Path csv = write("b.csv", "text,label\n\"x\ny\",neutral\ny,neutral\n");
    assertThat(read(List.of(lines, csv), Scales.STANCE).rows())
        .extracting(LabelledStatement::id)
        .containsExactly("a.jsonl:1", "a.jsonl:3", "b.csv:1", "b.csv:2");
    Files.createDirectories(folder.resolve("c"));
    Path same = write("c/a.jsonl", "{\"text\": \"z\", \"label\": \"neutral\"}");
    assertThat(read(List.of(lines, same), Scales.STANCE).rows())
        .extracting(LabelledStatement::id)
        .containsExactly(lines + ":1", lines + ":3", same + ":1");
  }

  private static LabelledStatementReader.Result read(List<Path> files, Scale scale) {
    return LabelledStatementReader.read(
        files,
        scale,
        (file, rows) -> {
          throw new IOException("no Parquet here");
        });
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static void assertFault(Path file, String... parts) {
    assertThatThrownBy(() -> read(List.of(file), Scales.STANCE))
        .isInstanceOfSatisfying(
            DemarcheException.class,
            e -> assertThat(e.status()).isEqualTo(ExitStatus.INPUT_MISSING))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }
}
