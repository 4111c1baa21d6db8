package org.demarche.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.ModelComparison;
import org.demarche.evaluation.ReliabilityCurve;
import org.demarche.stance.LabelDistribution;

/** Writes answers and figures as JSON for other programs. */
public final class EvaluationJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private EvaluationJson() {}

  /** Returns one answer as a line with id, label and the probability of each label. */
  public static String prediction(String id, LabelDistribution answer) {
    ObjectNode row = JSON.createObjectNode();
    row.put("id", id);
    row.put("label", answer.label());
    ObjectNode probabilities = row.putObject("probabilities");
    for (int i = 0; i < answer.probabilities().length; i++) {
      probabilities.put(answer.scale().labels().get(i).name(), answer.probabilities()[i]);
    }
    return line(row);
  }

  /** Returns the figures of a model on all statements and on those that it did not learn from. */
  public static String evaluation(Evaluation evaluation) {
    ObjectNode node = node(evaluation.report());
    node.put(
        "learnt_rows", evaluation.learnt().isPresent() ? evaluation.learnt().getAsLong() : null);
    node.set("other_rows", evaluation.others().map(EvaluationJson::node).orElse(null));
    return line(node);
  }

  /** Returns a comparison: figures with their intervals, reliability and learning curves. */
  public static String contest(ModelComparison contest) {
    ObjectNode node = JSON.createObjectNode();
    node.put("scale", contest.scale().name());
    node.put("rows", contest.rows());
    node.put("groups", contest.groups());
    node.put("folds", contest.folds());
    node.put("seed", contest.seed());
    node.put("draws", contest.draws());
    ArrayNode contestants = node.putArray("contestants");
    for (ModelComparison.Contestant one : contest.contestants()) {
      ObjectNode row = contestants.addObject();
      row.put("name", one.name());
      row.set("macro_f1", JSON.valueToTree(one.macroF1()));
      row.set("f_avg", JSON.valueToTree(one.fAverage()));
      row.set("macro_f1_behind", JSON.valueToTree(one.macroF1Behind()));
      row.set("f_avg_behind", JSON.valueToTree(one.fAverageBehind()));
      row.put("surely_behind", one.surelyBehind());
      row.put("seconds", one.seconds());
      row.set("report", node(one.report()));
      ArrayNode reliability = row.putArray("reliability");
      for (ReliabilityCurve.Bin bin : one.reliability().bins()) {
        reliability
            .addObject()
            .put("from", bin.from())
            .put("to", bin.to())
            .put("rows", bin.rows())
            .put("right", bin.right())
            .put("confidence", bin.meanConfidence())
            .set("accuracy", JSON.valueToTree(bin.accuracy()));
      }
      row.set("learning", JSON.valueToTree(one.learning()));
    }
    return line(node);
  }

  private static ObjectNode node(ClassificationReport report) {
    ObjectNode node = JSON.createObjectNode();
    node.put("scale", report.scale().name());
    node.put("rows", report.rows());
    node.put("accuracy", report.accuracy());
    node.put("macro_f1", report.macroF1());
    node.put("f_avg", report.fAverage());
    node.put("macro_recall", report.macroRecall());
    node.put("log_loss", report.logLoss());
    node.put("brier", report.brier());
    node.put("calibration_error", report.calibrationError());
    ObjectNode labels = node.putObject("labels");
    for (ClassificationReport.LabelFigures figures : report.labels()) {
      labels
          .putObject(figures.label())
          .put("precision", figures.precision())
          .put("recall", figures.recall())
          .put("f1", figures.f1())
          .put("support", figures.support());
    }
    node.set("confusion", JSON.valueToTree(report.confusion()));
    return node;
  }

  private static String line(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of JSON can be written", e);
    }
  }
}
