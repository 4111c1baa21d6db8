package org.demarche.model;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.demarche.DemarcheException;
import org.demarche.features.Featuriser;
import org.demarche.model.calibration.AffineCalibration;
import org.demarche.model.calibration.Calibration;
import org.demarche.model.calibration.IsotonicCalibration;

/**
 * Writes and reads the binary files of models. A file is eight bytes that name its kind, a version,
 * the contents, and the CRC-32C of everything before it, all little-endian.
 */
public final class Binary {

  private static final int FRAME = 8 + 4 + 4;
  private static final int LONGEST_TEXT = 10_000;
  private static final double STEEPEST = 1e9;
  private static final int AFFINE = 0;
  private static final int ISOTONIC = 1;

  private Binary() {}

  /** Writes one file. */
  public static final class Writer {

    private ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    public Writer(String kind, int version) {
      out.put(kind.getBytes(StandardCharsets.US_ASCII)).putInt(version);
    }

    private ByteBuffer room(int bytes) {
      if (out.remaining() < bytes) {
        int size = Math.max(2 * out.capacity(), out.position() + bytes);
        out.flip();
        out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).put(out);
      }
      return out;
    }

    public Writer put(int value) {
      room(4).putInt(value);
      return this;
    }

    public Writer put(double... values) {
      for (double value : values) {
        room(8).putDouble(value);
      }
      return this;
    }

    public Writer put(float[] values) {
      for (float value : values) {
        room(4).putFloat(value);
      }
      return this;
    }

    public Writer put(int[] values) {
      for (int value : values) {
        room(4).putInt(value);
      }
      return this;
    }

    public Writer put(long[] values) {
      for (long value : values) {
        room(8).putLong(value);
      }
      return this;
    }

    public Writer put(byte[] values) {
      room(values.length).put(values);
      return this;
    }

    public Writer put(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      put(bytes.length);
      room(bytes.length).put(bytes);
      return this;
    }

    public Writer put(Calibration calibration) {
      if (calibration instanceof AffineCalibration affine) {
        return put(AFFINE).put(affine.slopes()).put(affine.shifts());
      }
      IsotonicCalibration isotonic = (IsotonicCalibration) calibration;
      put(ISOTONIC);
      for (int label = 0; label < isotonic.shares().length; label++) {
        put(isotonic.shares()[label].length);
        put(isotonic.shares()[label]).put(isotonic.frequencies()[label]);
      }
      return this;
    }

