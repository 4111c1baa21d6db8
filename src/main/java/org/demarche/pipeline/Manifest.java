package org.demarche.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.demarche.Version;
import org.demarche.config.Settings;
import org.demarche.model.PriorShift;
import org.demarche.model.ScaleModel;

/**
 * The manifest of a run, {@code _runs/<run>/manifest.json}: its settings and inputs, what it found
 * and how it ended.
 */
final class Manifest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode root = JSON.createObjectNode();
  private final Instant startedAt = Instant.now();
  private final Map<Stage, Long> millis = new LinkedHashMap<>();
  private final Map<Stage, Long> cpu = new LinkedHashMap<>();

  Manifest(String runId, List<Stage> stages, Settings settings) {
    root.put("run_id", runId);
    root.put("status", "running");
    root.putNull("exit_code");
    root.put("started_at", startedAt.toString());
    var names = root.putArray("stages");
    stages.forEach(stage -> names.add(stage.label()));
    try {
      root.set("configuration", JSON.readTree(settings.rendered()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The rendered configuration is not JSON", e);
    }
    ObjectNode versions = root.putObject("versions");
    versions.put("demarche", Version.DEMARCHE);
    versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    versions.put("java", Runtime.version().toString());
    root.putArray("inputs");
    root.putObject("counts");
    root.putObject("models");
  }

  void input(String file, long bytes) {
    root.withArray("inputs").addObject().put("file", file).put("bytes", bytes);
  }

  /**
   * Records the first hundred articles in which Demarche threw an unexpected exception.
   *
   * @param faults the exception by article id
   */
  void extractionFaults(Map<String, String> faults) {
    var list = root.putArray("extraction_faults");
    faults.entrySet().stream()
        .limit(100)
        .forEach(
            fault ->
                list.addObject().put("article_id", fault.getKey()).put("fault", fault.getValue()));
  }

  void model(String scale, String modelId) {
    ((ObjectNode) root.get("models")).put(scale, modelId);
  }

  /** Records the label shares of the training and those that the answers are adjusted to. */
  void prior(String scale, ScaleModel model, PriorShift.Estimate estimate, int statements) {
    ObjectNode node = root.withObjectProperty("priors").putObject(scale);
    node.put("statements", statements);
    double[] trained = PriorShift.trainedShares(model);
    PriorShift shift = estimate.shift();
    for (int label = 0; label < trained.length; label++) {
      String name = model.scale().labelNames().get(label);
      node.withObjectProperty("trained").put(name, trained[label]);
      if (shift != null) {
        node.withObjectProperty("scored").put(name, shift.shares()[label]);
      }
    }
    if (shift == null) {
      node.put("left_since", estimate.why());
    }
  }

  /** Records a warning that the run also printed. */
  void warning(String line) {
    root.withArray("warnings").add(line);
  }

  void counts(Stage stage, Map<String, Long> counts, Duration took, long cpuMillis) {
    ObjectNode node = ((ObjectNode) root.get("counts")).putObject(stage.label());
    counts.forEach(node::put);
    millis.put(stage, took.toMillis());
    cpu.put(stage, cpuMillis);
  }

  /** Returns the manifest of a run that ended with the exit status {@code code}. */
  String ended(int code, String message) {
    root.put("status", code == 0 ? "done" : "failed");
    root.put("exit_code", code);
    if (message != null) {
      root.put("message", message);
    }
    root.put("ended_at", Instant.now().toString());
    ObjectNode durations = root.putObject("milliseconds");
    millis.forEach((stage, n) -> durations.put(stage.label(), n));
    durations.put("total", Duration.between(startedAt, Instant.now()).toMillis());
    ObjectNode taskCpu = root.putObject("task_cpu_milliseconds");
    cpu.forEach((stage, n) -> taskCpu.put(stage.label(), n));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree cannot be written", e);
    }
  }
}
