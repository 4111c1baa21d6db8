package org.demarche.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.model.ModelTrainer.Comparison;
import org.demarche.scale.LabelDistribution;

/** Writes answers and figures as JSON, for programs that read on. */
public final class EvaluationJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private EvaluationJson() {}

  /** Returns one answer as a line: id, label, and the probability of each label. */
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

  /** Returns the figures of one report. */
  public static String report(ClassificationReport report) {
    return line(node(report));
  }

  /** Returns the figures of several algorithms on the same folds. */
  public static String comparisons(List<Comparison> comparisons) {
    ArrayNode all = JSON.createArrayNode();
    for (Comparison one : comparisons) {
      ObjectNode node = all.addObject();
      node.put("backend", one.backend());
      node.put("algorithm", one.algorithm());
      node.set("report", node(one.report()));
    }
    return line(all);
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
