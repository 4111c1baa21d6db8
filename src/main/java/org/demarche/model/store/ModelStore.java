package org.demarche.model.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.ClassificationReport.LabelFigures;
import org.demarche.features.Featuriser;
import org.demarche.model.BlendedModel;
import org.demarche.model.EncoderPart;
import org.demarche.model.LearntRows;
import org.demarche.model.LinearModel;
import org.demarche.model.LinearParameters;
import org.demarche.model.ModelMetadata;
import org.demarche.model.ModelMetadata.Step;
import org.demarche.model.Profile;
import org.demarche.model.StanceModel;
import org.demarche.stance.Label;
import org.demarche.stance.Scale;
import org.demarche.text.Sha256;

/**
 * Where models are kept: a directory with {@code weights.bin} (the numbers of the table; {@link
 * LinearParameters} documents the format), {@code encoder.bin} in an accurate model (those on the
 * encoder, {@link EncoderPart}), {@code model.json} (scale, provenance, figures), {@code rows.bin}
 * (which statements it learnt from, {@link LearntRows}; older models have none) and {@code
 * MODEL_CARD.md} (the same for people). The same model gives the same files, byte for byte.
 */
public final class ModelStore {

  private static final String WEIGHTS = "weights.bin";
  private static final String ENCODER = "encoder.bin";
  private static final String HEAD = "model.json";
  private static final String CARD = "MODEL_CARD.md";

  /** The files of a model but its card. */
  public static final List<String> FILES = List.of(HEAD, WEIGHTS, ENCODER, LearntRows.FILE);

  /** The files of a model that some are without: tables have no encoder, older models no rows. */
  public static final List<String> OPTIONAL = List.of(ENCODER, LearntRows.FILE);

  private static final String BUNDLED = "/org/demarche/models/";

  private static final int DECIMALS = 6;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ModelStore() {}

