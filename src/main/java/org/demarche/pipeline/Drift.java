package org.demarche.pipeline;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import org.demarche.model.PriorShift;
import org.demarche.model.ScaleModel;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;

/**
 * Detects that the mean answer of a model is far from the label shares of its training. The tasks
 * add up the probabilities they computed; each task counts once, see {@link Extract.Tallied}. The
 * sums are whole ten-thousandths, so they do not depend on the order.
 *
 * @param sums one sum per model and label
 * @param labelled for each model and label, how many statements the label is most probable for
 */
record Drift(List<List<LongAccumulator>> sums, List<List<LongAccumulator>> labelled)
    implements Serializable {

  /** A mean answer at most this far from the training's shares gives no warning. */
  private static final double TOLERATED = 0.15;

  private static final int PARTS = 10_000;

  /** Returns empty sums for {@code models}. */
  static Drift of(List<ScaleModel> models, SparkContext context) {
    return new Drift(accumulators(models, context), accumulators(models, context));
  }

  private static List<List<LongAccumulator>> accumulators(
      List<ScaleModel> models, SparkContext context) {
    List<List<LongAccumulator>> all = new ArrayList<>();
    for (ScaleModel model : models) {
      List<LongAccumulator> labels = new ArrayList<>();
      for (String label : model.scale().labelNames()) {
        labels.add(context.longAccumulator(model.scale().name() + " " + label));
      }
      all.add(labels);
    }
    return all;
  }

  /** Adds the rounded answer of the model with index {@code place}. */
  void add(int place, LabelDistribution answer) {
    for (int label = 0; label < answer.probabilities().length; label++) {
      sums.get(place).get(label).add(Math.round(answer.probabilities()[label] * PARTS));
    }
    labelled.get(place).get(answer.best()).add(1);
  }

  /** Returns how many statements have each label, by the name of the scale. */
  Map<String, Map<String, Long>> labels(List<ScaleModel> models) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (int place = 0; place < models.size(); place++) {
      Scale scale = models.get(place).scale();
      Map<String, Long> labels = new TreeMap<>();
      for (int label = 0; label < scale.size(); label++) {
        labels.put(scale.labelNames().get(label), labelled.get(place).get(label).value());
      }
      counts.put(scale.name(), labels);
    }
    return counts;
  }

  /**
   * Returns one warning for each of {@code models} whose mean answer is far from the label shares
   * of its training.
   */
  List<String> lines(List<ScaleModel> models) {
    List<String> lines = new ArrayList<>();
    for (int place = 0; place < models.size(); place++) {
      ScaleModel model = models.get(place);
      List<LongAccumulator> labels = sums.get(place);
      long all = labels.stream().mapToLong(LongAccumulator::sum).sum();
      double[] trained = PriorShift.trainedShares(model);
      double[] mean = labels.stream().mapToDouble(sum -> (double) sum.sum() / all).toArray();
      // A model without label counts cannot be judged.
      if (all >= (long) PARTS * PriorShift.FEWEST_STATEMENTS
          && Arrays.stream(trained).sum() > 0
          && PriorShift.distance(mean, trained) > TOLERATED) {
        lines.add(
            ("The label shares on scale %s have drifted: the model was trained on %s, but gives"
                    + " these statements %s on average; if the labels mean the same, --prior auto"
                    + " corrects for it")
                .formatted(
                    model.scale().name(),
                    PriorShift.shown(model.scale(), trained),
                    PriorShift.shown(model.scale(), mean)));
      }
    }
    return lines;
  }
}
