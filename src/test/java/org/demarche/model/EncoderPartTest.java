package org.demarche.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.model.calibration.AffineCalibration;
import org.demarche.model.calibration.Calibration;
import org.demarche.model.calibration.IsotonicCalibration;
import org.junit.jupiter.api.Test;

class EncoderPartTest {

  private static final int WIDTH = 4;

  private final EncoderPart part = part(.35);

  @Test
  void givesBackWhatWasWritten() {
    EncoderPart read = EncoderPart.fromBytes(part.toBytes());

    assertThat(read.toBytes()).isEqualTo(part.toBytes());
    assertThat(read.head().encoderName()).isEqualTo("own-encoder");
    assertThat(read.head().encoderId()).isEqualTo("0123456789abcdef");
    assertThat(read.head().placed()).isTrue();
    assertThat(read.head().targets()).containsExactly("Damm am Fluß", "港口");
    assertThat(read.head().labelCount()).isEqualTo(2);
    assertThat(read.blend().weight()).isEqualTo(.35);
    for (String target : new String[] {null, "港口", "unheard of"}) {
      double[] before = new double[2];
      double[] after = new double[2];
      float[] row = {1, -2, 3, .5f};
      part.head().score(row, target, before);
      read.head().score(row, target, after);
      assertThat(after).containsExactly(before);
      part.blend().calibration().apply(before);
      read.blend().calibration().apply(after);
      assertThat(after).containsExactly(before);
    }
  }

  @Test
  void scoresAnUnknownTargetAsNone() {
    double[] unknown = new double[2];
    double[] none = new double[2];
    double[] known = new double[2];
    float[] row = {1, -2, 3, .5f};
    part.head().score(row, "unheard of", unknown);
    part.head().score(row, null, none);
    part.head().score(row, "港口", known);
    assertThat(unknown).containsExactly(none);
    assertThat(known).isNotEqualTo(none);
  }

  @Test
  void isRefusedWhenCutAnywhere() {
    byte[] bytes = part.toBytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> EncoderPart.fromBytes(cut))
          .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
          .hasMessageStartingWith("encoder.bin ");
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> EncoderPart.fromBytes(longer))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE));
  }

  @Test
  void isRefusedWhenAnyByteIsDamaged() {
    byte[] bytes = part.toBytes();
    for (int at = 0; at < bytes.length; at++) {
      for (int bit : new int[] {1, 0x80}) {
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) bit;
        assertThatThrownBy(() -> EncoderPart.fromBytes(damaged))
            .as("byte %d", at)
            .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
            .hasMessageStartingWith("encoder.bin ");
      }
    }
  }

  @Test
  void saysThatItIsOfAnotherFormat() {
    byte[] bytes = part.toBytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 7);
    assertThatThrownBy(() -> EncoderPart.fromBytes(bytes))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessage(
            "encoder.bin has the format 7, this version of Demarche reads 1; train the model"
                + " again");
  }

  @Test
  void refusesAWeightThatIsNoShare() {
    assertThatThrownBy(() -> EncoderPart.fromBytes(part(1.5).toBytes()))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("has the weight 1.5, which is not in [0, 1]");
  }

  @Test
  void refusesACalibrationThatCouldNotAnswer() {
    double[] shares = {.25, .5};
    for (Calibration wrong :
        List.of(
            new AffineCalibration(new double[] {1e300, 1}, new double[2]),
            new AffineCalibration(new double[] {1, 1}, new double[] {0, -1e300}),
            new IsotonicCalibration(
                new double[][] {shares, shares}, new double[][] {{.5, .25}, {.25, .5}}),
            new IsotonicCalibration(
                new double[][] {{-1, .5}, shares}, new double[][] {{.25, .5}, {.25, .5}}),
            new IsotonicCalibration(
                new double[][] {shares, shares}, new double[][] {{.25, 1e300}, {.25, .5}}))) {
      EncoderPart part = new EncoderPart(part(.5).head(), new Blend(.5, wrong));
      assertThatThrownBy(() -> EncoderPart.fromBytes(part.toBytes()))
          .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
          .hasMessageContaining("no valid calibration");
    }
  }

  private static EncoderPart part(double weight) {
    float[][] vectors = new float[6][WIDTH];
    double[] biases = new double[6];
    for (int i = 0; i < vectors.length; i++) {
      biases[i] = i / 7.;
      for (int j = 0; j < WIDTH; j++) {
        vectors[i][j] = (i + 1) * (j - 1) / 11f;
      }
    }
    EncoderHead head =
        new EncoderHead(
            "own-encoder",
            "0123456789abcdef",
            true,
            List.of("Damm am Fluß", "港口"),
            new DenseWeights(vectors, biases),
            new AffineCalibration(new double[] {.5, .75}, new double[] {.125, -1}));
    Calibration isotonic =
        new IsotonicCalibration(
            new double[][] {{.25, .5, .875}, {.5}}, new double[][] {{.125, .375, .75}, {.5}});
    return new EncoderPart(head, new Blend(weight, isotonic));
  }
}