  /**
   * Writes {@code model} to {@code directory}, in place of the model that may be there. A reader
   * finds the old model or the new one, for a moment between two moves none, and never a half.
   *
   * @throws FileAlreadyExistsException if there is something else than a model at that place
   * @throws IOException if the files cannot be written
   */
  public static void save(StanceModel model, Path directory) throws IOException {
    Path place = directory.toAbsolutePath().normalize();
    if (Files.exists(place) && !Files.isDirectory(place) || holdsSomethingElse(place)) {
      throw new FileAlreadyExistsException(
          directory.toString(), null, "is there already and is not a model");
    }
    Files.createDirectories(place.getParent());
    Path made = createBeside(place);
    try {
      for (Map.Entry<String, byte[]> file : files(model).entrySet()) {
        Files.write(made.resolve(file.getKey()), file.getValue());
      }
      if (model.metadata().learnt().areKnown()) {
        Files.write(made.resolve(LearntRows.FILE), model.metadata().learnt().toBytes());
      }
      Files.writeString(made.resolve(CARD), ModelCard.of(model));
      if (Files.exists(place)) {
        Path old = createBeside(place);
        Files.move(place, old.resolve("model"));
        try {
          Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
          Files.move(old.resolve("model"), place);
          throw e;
        } finally {
          delete(old);
        }
      } else {
        Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      delete(made);
    }
  }

  /** With the usual permissions: a temporary directory of Java's is closed to everybody else. */
  private static Path createBeside(Path place) throws IOException {
    return Files.createDirectory(
        place.resolveSibling("." + place.getFileName() + "-" + UUID.randomUUID()));
  }

  private static boolean holdsSomethingElse(Path place) throws IOException {
    if (!Files.isDirectory(place) || Files.exists(place.resolve(HEAD))) {
      return false;
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.findAny().isPresent();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> found = Files.walk(directory)) {
      files = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  /** The files of a model that scoring reads, by name. */
  private static Map<String, byte[]> files(StanceModel model) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(HEAD, null);
    if (model instanceof LinearModel table) {
      files.put(WEIGHTS, table.parameters().toBytes());
    } else if (model instanceof BlendedModel blended) {
      files.put(WEIGHTS, blended.table().parameters().toBytes());
      files.put(ENCODER, blended.part().toBytes());
    } else {
      throw new IllegalArgumentException(
          "The model '%s' is for comparison or for one run and is not stored"
              .formatted(model.description()));
    }
    files.put(HEAD, head(model, files));
    return files;
  }

  /**
   * Reads the model at {@code directory}.
   *
   * @param encoderDirectory where the encoder of an accurate model is; null for the bundled one
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if there is no model, or one
   *     that cannot be used here
   */
  public static StanceModel load(Path directory, String encoderDirectory) {
    try {
      Map<String, byte[]> files = new LinkedHashMap<>();
      files.put(HEAD, Files.readAllBytes(directory.resolve(HEAD)));
      files.put(WEIGHTS, Files.readAllBytes(directory.resolve(WEIGHTS)));
      for (String optional : OPTIONAL) {
        if (Files.exists(directory.resolve(optional))) {
          files.put(optional, Files.readAllBytes(directory.resolve(optional)));
        }
      }
      return read(files, encoderDirectory);
    } catch (DemarcheException e) {
      throw DemarcheException.modelIncompatible("Model " + directory + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw DemarcheException.modelIncompatible(
          "No model at %s: cannot read %s".formatted(directory, e.getMessage()), e);
    }
  }

  /** Reads the model at {@code directory}; an accurate one with the bundled encoder. */
  public static StanceModel load(Path directory) {
    return load(directory, null);
  }

  /** Returns whether a model of that name is bundled with this version of Demarche. */
  public static boolean isBundled(String name) {
    return name.matches("[a-z0-9-]+")
        && ModelStore.class.getResource(BUNDLED + name + "/" + HEAD) != null;
  }

  /**
   * Reads the bundled model {@code name}, such as {@code stance}.
   *
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if there is none of that
   *     name, or it needs an encoder that is not to be had here
   */
  public static StanceModel loadBundled(String name) {
    if (!isBundled(name)) {
      throw DemarcheException.modelIncompatible("No model named '" + name + "' is bundled");
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String file : FILES) {
      try (InputStream in = ModelStore.class.getResourceAsStream(BUNDLED + name + "/" + file)) {
        if (in != null) {
          files.put(file, in.readAllBytes());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return read(files, null);
  }

  /** Returns {@code model} as bytes, to send it to another process. */
  public static byte[] toBytes(StanceModel model) {
    Map<String, byte[]> files = files(model);
    int size = files.values().stream().mapToInt(file -> 4 + file.length).sum();
    ByteBuffer out = ByteBuffer.allocate(size);
    files.values().forEach(file -> out.putInt(file.length).put(file));
    return out.array();
  }

  /**
   * Reads what {@link #toBytes} made.
   *
   * @param encoderDirectory as for {@link #load(Path, String)}
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if the bytes are not a model
   *     that can be used here
   */
  public static StanceModel fromBytes(byte[] bytes, String encoderDirectory) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String file : FILES) {
      if (in.hasRemaining()) {
        int length = in.remaining() < 4 ? -1 : in.getInt();
        if (length < 0 || length > in.remaining()) {
          throw DemarcheException.modelIncompatible("These bytes are not a model");
        }
        files.put(file, new byte[length]);
        in.get(files.get(file));
      }
    }
    if (in.hasRemaining()) {
      throw DemarcheException.modelIncompatible("These bytes are more than a model");
    }
    return read(files, encoderDirectory);
  }

  private static StanceModel read(Map<String, byte[]> files, String encoderDirectory) {
    if (!files.containsKey(WEIGHTS)) {
      throw DemarcheException.modelIncompatible("The model has no " + WEIGHTS);
    }
    JsonNode json;
    try {
      json = JSON.readTree(files.get(HEAD));
    } catch (IOException e) {
      throw DemarcheException.modelIncompatible("model.json is not JSON" + where(e), e);
    }
    LinearParameters parameters = LinearParameters.fromBytes(files.get(WEIGHTS));
    EncoderPart part =
        files.containsKey(ENCODER) ? EncoderPart.fromBytes(files.get(ENCODER)) : null;
    boolean accurate = text(json, "profile").equals(Profile.accurate.name());
    if (accurate != (part != null)) {
      throw DemarcheException.modelIncompatible(
          "model.json is of the profile %s, but %s is %s"
              .formatted(text(json, "profile"), ENCODER, part == null ? "missing" : "there"));
    }
    files.forEach(
        (name, bytes) -> {
          if (!name.equals(HEAD)
              && !name.equals(LearntRows.FILE)
              && !Sha256.hex(bytes).equals(text(json, digestField(name)))) {
            throw DemarcheException.modelIncompatible(
                "%s is not the file that model.json belongs to (SHA-256 differs)".formatted(name));
          }
        });
    try {
      Scale scale = scale(field(json, "scale"));
      ModelMetadata metadata =
          metadata(json, scale)
              .with(
                  files.containsKey(LearntRows.FILE)
                      ? LearntRows.fromBytes(files.get(LearntRows.FILE))
                      : LearntRows.UNKNOWN);
      LinearModel table = new LinearModel(scale, parameters, metadata);
      return accurate ? new BlendedModel(table, part, metadata, encoderDirectory) : table;
    } catch (IllegalArgumentException e) {
      throw DemarcheException.modelIncompatible("model.json does not fit: " + e.getMessage(), e);
    }
  }

  private static String digestField(String file) {
    return file.substring(0, file.indexOf('.')) + "_sha256";
  }

  /** Jackson's own message speaks of its settings; where it stopped is what helps. */
  private static String where(IOException e) {
    return e instanceof JsonProcessingException json && json.getLocation() != null
        ? ": it is damaged or cut at line %d, column %d"
            .formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr())
        : "";
  }

  private static byte[] head(StanceModel model, Map<String, byte[]> files) {
    ModelMetadata metadata = model.metadata();
    ClassificationReport report = metadata.crossValidation();
    ObjectNode json = NODES.objectNode();
    json.put("id", model.id());
    json.put("profile", model.profile().name());
    ObjectNode scale = json.putObject("scale").put("name", model.scale().name());
    ArrayNode labels = scale.putArray("labels");
    for (Label label : model.scale().labels()) {
      labels.addObject().put("name", label.name()).put("value", BigDecimal.valueOf(label.value()));
    }
    json.put("feature_version", Featuriser.VERSION);
    files.forEach(
        (name, bytes) -> {
          if (!name.equals(HEAD)) {
            json.put(digestField(name), Sha256.hex(bytes));
          }
        });
    json.put("backend", metadata.backend());
    json.put("library_version", metadata.libraryVersion());
    json.put("algorithm", metadata.algorithm());
    ObjectNode settings = json.putObject("settings");
    metadata.settings().forEach(settings::put);
    ObjectNode training = json.putObject("training");
    training.put("rows", metadata.trainingRows());
    training.put("targets", metadata.usesTargets());
    training.put("sha256", metadata.trainingDigest());
    ObjectNode counts = training.putObject("labels");
    metadata.labelCounts().forEach(counts::put);
    ObjectNode validation = json.putObject("cross_validation");
    validation.put("folds", metadata.folds());
    validation.put("seed", metadata.seed());
    validation.put("macro_f1", rounded(report.macroF1()));
    validation.put("f_avg", rounded(report.fAverage()));
    validation.put("accuracy", rounded(report.accuracy()));
    validation.put("macro_recall", rounded(report.macroRecall()));
    validation.put("log_loss", rounded(report.logLoss()));
    validation.put("brier", rounded(report.brier()));
    validation.put("calibration_error", rounded(report.calibrationError()));
    ObjectNode perLabel = validation.putObject("labels");
    for (LabelFigures figures : report.labels()) {
      perLabel
          .putObject(figures.label())
          .put("precision", rounded(figures.precision()))
          .put("recall", rounded(figures.recall()))
          .put("f1", rounded(figures.f1()))
          .put("support", figures.support());
    }
    ArrayNode confusion = validation.putArray("confusion");
    for (long[] row : report.confusion()) {
      ArrayNode cells = confusion.addArray();
      for (long cell : row) {
        cells.add(cell);
      }
    }
    ArrayNode probabilities = validation.putArray("mean_probabilities");
    for (double[] row : report.meanProbabilities()) {
      probabilities.add(array(row));
    }
    ArrayNode steps = json.putArray("steps");
    for (Step step : metadata.steps()) {
      steps
          .addObject()
          .put("what", step.what())
          .put("macro_f1", rounded(step.macroF1()))
          .put("log_loss", rounded(step.logLoss()))
          .put("calibration_error", rounded(step.calibrationError()));
    }
    try {
      byte[] printed = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
      byte[] withNewline = Arrays.copyOf(printed, printed.length + 1);
      withNewline[printed.length] = '\n';
      return withNewline;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rounded, so that the file does not depend on how a Java version prints a double. */
  private static BigDecimal rounded(double value) {
    return new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
  }

  private static ArrayNode array(double[] values) {
    ArrayNode array = NODES.arrayNode();
    for (double value : values) {
      array.add(rounded(value));
    }
    return array;
  }

  private static Scale scale(JsonNode json) {
    List<Label> labels = new ArrayList<>();
    for (JsonNode label : field(json, "labels")) {
      labels.add(new Label(text(label, "name"), field(label, "value").asDouble(Double.NaN)));
    }
    return new Scale(text(json, "name"), labels);
  }

  private static ModelMetadata metadata(JsonNode json, Scale scale) {
    JsonNode training = field(json, "training");
    JsonNode validation = field(json, "cross_validation");
    Map<String, String> settings = new LinkedHashMap<>();
    field(json, "settings")
        .properties()
        .forEach(e -> settings.put(e.getKey(), e.getValue().asText()));
    Map<String, Long> counts = new LinkedHashMap<>();
    field(training, "labels")
        .properties()
        .forEach(e -> counts.put(e.getKey(), e.getValue().asLong()));
    return new ModelMetadata(
        text(json, "backend"),
        text(json, "library_version"),
        text(json, "algorithm"),
        settings,
        field(training, "rows").asLong(),
        field(training, "targets").asBoolean(),
        text(training, "sha256"),
        LearntRows.UNKNOWN,
        counts,
        field(validation, "seed").asLong(),
        field(validation, "folds").asInt(),
        report(validation, scale),
        steps(json));
  }

  private static List<Step> steps(JsonNode json) {
    List<Step> steps = new ArrayList<>();
    for (JsonNode step : field(json, "steps")) {
      steps.add(
          new Step(
              text(step, "what"),
              field(step, "macro_f1").asDouble(),
              field(step, "log_loss").asDouble(),
              field(step, "calibration_error").asDouble()));
    }
    return steps;
  }

  private static ClassificationReport report(JsonNode json, Scale scale) {
    int k = scale.size();
    List<LabelFigures> figures = new ArrayList<>();
    for (String label : scale.labelNames()) {
      JsonNode of = field(field(json, "labels"), label);
      figures.add(
          new LabelFigures(
              label,
              field(of, "precision").asDouble(),
              field(of, "recall").asDouble(),
              field(of, "f1").asDouble(),
              field(of, "support").asLong()));
    }
    long[][] confusion = new long[k][k];
    double[][] probabilities = new double[k][k];
    for (int given = 0; given < k; given++) {
      for (int other = 0; other < k; other++) {
        confusion[given][other] = item(json, "confusion", given, other).asLong();
        probabilities[given][other] = item(json, "mean_probabilities", given, other).asDouble();
      }
    }
    return new ClassificationReport(
        scale,
        confusion,
        List.copyOf(figures),
        field(json, "accuracy").asDouble(),
        field(json, "macro_f1").asDouble(),
        field(json, "f_avg").asDouble(),
        field(json, "macro_recall").asDouble(),
        field(json, "log_loss").asDouble(),
        field(json, "brier").asDouble(),
        field(json, "calibration_error").asDouble(),
        probabilities);
  }

  private static JsonNode item(JsonNode json, String name, int row, int column) {
    JsonNode item = field(json, name).path(row).path(column);
    if (!item.isNumber()) {
      throw DemarcheException.modelIncompatible(
          "model.json: %s has no number in row %d, column %d".formatted(name, row, column));
    }
    return item;
  }

  private static String text(JsonNode json, String name) {
    return field(json, name).asText();
  }

  private static JsonNode field(JsonNode json, String name) {
    JsonNode field = json.get(name);
    if (field == null || field.isNull()) {
      throw DemarcheException.modelIncompatible("model.json: the field '" + name + "' is missing");
    }
    return field;
  }
}
