package org.demarche.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.config.MetricsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMetricsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String DONE =
      """
      {"run_id": "20310301T020304005-1", "status": "done", "exit_code": 0,
       "started_at": "2031-03-01T02:03:04.005Z", "ended_at": "2031-03-01T02:03:14.505Z",
       "stages": ["ingest", "extract"], "versions": {"demarche": "1.2", "spark": "4.2.0"},
       "inputs": [{"file": "file:/in/a.jsonl", "bytes": 40}, {"file": "file:/in/b.jsonl", "bytes": 2},
                  {"file": "s3a://press/2031/c.csv", "bytes": 7}],
       "counts": {"ingest": {"records": 5, "articles": 4}, "extract": {"articles": 4, "statements": 9}},
       "gates": [{"gate": "rejected-share", "figure": 0.2, "threshold": 0.5, "counted": 5,
                  "verdict": "passed"},
                 {"gate": "label-drift", "scale": "stance", "figure": 0.4, "threshold": 0.3,
                  "counted": 210, "verdict": "failed"}],
       "milliseconds": {"ingest": 1500, "extract": 2000, "total": 10500},
       "task_cpu_milliseconds": {"ingest": 900, "extract": 1900}}
      """;

  @TempDir private Path folder;

  @Test
  void tellPrometheusEveryFigureOfARun() throws IOException {
    assertThat(PrometheusText.of(JSON.readTree(DONE), "/w \"a\\b\"", "").lines())
        .contains(
            "# HELP demarche_run_exit_status Exit status of the last run; 0 means that it is done.",
            "# TYPE demarche_run_exit_status gauge",
            "demarche_run_exit_status{warehouse=\"/w \\\"a\\\\b\\\"\"} 0");
    assertThat(PrometheusText.of(JSON.readTree(DONE), "/w", "").lines())
        .contains(
            "demarche_run_timestamp_seconds{warehouse=\"/w\"} 1930096994",
            "demarche_last_success_timestamp_seconds{warehouse=\"/w\"} 1930096994",
            "demarche_run_duration_seconds{warehouse=\"/w\"} 10.5",
            "demarche_run_info{warehouse=\"/w\",run_id=\"20310301T020304005-1\",version=\"1.2\"} 1",
            "demarche_stage_count{warehouse=\"/w\",stage=\"extract\",what=\"statements\"} 9",
            "demarche_stage_duration_seconds{warehouse=\"/w\",stage=\"ingest\"} 1.5",
            "demarche_stage_cpu_seconds{warehouse=\"/w\",stage=\"ingest\"} 0.9",
            "demarche_gate_figure{warehouse=\"/w\",gate=\"label-drift\",scale=\"stance\"} 0.4",
            "demarche_gate_threshold{warehouse=\"/w\",gate=\"rejected-share\",scale=\"\"} 0.5",
            "demarche_gate_counted{warehouse=\"/w\",gate=\"rejected-share\",scale=\"\"} 5",
            "demarche_gate_verdict{warehouse=\"/w\",gate=\"label-drift\",scale=\"stance\","
                + "verdict=\"failed\"} 1")
        .noneMatch(line -> line.contains("stage=\"total\""));
  }

  /** The format has each name once, HELP and TYPE before its values, and a line end at the end. */
  @Test
  void keepToTheFormatOfPrometheus() throws IOException {
    String text = PrometheusText.of(JSON.readTree(DONE), "/w", "");
    assertThat(text).startsWith(PrometheusText.HEAD).endsWith("\n");
    String name = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("# HELP ")) {
        name = line.split(" ")[2];
        assertThat(text).containsOnlyOnce("# HELP " + name + " ");
      } else if (line.startsWith("# TYPE ")) {
        assertThat(line).isEqualTo("# TYPE " + name + " gauge");
      } else {
        assertThat(line).matches(name + "\\{([a-z_]+=\"[^\"]*\",?)+} [0-9.]+");
      }
    }
  }

  @Test
  void keepTheTimeOfTheLastSuccessThroughAFailure() throws IOException {
    ObjectNode failed = failed();
    String first = PrometheusText.of(failed, "/w", "");
    assertThat(first).contains("exit_status{warehouse=\"/w\"} 4").doesNotContain("last_success");
    String done = PrometheusText.of(JSON.readTree(DONE), "/w", first);
    failed.put("ended_at", "2031-03-02T02:00:00Z");
    assertThat(PrometheusText.of(failed, "/w", done))
        .contains("demarche_last_success_timestamp_seconds{warehouse=\"/w\"} 1930096994\n")
        .contains("demarche_run_timestamp_seconds{warehouse=\"/w\"} 1930183200\n");
  }

  @Test
  void tellOpenLineageWhereARunReadAndWrote() throws IOException {
    List<String> lines = OpenLineageEvents.of(JSON.readTree(DONE), "/w").lines().toList();
    assertThat(lines).hasSize(2).first().asString().startsWith(OpenLineageEvents.HEAD);
    JsonNode start = JSON.readTree(lines.get(0));
    JsonNode event = JSON.readTree(lines.get(1));
    assertThat(event.path("eventType").asText()).isEqualTo("COMPLETE");
    assertThat(start.path("eventTime").asText()).isEqualTo("2031-03-01T02:03:04.005Z");
    assertThat(event.path("eventTime").asText()).isEqualTo("2031-03-01T02:03:14.505Z");
    assertThat(event.at("/run/runId").asText())
        .isEqualTo(start.at("/run/runId").asText())
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(event.path("job").path("name").asText()).isEqualTo("/w:ingest+extract");
    assertThat(event.path("inputs"))
        .extracting(
            input -> input.path("namespace").asText(),
            input -> input.path("name").asText(),
            input -> input.at("/inputFacets/inputStatistics/fileCount").asInt(),
            input -> input.at("/inputFacets/inputStatistics/size").asInt())
        .containsExactly(tuple("file", "/in", 2, 42), tuple("s3://press", "2031", 1, 7));
    assertThat(event.at("/inputs/0/inputFacets/dataQualityAssertions/assertions").toString())
        .isEqualTo(
            "[{\"assertion\":\"rejected-share\",\"success\":true},"
                + "{\"assertion\":\"label-drift stance\",\"success\":false}]");
    assertThat(event.path("outputs"))
        .extracting(
            output -> output.path("name").asText(),
            output -> output.at("/outputFacets/outputStatistics/rowCount").asInt(-1))
        .containsExactly(
            tuple("/w/articles", 4), tuple("/w/rejects", -1), tuple("/w/statements", 9));
    for (JsonNode facet : event.findValues("inputStatistics")) {
      assertThat(facet.path("_producer").asText()).isEqualTo("urn:demarche:1.2");
      assertThat(facet.path("_schemaURL").asText())
          .isEqualTo(
              "https://openlineage.io/spec/facets/1-0-0/InputStatisticsInputDatasetFacet.json"
                  + "#/$defs/InputStatisticsInputDatasetFacet");
    }
  }

  @Test
  void tellOpenLineageWhyARunFailed() throws IOException {
    JsonNode event = JSON.readTree(OpenLineageEvents.of(failed(), "/w").lines().toList().get(1));
    assertThat(event.path("eventType").asText()).isEqualTo("FAIL");
    assertThat(event.at("/run/facets/errorMessage/message").asText()).isEqualTo("The gate failed");
    assertThat(event.at("/run/facets/errorMessage/programmingLanguage").asText()).isEqualTo("JAVA");
  }

  @Test
  void replaceTheirOwnFilesOnly() throws IOException {
    Path prometheus = folder.resolve("d.prom");
    Path openlineage = folder.resolve("d.json");
    MetricsSettings settings = new MetricsSettings(prometheus.toString(), openlineage.toString());
    for (JsonNode manifest : List.of(JSON.readTree(DONE), failed())) {
      RunMetrics.check(settings, "/w");
      RunMetrics.write(settings, manifest, "/w");
    }
    assertThat(prometheus).content().contains("exit_status{warehouse=\"/w\"} 4", "last_success");
    assertThat(openlineage).content().contains("\"FAIL\"").doesNotContain("COMPLETE");
    assertThat(folder).isDirectoryNotContaining("glob:**.draft");

    Files.writeString(openlineage, "{\"id\": \"an article\"}");
    assertThatThrownBy(() -> RunMetrics.check(settings, "/w"))
        .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
        .hasMessageContaining("it does not hold events of Demarche");
  }

  @Test
  void areRefusedBeforeARunInAFolderThatIsNotThereOrInTheWarehouse() {
    Path mistyped = folder.resolve("colector/d.prom");
    assertRefused(mistyped, "there is no folder " + mistyped.getParent());
    assertRefused(folder.resolve("w/../w/d.prom"), "it is inside the warehouse");
    RunMetrics.check(
        new MetricsSettings(folder.resolve("w.prom").toString(), null),
        folder.resolve("w").toString());
    assertThat(folder).isEmptyDirectory();
  }

  private void assertRefused(Path file, String reason) {
    MetricsSettings settings = new MetricsSettings(file.toString(), null);
    assertThatThrownBy(() -> RunMetrics.check(settings, folder.resolve("w").toString()))
        .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
        .hasMessageContaining(reason)
        .message()
        .hasLineCount(1);
  }

  private static ObjectNode failed() throws IOException {
    ObjectNode failed = (ObjectNode) JSON.readTree(DONE);
    return failed.put("status", "failed").put("exit_code", 4).put("message", "The gate failed");
  }
}
