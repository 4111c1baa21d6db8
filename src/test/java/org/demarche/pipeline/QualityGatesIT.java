package org.demarche.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.report.Explain;
import org.demarche.text.Sha256;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.Manifest;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every gate of quality on real tables: it stops a run that changes nothing, or is accepted. */
class QualityGatesIT {

  private static final String CALM = "I welcome the offer, and we want to talk with our neighbours";
  private static final String ANGRY = "We reject this shameful attack, and they will pay for it";

  /** A warehouse with the first delivery, of which each test has a copy. */
  @TempDir private static Path shared;

  @TempDir private Path folder;
  private Path input;

  @BeforeAll
  static void takeTheFirstDeliveryIn() throws IOException {
    QualityGatesIT first = new QualityGatesIT();
    first.folder = shared;
    first.input = Files.createDirectories(shared.resolve("in"));
    first.deliver("first.jsonl", stories("first", 200, CALM));
    assertThat(first.run(""))
        .contains(
            entry("rejected-share", "passed"),
            entry("unsupported-language-share", "passed"),
            entry("unread-share", "passed"),
            entry("unknown-speaker-share", "passed"))
        .doesNotContainKeys("corrected-share", "label-drift stance", "score-drift stance");
  }

  @BeforeEach
  void copyTheWarehouse() throws IOException {
    FileUtils.copyDirectory(shared.resolve("w").toFile(), folder.resolve("w").toFile());
    input = Files.createDirectories(folder.resolve("in"));
  }

  @Test
  void stopsRejectedRecords() throws IOException {
    deliver("second.jsonl", List.of("{}", story("second", 0, CALM)));
    assertGate("rejected-share", "0.5 of 2 records were rejected", "1 × missing_field");
  }

  @Test
  void tellsItsMetricsHoweverItEnds() throws IOException {
    Path prometheus = folder.resolve("demarche.prom");
    Path openlineage = folder.resolve("demarche.json");
    String setting =
        "metrics {prometheus = \"%s\", openlineage = \"%s\"}\n".formatted(prometheus, openlineage);
    deliver("second.jsonl", List.of("{}", story("second", 0, CALM)));
    assertThatThrownBy(() -> run(setting)).satisfies(Thrown.with(ExitStatus.QUALITY_GATE));
    assertThat(prometheus)
        .content()
        .containsPattern("demarche_run_exit_status\\{[^}]*} 4\n")
        .containsPattern("demarche_gate_figure\\{[^}]*gate=\"rejected-share\"[^}]*} 0.5\n")
        .doesNotContain("last_success");
    assertThat(openlineage).content().contains("\"eventType\":\"FAIL\"", "The gate rejected-share");

    run(setting + "gates.accept = [rejected-share]");
    assertThat(prometheus)
        .content()
        .containsPattern("demarche_run_exit_status\\{[^}]*} 0\n")
        .containsPattern("demarche_stage_count\\{[^}]*stage=\"ingest\",what=\"articles\"} 1\n")
        .containsPattern("verdict=\"accepted\"")
        .contains("last_success");
    assertThat(openlineage).content().contains("\"eventType\":\"COMPLETE\"", "/w/statements");
  }

  @Test
  void stopsCorrections() throws IOException {
    deliver("second.jsonl", stories("first", 50, CALM + " today"));
    assertGate(
        "corrected-share", "0.25 of 200 articles that were known before", "such articles: first-");
  }

