package org.demarche.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.demarche.config.Settings;
import org.demarche.pipeline.Pipeline;
import org.demarche.pipeline.Stage;
import org.demarche.stance.LabelledStatement;
import org.demarche.training.Examples;
import org.demarche.warehouse.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training, judging and adapting small models, as a user types it. */
class ModelCommandsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEMO = "src/main/resources/org/demarche/demo/";

  /** What the first test trained is what the others ask. */
  @TempDir private static Path shared;

  private static Path labels;
  private static Path accurate;
  private static Path fast;
  private static String trained;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    labels = shared.resolve("labels.jsonl");
    List<String> lines = new ArrayList<>();
    for (LabelledStatement row : Examples.stance()) {
      lines.add(
          JSON.createObjectNode()
              .put("id", row.id())
              .put("group", row.group())
              .put("text", row.passage().text())
              .put("label", row.label())
              .toString());
    }
    Files.write(labels, lines);
    accurate = shared.resolve("accurate");
    fast = shared.resolve("fast");
    ModelCommandsTest command = new ModelCommandsTest();
    assertThat(
            command.run(
                "train --scale stance --profile accurate --labels %s --model %s --fast-model %s",
                labels, accurate, fast))
        .as(command.err())
        .isZero();
    trained = command.out();
  }

  @Test
  void trainsAnAccurateModelAndItsTable() {
    assertThat(trained)
        .startsWith("stance: encoder e5-small-v2-q (")
        .contains("5-fold cross-validation on 60 statements:", "macro-F1")
        .containsPattern("model [0-9a-f]{16} in " + accurate + "\n")
        .containsPattern("model [0-9a-f]{16} in " + fast + "\n");
    assertThat(accurate.resolve("encoder.bin")).exists();
    assertThat(fast.resolve("weights.bin")).hasSameBinaryContentAs(accurate.resolve("weights.bin"));
    assertThat(fast.resolve("encoder.bin")).doesNotExist();
  }

  @Test
  void evaluatesBothProfiles() throws IOException {
    Path answers = folder.resolve("answers.jsonl");
    assertThat(
            run(
                "evaluate --profile accurate --model %s --labels %s --predictions %s",
                accurate, labels, answers))
        .isZero();
    assertThat(out()).startsWith("rows ").contains("macro-F1");
    assertThat(err())
        .startsWith("the model learnt from all 60 of these statements: ")
        .contains("held-out rows had macro-F1 ")
        .hasLineCount(1);
    assertThat(Files.readAllLines(answers)).hasSize(60);
    assertThat(run("evaluate --profile fast --model %s --labels %s", fast, labels)).isZero();
    assertThat(run("evaluate --model %s --labels %s", accurate, labels)).isZero();
  }

  @Test
  void saysWhichRowsAModelLearntFromAndJudgesTheOthers() throws IOException {
    Path mixed = folder.resolve("mixed.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(labels).subList(0, 15));
    lines.add(row("new", "Velmora denounced the treaty.", "assertive"));
    Files.write(mixed, lines);
    Path json = folder.resolve("figures.json");

    assertThat(run("evaluate --model %s --labels %s --json %s", fast, mixed, json)).isZero();

    assertThat(err()).contains("the model learnt from 15 of these 16 statements");
    assertThat(out())
        .contains("Of these, what the model did not learn from:\nrows               1\n");
    JsonNode figures = JSON.readTree(json.toFile());
    assertThat(figures.get("rows").asInt()).isEqualTo(16);
    assertThat(figures.get("learnt_rows").asInt()).isEqualTo(15);
    assertThat(figures.get("other_rows").get("rows").asInt()).isEqualTo(1);

    // In place of the table where no file is named, for a program to read.
    for (String standard : List.of("--json", "--json -")) {
      assertThat(run("evaluate --model stance --labels %s " + standard, labels)).isZero();
      JsonNode bundled = JSON.readTree(out());
      assertThat(bundled.get("learnt_rows").asInt()).isZero();
      assertThat(bundled.get("other_rows").isNull()).isTrue();
      assertThat(err()).isEmpty();
    }
    assertThat(run("evaluate --model stance --labels src/main/labels/statements.jsonl")).isZero();
    assertThat(err()).contains("the model learnt from all 3,298 of these statements");
  }

  @Test
  void keepsTheBetterProfileOfFewRowsAndSaysWhatTheOtherBrings() throws IOException {
    Path model = folder.resolve("m");
    assertThat(run("train --scale stance --labels %s --model %s", labels, model))
        .as(err())
        .isZero();
    assertThat(err())
        .containsPattern(
            "kept: (the table|encoder and table) \\(some .* per second per core\\), macro-F1 \\d\\.\\d{3} on held-out"
                + " rows; (encoder and table|the table) \\(some .*; --profile (accurate|fast)\\)"
                + " would bring .* there, a keyword lexicon .*, chance 0\\.333\n");
    assertThat(Files.exists(model.resolve("encoder.bin")))
        .isEqualTo(err().contains("kept: encoder and table"));

    assertThat(
            run(
                "train --scale stance --algorithm sgd --labels %s --model %s --replace",
                labels, model))
        .as(err())
        .isZero();
    assertThat(err()).contains("kept: the table").contains("--profile accurate) would bring");
    assertThat(model.resolve("encoder.bin")).doesNotExist();
  }

  @Test
  void trainsAFactorizationMachineAndAsksItLikeAnyModel() throws IOException {
    Path model = folder.resolve("m");
    Path warehouse = folder.resolve("w");
    assertThat(
            run(
                "train --scale stance --algorithm factorization-machine --labels %s --model %s",
                labels, model))
        .as(err())
        .isZero();
    assertThat(out()).startsWith("stance: tribuo factorization-machine on 60 labelled statements");
    assertThat(run("evaluate --model %s --labels %s", model, labels)).as(err()).isZero();
    assertThat(run("explain --scale stance --model %s --text denounced", model)).as(err()).isZero();
    assertThat(out()).contains("denounced");

    String score = " --warehouse %s --set score.scales=[stance] --set scales.stance.model=%s";
    assertThat(run("run --articles " + DEMO + "articles.jsonl" + score, warehouse, model))
        .as(err())
        .isZero();
    Path rows = folder.resolve("scores.jsonl");
    assertThat(
            run(
                "export --warehouse %s --table statement_scores --format jsonl --out %s",
                warehouse, rows))
        .as(err())
        .isZero();
    String id = JSON.readTree(model.resolve("model.json").toFile()).get("id").asText();
    assertThat(Files.readAllLines(rows)).isNotEmpty().allMatch(row -> row.contains(id));

    byte[] factors = Files.readAllBytes(model.resolve("factors.bin"));
    factors[factors.length / 2] ^= 1;
    Files.write(model.resolve("factors.bin"), factors);
    assertThat(run("score" + score, warehouse, model)).isEqualTo(5);
    assertThat(err()).contains("factors.bin is damaged").hasLineCount(1);
  }

  @Test
  void keepsNoModelThatIsNoBetterThanChance() throws IOException {
    Path drawn = folder.resolve("drawn.jsonl");
    List<String> lines = new ArrayList<>();
    String[] names = {"conciliatory", "neutral", "assertive"};
    for (int i = 0; i < 60; i++) {
      lines.add(row("r" + i, "Statement number " + "abcdefghij".charAt(i / 6) + i, names[i % 3]));
    }
    Files.write(drawn, lines);
    byte[] before = Files.readAllBytes(fast.resolve("model.json"));
    for (String profile : List.of("", "--profile fast ", "--profile accurate ")) {
      assertThat(
              run("train --scale stance %s--labels %s --model %s --replace", profile, drawn, fast))
          .isEqualTo(4);
      assertThat(err().lines().filter(line -> line.startsWith("demarche train: ")))
          .singleElement()
          .asString()
          .contains("no model is kept: ", "loses to ", "label more statements");
      assertThat(fast.resolve("model.json")).hasBinaryContent(before);
    }
  }

  @Test
  void refusesAModelOfTheOtherProfileInOneLine() {
    assertThat(run("evaluate --profile fast --model %s --labels %s", accurate, labels))
        .isEqualTo(5);
    assertThat(err())
        .isEqualTo(
            "demarche evaluate: The model %s is of the profile accurate, but one of the profile fast is needed here: name another, or train one with --profile fast\n"
                .formatted(accurate));
    assertThat(run("evaluate --profile accurate --model %s --labels %s", fast, labels))
        .isEqualTo(5);
    assertThat(err()).contains("is of the profile fast").hasLineCount(1);
  }

  @Test
  void wantsAnAccurateModelForATableBesideIt() {
    Path none = folder.resolve("none");
    assertThat(
            run("train --scale stance --labels %s --model %s --fast-model %s", labels, none, none))
        .isEqualTo(2);
    assertThat(err()).contains("--fast-model goes with --profile accurate").hasLineCount(1);
    assertThat(none).doesNotExist();
    assertThat(
            run(
                "train --scale stance --profile accurate --labels %s --model %s --fast-model %s",
                labels, none, fast))
        .isEqualTo(6);
    assertThat(err()).contains(fast + " exists already").hasLineCount(1);
    assertThat(none).doesNotExist();
    assertThat(
            run(
                "train --scale stance --profile accurate --labels %s --model %s --fast-model %s/.",
                labels, none, none))
        .isEqualTo(2);
    assertThat(err()).contains("are the same folder").hasLineCount(1);
    assertThat(none).doesNotExist();
  }

  @Test
  void comparesEverythingInOneTableWithJsonAndAPage() throws IOException {
    Path json = folder.resolve("c.json");
    Path html = folder.resolve("c.html");
    assertThat(
            run(
                "compare --scale stance --backend tribuo --folds 3 --labels %s --json %s --html %s",
                labels, json, html))
        .as(err())
        .isZero();

    List<String> names = names(json);
    assertThat(names)
        .contains("keyword lexicon", "tribuo linear-svc", "encoder", "encoder and table")
        .doesNotHaveDuplicates()
        .last()
        .isEqualTo("majority");
    assertThat(out()).contains(names).contains("Page in " + html);
    assertThat(html).content().contains("<html", "encoder and table");

    assertThat(run("compare --scale stance --folds 3 --labels %s --json -", labels)).isZero();
    assertThat(JSON.readTree(out()).get("contestants")).hasSize(names.size());
    assertThat(err()).contains("mllib is not compared, ", "--backend tribuo,mllib");
  }

  @Test
  void distilsFromArticlesAndSaysWhatItBrought() throws IOException {
    Path model = folder.resolve("m");
    String train = "train --scale stance --labels %s --unlabelled %s --sample 30 --model %s";
    assertThat(run(train, labels, folder.resolve("no-such"), model)).isEqualTo(3);
    assertThat(err()).contains("no-such").hasLineCount(1);
    assertThat(model).doesNotExist();

    assertThat(run(train.replace("30", "0"), labels, DEMO + "articles.jsonl", model)).isEqualTo(2);
    assertThat(err()).contains("--sample must be 1 or more").hasLineCount(1);
    assertThat(
            run(
                "evaluate --cross-validate 3 --labels %s --predictions %s",
                labels, folder.resolve("p.jsonl")))
        .isEqualTo(2);
    assertThat(err()).contains("--predictions goes with --model").hasLineCount(1);

    assertThat(run(train + " --auxiliary %s", labels, DEMO + "articles.jsonl", model, labels))
        .as(err())
        .isZero();
    assertThat(err()).startsWith("60 of 60 auxiliary rows have the text or group");
    assertThat(run(train + " --replace", labels, DEMO + "articles.jsonl", model))
        .as(err())
        .isZero();

    assertThat(
            err()
                .lines()
                .filter(line -> line.contains("log loss"))
                .map(line -> line.replaceFirst(" +macro-F1.*", "")))
        .startsWith("encoder", "table", "table, distilled");
    JsonNode settings = JSON.readTree(model.resolve("model.json").toFile()).get("settings");
    boolean kept = err().contains("kept: the distilled table, by log loss");
    assertThat(settings.path("unlabelled").asText()).isEqualTo(kept ? "30" : "");
    assertThat(model.resolve("encoder.bin")).doesNotExist();
  }

  /** As with the slim jar alone: all classes but those that the second jar brings. */
  @Test
  void comparesAndTrainsWithoutTheEncoderAndSaysSo() throws Exception {
    Path json = folder.resolve("c.json");
    Path model = folder.resolve("m");
    URL[] slim =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(place -> !place.contains("onnxruntime") && !place.contains("e5-small-v2"))
            .map(ModelCommandsTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(slim, ClassLoader.getPlatformClassLoader())) {
      Class<?> terminal = loader.loadClass(Terminal.class.getName());
      Constructor<?> make = terminal.getDeclaredConstructors()[0];
      make.setAccessible(true);
      Method line =
          loader.loadClass(Main.class.getName()).getDeclaredMethod("commandLine", terminal);
      line.setAccessible(true);
      Object command = line.invoke(null, make.newInstance(stream(out), stream(err), false, false));
      String[] words =
          "compare --scale stance --backend tribuo --folds 3 --labels %s --json %s"
              .formatted(labels, json)
              .split(" ");
      Object status =
          command.getClass().getMethod("execute", String[].class).invoke(command, (Object) words);

      assertThat(status).as(err()).isEqualTo(0);
      assertThat(err())
          .contains(
              "without the encoder: The encoder is not on the class path: add demarche-encoder.jar");
      assertThat(names(json)).contains("tribuo linear-svc").noneMatch(n -> n.contains("encoder"));

      words = "train --scale stance --labels %s --model %s".formatted(labels, model).split(" ");
      status =
          command.getClass().getMethod("execute", String[].class).invoke(command, (Object) words);
      assertThat(status).as(err()).isEqualTo(0);
      assertThat(model.resolve("weights.bin")).exists();
    }
  }

  /** Ends the session of all tests, as any command does; the next test opens another. */
  @Test
  void adaptsAFastModelToTheStatementsOfTheDemo() throws IOException {
    Path warehouse = folder.resolve("w");
    Settings settings =
        Settings.of(
            List.of(
                new Settings.Layer("test", "warehouse = \"" + warehouse + "\""),
                new Settings.Layer("test", "articles.paths = [\"" + DEMO + "articles.jsonl\"]"),
                new Settings.Layer("demo.conf", Files.readString(Path.of(DEMO + "demo.conf")))));
    Pipeline.run(settings, List.of(Stage.INGEST, Stage.EXTRACT), false, LocalSpark.silent());
    byte[] before = Files.readAllBytes(fast.resolve("weights.bin"));
    Path here = folder.resolve("here");
    String adapt = "adapt --model %s --teacher %s --warehouse %s --out %s --sample 150";

    // Its own teacher has nothing to teach it; what is worse for it is not kept.
    assertThat(run(adapt, fast, accurate, warehouse, here)).as(err()).isZero();
    assertThat(out()).contains("Not kept").doesNotContain("score with it");
    assertThat(here).doesNotExist();
    assertThat(run(adapt.replace("--teacher %s ", ""), fast, warehouse, here)).isEqualTo(2);
    assertThat(err()).contains("--teacher is required").hasLineCount(1);

    assertThat(run("adapt --model stance --warehouse %s --out %s", warehouse, here))
        .as(err())
        .isZero();

    assertThat(out())
        .startsWith("Agreement with the teacher on ")
        .contains("same label", "before", "after", "mean probability", "conciliatory")
        .contains("score with it by --set scales.stance.model=" + here);
    assertThat(fast.resolve("weights.bin")).hasBinaryContent(before);
    assertThat(run("evaluate --profile fast --model %s --labels %s", here, labels)).isZero();
    assertThat(run(adapt, fast, accurate, warehouse, here)).isEqualTo(6);
    assertThat(err()).contains(here + " exists already").hasLineCount(1);
    Path other = folder.resolve("other");
    assertThat(run(adapt, fast, fast, warehouse, other)).isEqualTo(5);
    assertThat(err()).contains("is of the profile fast").hasLineCount(1);
    assertThat(run(adapt, fast, accurate, folder.resolve("no"), other)).isEqualTo(3);
    assertThat(run(adapt.replace("150", "50"), fast, accurate, warehouse, other)).isEqualTo(2);
    assertThat(err()).contains("--sample must be 100 or more");
    assertThat(other).doesNotExist();
    String train = "train --scale stance --labels %s --unlabelled %s --sample 20 --model %s";
    assertThat(run(train, labels, warehouse, other)).as(err()).isZero();
    assertThat(err()).contains("table, distilled");
  }

  private static String row(String id, String text, String label) {
    return JSON.createObjectNode().put("id", id).put("text", text).put("label", label).toString();
  }

  private static List<String> names(Path json) throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode one : JSON.readTree(json.toFile()).get("contestants")) {
      names.add(one.get("name").asText());
    }
    return names;
  }

  private static URL url(String place) {
    try {
      return Path.of(place).toUri().toURL();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }

  private int run(String command, Object... values) {
    out.reset();
    err.reset();
    Terminal terminal = new Terminal(stream(out), stream(err), false, false);
    return Main.commandLine(terminal).execute(command.formatted(values).split(" "));
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private String err() {
    return err.toString(UTF_8);
  }
}
