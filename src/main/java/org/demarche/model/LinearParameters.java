package org.demarche.model;

import java.util.Arrays;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.features.Featuriser;
import org.demarche.model.calibration.AffineCalibration;
import org.demarche.model.calibration.Calibration;

/**
 * All numbers of a linear model, and the format in which they are stored.
 *
 * <p>The file {@code weights.bin}, in the frame that {@link Binary} describes (kind {@code
 * DEMARCHE}):
 *
 * <pre>
 * int       version of the features
 * int       k, the number of labels
 * int       1 if the n known features of a row have the value 1/√n, 0 if each has the value 1
 * int       n, the number of features
 * int …     the calibration: 0, then doubles × k slopes and × k shifts; or 1, then for each label the
 *           number of knots, their shares, their frequencies
 * double    × k, prior: the distribution of the training labels
 * double    × k, biases
 * float     × k, what one step of a label's weights is
 * int       × n, ids of the features, rising
 * byte      × n · k, weights in steps, the labels of one feature side by side
 * </pre>
 *
 * @param normalised whether each of the n known features of a row has the value 1/√n rather than 1
 * @param calibration from raw scores to probabilities
 * @param prior the answer to a passage without known features
 * @param biases one per label
 * @param featureIds distinct and rising, none 0
 * @param weights {@code weights[feature * labels + label]}, in steps
 * @param steps the size of one step of each label's weights, {@code > 0}
 */
public record LinearParameters(
    boolean normalised,
    Calibration calibration,
    double[] prior,
    double[] biases,
    int[] featureIds,
    byte[] weights,
    float[] steps) {

  static final String FILE = "weights.bin";
  private static final String KIND = "DEMARCHE";
  private static final int FORMAT = 2;
  private static final int MOST_LABELS = 1000;

  /** Rounds each label's weights to 255 steps; this does not change held-out accuracy. */
  public static LinearParameters of(
      boolean normalised, double[] prior, int[] featureIds, LinearWeights learnt) {
    int k = prior.length;
    float[] steps = new float[k];
    for (int i = 0; i < learnt.weights().length; i++) {
      steps[i % k] = Math.max(steps[i % k], (float) Math.abs(learnt.weights()[i]));
    }
    for (int label = 0; label < k; label++) {
      steps[label] = steps[label] > 0 ? steps[label] / Byte.MAX_VALUE : 1;
    }
    byte[] weights = new byte[learnt.weights().length];
    for (int i = 0; i < weights.length; i++) {
      double inSteps = Math.rint(learnt.weights()[i] / steps[i % k]);
      weights[i] = (byte) Math.max(-Byte.MAX_VALUE, Math.min(Byte.MAX_VALUE, inSteps));
    }
    Calibration none = AffineCalibration.none(k);
    return new LinearParameters(
        normalised, none, prior, learnt.biases(), featureIds, weights, steps);
  }

  public LinearParameters calibrated(Calibration by) {
    return new LinearParameters(normalised, by, prior, biases, featureIds, weights, steps);
  }

  public int labelCount() {
    return biases.length;
  }

  public FeatureTable table() {
    if (labelCount() <= FeatureTable.MOST_LABELS_IN_BYTES) {
      return new FeatureTable(featureIds, weights, steps, labelCount());
    }
    float[] values = new float[weights.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights[i] * steps[i % labelCount()];
    }
    return new FeatureTable(featureIds, values, labelCount());
  }

  /** Returns the value of each feature in a passage with {@code known} known features. */
  public double valueOf(int known) {
    return valueOf(normalised, known);
  }

  /** Returns the value of the features of each row; {@code rows} hold only known features. */
  public static double[] valuesOf(boolean normalised, int[][] rows) {
    return Arrays.stream(rows).mapToDouble(row -> valueOf(normalised, row.length)).toArray();
  }

  public static double valueOf(boolean normalised, int known) {
    return normalised && known > 0 ? 1 / Math.sqrt(known) : 1;
  }

  /**
   * Turns sums of weights into raw scores, in place.
   *
   * @param known how many features of the passage the model knows
   * @return whether it knows any
   */
  public boolean finish(int known, double[] sums) {
    double value = valueOf(known);
    for (int label = 0; label < sums.length; label++) {
      sums[label] = value * sums[label] + biases[label];
    }
    return known > 0;
  }

  public byte[] toBytes() {
    return new Binary.Writer(KIND, FORMAT)
        .put(Featuriser.VERSION)
        .put(labelCount())
        .put(normalised ? 1 : 0)
        .put(featureIds.length)
        .put(calibration)
        .put(prior)
        .put(biases)
        .put(steps)
        .put(featureIds)
        .put(weights)
        .toBytes();
  }

  /**
   * Reads what {@link #toBytes()} wrote.
   *
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if the bytes are anything
   *     else
   */
  public static LinearParameters fromBytes(byte[] bytes) {
    Binary.Reader in = new Binary.Reader(FILE, bytes, KIND, FORMAT);
    in.featureVersion();
    int k = in.number(2, MOST_LABELS, "labels");
    boolean normalised = in.number(0, 1, "as the way of its values") == 1;
    int n = in.number(0, Integer.MAX_VALUE, "features");
    Calibration calibration = in.calibration(k);
    double[] prior = in.distribution(k);
    double[] biases = in.doubles(k);
    float[] steps = in.reals(k);
    int[] ids = in.ids(n);
    in.require((long) n * k < Integer.MAX_VALUE, "has too many features for %d labels: %d", k, n);
    byte[] weights = in.bytes(n * k);
    in.end();
    return new LinearParameters(normalised, calibration, prior, biases, ids, weights, steps);
  }
}
