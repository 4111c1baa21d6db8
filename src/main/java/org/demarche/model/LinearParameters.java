package org.demarche.model;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.demarche.features.Featuriser;
import org.demarche.scale.Scale;
import org.demarche.text.Sha256;

/**
 * All numbers of a linear model, and the format in which they are stored.
 *
 * <p>The file {@code weights.bin}, little-endian throughout:
 *
 * <pre>
 * 8 bytes   "DEMARCHE"
 * int       version of the format, 1
 * int       version of the features
 * int       k, the number of labels
 * int       1 if the features of a row share the value 1/√n, 0 if each has the value 1
 * int       n, the number of features
 * double    slope of the calibration
 * double    × k, shifts of the calibration
 * double    × k, prior: the distribution of the training labels
 * double    × k, biases
 * int       × n, ids of the features, rising
 * float     × n · k, weights, the labels of one feature side by side
 * int       CRC-32C of everything before
 * </pre>
 *
 * @param normalised whether the features of a row share the value 1/√n
 * @param calibration from raw scores to probabilities
 * @param prior answer to a passage without a known feature
 * @param biases one a label
 * @param featureIds distinct and rising, none 0
 * @param weights {@code weights[feature * labels + label]}
 */
record LinearParameters(
    boolean normalised,
    Calibration calibration,
    double[] prior,
    double[] biases,
    int[] featureIds,
    float[] weights) {

  private static final byte[] MAGIC = "DEMARCHE".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT = 1;
  private static final int MOST_LABELS = 1000;

  int labelCount() {
    return biases.length;
  }

  /** Returns the value that each feature of a passage with {@code features} of them has. */
  double valueOf(int features) {
    return valueOf(normalised, features);
  }

  static double valueOf(boolean normalised, int features) {
    return normalised && features > 0 ? 1 / Math.sqrt(features) : 1;
  }

  /** Returns the id of the model that answers with these numbers on {@code scale}. */
  String idFor(Scale scale) {
    MessageDigest digest = Sha256.digest();
    digest.update(toBytes());
    StringBuilder labels = new StringBuilder(scale.name());
    scale
        .labels()
        .forEach(
            l ->
                labels
                    .append('\u001f')
                    .append(l.name())
                    .append('=')
                    .append(Double.doubleToLongBits(l.value())));
    digest.update(labels.toString().getBytes(StandardCharsets.UTF_8));
    return Digests.shortHex(digest.digest());
  }

  byte[] toBytes() {
    int k = labelCount();
    int n = featureIds.length;
    long size = MAGIC.length + 5L * 4 + 8 + 3L * 8 * k + 4L * n + 4L * n * k + 4;
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).putInt(FORMAT).putInt(Featuriser.VERSION).putInt(k);
    out.putInt(normalised ? 1 : 0).putInt(n).putDouble(calibration.slope());
    put(out, calibration.shifts());
    put(out, prior);
    put(out, biases);
    for (int id : featureIds) {
      out.putInt(id);
    }
    for (float weight : weights) {
      out.putFloat(weight);
    }
    out.putInt(checksum(out.array(), out.position()));
    return out.array();
  }

  /**
   * Reads what {@link #toBytes()} wrote.
   *
   * @throws IncompatibleModelException if the bytes are anything else, with the reason
   */
  static LinearParameters fromBytes(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      byte[] magic = new byte[MAGIC.length];
      in.get(magic);
      require(Arrays.equals(magic, MAGIC), "weights.bin is not a file of weights");
      int format = in.getInt();
      require(
          format == FORMAT,
          "weights.bin has the format %d, this version of Demarche reads %d",
          format,
          FORMAT);
      int features = in.getInt();
      require(
          features == Featuriser.VERSION,
          "the model was trained on features of version %d, this version of Demarche makes %d;"
              + " train it again",
          features,
          Featuriser.VERSION);
      int k = in.getInt();
      require(k >= 2 && k <= MOST_LABELS, "weights.bin claims %d labels", k);
      int normalised = in.getInt();
      require(normalised == 0 || normalised == 1, "weights.bin is damaged in its head");
      int n = in.getInt();
      long size = MAGIC.length + 5L * 4 + 8 + 3L * 8 * k + 4L * n + 4L * n * k + 4;
      require(
          n >= 0 && size == bytes.length,
          "weights.bin has %d bytes, but its head promises %d",
          bytes.length,
          size);
      int checksum = checksum(bytes, bytes.length - 4);
      require(
          checksum == in.getInt(bytes.length - 4), "weights.bin is damaged: its checksum is wrong");
      Calibration calibration = new Calibration(in.getDouble(), doubles(in, k));
      double[] prior = doubles(in, k);
      double[] biases = doubles(in, k);
      int[] ids = new int[n];
      for (int i = 0; i < n; i++) {
        ids[i] = in.getInt();
        require(
            ids[i] != 0 && (i == 0 || ids[i] > ids[i - 1]),
            "weights.bin has features out of order");
      }
      float[] weights = new float[n * k];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = in.getFloat();
        require(Float.isFinite(weights[i]), "weights.bin has a weight that is not a number");
      }
      double sum = 0;
      for (double p : prior) {
        require(p >= 0 && p <= 1, "weights.bin has a prior that is not a distribution");
        sum += p;
      }
      require(Math.abs(sum - 1) < 1e-6, "weights.bin has a prior that is not a distribution");
      require(
          Double.isFinite(calibration.slope()) && calibration.slope() > 0,
          "weights.bin has no valid calibration");
      return new LinearParameters(normalised == 1, calibration, prior, biases, ids, weights);
    } catch (BufferUnderflowException e) {
      throw new IncompatibleModelException(
          "weights.bin ends after %d bytes, in the middle of its head".formatted(bytes.length), e);
    }
  }

  private static void require(boolean holds, String otherwise, Object... values) {
    if (!holds) {
      throw new IncompatibleModelException(otherwise.formatted(values));
    }
  }

  private static void put(ByteBuffer out, double[] values) {
    for (double value : values) {
      out.putDouble(value);
    }
  }

  private static double[] doubles(ByteBuffer in, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.getDouble();
      require(Double.isFinite(values[i]), "weights.bin has a number that is not finite");
    }
    return values;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
