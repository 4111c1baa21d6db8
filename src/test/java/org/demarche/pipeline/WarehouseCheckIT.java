package org.demarche.pipeline;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.demarche.ExitStatus;
import org.demarche.cli.Demo;
import org.demarche.config.Settings;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.SpeakerLabelTable;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.SpeakerTable;
import org.demarche.warehouse.StatementProbabilityTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The warehouse of the demo, taken in as two batches: whole, and damaged on purpose. */
class WarehouseCheckIT {

  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir private static Path shared;

  @TempDir private Path folder;
  private Path damaged;

  @BeforeAll
  static void takeTheDemoIn() throws IOException {
    List<String> articles = resource("articles.jsonl").lines().toList();
    int half = articles.size() / 2;
    Files.createDirectories(shared.resolve("in"));
    takeIn(shared.resolve("w"), "first", articles.subList(0, half));
    takeIn(shared.resolve("w"), "second", articles.subList(half, articles.size()));
  }

  private static Map<Stage, Map<String, Long>> takeIn(
      Path warehouse, String name, List<String> articles) throws IOException {
    Files.write(shared.resolve("in").resolve(name + ".jsonl"), articles);
    return BundledRun.of(settings(warehouse));
  }

  private static Settings settings(Path warehouse) throws IOException {
    return Settings.of(
        List.of(
            Settings.Layer.text("test", "warehouse", warehouse.toString()),
            Settings.Layer.texts(
                "test", "articles.paths", List.of(shared.resolve("in").toString())),
            new Settings.Layer("demo.conf", resource("demo.conf")),
            new Settings.Layer("test", "score.probabilities = true")));
  }

  @BeforeEach
  void copyTheWarehouse() throws IOException {
    damaged = folder.resolve("w");
    copy(shared.resolve("w"), damaged);
  }

