package org.demarche.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.demarche.attribution.learned.AttributionModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training and judging a model of attribution, as a user types it. */
class AttributionCommandsTest {

  private static final List<String> WHO = List.of("Vidal", "Okar", "Renner", "Quist", "Tarsk");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private int run(String... args) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false, false);
    return Main.commandLine(terminal).execute(args);
  }

  /** Writes articles in which a verb that no rule knows attributes. */
  private Path annotated(int articles) throws IOException {
    Path annotated = folder.resolve("annotated" + articles);
    Files.createDirectories(annotated.resolve("text"));
    Files.createDirectories(annotated.resolve("attributions"));
    for (int i = 0; i < articles; i++) {
      String who = WHO.get(i % WHO.size());
      String text = who + " gravelled that pier " + i + " was shut. It rained.\n";
      int cue = who.length() + 1;
      int content = cue + "gravelled ".length();
      Files.writeString(annotated.resolve("text/a%02d.txt".formatted(i)), text);
      Files.writeString(
          annotated.resolve("attributions/a%02d.ann".formatted(i)),
          "T1\tSource 0 %d\tx\nT2\tCue %d %d\tx\nT3\tContent %d %d\tx\n"
                  .formatted(who.length(), cue, content - 1, content, text.indexOf('.'))
              + "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n");
    }
    return annotated;
  }

  @Test
  void trainsAModelThatEvaluationCanUse() throws IOException {
    String annotated = annotated(25).toString();
    String model = folder.resolve("models/mine.bin.gz").toString();

    assertThat(run("train-attribution", "--annotated", annotated, "--out", model)).isZero();

    assertThat(out.toString(UTF_8))
        .contains("25 articles, 25 attributions marked", "content and source: F1", model);
    assertThat(err.toString(UTF_8)).contains("25 articles are few to learn from");
    assertThat(Path.of(model + ".card.md"))
        .content()
        .contains(
            AttributionModel.fromBytes(Files.readAllBytes(Path.of(model)), "It").id(),
            "25 annotated articles with 25 attributions",
            "* learnt on top of the model `%s`".formatted(AttributionModel.bundled().id()),
            "5-fold cross-validation",
            out.toString(UTF_8).lines().filter(line -> line.contains("F1  ")).findFirst().get());
    assertThat(
            run(
                "evaluate-attribution",
                "--annotated",
                annotated,
                "--set",
                "extract.model=" + model,
                "--curve",
                folder.resolve("curve.json").toString()))
        .isZero();
    assertThat(out.toString(UTF_8)).contains("content and source: F1   1.000");
    assertThat(folder.resolve("curve.json"))
        .content()
        .contains("\"articles\":25", "{\"least\":0.1,\"precision\":1.0,\"recall\":1.0}");
    assertThat(run("evaluate-attribution", "--annotated", annotated, "--set", "extract.model=none"))
        .isZero();
    assertThat(out.toString(UTF_8))
        .contains("   25  missed, with a source", "\nMissed, with a source", "[Vidal] that pier 0");
    assertThat(
            run(
                "evaluate-attribution",
                "--annotated",
                annotated,
                "--set",
                "extract.model=none",
                "--examples",
                "0"))
        .isZero();
    assertThat(out.toString(UTF_8))
        .endsWith("   25  missed, with a source" + System.lineSeparator());
  }

  @Test
  void saysWhatCannotBeTrainedOn() throws IOException {
    String model = folder.resolve("m.gz").toString();
    assertThat(run("train-attribution", "--annotated", annotated(3).toString(), "--out", model))
        .isEqualTo(3);
    assertThat(err.toString(UTF_8)).contains("3 annotated articles are too few");
    assertThat(run("train-attribution", "--annotated", folder + "/none", "--out", model))
        .isEqualTo(3);
    assertThat(err.toString(UTF_8)).contains("none/text is missing");
    assertThat(Path.of(model)).doesNotExist();
  }

  @Test
  void saysThatAModelIsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("no-model"), "text");
    assertThat(
            run(
                "evaluate-attribution",
                "--annotated",
                annotated(3).toString(),
                "--set",
                "extract.model=" + file))
        .isEqualTo(5);
    assertThat(err.toString(UTF_8)).contains(file + " cannot be used");
  }

  @Test
  void keepsAFileThatIsNoModel() throws IOException {
    String annotated = annotated(25).toString();
    Map<Path, byte[]> files =
        Map.of(
            folder.resolve("notes.txt"), "kept".getBytes(UTF_8),
            folder.resolve("articles.jsonl.gz"), gzip("{\"text\": \"It rained.\"}"),
            folder.resolve("short.gz"), gzip("kept"),
            folder.resolve("cut.gz"), Arrays.copyOf(gzip("kept"), 5));
    for (Map.Entry<Path, byte[]> file : files.entrySet()) {
      Files.write(file.getKey(), file.getValue());
      assertThat(run("train-attribution", "--annotated", annotated, "--out", file.getKey() + ""))
          .isEqualTo(6);
      assertThat(err.toString(UTF_8))
          .contains(file.getKey() + ": it does not hold a model of attribution");
      assertThat(file.getKey()).hasBinaryContent(file.getValue());
    }
  }

  /** An empty file and an earlier curve give way; anything else stays. */
  @Test
  void replacesACurveAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "kept");
    String[] evaluate = {
      "evaluate-attribution", "--annotated", annotated(3).toString(), "--curve", file.toString()
    };
    assertThat(run(evaluate)).isEqualTo(6);
    assertThat(err.toString(UTF_8)).contains(file + ": it does not hold a confidence curve");
    assertThat(file).hasContent("kept");
    Files.writeString(file, "");
    assertThat(run(evaluate)).isZero();
    assertThat(run(evaluate)).isZero();
    assertThat(out.toString(UTF_8)).contains("extract.min-confidence   precision  recall");
    assertThat(file).content().startsWith("{\"model\":");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  /** A model that this version cannot read gives way to a new one, but notes beside it stay. */
  @Test
  void replacesAModelOfAnotherVersionAndItsCard() throws IOException {
    Path model = Files.write(folder.resolve("old.bin.gz"), gzip("DEMATTR1 and its weights"));
    Path card = Files.writeString(folder.resolve("old.bin.gz.card.md"), "# My notes");
    String[] train = {
      "train-attribution",
      "--annotated",
      annotated(25).toString(),
      "--no-judge",
      "--alone",
      "--out",
      model.toString()
    };
    assertThat(run(train)).isEqualTo(6);
    assertThat(err.toString(UTF_8)).contains(card + ": it does not hold the card of a model");
    assertThat(card).hasContent("# My notes");

    Files.writeString(card, "# Model card: attribution\n\nof the old model");
    assertThat(run(train)).isZero();
    assertThat(card)
        .content()
        .contains(
            AttributionModel.fromBytes(Files.readAllBytes(model), "It").id(),
            "not learnt on top of another model",
            "It was not judged");
  }

  @Test
  void refusesANegativeNumberOfExamples() throws IOException {
    assertThat(
            run("evaluate-attribution", "--annotated", annotated(3).toString(), "--examples", "-1"))
        .isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--examples must be 0 or more, but was -1");
  }
}
