package org.demarche.warehouse;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.demarche.ExitStatus;
import org.demarche.Version;

/**
 * The manifest of a run, {@code _runs/<run>/manifest.json}: its settings and inputs, what it found
 * and how it ended. Its fields are those of the file.
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class Manifest {

  /** Writes records as the manifest does. */
  public static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  /** An input file and its length. */
  private record Input(String file, long bytes) {}

  /** An article in which Demarche threw an unexpected exception. */
  private record ExtractionFault(String articleId, String fault) {}

  /** An article that was not read to its end. */
  private record CutOff(String articleId, String limit) {}

  /**
   * The adjustment of a model's answers to other label shares.
   *
   * @param statements number of statements that were read for it
   * @param trained share of each label in the training
   * @param scored share of each label to which the answers are adjusted; null if they are not
   * @param leftSince why answers are not adjusted; null if they are
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Prior(
      int statements, Map<String, Double> trained, Map<String, Double> scored, String leftSince) {}

  /** What became of a gate of quality. */
  public enum Verdict {
    PASSED,
    FAILED,
    /** The figure is above the threshold, but the user accepts it. */
    ACCEPTED,
    /** There are too few rows to tell. */
    TOO_FEW;

    @Override
    @JsonValue
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a gate of quality measured.
   *
   * @param gate its name in the configuration
   * @param scale the scale that it was measured on; null if it has nothing to do with one
   * @param figure from 0 to 1, rounded to ten-thousandths
   * @param threshold the largest figure that is allowed
   * @param counted the number of rows that it was measured on
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Gate(
      String gate,
      String scale,
      BigDecimal figure,
      double threshold,
      long counted,
      Verdict verdict) {

    /** Returns the gate, its figure and its threshold, for a gate that did not pass. */
    @Override
    public String toString() {
      String on = scale == null ? "" : " on scale " + scale;
      return "%s%s: %s, more than %s".formatted(gate, on, figure.toPlainString(), threshold);
    }
  }

  private final String runId;
  private String status = "running";
  private int exitCode;
  private final String startedAt;
  private List<String> stages;
  private final JsonNode configuration;
  private final Map<String, String> versions = new LinkedHashMap<>();
  private final List<Input> inputs = new ArrayList<>();
  private final Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
  private final Map<String, String> models = new LinkedHashMap<>();

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private final List<Gate> gates = new ArrayList<>();

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private final List<ExtractionFault> extractionFaults = new ArrayList<>();

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private final List<CutOff> articlesCutOff = new ArrayList<>();

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private final Map<String, Prior> priors = new LinkedHashMap<>();

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private final List<String> warnings = new ArrayList<>();

  private String message;
  private String endedAt;
  private final Map<String, Long> milliseconds = new LinkedHashMap<>();
  private final Map<String, Long> taskCpuMilliseconds = new LinkedHashMap<>();

  /**
   * Begins the manifest of the run {@code runId}.
   *
   * @param stages names of the stages that will run
   * @param configuration the settings as a JSON object without secrets
   */
  public Manifest(String runId, List<String> stages, String configuration) {
    this.runId = runId;
    this.startedAt = Instant.now().toString();
    this.stages = List.copyOf(stages);
    try {
      this.configuration = JSON.readTree(configuration);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The configuration is not JSON", e);
    }
    versions.put("demarche", Version.DEMARCHE);
    versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    versions.put("java", Runtime.version().toString());
  }

  public String runId() {
    return runId;
  }

  /** Replaces the names of the stages that will run. */
  public void stages(List<String> names) {
    stages = List.copyOf(names);
  }

  /** Records a file that was read. */
  public void input(InputFile file) {
    inputs.add(new Input(file.path(), file.bytes()));
  }

  /**
   * Records the first hundred articles in which Demarche threw an unexpected exception.
   *
   * @param faults the exception by article id
   */
  public void extractionFaults(Map<String, String> faults) {
    faults.entrySet().stream()
        .limit(100)
        .map(fault -> new ExtractionFault(fault.getKey(), fault.getValue()))
        .forEach(extractionFaults::add);
  }

  /**
   * Records the first hundred articles that were not read to their end.
   *
   * @param limits the limit that each of them passed, by article id
   */
  public void cutOff(Map<String, String> limits) {
    limits.entrySet().stream()
        .limit(100)
        .map(cut -> new CutOff(cut.getKey(), cut.getValue()))
        .forEach(articlesCutOff::add);
  }

  /** Records which model scored on {@code scale}. */
  public void model(String scale, String modelId) {
    models.put(scale, modelId);
  }

  /** Records how the answers on {@code scale} are adjusted. */
  public void prior(String scale, Prior prior) {
    priors.put(scale, prior);
  }

  /** Records what a gate of quality measured. */
  public void gate(Gate gate) {
    gates.add(gate);
  }

  /** Returns what the gates of quality measured so far. */
  public List<Gate> gates() {
    return List.copyOf(gates);
  }

  /** Records a warning that the run also printed. */
  public void warning(String line) {
    warnings.add(line);
  }

  /** Records what a stage counted, how long it took and how much processor time its tasks used. */
  public void stage(String name, Map<String, Long> counted, Duration took, long cpuMillis) {
    counts.put(name, counted);
    milliseconds.put(name, took.toMillis());
    taskCpuMilliseconds.put(name, cpuMillis);
  }

  /**
   * Returns the text of a manifest without the inputs and faults that name certain articles.
   *
   * @param isNamed tells whether a text has such an article in it
   * @param isName tells whether the name of a file is that of such an article
   */
  static String without(String manifest, Predicate<String> isNamed, Predicate<String> isName) {
    JsonNode root;
    try {
      root = JSON.readTree(manifest);
    } catch (JsonProcessingException e) {
      return RunFiles.withoutLines(manifest, isNamed); // of a run that was killed while it wrote
    }
    boolean changed = drop(root.path("inputs"), input -> isName.test(input.path("file").asText()));
    changed |= drop(root.path("extraction_faults"), fault -> isNamed.test(fault.toString()));
    changed |= drop(root.path("articles_cut_off"), cut -> isNamed.test(cut.toString()));
    if (isNamed.test(root.path("message").asText(""))) {
      ((ObjectNode) root).remove("message");
      changed = true;
    }
    return changed ? root.toPrettyString() + "\n" : manifest;
  }

  private static boolean drop(JsonNode list, Predicate<JsonNode> goes) {
    boolean changed = false;
    for (Iterator<JsonNode> each = list.iterator(); each.hasNext(); ) {
      if (goes.test(each.next())) {
        each.remove();
        changed = true;
      }
    }
    return changed;
  }

  /**
   * Ends the manifest of a run, and returns it as JSON. Another call ends it anew.
   *
   * @param message what failed, in a line; null if nothing did
   */
  public JsonNode end(ExitStatus status, String message) {
    this.status = status == ExitStatus.DONE ? "done" : "failed";
    this.exitCode = status.code();
    this.message = message;
    Instant now = Instant.now();
    endedAt = now.toString();
    milliseconds.put("total", Duration.between(Instant.parse(startedAt), now).toMillis());
    return JSON.valueToTree(this);
  }

  /** Returns the text of the file for a run that ended now; {@code message} may be null. */
  String ended(ExitStatus status, String message) {
    return end(status, message).toPrettyString() + "\n";
  }
}