  @Test
  void passesAWholeWarehouse() throws IOException {
    PreflightCheck.Result whole = check();
    assertThat(whole.lines()).last().asString().startsWith("whole").contains("yes: ");
    assertThat(whole.lines().subList(0, whole.lines().size() - 1))
        .hasSizeGreaterThan(WarehouseRules.ALL.size())
        .allMatch(line -> line.endsWith(" ok"));
    assertThat(whole.status()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void passesAfterACorrectionAndARemoval() throws IOException {
    String corrected = resource("articles.jsonl").lines().findFirst().orElseThrow();
    List<String> delivery = List.of(corrected.replaceFirst("\"text\": *\"", "$0Corrected. "));
    assertThat(takeIn(damaged, "third", delivery).get(Stage.INGEST)).containsEntry("corrected", 1L);
    Pipeline.Result removed =
        Pipeline.remove(
            Warehouse.at(SPARK, damaged.toString()),
            settings(damaged),
            new Removal(Set.of(), Set.of("Port Yavan Post")),
            LocalSpark.silent());
    assertThat(removed.counts().get(Stage.REMOVE)).containsEntry("articles", 7L);
    assertThat(check().lines()).last().asString().endsWith("checks").contains("yes: ");
  }

  @Test
  void namesRowsThatDisagree() throws IOException {
    String speaker = first(SpeakerScoreTable.TABLE, "speaker_id");
    change(SpeakerTable.TABLE, rows -> rows.where("speaker_id <> '" + speaker + "'"));
    change(
        SpeakerScoreTable.TABLE,
        rows ->
            rows.withColumn("was", expr("low"))
                .withColumn("low", expr("high"))
                .withColumn("high", expr("was"))
                .drop("was")
                .withColumn("statements", expr("statements + 5")));
    change(SpeakerLabelTable.TABLE, rows -> rows.withColumn("share", expr("share / 2")));
    change(ArticleTable.TABLE, rows -> rows.withColumn("text", expr("concat('>', text)")));
    change(StatementTable.TABLE, rows -> rows.withColumn("kind", expr("nullif(kind, kind)")));
    change(StatementScoreTable.TABLE, rows -> rows.withColumn("target_id", expr("'nobody'")));
    change(
        StatementProbabilityTable.TABLE,
        rows -> rows.withColumn("probability", expr("probability * 2")));
    Path manifest = files("_runs", "manifest.json").get(0);
    Files.writeString(
        manifest,
        Files.readString(manifest).replaceFirst("\"articles\" : \\d", "\"articles\" : 9"));
    Files.delete(damaged.resolve("_models/stance"));

    PreflightCheck.Result found = check();
    assertThat(found.status()).isEqualTo(ExitStatus.INPUT_MISSING);
    assertFault(found, "speakers: statements", "1 found: no such speaker (speaker_id " + speaker);
    assertFault(
        found, "speakers: counts of the last run", "speakers and", "scores, the tables hold");
    assertFault(
        found,
        "speaker_scores: speaker_id in speakers",
        "not in speakers (speaker_id " + speaker + ", scale ");
    assertFault(found, "speaker_scores: values", "score is ", ", but low ", "; …");
    assertFault(found, "speaker_scores: statements", " statements, but statement_scores holds ");
    assertFault(found, "speaker_labels: shares", "the shares sum to 0.");
    assertFault(
        found,
        "articles: fingerprints and hashes",
        "the text is not the one that was taken in (article_id ",
        "file articles/batch_id=");
    assertFault(found, "statements: articles and words", "the text is not at ");
    assertFault(found, "statements: values", "kind is null (statement_id ", "/published_month=");
    assertFault(found, "statement_scores: target_id in targets", "target_id nobody");
    assertFault(found, "statement_scores: models", "1 found: no such model", "scale stance");
    assertFault(found, "statement_probabilities: values", "probability is 1.");
    assertFault(found, "statement_probabilities: scores", "no probabilities (");
    assertFault(found, "runs: counts add up", "1 found: ", " records, but 9");
    assertFault(found, "articles: counts of the runs", "the runs left ");
    assertThat(line(found, "articles: files")).isEqualTo("ok");
    assertThat(line(found, "whole")).startsWith("NO: ").contains("of them found faults");
  }

  @Test
  void namesFilesThatAreDamagedOrGone() throws IOException {
    Path statements = files("statements", ".parquet").get(0);
    Files.copy(statements, statements.resolveSibling("again.parquet"));
    Path cut = files("statement_probabilities", ".parquet").get(0);
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), (int) Files.size(cut) - 100));
    Files.write(files("rejects", ".parquet").get(0), new byte[0]);
    Path batch = files("statement_scores", ".parquet").get(0).getParent().getParent();
    delete(batch);
    delete(damaged.resolve("speaker_labels"));
    Files.delete(damaged.resolve("_recipes/score"));
    Files.createFile(damaged.resolve("targets/_SUCCESS"));
    change(
        SpeakerTable.TABLE,
        rows -> rows.withColumn("articles", expr("CAST(articles AS INT)")).drop("kind"));
    Files.writeString(files("_runs", "manifest.json").get(0), "{\"run_id\": ");

