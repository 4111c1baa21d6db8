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
import org.demarche.warehouse.GoldenText;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Tables;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void reportsExportsAndExplains() throws IOException {
    Path page = folder.resolve("report.html");
    run("report --warehouse %s --out %s", WAREHOUSE, page);
    assertThat(page).content().contains("Ana Vidal", "Tobias Renner", "We thank our neighbours");

    Path rows = folder.resolve("statements.jsonl");
    run("export --warehouse %s --table statements --out %s", WAREHOUSE, rows);
    assertThat(Files.readAllLines(rows)).hasSize(15);

    run("explain --warehouse %s --statement 4b1ff4cd", WAREHOUSE);
    assertThat(out.toString(UTF_8))
        .startsWith("statement 4b1ff4cd801aafb1960e in article post-1")
        .contains("We will not accept the dam", "stance towards dam: assertive 0.55");
  }

  @Test
  void takesAFurtherArticleIn() throws IOException {
    Path copy = folder.resolve("warehouse");
    try (Stream<Path> paths = Files.walk(WAREHOUSE)) {
      for (Path path : paths.toList()) {
        Files.copy(path, copy.resolve(WAREHOUSE.relativize(path).toString()));
      }
    }
    run("run --warehouse %s --articles %s", copy, EARLIER.resolve("more.jsonl"));
    assertThat(out.toString(UTF_8)).contains("1 articles", "1 statements");

    Path rows = folder.resolve("articles.csv");
    run("export --warehouse %s --table articles --out %s", copy, rows);
    assertThat(rows).content().contains("post-1", "post-5");
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
    out.reset();
    err.reset();
    int status =
        Main.commandLine(new Terminal(stream(out), stream(err), false, false))
            .execute(command.formatted(parts).split(" "));
    assertThat(status).as(err.toString(UTF_8)).isZero();
  }

  private static PrintStream stream(ByteArrayOutputStream out) {
    return new PrintStream(out, true, UTF_8);
  }
}
