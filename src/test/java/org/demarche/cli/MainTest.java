package org.demarche.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.demarche.stance.LabelledStatement;
import org.demarche.training.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user types, and what comes back: messages and exit status. No Spark is started here. */
class MainTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void namesTheCommandThatASlipMeant() {
    assertThat(run("exprt")).isEqualTo(2);
    assertThat(err())
        .startsWith("demarche: there is no command 'exprt'; did you mean export?\n")
        .contains("the commands are demo, run, ingest")
        .contains("see: demarche --help");
  }

  @Test
  void namesTheCommandsWhereNoneIsNear() {
    assertThat(run("frobnicate", "--x")).isEqualTo(2);
    assertThat(err())
        .startsWith("demarche: there is no command 'frobnicate'\n")
        .contains("the commands are demo, run, ingest");
  }

  @Test
  void wantsACommand() {
    assertThat(run()).isEqualTo(2);
    assertThat(err()).startsWith("demarche: Missing required subcommand\n");
  }

  @Test
  void saysWhichOptionIsMissing() {
    assertThat(run("train", "--scale", "stance", "--model", "m")).isEqualTo(2);
    assertThat(err())
        .startsWith("demarche train: Missing required option: '--labels=FILE")
        .contains("see: demarche train --help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "run",
        "ingest",
        "extract",
        "score",
        "aggregate",
        "suggest",
        "train",
        "adapt",
        "evaluate",
        "compare",
        "explain",
        "report",
        "publish",
        "export",
        "check"
      })
  void everyCommandHasHelpWithAnExample(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out()).contains("Example", "demarche " + command + " ");
    assertThat(err()).isEmpty();
  }

  @Test
  void examplesOfTheHelpCanBePasted() {
    Main.commandLine(new Terminal(System.out, System.err, false, false))
        .getSubcommands()
        .forEach(
            (name, command) ->
                assertThat(command.getCommandSpec().usageMessage().footer())
                    .filteredOn(line -> line.startsWith("  "))
                    .as(name)
                    .allMatch(line -> line.length() < 80));
  }

  @Test
  void saysThatItWasInterrupted() {
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false, false);
    Main.interrupted("demarche run", terminal);
    assertThat(err()).startsWith("demarche run: interrupted. No table ").hasLineCount(1);
  }

  @Test
  void tellsMonitoringOfARunThatHasNothingToRead() {
    Path prometheus = folder.resolve("demarche.prom");
    int status =
        run(
            "run",
            "--articles",
            folder.resolve("none").toString(),
            "--warehouse",
            folder.resolve("w").toString(),
            "--set",
            "metrics.prometheus=" + prometheus);
    assertThat(status).isEqualTo(3);
    assertThat(prometheus).content().containsPattern("demarche_run_exit_status\\{[^}]*} 3\n");
    assertThat(folder.resolve("w")).doesNotExist();
  }

  @Test
  void refusesToAcceptAGateThatDoesNotExist() {
    assertThat(run("run", "--articles", "in", "--warehouse", "w", "--accept", "drift"))
        .isEqualTo(2);
    assertThat(err()).contains("'gates.accept' may hold corrected-share, ", "but has 'drift'");
  }

  @Test
  void saysItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out()).matches("demarche \\d+\\.\\d+\\.\\d+.*\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "extract",
        "report --out r.html",
        "export --table t --out o.csv",
        "suggest --scale stance --out o",
        "adapt --model stance"
      })
  void wantsAWarehouse(String command) {
    assertThat(run(command.split(" "))).isEqualTo(2);
    assertThat(err()).contains("'warehouse' is required: give --warehouse DIR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"C:\\news", "\\\\host\\news"})
  void namesAPathOfWindows(String path) {
    assertThat(run("ingest", "--articles", path, "--warehouse", "w")).isEqualTo(2);
    assertThat(err()).contains("'articles.paths' has the Windows path '" + path).hasLineCount(1);
    assertThat(run("extract", "--warehouse", path)).isEqualTo(2);
    assertThat(err()).contains("'warehouse.folder' has the Windows path '" + path);
  }

  @Test
  void namesAnEmptyPath() {
    assertThat(run("ingest", "--articles", "", "--warehouse", "w")).isEqualTo(2);
    assertThat(err()).contains("'articles.paths' must name a file or folder").hasLineCount(1);
    assertThat(run("extract", "--warehouse", " ")).isEqualTo(2);
    assertThat(err()).contains("'warehouse.folder' must name a file or folder");
  }

  @Test
  void refusesAConfigurationThatIncludesAnother() throws IOException {
    Path conf = Files.writeString(folder.resolve("a.conf"), "include \"targets.conf\"\n");
    assertThat(run("check", "--config", conf.toString())).isEqualTo(2);
    assertThat(err()).contains("'include \"targets.conf\"' is not possible here").hasLineCount(1);
  }

  @Test
  void takesAPathWithALineEndInItsName() {
    assertThat(run("ingest", "--articles", "new\nline \"x\".txt", "--warehouse", "w")).isEqualTo(3);
    assertThat(err()).contains("There are no articles at 'new\nline \"x\".txt'");
  }

  @Test
  void namesAFileWhereTheWarehouseShouldBe() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "kept");
    assertThat(run("extract", "--warehouse", file.toString())).isEqualTo(3);
    assertThat(err()).contains("There is no warehouse at " + file).hasLineCount(1);
  }

  @Test
  void tellsTheFormOfAnExportByItsName() {
    assertThat(run("export", "--warehouse", "w", "--table", "speakers", "--out", "x.tsv"))
        .isEqualTo(2);
    assertThat(err()).contains("end it in .csv or .jsonl, or give --format").hasLineCount(1);
  }

  @Test
  void exportsNothingIntoTheWarehouse() {
    String warehouse = folder.toString();
    String out = folder.resolve("articles/x.jsonl").toString();
    assertThat(run("export", "--warehouse", warehouse, "--table", "articles", "--out", out))
        .isEqualTo(6);
    assertThat(err()).contains("Cannot write " + out + ": it is inside the warehouse");
  }

  @Test
  void refusesTheFolderOfTheArticlesAsTheWarehouse() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "It rained.");
    String articles = folder + "/../" + folder.getFileName() + "/";
    for (String command : List.of("run", "check")) {
      assertThat(run(command, "--articles", articles, "--warehouse", folder.toString()))
          .isEqualTo(2);
      assertThat(out() + err()).contains("cannot be the warehouse too");
    }
    assertThat(folder).isDirectoryContaining("glob:**a.txt");
    assertThat(folder.resolve("_runs")).doesNotExist();
  }

  @Test
  void saysBeforeSparkStartsThatAnotherRunIsWriting() throws IOException {
    Path articles = Files.writeString(folder.resolve("a.txt"), "It rained.");
    Path warehouse = Files.createDirectory(folder.resolve("w"));
    Files.writeString(warehouse.resolve("_lock"), "another-machine 1 1800000000000 r\n");
    assertThat(
            run("ingest", "--articles", articles.toString(), "--warehouse", warehouse.toString()))
        .isEqualTo(6);
    assertThat(err())
        .isEqualTo(
            "demarche ingest: Another run (process 1 on another-machine, started 2027-01-15 08:00 UTC) is writing to the warehouse %s: wait until it ends, or remove %s if it is no longer running\n"
                .formatted(warehouse, warehouse.resolve("_lock")));
  }

  @Test
  void reportsEveryFaultOfTheConfigurationWithItsPlace() throws IOException {
    Path conf = folder.resolve("my.conf");
    Files.writeString(conf, "aggregate.low-n = 0\narticels { }\n");
    assertThat(run("check", "--config", conf.toString())).isEqualTo(2);
    assertThat(err())
        .contains("Configuration has 2 faults")
        .contains("'aggregate.low-n' must be in [1, 1000000], but was 0 (" + conf + ", line 1)")
        .contains("'articels' is not a setting");
  }

  @Test
  void tellsAProgramInJsonWhyACommandFailed() throws IOException {
    Path missing = folder.resolve("missing.jsonl");
    Path warehouse = folder.resolve("w");
    assertThat(
            run(
                "run",
                "--articles",
                missing.toString(),
                "--warehouse",
                warehouse.toString(),
                "--json"))
        .isEqualTo(3);
    JsonNode json = new ObjectMapper().readTree(out());
    assertThat(out()).hasLineCount(1);
    assertThat(json.path("status").asText()).isEqualTo("failed");
    assertThat(json.path("exit_code").asInt()).isEqualTo(3);
    assertThat(json.path("message").asText()).contains("missing.jsonl");
    assertThat(err()).startsWith("demarche run: " + json.path("message").asText());
  }

  @Test
  void tellsAProgramInJsonWhichGatesFailed() throws IOException {
    Path articles = Files.writeString(folder.resolve("a.jsonl"), "{\"text\"\n");
    Path warehouse = folder.resolve("w");
    assertThat(
            run(
                "ingest",
                "--articles",
                articles.toString(),
                "--warehouse",
                warehouse.toString(),
                "--json"))
        .isEqualTo(4);
    JsonNode json = new ObjectMapper().readTree(out());
    assertThat(json.path("exit_code").asInt()).isEqualTo(4);
    assertThat(json.at("/gates/0/gate").asText()).isEqualTo("rejected-share");
    assertThat(json.at("/gates/0/figure").asDouble()).isEqualTo(1);
  }

  @Test
  void namesTheFileOfAFaultOfSyntaxOnce() throws IOException {
    Path conf = Files.writeString(folder.resolve("bad.conf"), "a = [1\nb = 2\n");
    assertThat(run("check", "--config", conf.toString())).isEqualTo(2);
    assertThat(err()).containsOnlyOnce("bad.conf").hasLineCount(1);
    Files.writeString(conf, "aggregate {\n low-n = 3\n");
    assertThat(run("check", "--config", conf.toString())).isEqualTo(2);
    assertThat(err()).contains("bad.conf: 3: a closing brace } is missing").hasLineCount(1);
  }

  @Test
  void checkEndsAsARunWouldWithoutInputAndOutput() {
    assertThat(run("check")).isEqualTo(2);
    assertThat(out())
        .contains("MISSING: not set, give --warehouse", "MISSING: not set, give --articles");
  }

  @Test
  void checksWhatItCanAndMarksWhatIsMissing() {
    assertThat(
            run(
                "check",
                "--articles",
                "no-such-folder",
                "--warehouse",
                "w",
                "--set",
                "scales.sentiment.model=no-such-model"))
        .isEqualTo(3);
    assertThat(err()).isEmpty();
    assertThat(out().lines())
        .hasSize(8)
        .contains("configuration  valid", "warehouse      w", "targets        0")
        .anyMatch(line -> line.startsWith("extract.model  bundled, model "))
        .anyMatch(line -> line.startsWith("articles       MISSING: There are no articles at"))
        .anyMatch(line -> line.startsWith("stance         model "))
        .anyMatch(line -> line.startsWith("sentiment      MISSING: ") && line.contains("no-such"));
  }

  @Test
  void checksTheExampleOfAConfiguration() {
    assertThat(run("check", "--config", "conf/demarche.conf", "--articles", "pom.xml")).isZero();
    assertThat(out()).contains("targets        2", "speakers       2 in the speaker directory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report --warehouse w --out",
        "publish --warehouse w --duckdb",
        "export --warehouse w --table speakers --format csv --out",
        "suggest --warehouse w --scale stance --out",
        "run --warehouse w --articles a --json",
        "evaluate --model stance --labels l --json",
        "evaluate --model stance --labels l --predictions",
        "compare --scale stance --labels l --json",
        "compare --scale stance --labels l --html"
      })
  void replacesNoFileOfAnotherKind(String command) throws IOException {
    for (String content :
        List.of("{\"text\": \"x\"}", "text,label", "{\"label\":\"x\"}", "<!doctype html>")) {
      Path file = Files.writeString(folder.resolve("a"), content);
      assertThat(run((command + " " + file).split(" "))).as(content).isEqualTo(6);
      assertThat(err()).contains("Cannot write " + file + ": it does not hold").hasLineCount(1);
      assertThat(file).hasContent(content);
    }
  }

  @Test
  void replacesAnEvaluationAndItsPredictions() throws IOException {
    String labels = labels().toString();
    String figures = folder.resolve("figures.json").toString();
    String answers = folder.resolve("answers.jsonl").toString();
    List<String> evaluate = List.of("evaluate", "--model", "stance", "--labels", labels);
    for (int time = 0; time < 2; time++) {
      List<String> command = new ArrayList<>(evaluate);
      command.addAll(List.of("--json", figures, "--predictions", answers));
      assertThat(run(command.toArray(String[]::new))).as(err()).isZero();
    }
    List<String> command = new ArrayList<>(evaluate);
    command.addAll(List.of("--json", answers));
    assertThat(run(command.toArray(String[]::new))).isEqualTo(6);
    assertThat(err()).contains("it does not hold an evaluation");
  }

  @Test
  void saysWhatCannotBeLearntFrom() throws IOException {
    Path labels = folder.resolve("one.csv");
    Files.writeString(labels, "text,label\nYes to talks.,neutral\nIt rained.,neutral\n");
    assertThat(run("evaluate", "--cross-validate", "2", "--labels", labels.toString()))
        .isEqualTo(3);
    assertThat(err())
        .startsWith("demarche evaluate: it takes two labels or more to learn from")
        .contains("2 rows", "[neutral]");
    Files.writeString(labels, "text,label\nYes to talks.,neutral\nNever.,assertive\n");
    assertThat(run("evaluate", "--cross-validate", "9", "--labels", labels.toString()))
        .isEqualTo(2);
    assertThat(err()).contains("the number of folds must be from 2 to 2");
    String model = folder.resolve("m").toString();
    assertThat(run("train", "--scale", "stance", "--labels", labels.toString(), "--model", model))
        .isEqualTo(3);
    assertThat(err())
        .isEqualTo(
            "demarche train: 2 different statements are too few to judge a model: label at least 5\n");
  }

  @Test
  void replacesNoFolderOfAnotherKindByAModel() throws IOException {
    Files.writeString(folder.resolve("kept"), "x");
    assertThat(
            run(
                "train",
                "--scale",
                "stance",
                "--labels",
                "none",
                "--replace",
                "--model",
                folder.toString()))
        .isEqualTo(6);
    assertThat(err()).contains("holds something other than a model").hasLineCount(1);
  }

  @Test
  void saysWhatCannotBeSuggested() {
    String out = folder.resolve("o.csv").toString();
    assertThat(
            run("suggest", "--warehouse", "w", "--scale", "stance", "--count", "0", "--out", out))
        .isEqualTo(2);
    assertThat(err()).contains("--count must be 1 or more, but is 0").hasLineCount(1);
    assertThat(run("suggest", "--warehouse", "w", "--scale", "dam", "--out", out)).isEqualTo(2);
    assertThat(err()).contains("There is no scale 'dam'").hasLineCount(1);
    assertThat(
            run(
                "suggest",
                "--warehouse",
                "w",
                "--scale",
                "stance",
                "--model",
                "sentiment",
                "--out",
                out))
        .isEqualTo(5);
    assertThat(err()).contains("The model sentiment is of the scale 'sentiment'").hasLineCount(1);
  }

  @Test
  void trainCountsTheRowsThatAreNotLabelledYet() throws IOException {
    List<String> lines = new ArrayList<>();
    for (LabelledStatement row : Examples.stance()) {
      lines.add(
          "{\"id\":\"%s\",\"group\":\"%s\",\"text\":\"%s\",\"label\":\"%s\"}"
              .formatted(row.id(), row.group(), row.passage().text(), row.label()));
    }
    lines.add("{\"id\":\"u\",\"text\":\"We shall see.\",\"label\":null}");
    Path labels = Files.write(folder.resolve("half.jsonl"), lines);
    String model = folder.resolve("m").toString();
    assertThat(run("train", "--scale", "stance", "--labels", labels.toString(), "--model", model))
        .isZero();
    assertThat(err())
        .startsWith("1 of 61 rows have no label yet and are left out\n")
        .contains("few statements of a label (20 conciliatory, 15 neutral, 25 assertive)");
    Path none = Files.write(folder.resolve("none.jsonl"), lines.subList(60, 61));
    assertThat(
            run(
                "train",
                "--scale",
                "stance",
                "--labels",
                none.toString(),
                "--model",
                model,
                "--replace"))
        .isEqualTo(3);
    assertThat(err()).contains("none.jsonl", "in some of the 1 rows").hasLineCount(1);
  }

  @Test
  void refusesWhatIsEmpty() {
    assertThat(run("explain", "--text", "x", "--json")).isEqualTo(2);
    assertThat(run("explain", "--text", " ")).isEqualTo(2);
    assertThat(err()).contains("--text is empty");
    assertThat(run("check", "--set", "aggregate.windows=[]")).isEqualTo(2);
    assertThat(err()).contains("aggregate.windows", "must hold one or more of all, year");
  }

  @Test
  void saysThatAModelIsDamagedWithoutTheWordsOfALibrary() throws IOException {
    Files.writeString(folder.resolve("model.json"), "{\n \"id\": ");
    Files.writeString(folder.resolve("weights.bin"), "x");
    Files.writeString(folder.resolve("MODEL_CARD.md"), "x");
    assertThat(run("explain", "--text", "x", "--model", folder.toString())).isEqualTo(5);
    assertThat(err())
        .contains("model.json is not JSON: it is damaged or cut at line 2", "train it again")
        .doesNotContain("jackson", "Source");
  }

  @Test
  void refusesASettingWithoutAValue() {
    assertThat(run("check", "--set", "warehouse")).isEqualTo(2);
    assertThat(err()).contains("--set needs KEY=VALUE, but was 'warehouse'");
  }

  @Test
  void saysThatAConfigurationIsMissingOrNoFile() {
    assertThat(run("check", "--config", folder.resolve("no.conf").toString())).isEqualTo(3);
    assertThat(err()).contains("There is no file " + folder.resolve("no.conf"));
    assertThat(run("check", "--config", folder.toString())).isEqualTo(3);
    assertThat(err()).contains("The file " + folder + " cannot be read");
  }

  @Test
  void printsNoControlCharacterOfAFaultyInput() throws IOException {
    Path labels = folder.resolve("noise.jsonl");
    Files.writeString(labels, "{\"id\u001b]0;owned\u0007\u0000\n");
    assertThat(
            run("train", "--scale", "stance", "--labels", labels.toString(), "--model", "no-model"))
        .isEqualTo(3);
    assertThat(err()).contains("noise.jsonl:1").doesNotContain("\u001b", "\u0007", "\u0000");
    assertThat(Path.of("no-model")).doesNotExist();
  }

  @Test
  void explainsATextWithoutSpark() {
    assertThat(run("explain", "--text", "The minister accused Orleth of \u001b[31mlying."))
        .isZero();
    assertThat(out())
        .startsWith("stance: assertive ")
        .contains("    The minister accused Orleth of ", "+++ for assertive", "  score ")
        .doesNotContain("\u001b");
  }

  @Test
  void saysThatThereIsNoSuchModelOrAlgorithm() throws IOException {
    assertThat(run("explain", "--text", "x", "--model", "nowhere")).isEqualTo(5);
    assertThat(err())
        .contains("There is no model at nowhere", "demarche train", "stance or sentiment")
        .hasLineCount(1);
    Path labels = labels();
    assertThat(
            run(
                "evaluate",
                "--cross-validate",
                "2",
                "--labels",
                labels.toString(),
                "--algorithm",
                "magic"))
        .isEqualTo(2);
    assertThat(err()).contains("Backend tribuo has no algorithm 'magic'; it has linear-svc");
  }

  @Test
  void evaluatesABundledModelAndSaysOnlyWhichLabelNoRowHas() throws IOException {
    assertThat(run("evaluate", "--model", "stance", "--labels", labels().toString())).isZero();
    assertThat(out()).startsWith("rows ").contains("macro-F1");
    assertThat(err()).isEqualTo("no row is labelled conciliatory: the figures do not cover it\n");
  }

  @Test
  void tellsMissingArticlesAndModelsBeforeAnythingStarts() throws IOException {
    String warehouse = folder.resolve("w").toString();
    assertThat(run("run", "--warehouse", warehouse)).isEqualTo(2);
    assertThat(err()).contains("'articles.paths' is required: give --articles PATH");
    assertThat(run("run", "--warehouse", warehouse, "--articles", "no-such-news")).isEqualTo(3);
    assertThat(err()).contains("There are no articles at 'no-such-news'").hasLineCount(1);
    String labels = labels().toString();
    assertThat(
            run(
                "run",
                "--warehouse",
                warehouse,
                "--articles",
                labels,
                "--set",
                "scales.stance.model=no-such-model"))
        .isEqualTo(5);
    assertThat(err()).contains("no-such-model").hasLineCount(1);
    assertThat(Path.of(warehouse)).doesNotExist();
  }

  @Test
  void saysWhatTheInputLacks() {
    assertThat(run("evaluate", "--model", "stance", "--labels", "no-such.jsonl")).isEqualTo(3);
    assertThat(err()).contains("no-such.jsonl: no such file of labelled statements");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report --warehouse w --out %s",
        "export --warehouse w --format csv --table articles --out %s",
        "publish --warehouse w --duckdb %s",
        "suggest --warehouse w --scale stance --out %s",
        "compare --scale stance --labels l --json %s",
        "evaluate --model stance --labels l --json %s",
        "evaluate --model stance --labels l --predictions %s",
        "train --scale stance --labels l --model %s",
        "train --scale stance --labels l --profile accurate --model m --fast-model %s",
        "adapt --model stance --warehouse w --out %s",
        "demo --out %s"
      })
  void namesAnOutputThatCannotBeWritten(String command) throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "kept");
    Path out = file.resolve("below/a-file");
    assertThat(run(command.formatted(out).split(" "))).isEqualTo(6);
    assertThat(err()).contains("Cannot write ", out.toString()).hasLineCount(1);
    assertThat(file).hasContent("kept");
  }

  @Test
  void namesADatabaseThatCannotBeReachedWithoutItsPassword() throws IOException {
    assertThat(run("publish", "--warehouse", "w", "--jdbc", "jdbc:nothing:x?password=secret"))
        .isEqualTo(2);
    assertThat(err())
        .contains("--jdbc must be the address of a PostgreSQL database")
        .doesNotContain("secret");
    String closed = "jdbc:postgresql://127.0.0.1:1/press?password=secret";
    Files.createDirectories(folder.resolve("speaker_scores"));
    assertThat(run("publish", "--warehouse", folder.toString(), "--jdbc", closed)).isEqualTo(6);
    assertThat(err())
        .startsWith("demarche publish: Cannot write to jdbc:postgresql://127.0.0.1:1/press: ")
        .contains("refused")
        .doesNotContain("secret")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report --warehouse %s --out r.html",
        "export --warehouse %s --table speakers --out s.csv",
        "explain --warehouse %s --speaker Vidal",
        "explain --warehouse %s --statement 1c",
        "suggest --warehouse %s --scale stance --out s.csv",
        "publish --warehouse %s --jdbc jdbc:postgresql://127.0.0.1:1/press"
      })
  void looksForTheWarehouseBeforeSparkStarts(String command) {
    Path missing = folder.resolve("missing");
    // A master that no Spark could start on: whoever opens a session fails otherwise.
    System.setProperty("spark.master", "none");
    try {
      assertThat(run(command.formatted(missing).split(" "))).isEqualTo(3);
      assertThat(err()).endsWith(": There is no warehouse at " + missing + ": no such folder\n");
      assertThat(err()).hasLineCount(1);
      assertThat(run(command.formatted(folder).split(" "))).isEqualTo(3);
      assertThat(err()).contains("The warehouse " + folder + " has no table ").hasLineCount(1);
    } finally {
      System.clearProperty("spark.master");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--speakers 0",
        "--speakers many",
        "--speakers -3",
        "--sentences 1.5",
        "--sentences -1",
        "--sentences 99999999999"
      })
  void refusesAnExtentThatIsNoNumber(String extent) {
    String[] option = extent.split(" ");
    assertThat(run("report", "--warehouse", "w", "--out", "r.html", option[0] + "=" + option[1]))
        .isEqualTo(2);
    assertThat(err().lines().findFirst().orElseThrow())
        .startsWith("demarche report: Invalid value for option '" + option[0] + "'")
        .contains("it needs a whole number from ", "or all, but was '" + option[1] + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--speakers=1", "--speakers=all", "--sentences=0", "--sentences=all"})
  void takesANumberOrAllForTheExtent(String extent) {
    String missing = folder.resolve("missing").toString();
    assertThat(run("report", "--warehouse", missing, "--out", "r.html", extent)).isEqualTo(3);
  }

  @Test
  void refusesAFolderForAFile() {
    assertThat(run("report", "--warehouse", "w", "--out", folder.toString())).isEqualTo(6);
    assertThat(err()).isEqualTo("demarche report: Cannot write " + folder + ": it is a folder\n");
  }

  private Path labels() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      lines.add(
          "{\"id\":\"a%d\",\"text\":\"We accuse them.\",\"label\":\"assertive\"}".formatted(i));
      lines.add(
          "{\"id\":\"n%d\",\"text\":\"It met on Monday.\",\"label\":\"neutral\"}".formatted(i));
    }
    Path file = folder.resolve("labels.jsonl");
    Files.write(file, lines);
    return file;
  }

  private int run(String... args) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false, false);
    return Main.commandLine(terminal).execute(args);
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private String err() {
    return err.toString(UTF_8);
  }
}
