package org.demarche.evaluation;

import static org.demarche.evaluation.Confusion.ratio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.lang3.StringUtils;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;

/**
 * How well the answers of a model agree with the labels that readers gave.
 *
 * <p>F1 is 0 if there is no true positive. Macro-F1 is the mean over the labels that were given or
 * predicted, macro recall the mean over those that were given. All shares are in [0, 1].
 *
 * @param scale the scale of the labels
 * @param confusion rows by given label and predicted label, {@code confusion[given][predicted]}
 * @param labels precision, recall and F1 of each label, in the order of the scale
 * @param accuracy share of rows whose most probable label is the given one
 * @param macroF1 mean F1
 * @param fAverage mean F1 of the first and the last label of the scale; if these are FAVOR and
 *     AGAINST, it is the F_avg of Mohammad et al. 2016 (SemEval-2016 task 6)
 * @param macroRecall mean recall
 * @param logLoss mean −ln of the probability of the given label, clipped at 1e−15; {@code >= 0}
 * @param brier mean over rows of the sum of squared differences (Brier 1950), in [0, 2]
 * @param calibrationError expected calibration error of the top probability in 15 bins of equal
 *     width (Guo et al. 2017)
 * @param meanProbabilities mean probability of each label among the rows of each given label,
 *     {@code meanProbabilities[given][label]}, with which shares of labels are corrected; a row of
 *     zeros for a label that was never given
 */
public record ClassificationReport(
    Scale scale,
    long[][] confusion,
    List<LabelFigures> labels,
    double accuracy,
    double macroF1,
    double fAverage,
    double macroRecall,
    double logLoss,
    double brier,
    double calibrationError,
    double[][] meanProbabilities) {

  /**
   * The figures of one label.
   *
   * @param label its name
   * @param precision share of the rows with this predicted label that have it; 0 if there are none
   * @param recall share of the rows with this label that were predicted so; 0 if there are none
   * @param f1 harmonic mean of precision and recall
   * @param support number of rows with this label
   */
  public record LabelFigures(
      String label, double precision, double recall, double f1, long support) {}

  /** Returns the number of rows. */
  public long rows() {
    return Arrays.stream(confusion).flatMapToLong(Arrays::stream).sum();
  }

  /**
   * Compares {@code predicted} with the labels {@code given}, row by row.
   *
   * @throws IllegalArgumentException if there are no rows, the lists differ in length, or a given
   *     label is not on the scale
   */
  public static ClassificationReport of(
      Scale scale, List<String> given, List<LabelDistribution> predicted) {
    int[] labels = Confusion.labels(scale, given, predicted);
    int k = scale.size();
    long[][] confusion = new long[k][k];
    double[][] sums = new double[k][k];
    double logLoss = 0;
    double brier = 0;
    for (int i = 0; i < given.size(); i++) {
      int truth = labels[i];
      double[] p = predicted.get(i).probabilities();
      int best = predicted.get(i).best();
      confusion[truth][best]++;
      logLoss -= StrictMath.log(Math.min(1, Math.max(1e-15, p[truth])));
      for (int label = 0; label < k; label++) {
        double miss = p[label] - (label == truth ? 1 : 0);
        brier += miss * miss;
        sums[truth][label] += p[label];
      }
    }
    int n = given.size();
    double calibrationError = ReliabilityCurve.of(scale, given, predicted).calibrationError();
    return summary(scale, confusion, sums, logLoss / n, brier / n, calibrationError);
  }

  private static ClassificationReport summary(
      Scale scale,
      long[][] confusion,
      double[][] sums,
      double logLoss,
      double brier,
      double calibrationError) {
    int k = scale.size();
    List<LabelFigures> figures = new ArrayList<>();
    long rows = 0;
    long right = 0;
    double f1 = 0;
    double recall = 0;
    int occurring = 0;
    int given = 0;
    for (int label = 0; label < k; label++) {
      long support = Arrays.stream(confusion[label]).sum();
      long predicted = 0;
      for (long[] row : confusion) {
        predicted += row[label];
      }
      long hits = confusion[label][label];
      LabelFigures figure =
          new LabelFigures(
              scale.labels().get(label).name(),
              ratio(hits, predicted),
              ratio(hits, support),
              Confusion.f1(hits, predicted + support),
              support);
      figures.add(figure);
      rows += support;
      right += hits;
      f1 += figure.f1();
      recall += figure.recall();
      occurring += support + predicted > 0 ? 1 : 0;
      given += support > 0 ? 1 : 0;
      for (int other = 0; other < k; other++) {
        sums[label][other] = ratio(sums[label][other], support);
      }
    }
    return new ClassificationReport(
        scale,
        confusion,
        List.copyOf(figures),
        ratio(right, rows),
        ratio(f1, occurring),
        (figures.get(0).f1() + figures.get(k - 1).f1()) / 2,
        ratio(recall, given),
        logLoss,
        brier,
        calibrationError,
        sums);
  }

  /** Returns the report as a table for people, with shares in percent. */
  public String toTable() {
    StringBuilder table = new StringBuilder();
    table.append("rows               %d%n".formatted(rows()));
    table.append("macro-F1           %6.2f%n".formatted(100 * macroF1));
    table.append("F_avg              %6.2f%n".formatted(100 * fAverage));
    table.append("accuracy           %6.2f%n".formatted(100 * accuracy));
    table.append("macro recall       %6.2f%n".formatted(100 * macroRecall));
    table.append("log loss           %8.4f%n".formatted(logLoss));
    table.append("Brier              %8.4f%n".formatted(brier));
    table.append("calibration error  %8.4f%n".formatted(calibrationError));
    int width = labels.stream().mapToInt(figure -> figure.label().length()).max().orElse(5);
    width = Math.max(width, "label".length());
    table.append(
        "%n%s  precision  recall     F1   rows   predicted as %s%n"
            .formatted(
                StringUtils.rightPad("label", width), String.join(", ", scale.labelNames())));
    for (int i = 0; i < labels.size(); i++) {
      LabelFigures figure = labels.get(i);
      table.append(
          "%s     %6.2f  %6.2f %6.2f %6d   %s%n"
              .formatted(
                  StringUtils.rightPad(figure.label(), width),
                  100 * figure.precision(),
                  100 * figure.recall(),
                  100 * figure.f1(),
                  figure.support(),
                  Arrays.toString(confusion[i])));
    }
    return table.toString();
  }
}
