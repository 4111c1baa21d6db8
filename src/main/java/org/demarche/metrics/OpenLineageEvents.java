package org.demarche.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest as the run events of OpenLineage: {@code START} and then {@code COMPLETE} or {@code
 * FAIL}, one in each line. Inputs are the folders of the input files, or the table that the first
 * stage reads; outputs are the tables that the stages write.
 *
 * @see <a href="https://openlineage.io/spec/2-0-2/OpenLineage.json">The schema</a>
 */
final class OpenLineageEvents {

  /** The first characters of every such text. */
  static final String HEAD = "{\"eventType\":\"START\"";

  private static final String SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json";
  private static final String FACETS = "https://openlineage.io/spec/facets/";

  private static final Pattern REMOTE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://[^/]+)/?(.*)");

  /** The table that each stage reads if it is the first; removing and ingesting read no table. */
  private static final Map<String, String> READS =
      Map.of("extract", "articles", "score", "statements", "aggregate", "statement_scores");

  /**
   * The tables that each stage writes; a count of the stage has the same name, where it has one.
   */
  private static final Map<String, List<String>> WRITES =
      Map.of(
          "ingest", List.of("articles", "rejects"),
          "extract", List.of("statements"),
          "score", List.of("statement_scores"),
          "aggregate", List.of("speakers", "speaker_scores", "speaker_labels", "targets"));

  private final JsonNode manifest;
  private final String warehouse;
  private final String producer;

  private OpenLineageEvents(JsonNode manifest, String warehouse) {
    this.manifest = manifest;
    this.warehouse = warehouse;
    this.producer = "urn:demarche:" + manifest.path("versions").path("demarche").asText();
  }

  /**
   * Returns the events, one in each line.
   *
   * @param manifest the manifest of a run that has ended
   */
  static String of(JsonNode manifest, String warehouse) {
    OpenLineageEvents events = new OpenLineageEvents(manifest, warehouse);
    boolean done = manifest.path("exit_code").asInt() == 0;
    return events.event("START", "started_at")
        + "\n"
        + events.event(done ? "COMPLETE" : "FAIL", "ended_at")
        + "\n";
  }

  private ObjectNode event(String type, String time) {
    ObjectNode event = object();
    event.put("eventType", type);
    event.put("eventTime", manifest.path(time).asText());
    event.put("producer", producer);
    event.put("schemaURL", SCHEMA + "#/$defs/RunEvent");
    ObjectNode run = event.putObject("run");
    String id = manifest.path("run_id").asText();
    run.put("runId", UUID.nameUUIDFromBytes(id.getBytes(UTF_8)).toString());
    ObjectNode facets = run.putObject("facets");
    facets.set(
        "processing_engine",
        facet("1-1-0", "ProcessingEngineRunFacet")
            .put("name", "Spark")
            .put("version", manifest.path("versions").path("spark").asText()));
    if (type.equals("FAIL")) {
      facets.set(
          "errorMessage",
          facet("1-0-0", "ErrorMessageRunFacet")
              .put("message", manifest.path("message").asText())
              .put("programmingLanguage", "JAVA"));
    }
    ObjectNode job = event.putObject("job");
    job.put("namespace", "demarche");
    job.put("name", warehouse + ":" + String.join("+", stages()));
    job.putObject("facets")
        .set(
            "jobType",
            facet("2-0-3", "JobTypeJobFacet")
                .put("processingType", "BATCH")
                .put("integration", "DEMARCHE"));
    inputs(event.putArray("inputs"));
    outputs(event.putArray("outputs"), type.equals("COMPLETE"));
    return event;
  }

  private List<String> stages() {
    List<String> stages = new ArrayList<>();
    manifest.path("stages").forEach(stage -> stages.add(stage.asText()));
    return stages;
  }

  /** The input files of one folder. */
  private record Files(long count, long bytes) {
    Files plus(Files other) {
      return new Files(count + other.count, bytes + other.bytes);
    }
  }

  private void inputs(ArrayNode inputs) {
    Map<String, Files> folders = new TreeMap<>();
    for (JsonNode input : manifest.path("inputs")) {
      String file = input.path("file").asText();
      folders.merge(
          file.substring(0, Math.max(0, file.lastIndexOf('/'))),
          new Files(1, input.path("bytes").asLong()),
          Files::plus);
    }
    folders.forEach(
        (folder, files) -> {
          ObjectNode facets = dataset(inputs, folder).putObject("inputFacets");
          facets.set(
              "inputStatistics",
              facet("1-0-0", "InputStatisticsInputDatasetFacet")
                  .put("fileCount", files.count())
                  .put("size", files.bytes()));
          assertions(facets);
        });
    String first = READS.get(stages().get(0));
    if (first != null) {
      assertions(dataset(inputs, warehouse + "/" + first).putObject("inputFacets"));
    }
  }

  /** Tells what became of the gates of quality. */
  private void assertions(ObjectNode facets) {
    if (manifest.path("gates").isEmpty()) {
      return;
    }
    ObjectNode facet = facet("1-0-1", "DataQualityAssertionsDatasetFacet");
    ArrayNode assertions = facet.putArray("assertions");
    for (JsonNode gate : manifest.path("gates")) {
      String scale = gate.path("scale").asText();
      assertions
          .addObject()
          .put("assertion", gate.path("gate").asText() + (scale.isEmpty() ? "" : " " + scale))
          .put("success", !gate.path("verdict").asText().equals("failed"));
    }
    facets.set("dataQualityAssertions", facet);
  }

  private void outputs(ArrayNode outputs, boolean published) {
    for (String stage : stages()) {
      for (String table : WRITES.getOrDefault(stage, List.of())) {
        ObjectNode dataset = dataset(outputs, warehouse + "/" + table);
        JsonNode rows = manifest.path("counts").path(stage).path(table);
        if (published && rows.isIntegralNumber()) {
          dataset
              .putObject("outputFacets")
              .set(
                  "outputStatistics",
                  facet("1-0-2", "OutputStatisticsOutputDatasetFacet")
                      .put("rowCount", rows.asLong()));
        }
      }
    }
  }

  /** Adds a dataset that is a file or folder, named as OpenLineage names them. */
  private static ObjectNode dataset(ArrayNode datasets, String path) {
    Matcher remote = REMOTE.matcher(path);
    return remote.matches()
        ? datasets
            .addObject()
            .put("namespace", remote.group(1).replaceFirst("^s3[an]:", "s3:"))
            .put("name", remote.group(2))
        : datasets
            .addObject()
            .put("namespace", "file")
            .put("name", path.replaceFirst("^file:", ""));
  }

  private ObjectNode facet(String version, String type) {
    return object()
        .put("_producer", producer)
        .put("_schemaURL", FACETS + version + "/" + type + ".json#/$defs/" + type);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
