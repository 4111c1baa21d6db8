package org.demarche.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A manifest in the text format of Prometheus, for the textfile collector of its node exporter.
 * Every value is a gauge of the last run with the warehouse as a label, so that files of several
 * warehouses can lie side by side.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">The format</a>
 */
final class PrometheusText {

  /** The first characters of every such text. */
  static final String HEAD = "# HELP demarche_";

  private static final String SUCCESS = "demarche_last_success_timestamp_seconds";

  private final StringBuilder text = new StringBuilder();
  private final String warehouse;

  /** The metric that is being written. */
  private String name;

  private PrometheusText(String warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Returns the text.
   *
   * @param manifest the manifest of a run that has ended
   * @param before the text of the run before, which says when a run last succeeded; empty for none
   */
  static String of(JsonNode manifest, String warehouse, String before) {
    PrometheusText prometheus = new PrometheusText(warehouse);
    prometheus.run(manifest, before);
    prometheus.stages(manifest);
    prometheus.gates(manifest.path("gates"));
    return prometheus.text.toString();
  }

  private void run(JsonNode manifest, String before) {
    long ended = seconds(manifest.path("ended_at"));
    begin("demarche_run_exit_status", "Exit status of the last run; 0 means that it is done.");
    sample(manifest.path("exit_code").asText());
    begin("demarche_run_timestamp_seconds", "When the last run ended.");
    sample(Long.toString(ended));
    begin("demarche_run_duration_seconds", "How long the last run took.");
    sample(thousandth(manifest.path("milliseconds").path("total")));
    OptionalLong success =
        manifest.path("exit_code").asInt() == 0 ? OptionalLong.of(ended) : lastSuccess(before);
    if (success.isPresent()) {
      begin(SUCCESS, "When a run last succeeded.");
      sample(Long.toString(success.getAsLong()));
    }
    begin("demarche_run_info", "Id of the last run and version of Demarche; always 1.");
    sample(
        "1",
        "run_id",
        manifest.path("run_id").asText(),
        "version",
        manifest.path("versions").path("demarche").asText());
  }

  private void stages(JsonNode manifest) {
    begin("demarche_stage_count", "What a stage of the last run counted.");
    manifest
        .path("counts")
        .properties()
        .forEach(
            stage ->
                stage
                    .getValue()
                    .properties()
                    .forEach(
                        count ->
                            sample(
                                count.getValue().asText(),
                                "stage",
                                stage.getKey(),
                                "what",
                                count.getKey())));
    times("demarche_stage_duration_seconds", "How long a stage took.", manifest, "milliseconds");
    times(
        "demarche_stage_cpu_seconds",
        "Processor time of the tasks of a stage.",
        manifest,
        "task_cpu_milliseconds");
  }

  private void times(String name, String help, JsonNode manifest, String field) {
    begin(name, help);
    manifest
        .path(field)
        .properties()
        .forEach(
            stage -> {
              if (!stage.getKey().equals("total")) {
                sample(thousandth(stage.getValue()), "stage", stage.getKey());
              }
            });
  }

  private void gates(JsonNode gates) {
    if (gates.isEmpty()) {
      return; // a run without new articles measures none
    }
    gate(gates, "figure", "What a gate of quality measured, from 0 to 1.");
    gate(gates, "threshold", "The largest figure that the gate allows.");
    gate(gates, "counted", "The number of rows that the gate measured.");
    begin("demarche_gate_verdict", "What became of the gate, as a label; always 1.");
    gates.forEach(
        gate ->
            sample(
                "1",
                "gate",
                gate.path("gate").asText(),
                "scale",
                gate.path("scale").asText(),
                "verdict",
                gate.path("verdict").asText()));
  }

  private void gate(JsonNode gates, String field, String help) {
    begin("demarche_gate_" + field, help);
    gates.forEach(
        gate ->
            sample(
                gate.path(field).asText(),
                "gate",
                gate.path("gate").asText(),
                "scale",
                gate.path("scale").asText()));
  }

  private void begin(String metric, String help) {
    name = metric;
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
  }

  /**
   * @param labels names and values in turn; the warehouse is added
   */
  private void sample(String value, String... labels) {
    text.append(name).append("{warehouse=\"").append(escaped(warehouse)).append('"');
    for (int i = 0; i < labels.length; i += 2) {
      text.append(',').append(labels[i]).append("=\"").append(escaped(labels[i + 1])).append('"');
    }
    text.append("} ").append(value).append('\n');
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static OptionalLong lastSuccess(String before) {
    Optional<String> line = before.lines().filter(l -> l.startsWith(SUCCESS + "{")).findFirst();
    String value = line.map(l -> l.substring(l.lastIndexOf(' ') + 1)).orElse("");
    return value.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(value))
        : OptionalLong.empty();
  }

  private static String thousandth(JsonNode milliseconds) {
    return Double.toString(milliseconds.asLong() / 1000.0);
  }

  private static long seconds(JsonNode instant) {
    return Instant.parse(instant.asText()).getEpochSecond();
  }
}
