package org.demarche.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.demarche.warehouse.GoldenText;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The batch jar on a real master and two workers gives the scores that local mode gives, and those
 * of every other version of Spark.
 */
class ClusterIT {

  private static final Path ENCODER = LoopbackCluster.BUILD.resolve("demarche-encoder.jar");
  private static final Path ARTICLES =
      Path.of("src/main/resources/org/demarche/demo/articles.jsonl").toAbsolutePath();
  private static final Path CONFIG =
      Path.of("src/main/resources/org/demarche/demo/demo.conf").toAbsolutePath();

  @TempDir static Path work;

  private static LoopbackCluster cluster;
  private static List<String> expected;

  @BeforeAll
  static void startTheClusterAndRunLocally() throws Exception {
    assumeTrue(LoopbackCluster.isBuilt(), "no demarche.jar: run with mvn verify");
    cluster = LoopbackCluster.start(work);
    Path warehouse = work.resolve("local");
    LoopbackCluster.Ended local =
        cluster.submit("local", List.of("--master", "local[2]"), run(warehouse));
    assertThat(local.code()).as(local.output()).isZero();
    expected = scores(warehouse);
    assertThat(expected).hasSizeGreaterThan(100);
  }

  @AfterAll
  static void stopTheCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void scoresAlikeWithEverySpark() throws Exception {
    Warehouse warehouse = Warehouse.at(LocalSpark.session(), work.resolve("local").toString());
    List<String> rows =
        GoldenText.of(
            SpeakerScoreTable.TABLE, warehouse.read(SpeakerScoreTable.TABLE), Set.of("run_id"));
    List<String> columns = SpeakerScoreTable.TABLE.columnNames();
    assertThat(
            GoldenText.shorten(
                rows,
                100,
                Stream.of("scale", "target_id", "window").map(columns::indexOf).toList()))
        .isEqualTo(
            Files.readAllLines(Path.of("src/test/resources/golden/demo/speaker_scores.tsv")));
  }

  @Test
  void scoresAlikeInClientMode() throws Exception {
    Path warehouse = work.resolve("client");
    LoopbackCluster.Ended ended = cluster.submit("client", executors("client"), run(warehouse));
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(scores(warehouse)).isEqualTo(expected);
  }

  @Test
  void scoresAlikeInClusterModeWithSettingsAsSparkProperties() throws Exception {
    Path warehouse = work.resolve("cluster");
    List<String> options = new ArrayList<>(executors("cluster"));
    options.addAll(
        List.of(
            "--conf", "spark.standalone.submit.waitAppCompletion=true",
            // As in conf/spark-defaults.conf: the workers of Spark 3.5 leave it out.
            "--conf", "spark.driver.extraJavaOptions=" + JavaModuleOptions.defaultModuleOptions(),
            "--conf", "spark.demarche.warehouse=" + warehouse,
            "--conf", "spark.demarche.articles.paths=[\"" + ARTICLES + "\"]"));
    LoopbackCluster.Ended ended =
        cluster.submit("cluster", options, List.of("run", "--config", CONFIG.toString()));
    // The exit status says nothing here: spark-submit ends with 0 also if the driver failed.
    assertThat(warehouse.resolve("speaker_scores")).as(ended.output()).isDirectory();
    assertThat(scores(warehouse)).isEqualTo(expected);
  }

  @Test
  void scoresWithTheEncoderOnTheExecutorsAsOnOneMachine() throws Exception {
    List<String> accurate = List.of("--set", "scales.stance.model=stance-accurate");
    Path alone = work.resolve("accurate-alone");
    LoopbackCluster.Ended local =
        cluster.submit(
            "accurate-alone",
            List.of("--master", "local[1]", "--driver-memory", "1g", "--jars", ENCODER.toString()),
            with(run(alone), accurate));
    assertThat(local.code()).as(local.output()).isZero();

    Path warehouse = work.resolve("accurate");
    List<String> options = new ArrayList<>(executors("client"));
    options.addAll(List.of("--jars", ENCODER.toString()));
    LoopbackCluster.Ended ended =
        cluster.submit("accurate", options, with(run(warehouse), accurate));
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(scores(warehouse)).isEqualTo(scores(alone)).isNotEqualTo(expected);
  }

  @Test
  void saysThatTheEncoderIsMissingBeforeAnyWork() throws Exception {
    LoopbackCluster.Ended ended =
        cluster.submit(
            "no-encoder",
            executors("client"),
            with(
                run(work.resolve("none")),
                List.of("--set", "scales.stance.model=stance-accurate")));
    assertThat(ended.code()).as(ended.output()).isEqualTo(5);
    assertThat(ended.output()).contains("demarche-encoder.jar");
  }

  @Test
  void failsWithTheExitStatusOfTheFailure() throws Exception {
    LoopbackCluster.Ended ended =
        cluster.submit(
            "missing",
            executors("client"),
            List.of(
                "run",
                "--articles",
                "/nowhere/to/be/found",
                "--warehouse",
                "" + work.resolve("m")));
    assertThat(ended.code()).as(ended.output()).isEqualTo(3);
    assertThat(ended.output()).contains("There are no articles at '/nowhere/to/be/found'");
  }

  private static List<String> scores(Path warehouse) throws Exception {
    return TableRows.of(warehouse, SpeakerScoreTable.TABLE.name());
  }

  private static List<String> with(List<String> arguments, List<String> more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(more);
    return all;
  }

  private static List<String> executors(String mode) {
    return List.of(
        "--deploy-mode", mode,
        "--driver-memory", "1g",
        "--executor-memory", "1g",
        "--executor-cores", "1",
        "--total-executor-cores", "2",
        "--conf", "spark.ui.enabled=false",
        "--conf", "spark.sql.shuffle.partitions=3");
  }

  private static List<String> run(Path warehouse) {
    return List.of(
        "run",
        "--config",
        CONFIG.toString(),
        "--articles",
        ARTICLES.toString(),
        "--warehouse",
        warehouse.toString());
  }
}
