package org.demarche.pipeline;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import org.demarche.model.PriorShift;
import org.demarche.model.ScaleModel;
import org.demarche.stance.LabelDistribution;

/**
 * Adds up what the tasks answer to statements, to tell whether their label shares are those of the
 * training; each task counts once, see {@link Extract.Tallied}. In ten-thousandths, as answers are
 * rounded, so that the sums do not depend on the order.
 *
 * @param sums for each model, for each label
 */
record Drift(List<List<LongAccumulator>> sums) implements Serializable {

  /** The mean answer may be so far from the training's shares before it is worth a line. */
  private static final double TOLERATED = 0.15;

  private static final int PARTS = 10_000;

  static Drift of(List<ScaleModel> models, SparkContext context) {
    List<List<LongAccumulator>> sums = new ArrayList<>();
    for (ScaleModel model : models) {
      List<LongAccumulator> labels = new ArrayList<>();
      for (String label : model.scale().labelNames()) {
        labels.add(context.longAccumulator(model.scale().name() + " " + label));
      }
      sums.add(labels);
    }
    return new Drift(sums);
  }

  /** Counts what the model at {@code place} answers to a statement, rounded. */
  void add(int place, LabelDistribution answer) {
    for (int label = 0; label < answer.probabilities().length; label++) {
      sums.get(place).get(label).add(Math.round(answer.probabilities()[label] * PARTS));
    }
  }

  /**
   * Returns a line for each of {@code models} whose mean answer is far from the shares of its
   * training.
   */
  List<String> lines(List<ScaleModel> models) {
    List<String> lines = new ArrayList<>();
    for (int place = 0; place < models.size(); place++) {
      ScaleModel model = models.get(place);
      List<LongAccumulator> labels = sums.get(place);
      long all = labels.stream().mapToLong(LongAccumulator::sum).sum();
      double[] trained = PriorShift.trainedShares(model);
      double[] mean = labels.stream().mapToDouble(sum -> (double) sum.sum() / all).toArray();
      // Metadata without counts say nothing.
      if (all >= (long) PARTS * PriorShift.FEWEST_STATEMENTS
          && Arrays.stream(trained).sum() > 0
          && PriorShift.distance(mean, trained) > TOLERATED) {
        lines.add(
            ("The label shares on scale %s have drifted: trained on %s, but these statements are"
                    + " answered %s on average; where the labels mean the same, --prior auto"
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
