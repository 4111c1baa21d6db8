package org.demarche.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.model.Profile;
import org.demarche.model.ScaleModel;
import org.demarche.pipeline.Pipeline;
import org.demarche.pipeline.Stage;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scales;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.Manifest;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Transaction;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the statements of the sample to a file, and from the file filled in to a model. */
class SuggestTest {

  private static final SparkSession SPARK = LocalSpark.session();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SAMPLE = "src/main/resources/org/demarche/demo/";

  @TempDir private static Path warehouse;

  @TempDir private Path folder;

  @BeforeAll
  static void extractTheSample() throws IOException {
    Pipeline.run(
        SPARK, settings(""), List.of(Stage.INGEST, Stage.EXTRACT), false, LocalSpark.silent());
  }

  @Test
  void suggestsDistinctStatementsThatLeadBackToTheirArticles() throws IOException {
    Path out = folder.resolve("deep/to-label.jsonl");

    Suggest.Result result = suggest(task(60, null, List.of(), out));

    List<JsonNode> rows = rows(out);
    assertThat(rows).hasSize(60).hasSize(result.suggested());
    assertThat(result.speakers()).isGreaterThan(20);
    assertThat(rows).extracting(row -> row.get("id").asText()).doesNotHaveDuplicates();
    assertThat(rows).extracting(row -> row.get("text").asText()).doesNotHaveDuplicates();
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.get("label").isNull()).isTrue();
              assertThat(row.get("group").asText()).isNotEmpty();
              assertThat(row.get("published_date").asText()).startsWith("2031-");
              assertThat(row.get("reason").asText())
                  .matches("stance 1?\\.\\d\\d \\w+ / \\.\\d\\d \\w+");
              assertThat(row.get("probabilities")).hasSize(3);
              // The bundled model reads no targets, so the label is of the whole statement.
              assertThat(row.get("target").isNull()).isTrue();
            });
    assertThat(rows).anyMatch(row -> !row.get("speaker").isNull());
  }

  @Test
  void suggestsTheSameHoweverTheStatementsAreSplit() throws IOException {
    Path whole = folder.resolve("whole.jsonl");
    Path split = folder.resolve("split.jsonl");
    suggest(task(40, null, List.of(), whole));
    Path other = folder.resolve("w");
    SPARK
        .read()
        .parquet(warehouse.resolve("statements").toString())
        .repartition(7)
        .sortWithinPartitions("distinct_id")
        .write()
        .parquet(other.resolve("statements").toString());
    try (Transaction transaction =
        Transaction.begin(
            Warehouse.at(SPARK, other.toString()), new Manifest("run", List.of(), "{}"))) {
      StatementTable.markFormat(transaction);
      transaction.commit();
    }

    suggest(settings("warehouse = \"" + other + "\""), task(40, null, List.of(), split));

    assertThat(split).hasSameTextualContentAs(whole);
  }

  @Test
  void asksForStancesTowardsOneTarget() throws IOException {
    Path out = folder.resolve("to-label.jsonl");
    String target = settings("").targets().get(0).id();

    suggest(task(5, target, List.of(), out));

    assertThat(rows(out))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.get("target").asText())
                  .isEqualTo(settings("").targets().get(0).name());
              assertThat(row.get("target_start").asInt()).isLessThan(row.get("target_end").asInt());
            });
    assertThatThrownBy(() -> suggest(task(5, "nobody", List.of(), out)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("There is no target 'nobody'; there are [" + target);
  }

  @Test
  void pointsAtTheTargetAndNotAtTheSpeakerOfTheSameName() throws IOException {
    Path articles = folder.resolve("articles.jsonl");
    Files.writeString(
        articles,
        JSON.createObjectNode().put("text", "KELL - “Orleth must\n  pay,” Orleth said on Friday.")
            + "\n");
    Settings settings =
        Settings.of(
            List.of(
                new Settings.Layer("test", "warehouse = \"" + folder.resolve("w") + "\""),
                new Settings.Layer("test", "articles.paths = [\"" + articles + "\"]"),
                new Settings.Layer(
                    "test", "targets = [{id = orleth, name = Orleth, aliases = []}]")));
    Pipeline.run(SPARK, settings, List.of(Stage.INGEST, Stage.EXTRACT), false, LocalSpark.silent());
    Path out = folder.resolve("to-label.jsonl");

    suggest(settings, task(5, "orleth", List.of(), out));

    JsonNode row = rows(out).get(0);
    assertThat(row.get("text").asText()).isEqualTo("“Orleth must\n  pay,” Orleth said");
    assertThat(row.get("speaker").asText()).isEqualTo("Orleth");
    assertThat(row.get("target_start").asInt()).isEqualTo(1);
    assertThat(row.get("target_end").asInt()).isEqualTo(7);
  }

  @Test
  void isTakenBackByTrainWithSomeRowsStillEmpty() throws IOException {
    Path out = folder.resolve("to-label.jsonl");
    suggest(task(40, null, List.of(), out));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertThatThrownBy(() -> train(out, "none", err))
        .hasMessageContaining(
            "fill in one of [conciliatory, neutral, assertive] in some of the 40 rows")
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING));

    fillIn(out, 30);
    ScaleModel model = train(out, "m", err);

    assertThat(model.metadata().trainingRows()).isEqualTo(30);
    assertThat(model.metadata().usesTargets()).isFalse();
    assertThat(err.toString(UTF_8))
        .startsWith("10 of 40 rows have no label yet and are left out\n")
        .contains("few statements of a label (10 conciliatory, 10 neutral, 10 assertive)");

    // What somebody filled in is not lost to a second call, and is not asked for again.
    assertThatThrownBy(() -> suggest(task(40, null, List.of(), out)))
        .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
        .hasMessageContaining("it holds labels");
    Path next = folder.resolve("next.jsonl");
    suggest(task(40, null, List.of(out), next));
    List<String> labelled =
        rows(out).stream()
            .filter(row -> !row.get("label").isNull())
            .map(row -> row.get("id").asText())
            .toList();
    assertThat(labelled).hasSize(30);
    assertThat(rows(next))
        .hasSize(40)
        .extracting(row -> row.get("id").asText())
        .doesNotContainAnyElementsOf(labelled);
  }

  @Test
  void writesCsvThatTrainTakesBack() throws IOException {
    Path out = folder.resolve("to-label.csv");
    suggest(task(20, null, List.of(), out));
    suggest(task(20, null, List.of(), out)); // nothing is filled in yet: replaced
    String text = Files.readString(out);
    assertThat(text)
        .startsWith("\uFEFFid,text,label,target,target_start,target_end,speaker,outlet,")
        .contains(",reason,p_conciliatory,p_neutral,p_assertive\n");
    // Every second row gets a label: the field behind the text, empty so far, before the target.
    String[] labels = {"neutral", "assertive"};
    List<String> lines = new ArrayList<>(text.lines().toList());
    int filled = 0;
    for (int i = 1; i < lines.size(); i += 2) {
      String line = lines.get(i);
      lines.set(i, line.replaceFirst(",,,,,", "," + labels[filled++ % 2] + ",,,,"));
    }
    Files.write(out, lines);
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    // Labels that were drawn by lot teach nothing, which train says.
    assertThatThrownBy(() -> train(out, "m", err)).satisfies(Thrown.with(ExitStatus.QUALITY_GATE));
    assertThat(err.toString(UTF_8)).startsWith("10 of 20 rows have no label yet");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    Path out = folder.resolve("o.jsonl");
    assertThatThrownBy(
            () ->
                suggest(
                    settings("warehouse = \"" + folder.resolve("no") + "\""),
                    task(5, null, List.of(), out)))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("There is no warehouse at");
    assertThatThrownBy(
            () ->
                suggest(
                    settings("scales.dam.labels = {builds = 1, stops = -1}"),
                    new Suggest.Task("dam", null, 5, null, List.of(), out)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the scale 'dam' has no model");
    assertThat(out).doesNotExist();
    assertThat(Warehouse.at(SPARK, warehouse.toString()).has(StatementTable.TABLE)).isTrue();
  }

  @Test
  void namesTheLabelsBetweenWhichTheModelWavers() {
    LabelDistribution answer = new LabelDistribution(Scales.STANCE, new double[] {.2, .39, .41});

    assertThat(Suggest.reason(answer)).isEqualTo("stance .41 assertive / .39 neutral");
  }

  private static void fillIn(Path file, int rows) throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> labels = Scales.STANCE.labelNames();
    for (JsonNode row : rows(file)) {
      if (lines.size() < rows) {
        String label = labels.get(lines.size() % labels.size());
        // As if the label could be told from the words.
        ((ObjectNode) row)
            .put("label", label)
            .put(
                "text",
                row.get("text").asText()
                    + " It was a most "
                    + label
                    + " word, in truth "
                    + label
                    + ".");
      }
      lines.add(row.toString());
    }
    Files.write(file, lines);
  }

  private ScaleModel train(Path labels, String model, ByteArrayOutputStream err)
      throws IOException {
    Training.Task task =
        new Training.Task(
            new Material(Scales.STANCE, List.of(labels), List.of(), List.of(), 0, List.of(), null),
            new Training.Learner(new TribuoBackend(), null),
            Profile.fast);
    return Training.train(
        task,
        folder.resolve(model),
        null,
        false,
        new Progress(new PrintStream(err, true, UTF_8), false));
  }

  private static Suggest.Task task(int count, String target, List<Path> labels, Path out) {
    return new Suggest.Task("stance", null, count, target, labels, out);
  }

  private static Suggest.Result suggest(Suggest.Task task) throws IOException {
    return suggest(settings(""), task);
  }

  private static Suggest.Result suggest(Settings settings, Suggest.Task task) throws IOException {
    return Suggest.run(
        Warehouse.at(SPARK, settings.warehouse()), task, Suggest.Chooser.of(settings, task));
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  private static Settings settings(String setting) {
    try {
      return Settings.of(
          List.of(
              new Settings.Layer("test", setting),
              new Settings.Layer("test", "warehouse = \"" + warehouse + "\""),
              new Settings.Layer("test", "articles.paths = [\"" + SAMPLE + "articles.jsonl\"]"),
              new Settings.Layer("demo.conf", Files.readString(Path.of(SAMPLE + "demo.conf")))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
