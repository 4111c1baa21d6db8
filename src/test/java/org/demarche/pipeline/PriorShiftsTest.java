package org.demarche.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.files.Storage;
import org.demarche.model.PriorShift;
import org.demarche.model.ScaleModel;
import org.demarche.model.ShiftedModel;
import org.demarche.model.store.ModelStore;
import org.demarche.report.Explain;
import org.demarche.report.ReportData;
import org.demarche.report.ReportReader;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.demarche.training.Examples;
import org.demarche.training.TribuoTrainer;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.SpeakerLabelTable;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample, with threats drawn in so that its labels are shared out as in no training. */
class PriorShiftsTest {

  private static final SparkSession SPARK = LocalSpark.session();
  private static final Path SAMPLE = Path.of("src/main/resources/org/demarche/demo/articles.jsonl");
  private static final int DRAWN_IN = 900;
  private static final int A_TEXT = 30;

  @TempDir private static Path folder;

  private final List<String> said = new ArrayList<>();

  @BeforeAll
  static void makeTheInput() throws IOException {
    List<String> articles = new ArrayList<>(Files.readAllLines(SAMPLE));
    String[] threats = {"accused Orleth of lying", "vowed to strike back", "condemned the attack"};
    for (int i = 0; i < DRAWN_IN / A_TEXT; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < A_TEXT; j++) {
        text.append(
            "Minister Ana Vidal %s over dam %d-%d. ".formatted(threats[j % threats.length], i, j));
      }
      articles.add(
          "{\"id\": \"t%d\", \"date\": \"2031-05-%02d\", \"text\": \"%s\"}"
              .formatted(i, 1 + i, text));
    }
    Files.write(folder.resolve("articles.jsonl"), articles);
    List<LabelledStatement> stance = Examples.stance();
    TribuoTrainer trainer = TribuoTrainer.of("linear-svc");
    ModelStore.save(Examples.train(stance, Scales.STANCE, trainer), folder.resolve("stance.model"));
    Map<String, String> renamed =
        Map.of("conciliatory", "positive", "neutral", "neutral", "assertive", "negative");
    ModelStore.save(
        Examples.train(
            stance.stream()
                .map(
                    row ->
                        new LabelledStatement(
                            row.id(), row.group(), row.passage(), renamed.get(row.label())))
                .toList(),
            Scales.SENTIMENT,
            trainer),
        folder.resolve("sentiment.model"));
    Pipeline.run(
        SPARK,
        settings("extracted", ""),
        List.of(Stage.INGEST, Stage.EXTRACT),
        false,
        LocalSpark.silent());
  }

  @Test
  void adjustsToTheSharesThatItEstimates() throws IOException {
    run("auto", "score.prior = auto");
    assertThat(said)
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "prior stance: conciliatory \\.\\d\\d, neutral \\.\\d\\d, assertive \\.\\d\\d"
                            + " \\(trained on .*\\), estimated from [\\d,]+ statements"));
    assertThat(said).anyMatch(line -> line.contains("estimated on scale stance are far from"));
    assertThat(manifest("auto").path("warnings").toString()).contains("are far from");
    JsonNode prior = manifest("auto").path("priors").path("stance");
    assertThat(prior.path("statements").asInt()).isGreaterThan(DRAWN_IN);
    assertThat(prior.path("scored").path("assertive").asDouble())
        .isGreaterThan(prior.path("trained").path("assertive").asDouble() + 0.1);
    assertThat(column("auto", StatementScoreTable.TABLE, "scale = 'stance'", "model_id"))
        .containsOnly(manifest("auto").path("models").path("stance").asText())
        .doesNotContain(
            Models.load(settings("auto", ""), Storage.ofProcess()).byScale().get("stance").id());

    // A page tints sentences by the models as they scored.
    assertThat(
            ReportReader.data(
                    Warehouse.at(SPARK, folder.resolve("auto").toString()), settings("auto", ""))
                .tintings())
        .hasSize(2)
        .allMatch(ReportData.Tinting::drawn);

    List<String> scores = rows("auto", SpeakerScoreTable.TABLE);
    List<String> labels = rows("auto", SpeakerLabelTable.TABLE);
    run("auto", "score.prior = auto");
    assertThat(rows("auto", SpeakerScoreTable.TABLE)).isEqualTo(scores);
    assertThat(rows("auto", SpeakerLabelTable.TABLE)).isEqualTo(labels);

    // Aggregating alone takes the adjustment from where the scores have it.
    run("auto", "", Stage.AGGREGATE);
    assertThat(rows("auto", SpeakerScoreTable.TABLE)).isEqualTo(scores);
    String id = column("auto", StatementScoreTable.TABLE, "true", "statement_id").get(0);
    assertThat(
            Explain.statement(
                Warehouse.at(SPARK, folder.resolve("auto").toString()),
                settings("auto", ""),
                id,
                false))
        .isNotEmpty();

    // And scoring without it goes back to the answers as they are.
    run("auto", "");
    run("none", "");
    assertThat(rows("auto", SpeakerScoreTable.TABLE))
        .isEqualTo(rows("none", SpeakerScoreTable.TABLE))
        .isNotEqualTo(scores);
  }

  @Test
  void adjustsToTheSharesOfAFile() throws IOException {
    Path shares = folder.resolve("shares.json");
    Files.writeString(
        shares, "{\"stance\": {\"conciliatory\": 0.8, \"neutral\": 0.1, \"assertive\": 0.1}}");
    run("file", "");
    double plain = mean("file");
    // Until they are made anew, the speaker scores are those of other statement scores.
    assertThat(said).noneMatch(line -> line.contains("demarche aggregate"));
    // The labels drift as the file wants.
    run("file", "score.prior = \"" + shares + "\"\ngates.label-drift = 1", Stage.SCORE);
    assertThat(said).filteredOn(line -> line.contains("demarche aggregate")).hasSize(1);
    run("file", "", Stage.AGGREGATE);
    assertThat(said).filteredOn(line -> line.contains("demarche aggregate")).hasSize(1);
    assertThat(mean("file")).isGreaterThan(plain + 0.05);
    assertThat(said)
        .contains("prior sentiment: answers are not adjusted, since " + shares + " has no shares");
    List<String> scores = rows("file", SpeakerScoreTable.TABLE);
    run("file", "score.prior = \"" + shares + "\"");
    assertThat(rows("file", SpeakerScoreTable.TABLE)).isEqualTo(scores);
  }

  @Test
  void saysThatTheSharesHaveDriftedWhereItIsNotAsked() throws IOException {
    run("drift", "");
    assertThat(said)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        "The label shares on scale stance have drifted: the model was trained on ")
                    .contains("--prior auto"));
    assertThat(manifest("drift").path("warnings").toString()).contains("scale stance");
    // Nothing was scored the second time, so nothing is said.
    said.clear();
    run("drift", "");
    assertThat(said).noneMatch(line -> line.contains("drifted"));
  }

  @Test
  void tellsOfAFaultyFileBeforeAnythingRuns() throws IOException {
    Path shares = folder.resolve("faulty.json");
    Files.writeString(shares, "{\"stance\": {\"conciliatory\": 0.8, \"neutral\": 0.1}}");
    assertThatThrownBy(() -> run("faulty", "score.prior = \"" + shares + "\""))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'stance.assertive' is required");
    Files.writeString(
        shares,
        "{\"stance\": {\"conciliatory\": 0.8, \"neutral\": 0.1, \"assertive\": 0.1,"
            + " \"angry\": 0.1}, \"mood\": {}}");
    assertThatThrownBy(() -> run("faulty", "score.prior = \"" + shares + "\""))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'mood' is not a scale; there are sentiment, stance")
        .hasMessageContaining("'stance.angry' is not a label of the scale; it has conciliatory");
    assertThatThrownBy(() -> run("faulty", "score.prior = no-such.json"))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("There is no file no-such.json");
    assertThat(folder.resolve("faulty/statement_scores")).doesNotExist();
    assertThat(PreflightCheck.run(settings("faulty", "score.prior = no-such.json")).lines())
        .anyMatch(line -> line.startsWith("score.prior") && line.contains("no-such.json"));
  }

  @Test
  void readsTheFeaturesOfAPassageOnceAsWithoutAdjustment() throws IOException {
    Models models = Models.load(settings("any", ""), Storage.ofProcess());
    TreeMap<String, ScaleModel> shifted = new TreeMap<>();
    models
        .byScale()
        .forEach(
            (name, model) ->
                shifted.put(
                    name,
                    new ShiftedModel(
                        model,
                        new PriorShift(
                            model.scale(),
                            PriorShift.trainedShares(model),
                            new double[] {0.2, 0.3, 0.5}),
                        new double[3][3])));
    Passage passage = Passage.of("The minister accused Orleth of lying.");
    List<LabelDistribution> read = new Models(shifted).new Reader().read(passage);
    assertThat(read)
        .isEqualTo(shifted.values().stream().map(model -> model.predict(passage)).toList())
        .isNotEqualTo(models.new Reader().read(passage));
  }

  private double mean(String warehouse) {
    return SPARK
        .read()
        .parquet(folder.resolve(warehouse + "/statement_scores").toString())
        .where("scale = 'stance' AND target_id = 'all'")
        .selectExpr("avg(position)")
        .first()
        .getDouble(0);
  }

  private void run(String warehouse, String setting, Stage... stages) throws IOException {
    if (!Files.exists(folder.resolve(warehouse))) {
      FileUtils.copyDirectory(
          folder.resolve("extracted").toFile(), folder.resolve(warehouse).toFile());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Progress progress = new Progress(new PrintStream(out, true, UTF_8), false)) {
      Pipeline.run(
          SPARK,
          settings(warehouse, setting),
          stages.length == 0 ? List.of(Stage.SCORE, Stage.AGGREGATE) : Arrays.asList(stages),
          false,
          progress);
    }
    said.addAll(out.toString(UTF_8).lines().toList());
  }

  private static Settings settings(String warehouse, String setting) {
    return Settings.of(
        List.of(
            new Settings.Layer("test", setting),
            new Settings.Layer(
                "test",
                """
                warehouse = "%1$s/%2$s"
                articles.paths = ["%1$s/articles.jsonl"]
                aggregate.windows = [all]
                scales.stance.model = "%1$s/stance.model"
                scales.sentiment.model = "%1$s/sentiment.model"
                """
                    .formatted(folder, warehouse))));
  }

  private static JsonNode manifest(String warehouse) throws IOException {
    // The first run is the one that extracted.
    try (var runs = Files.list(folder.resolve(warehouse).resolve("_runs"))) {
      Path second = runs.sorted().skip(1).findFirst().orElseThrow();
      return new ObjectMapper().readTree(second.resolve("manifest.json").toFile());
    }
  }

  private static List<String> rows(String warehouse, Table<?> table) throws IOException {
    return Warehouse.at(SPARK, folder.resolve(warehouse).toString())
        .read(table)
        .drop("run_id")
        .collectAsList()
        .stream()
        .map(Object::toString)
        .sorted()
        .toList();
  }

  private static List<String> column(String warehouse, Table<?> table, String where, String column)
      throws IOException {
    return Warehouse.at(SPARK, folder.resolve(warehouse).toString())
        .read(table)
        .where(where)
        .select(column)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
