package org.demarche.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.demarche.DemarcheException;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.ClassificationReport.LabelFigures;
import org.demarche.features.Featuriser;
import org.demarche.model.ModelMetadata.Step;
import org.demarche.stance.Scale;
import org.demarche.text.Sha256;

/**
 * Reads and writes {@code model.json}, which describes a model: its scale, training and accuracy.
 */
final class ModelJson {

  private static final int DECIMALS = 6;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /** Rounds numbers, so that the file does not depend on how Java prints a double. */
  private static final ObjectMapper ROUNDING =
      ((JsonMapper) JSON)
          .rebuild()
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .addModule(
              new SimpleModule()
                  .addSerializer(double.class, new Rounded<>(Double.class))
                  .addSerializer(double[].class, new Rounded<>(double[].class)))
          .build();

  private static final Pattern MISSING = Pattern.compile("creator property '([^']+)'");

  private final JsonNode json;
  private final Fields fields;

  private ModelJson(JsonNode json, Fields fields) {
    this.json = json;
    this.fields = fields;
  }

  /**
   * The fields that Jackson maps. The id, the profile and the digests of the files stand beside
   * them.
   */
  private record Fields(
      @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) Scale scale,
      String backend,
      String libraryVersion,
      String algorithm,
      Map<String, String> settings,
      Training training,
      CrossValidation crossValidation,
      List<Step> steps) {

    static Fields of(Scale scale, ModelMetadata of) {
      return new Fields(
          scale,
          of.backend(),
          of.libraryVersion(),
          of.algorithm(),
          of.settings(),
          new Training(of.trainingRows(), of.usesTargets(), of.trainingDigest(), of.labelCounts()),
          CrossValidation.of(of.folds(), of.seed(), of.crossValidation()),
          of.steps());
    }
  }

  private record Training(long rows, boolean targets, String sha256, Map<String, Long> labels) {}

  private record Figures(double precision, double recall, double f1, long support) {}

  private record CrossValidation(
      int folds,
      long seed,
      double macroF1,
      double fAvg,
      double accuracy,
      double macroRecall,
      double logLoss,
      double brier,
      double calibrationError,
      Map<String, Figures> labels,
      long[][] confusion,
      double[][] meanProbabilities) {

    static CrossValidation of(int folds, long seed, ClassificationReport report) {
      Map<String, Figures> labels = new LinkedHashMap<>();
      for (LabelFigures one : report.labels()) {
        labels.put(
            one.label(), new Figures(one.precision(), one.recall(), one.f1(), one.support()));
      }
      return new CrossValidation(
          folds,
          seed,
          report.macroF1(),
          report.fAverage(),
          report.accuracy(),
          report.macroRecall(),
          report.logLoss(),
          report.brier(),
          report.calibrationError(),
          labels,
          report.confusion(),
          report.meanProbabilities());
    }

    ClassificationReport report(Scale scale) {
      int k = scale.size();
      if (!labels.keySet().containsAll(scale.labelNames())
          || confusion.length != k
          || meanProbabilities.length != k
          || !Arrays.stream(confusion).allMatch(row -> row.length == k)
          || !Arrays.stream(meanProbabilities).allMatch(row -> row.length == k)) {
        throw ModelFiles.damaged(
            "model.json does not fit: its figures are not those of the labels " + labels.keySet(),
            null);
      }
      return new ClassificationReport(
          scale,
          confusion,
          scale.labelNames().stream().map(this::figures).toList(),
          accuracy,
          macroF1,
          fAvg,
          macroRecall,
          logLoss,
          brier,
          calibrationError,
          meanProbabilities);
    }

    private LabelFigures figures(String label) {
      Figures of = labels.get(label);
      return new LabelFigures(label, of.precision(), of.recall(), of.f1(), of.support());
    }
  }

  private static final class Rounded<T> extends StdSerializer<T> {

    private static final long serialVersionUID = 1;

    Rounded(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (value instanceof double[] values) {
        out.writeStartArray();
        for (double one : values) {
          out.writeNumber(rounded(one));
        }
        out.writeEndArray();
      } else {
        out.writeNumber(rounded((Double) value));
      }
    }

    private static BigDecimal rounded(double value) {
      return new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }
  }

  static byte[] bytes(ScaleModel model) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", model.id());
    json.put("profile", model.profile().name());
    json.set("scale", JSON.valueToTree(model.scale()));
    json.put("feature_version", Featuriser.VERSION);
    model.files().forEach((name, bytes) -> json.put(digestField(name), Sha256.hex(bytes)));
    json.setAll(ROUNDING.<ObjectNode>valueToTree(Fields.of(model.scale(), model.metadata())));
    return (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String digestField(String file) {
    return file.substring(0, file.indexOf('.')) + "_sha256";
  }

  /**
   * Reads the file.
   *
   * @throws DemarcheException ({@link org.demarche.ExitStatus#MODEL_INCOMPATIBLE}) if it is not
   *     such a file
   */
  static ModelJson of(byte[] bytes) {
    JsonNode json;
    try {
      json = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw ModelFiles.damaged("model.json is not JSON" + where(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      Fields fields = JSON.treeToValue(json, Fields.class);
      if (fields == null) {
        throw ModelFiles.damaged("model.json is empty", null);
      }
      return new ModelJson(json, fields);
    } catch (JsonProcessingException e) {
      Matcher missing = MISSING.matcher(e.getOriginalMessage());
      throw ModelFiles.damaged(
          missing.find()
              ? "model.json: the field '%s' is missing".formatted(missing.group(1))
              : "model.json does not fit: "
                  + (e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage()),
          e);
    }
  }

  /** Says where Jackson stopped; its own message would talk about its settings. */
  private static String where(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : ": it is damaged or cut at line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  Scale scale() {
    return fields.scale();
  }

  String profile() {
    return text("profile");
  }

  boolean isAccurate() {
    return profile().equals(Profile.accurate.name());
  }

  String digest(String name) {
    return text(digestField(name));
  }

  private String text(String field) {
    if (!json.hasNonNull(field)) {
      throw ModelFiles.damaged("model.json: the field '" + field + "' is missing", null);
    }
    return json.get(field).asText();
  }

  ModelMetadata metadata(LearntRows learnt) {
    Training training = fields.training();
    CrossValidation validation = fields.crossValidation();
    return new ModelMetadata(
        fields.backend(),
        fields.libraryVersion(),
        fields.algorithm(),
        fields.settings(),
        training.rows(),
        training.targets(),
        training.sha256(),
        learnt,
        training.labels(),
        validation.seed(),
        validation.folds(),
        validation.report(fields.scale()),
        fields.steps());
  }
}