    PreflightCheck.Result found = check();
    assertThat(found.status()).isEqualTo(ExitStatus.INPUT_MISSING);
    assertFault(found, "statements: keys", "2 rows with one key (", "again.parquet");
    assertFault(found, "statement_probabilities: files", "1 found: ", cut.getFileName().toString());
    assertFault(found, "rejects: files", "1 found: it is cut short", "file rejects/batch_id=");
    assertFault(
        found,
        "batches",
        "1 found: statement_scores has no batch " + batch.getFileName().toString().substring(9));
    assertFault(found, "statements: all scored", "asserted, but without a score");
    assertFault(
        found,
        "tables",
        "2 found: ",
        "_recipes does not say what statement_scores was made with",
        "there is no table speaker_labels");
    assertFault(found, "targets: files", "not a file of the table (file targets/_SUCCESS)");
    assertFault(
        found,
        "speakers: files",
        "column articles is INT, not BIGINT",
        "column kind is missing, not STRING");
    assertFault(found, "runs: manifests", "1 found: cannot be read: ", "manifest.json");
    assertThat(line(found, "speakers: keys")).isEqualTo("not checked: speakers cannot be read");
    assertThat(line(found, "whole")).startsWith("NO: ").endsWith("could not be made");
  }

  @Test
  void leavesOutWhatTheNextStageHasStillToDo() throws IOException {
    Path run = files("_runs", "manifest.json").get(1);
    Path later = Files.createDirectory(damaged.resolve("_runs/99991231T000000000-1"));
    Files.writeString(
        later.resolve("manifest.json"),
        Files.readString(run)
            .replace(run.getParent().getFileName().toString(), later.getFileName().toString())
            .replace("\"ingest\", \"extract\", \"score\", \"aggregate\"", "\"score\"")
            .replace("\"records\"", "\"none\""));
    Files.createDirectories(damaged.resolve("_staging/killed"));
    Path statements = files("statements", ".parquet").get(0);
    byte[] bytes = Files.readAllBytes(statements);
    Arrays.fill(bytes, 4, bytes.length / 2, (byte) 0); // the footer stays readable
    Files.write(statements, bytes);

    PreflightCheck.Result found = check();
    assertFault(found, "runs", "1 found: a run that was killed left _staging");
    assertThat(line(found, "speaker_scores: statements"))
        .isEqualTo("not checked: aggregate has not run since score did");
    assertThat(line(found, "statements: files")).isEqualTo("ok");
    assertFault(found, "statements: values", "the file ", statements + " is damaged");
  }

  @Test
  void tellsThatTheNextRunCompletesACommit() throws IOException {
    Files.writeString(damaged.resolve("_journal"), "r\ntargets\ttargets\n");
    PreflightCheck.Result found = check();
    assertThat(found.lines()).hasSize(2);
    assertFault(found, "runs", "the next run completes it");
    assertThat(found.status()).isEqualTo(ExitStatus.INPUT_MISSING);
  }

  @Test
  void tellsThatARunIsWriting() throws IOException {
    Files.writeString(damaged.resolve("_lock"), "another-machine 1 1800000000000 r\n");
    PreflightCheck.Result found = check();
    assertThat(found.lines())
        .singleElement()
        .asString()
        .contains("FAULT: Another run (process 1 on another-machine");
    assertThat(found.status()).isEqualTo(ExitStatus.OUTPUT_CONFLICT);
  }

  private static void assertFault(PreflightCheck.Result found, String name, String... parts) {
    assertThat(line(found, name)).startsWith("FAULT: ").contains(parts);
  }

  /** Returns what the line of the check {@code name} says. */
  private static String line(PreflightCheck.Result found, String name) {
    return found.lines().stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length()).strip())
        .findFirst()
        .orElse("there is no line " + name);
  }

  private PreflightCheck.Result check() throws IOException {
    return WarehouseCheck.run(Warehouse.at(SPARK, damaged.toString()));
  }

  private String first(Table<?> table, String column) throws IOException {
    return Warehouse.at(SPARK, damaged.toString())
        .read(table)
        .sort(column)
        .select(column)
        .first()
        .getString(0);
  }

  /** Changes the rows of the first file of {@code table}. */
  private void change(Table<?> table, UnaryOperator<Dataset<Row>> change) throws IOException {
    Path file = files(table.name(), ".parquet").get(0);
    Path draft = folder.resolve(table.name());
    change
        .apply(SPARK.read().schema(table.schema()).parquet(file.toString()))
        .coalesce(1)
        .write()
        .parquet(draft.toString());
    Files.delete(file);
    try (Stream<Path> parts = Files.list(draft)) {
      Files.move(
          parts.filter(part -> part.toString().endsWith(".parquet")).findFirst().orElseThrow(),
          file);
    }
  }

  /** Returns the files in {@code name} with that ending, in order. */
  private List<Path> files(String name, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(damaged.resolve(name))) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Demo.class.getResourceAsStream("/org/demarche/demo/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