  @Test
  void stopsForeignArticles() throws IOException {
    List<String> foreign = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      foreign.add(
          "{\"id\": \"fr-%d\", \"language\": \"fr\", \"text\": \"Non, %1$d.\"}".formatted(i));
    }
    deliver("second.jsonl", foreign);
    assertGate(
        "unsupported-language-share", "1 of 100 articles are in a language", "such languages: fr");
  }

  @Test
  void stopsDamagedArticles() throws IOException {
    List<String> damaged = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      damaged.add(story("second", i, i < 60 ? "It is " + i + " \ufffd\ufffd" : CALM));
    }
    deliver("second.jsonl", damaged);
    assertGate(
        "unread-share",
        "0.6 of 100 articles could not be read in full",
        "such articles with lost characters: second-0, ");
  }

  @Test
  void stopsStatementsWithoutASpeaker() throws IOException {
    List<String> orphans = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      orphans.add(
          "{\"id\": \"second-%d\", \"text\": \"“We will stay on boat %1$d,” he said on Monday.\"}"
              .formatted(i));
    }
    deliver("second.jsonl", orphans);
    assertGate(
        "unknown-speaker-share",
        "the speaker is unknown in 1 of 200 statements",
        " in article second-");
  }

  @Test
  void stopsLabelsAndScoresThatDrift() throws IOException {
    deliver("second.jsonl", stories("second", 400, ANGRY));
    Map<String, String> before = state();
    assertThatThrownBy(() -> run(""))
        .satisfies(Thrown.with(ExitStatus.QUALITY_GATE))
        .hasMessageContaining("The gate label-drift failed on scale stance: the labels of the new")
        .hasMessageContaining("The gate score-drift failed on scale stance: the scores of speakers")
        .hasMessageContaining("to publish all the same: --accept score-drift")
        .hasMessageContainingAll("shares before and now: assertive 0.", "moved most: ")
        .hasMessageContainingAll("towards all from", "w/_runs/");
    assertThat(state()).isEqualTo(before);
    assertThatThrownBy(() -> run("gates.accept = [label-drift]"))
        .hasMessageContaining("score-drift failed on")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("label-drift failed"));
    assertThat(run("gates.accept = [score-drift, label-drift]"))
        .contains(entry("label-drift stance", "accepted"), entry("score-drift stance", "accepted"));
    assertThat(state()).isNotEqualTo(before);
  }

  @Test
  void cutsOffAnArticleBeyondItsBudgetAndNamesIt() throws IOException {
    String paragraph = "“We want talks about the dam,” Minister Ana Varda said.\\n";
    deliver(
        "second.jsonl",
        List.of(
            story("second", 0, CALM),
            "{\"id\": \"long-1\", \"text\": \"%s\"}".formatted(paragraph.repeat(100))));
    ByteArrayOutputStream notes = new ByteArrayOutputStream();
    Pipeline.Result result =
        Pipeline.run(
            LocalSpark.session(),
            settings("extract.max-characters-per-article = 1000"),
            List.of(Stage.INGEST, Stage.EXTRACT),
            false,
            new Progress(new PrintStream(notes, true, UTF_8), false));
    String line = "longer than extract.max-characters-per-article = 1000";
    assertThat(result.counts().get(Stage.EXTRACT)).containsEntry("articles_cut_off", 1L);
    assertThat(notes.toString(UTF_8))
        .containsOnlyOnce("article long-1 is not read to its end: " + line);
    Path manifest = folder.resolve("w/_runs/" + result.runId() + "/manifest.json");
    assertThat(manifest).content().contains("\"articles_cut_off\" : [", "long-1", line);
    long inLong =
        Warehouse.at(LocalSpark.session(), folder.resolve("w").toString())
            .read(StatementTable.TABLE)
            .where("article_id = 'long-1'")
            .count();
    assertThat(inLong).isEqualTo(1000 / (paragraph.length() - 1));

    Warehouse warehouse = Warehouse.at(LocalSpark.session(), folder.resolve("w").toString());
    Settings cutting = settings("extract.max-characters-per-article = 1000");
    String id =
        warehouse
            .read(StatementTable.TABLE)
            .where("article_id = 'long-1'")
            .first()
            .getAs("statement_id");
    assertThat(Explain.statement(warehouse, cutting, id, false))
        .anyMatch(each -> each.contains("longer than extract.max-characters-per-article = 1000"));
    assertThat(Explain.statementAsJson(warehouse, cutting, id))
        .contains("\"article_cut_off\":true");

    remove(new Removal(Set.of("long-1"), Set.of()));
    assertThat(manifest).content().doesNotContain("long-1");
  }

  @Test
  void doesNotHoldUpARemoval() throws IOException {
    deliver("second.jsonl", stories("second", 400, ANGRY));
    run("gates.accept = [score-drift, label-drift]");
    Pipeline.Result result = remove(new Removal(Set.of(), Set.of("second")));
    assertThat(result.counts().get(Stage.REMOVE)).containsEntry("articles", 400L);
  }

  private Pipeline.Result remove(Removal removal) throws IOException {
    Warehouse warehouse = Warehouse.at(LocalSpark.session(), folder.resolve("w").toString());
    return Pipeline.remove(warehouse, settings(""), removal, LocalSpark.silent());
  }

  /** A refused run changes nothing; the same run goes through when the gate is accepted. */
  private void assertGate(String gate, String figure, String advice) throws IOException {
    Map<String, String> before = state();
    String setting = "gates.label-drift = 1\n";
    assertThatThrownBy(() -> run(setting))
        .satisfies(Thrown.with(ExitStatus.QUALITY_GATE))
        .hasMessageStartingWith("The gate " + gate + " failed: ")
        .hasMessageContaining(figure)
        .hasMessageContaining(advice)
        .hasMessageContaining("--accept " + gate);
    assertThat(state()).isEqualTo(before);
    assertThat(run(setting + "gates.accept = [" + gate + "]")).containsEntry(gate, "accepted");
    assertThat(state()).isNotEqualTo(before);
  }

  /** Returns the verdict of each gate, by its name and scale. */
  private Map<String, String> run(String setting) throws IOException {
    Map<String, String> verdicts = new LinkedHashMap<>();
    for (Manifest.Gate gate : BundledRun.result(settings(setting)).gates()) {
      String scale = gate.scale() == null ? "" : " " + gate.scale();
      verdicts.put(gate.gate() + scale, gate.verdict().toString());
    }
    return verdicts;
  }

  private Settings settings(String setting) {
    return Settings.of(
        List.of(
            new Settings.Layer("test", setting),
            new Settings.Layer(
                "test",
                "aggregate.windows = [all]\nwarehouse = \"%s\"\narticles.paths = [\"%s\"]"
                    .formatted(folder.resolve("w"), input))));
  }

  /** Returns the hash of every file of the warehouse but what runs leave in their own folders. */
  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    Path warehouse = folder.resolve("w");
    try (Stream<Path> all = Files.walk(warehouse)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(warehouse.resolve("_runs"))) {
          state.put(file.toString(), Sha256.hex(Files.readAllBytes(file)));
        }
      }
    }
    return state;
  }

  private void deliver(String file, List<String> lines) throws IOException {
    Files.write(input.resolve(file), lines);
  }

  private static List<String> stories(String outlet, int n, String said) {
    List<String> stories = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      stories.add(story(outlet, i, said));
    }
    return stories;
  }

  /** Makes up an article in which one of 25 ministers says something. */
  private static String story(String outlet, int i, String said) {
    String name = "V" + (char) ('a' + i % 25) + "lder";
    return ("{\"id\": \"%s-%d\", \"outlet\": \"%1$s\", \"date\": \"2031-03-01\", \"text\":"
            + " \"“%s on pier %2$d,” Minister Ana %s said on Monday.\"}")
        .formatted(outlet, i, said, name);
  }
}
