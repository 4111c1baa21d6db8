package org.demarche.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.demarche.ExitStatus;
import org.demarche.files.Storage;
import org.demarche.warehouse.GoldenText;
import org.demarche.warehouse.InputFile;
import org.demarche.warehouse.KnownFiles;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.Recipe;
import org.demarche.warehouse.ScoringModel;
import org.demarche.warehouse.StoredConfiguration;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Tables;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A warehouse and a model that an earlier version wrote, used by the version of today. */
class EarlierVersionTest {

  private static final Path EARLIER = Path.of("src/test/resources/earlier/0.1.0");
  private static final Path WAREHOUSE = EARLIER.resolve("warehouse");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void readsEveryTable() throws IOException {
    Warehouse warehouse = Warehouse.at(LocalSpark.session(), WAREHOUSE.toString());
    List<String> found = new ArrayList<>();
    for (Table<?> table : Tables.ALL) {
      found.add(table.name());
      found.addAll(GoldenText.of(table, warehouse.read(table), Set.of()));
    }
    Path golden = EARLIER.resolve("warehouse.tsv");
    if (Boolean.getBoolean("golden.update")) {
      Files.write(golden, found);
    }
    assertThat(found).isEqualTo(Files.readAllLines(golden));
  }

  @Test
  void readsWhatTheRunLeftBesideTheTables() throws IOException {
    Warehouse warehouse = Warehouse.at(LocalSpark.session(), WAREHOUSE.toString());
    assertThat(ScoringModel.all(warehouse))
        .extracting(ScoringModel::scale)
        .containsExactly("sentiment", "stance");
    assertThat(ScoringModel.all(warehouse).get(1).description())
        .startsWith("model f3ed885e04d6abac: stance: distilled on 5,954 labelled statements");
    assertThat(Recipe.SCORE.digest(warehouse)).contains("16201c12b1c6edb10ed0");
    KnownFiles known = KnownFiles.of(warehouse);
    String articles = "file:/tmp/earlier/articles.jsonl";
    assertThat(known.has(new InputFile(articles, 1850, 1795711795489L))).isTrue();
    InputFile longer = new InputFile(articles, 1851, 1795711795489L);
    assertThat(known.has(longer)).isFalse();
    assertThat(known.hasPathOf(longer)).isTrue();
    assertThat(
            StoredConfiguration.at(Storage.ofProcess(), WAREHOUSE.toString()).orElseThrow().json())
        .contains("\"windows\":[\"all\",\"month\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report --warehouse %s --out %s/report.html",
        "export --warehouse %s --table statements --out %s/rows.jsonl",
        "explain --warehouse %s --statement 4b1ff4cd",
        "explain --warehouse %s --speaker Renner",
        "suggest --warehouse %s --scale stance --out %s/suggestions.csv",
        "publish --warehouse %s --duckdb %s/press.duckdb",
        "score --warehouse %s",
        "aggregate --warehouse %s"
      })
  void saysThatTheNextRunRebuildsTheStatements(String command) throws IOException {
    Path copy = copy();
    run(ExitStatus.INPUT_MISSING, command, copy, folder);
    assertThat(err.toString(UTF_8))
        .endsWith(
            ("The warehouse %s was written by another version of Demarche: run `demarche run`, or"
                    + " `demarche extract` and then `demarche score`, to make its statements and"
                    + " scores from its articles again\n")
                .formatted(copy))
        .doesNotContain("\tat ");
  }

  @Test
  void checksTheRestOfTheWarehouse() throws IOException {
    run(ExitStatus.INPUT_MISSING, "check --warehouse %s", copy());
    assertThat(out.toString(UTF_8))
        .containsPattern("\\narticles +none given\\n")
        .containsPattern("\\ntables +FAULT: 1 found: another version wrote the statements")
        .containsPattern("\\narticles: fingerprints and hashes +ok\\n")
        .containsPattern("\\nstatements: values +not checked: statements cannot be read\\n")
        .containsPattern("\\nwhole +NO: ");
    assertThat(err.toString(UTF_8)).doesNotContain("\tat ");
  }

  @Test
  void rebuildsTheStatementsInTheNextRun() throws IOException {
    Path copy = copy();
    String rebuilt =
        "The statements were written by another version of Demarche: they are extracted and scored"
            + " again from the articles";
    run("run --warehouse %s --articles %s", copy, EARLIER.resolve("more.jsonl"));
    assertThat(err.toString(UTF_8)).containsOnlyOnce(rebuilt);
    assertThat(out.toString(UTF_8)).contains("6 articles", "16 statements");

    Path rows = folder.resolve("statements.jsonl");
    run("export --warehouse %s --table statements --out %s", copy, rows);
    assertThat(Files.readAllLines(rows))
        .hasSize(16)
        .allSatisfy(row -> assertThat(row).containsPattern("\"passage_start\":[0-9]+,"));

    Path page = folder.resolve("report.html");
    run("report --warehouse %s --out %s", copy, page);
    assertThat(page).content().contains("Ana Vidal", "Tobias Renner", "We thank our neighbours");

    run("explain --warehouse %s --statement 4b1ff4cd", copy);
    assertThat(out.toString(UTF_8))
        .startsWith("statement 4b1ff4cd801aafb1960e in article post-1")
        .contains("We will not accept the dam", "stance towards dam: assertive 0.55");

    run("run --warehouse %s --articles %s", copy, EARLIER.resolve("more.jsonl"));
    assertThat(err.toString(UTF_8)).doesNotContain(rebuilt);
  }

  private Path copy() throws IOException {
    Path copy = folder.resolve("warehouse");
    try (Stream<Path> paths = Files.walk(WAREHOUSE)) {
      for (Path path : paths.toList()) {
        Files.copy(path, copy.resolve(WAREHOUSE.relativize(path).toString()));
      }
    }
    return copy;
  }

  @Test
  void givesTheProbabilitiesThatTheModelGave() throws IOException {
    Path answers = folder.resolve("predictions.jsonl");
    run(
        "evaluate --profile fast --model %s --labels %s --predictions %s",
        EARLIER.resolve("model"), EARLIER.resolve("sentences.jsonl"), answers);
    List<String> lines = Files.readAllLines(answers);
    List<String> expected = Files.readAllLines(EARLIER.resolve("predictions.jsonl"));
    assertThat(lines).hasSameSizeAs(expected);
    ObjectMapper json = new ObjectMapper();
    for (int i = 0; i < lines.size(); i++) {
      JsonNode found = json.readTree(lines.get(i));
      JsonNode before = json.readTree(expected.get(i));
      for (String label : List.of("conciliatory", "neutral", "assertive")) {
        // An exponential may differ in its last bit on another processor.
        assertThat(found.at("/probabilities/" + label).doubleValue())
            .as("%s of %s", label, before)
            .isCloseTo(before.at("/probabilities/" + label).doubleValue(), within(1e-12));
      }
      assertThat(found.get("label")).isEqualTo(before.get("label"));
    }
  }

  private void run(String command, Object... parts) {
    run(ExitStatus.DONE, command, parts);
  }

  private void run(ExitStatus expected, String command, Object... parts) {
    out.reset();
    err.reset();
    int status =
        Main.commandLine(new Terminal(stream(out), stream(err), false, false))
            .execute(command.formatted(parts).split(" "));
    assertThat(status).as(err.toString(UTF_8)).isEqualTo(expected.code());
  }

  private static PrintStream stream(ByteArrayOutputStream out) {
    return new PrintStream(out, true, UTF_8);
  }
}