    public byte[] toBytes() {
      byte[] bytes = Arrays.copyOf(out.array(), out.position() + 4);
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(bytes.length - 4, checksum(bytes, bytes.length - 4));
      return bytes;
    }
  }

  /** Reads one file. Everything that is wrong with it throws a {@link DemarcheException}. */
  public static final class Reader {

    private final String file;
    private final byte[] bytes;
    private final ByteBuffer in;

    /**
     * Checks the kind and the version.
     *
     * @param file name of the file, for messages
     */
    public Reader(String file, byte[] bytes, String kind, int version) {
      this.file = file;
      require(
          bytes.length >= FRAME, "ends after %d bytes, in the middle of its head", bytes.length);
      this.in = ByteBuffer.wrap(bytes, 0, bytes.length - 4).order(ByteOrder.LITTLE_ENDIAN);
      byte[] magic = new byte[8];
      in.get(magic);
      require(
          Arrays.equals(magic, kind.getBytes(StandardCharsets.US_ASCII)),
          "is not a file of this kind");
      int found = in.getInt();
      requireVersion(found, version, "has the format %d, this version of Demarche reads %d");
      this.bytes = bytes;
    }

    /** Throws unless {@code holds}; {@code otherwise} says what is wrong with the file. */
    public void require(boolean holds, String otherwise, Object... values) {
      if (!holds) {
        throw ModelFiles.damaged(file + " " + otherwise.formatted(values), null);
      }
    }

    private void requireVersion(int found, int version, String otherwise) {
      if (found != version) {
        throw DemarcheException.modelIncompatible(
            "%s %s; train the model again".formatted(file, otherwise.formatted(found, version)));
      }
    }

    int number() {
      try {
        return in.getInt();
      } catch (BufferUnderflowException e) {
        throw ModelFiles.damaged(file + " ends too early", e);
      }
    }

    /** Reads the version of the features and checks that it is that of {@link Featuriser}. */
    public void featureVersion() {
      requireVersion(
          number(),
          Featuriser.VERSION,
          "was trained on features of version %d, this version of Demarche makes %d");
    }

    /** Reads {@code count} feature ids and checks that they rise and none is 0. */
    public int[] ids(int count) {
      int[] ids = numbers(count);
      for (int i = 0; i < count; i++) {
        require(ids[i] != 0 && (i == 0 || ids[i] > ids[i - 1]), "has features out of order");
      }
      return ids;
    }

    /** Reads a number and checks that it lies from {@code least} to {@code most}. */
    public int number(int least, int most, String what) {
      int number = number();
      require(number >= least && number <= most, "has %d %s", number, what);
      return number;
    }

    private void needs(long bytes) {
      require(bytes >= 0 && bytes <= in.remaining(), "is cut off");
    }

    /** Reads doubles and checks that they are finite. */
    public double[] doubles(int count) {
      needs(8L * count);
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = in.getDouble();
        require(Double.isFinite(values[i]), "has a number that is not finite");
      }
      return values;
    }

    /** Reads floats and checks that they are finite. */
    public float[] reals(int count) {
      needs(4L * count);
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = in.getFloat();
        require(Float.isFinite(values[i]), "has a number that is not finite");
      }
      return values;
    }

    private int[] numbers(int count) {
      needs(4L * count);
      int[] values = new int[count];
      in.asIntBuffer().get(values);
      in.position(in.position() + 4 * count);
      return values;
    }

    long[] longs(int count) {
      needs(8L * count);
      long[] values = new long[count];
      in.asLongBuffer().get(values);
      in.position(in.position() + 8 * count);
      return values;
    }

    byte[] bytes(int count) {
      needs(count);
      byte[] values = new byte[count];
      in.get(values);
      return values;
    }

    String text() {
      byte[] bytes = new byte[number(0, LONGEST_TEXT, "bytes of a name")];
      needs(bytes.length);
      in.get(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads the calibration of a model with {@code labels} labels. */
    public Calibration calibration(int labels) {
      if (number(AFFINE, ISOTONIC, "as its calibration") == AFFINE) {
        AffineCalibration affine = new AffineCalibration(doubles(labels), doubles(labels));
        require(
            Arrays.stream(affine.slopes()).allMatch(slope -> slope > 0 && slope <= STEEPEST)
                && Arrays.stream(affine.shifts()).allMatch(shift -> Math.abs(shift) <= STEEPEST),
            "has no valid calibration");
        return affine;
      }
      double[][] shares = new double[labels][];
      double[][] frequencies = new double[labels][];
      for (int label = 0; label < labels; label++) {
        int knots = number(1, 1 << 20, "knots of its calibration");
        shares[label] = doubles(knots);
        frequencies[label] = doubles(knots);
        for (int i = 0; i < knots; i++) {
          require(
              between(0, frequencies[label][i], 1)
                  && frequencies[label][i] > 0
                  && between(0, shares[label][i], 1)
                  && (i == 0
                      || shares[label][i] > shares[label][i - 1]
                          && frequencies[label][i] >= frequencies[label][i - 1]),
              "has no valid calibration");
        }
      }
      return new IsotonicCalibration(shares, frequencies);
    }

    private static boolean between(double least, double number, double most) {
      return number >= least && number <= most;
    }

    /** Reads one probability per label and checks that they sum to 1. */
    public double[] distribution(int labels) {
      double[] prior = doubles(labels);
      double sum = 0;
      for (double p : prior) {
        require(p >= 0 && p <= 1, "has a prior that is not a distribution");
        sum += p;
      }
      require(Math.abs(sum - 1) < 1e-6, "has a prior that is not a distribution");
      return prior;
    }

    /**
     * Checks that the file ends here and its checksum is right. The version is checked first,
     * because files of other versions may have another layout.
     */
    public void end() {
      require(in.remaining() == 0, "holds %d bytes too many", in.remaining());
      int stored = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(in.limit());
      require(checksum(bytes, in.limit()) == stored, "is damaged: its checksum is wrong");
    }
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
