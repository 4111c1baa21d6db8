package org.demarche.model;

import java.util.ArrayList;
import java.util.List;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.model.calibration.Calibration;

/**
 * The part of an accurate model beside its table, and the format in which it is stored.
 *
 * <p>The file {@code encoder.bin}, in the frame that {@link Binary} describes (kind {@code
 * ENCODER.}):
 *
 * <pre>
 * text      name of the encoder
 * text      id of the encoder
 * int       k, the number of labels
 * int       width of a row
 * int       1 if a row has the target's mean beside the text's, else 0
 * int       t, the number of targets with weights of their own
 * text      × t, their names
 * int …     the calibration of the encoder's answers, as in weights.bin
 * double    × k · (1 + t), biases
 * float     × k · (1 + t) · width, weights
 * double    weight of the encoder's answers, in [0, 1]; the table has the rest
 * int …     the calibration of both together
 * </pre>
 *
 * @param head the classifier on the encoder's output
 * @param blend combines its answers with the table's
 */
public record EncoderPart(EncoderHead head, Blend blend) {

  static final String FILE = "encoder.bin";
  private static final String KIND = "ENCODER.";
  private static final int FORMAT = 1;
  private static final int MOST_LABELS = 1000;
  private static final int MOST_TARGETS = 100_000;
  private static final int WIDEST = 1 << 20;

  public byte[] toBytes() {
    Binary.Writer out =
        new Binary.Writer(KIND, FORMAT)
            .put(head.encoderName())
            .put(head.encoderId())
            .put(head.labelCount())
            .put(head.weights().width())
            .put(head.placed() ? 1 : 0)
            .put(head.targets().size());
    head.targets().forEach(out::put);
    out.put(head.calibration()).put(head.weights().biases());
    for (float[] vector : head.weights().vectors()) {
      out.put(vector);
    }
    return out.put(blend.weight()).put(blend.calibration()).toBytes();
  }

  /**
   * Reads what {@link #toBytes()} wrote.
   *
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if the bytes are anything
   *     else
   */
  public static EncoderPart fromBytes(byte[] bytes) {
    Binary.Reader in = new Binary.Reader(FILE, bytes, KIND, FORMAT);
    String name = in.text();
    String id = in.text();
    int k = in.number(2, MOST_LABELS, "labels");
    int width = in.number(1, WIDEST, "numbers a row");
    boolean placed = in.number(0, 1, "as the shape of its rows") == 1;
    int targetCount = in.number(0, MOST_TARGETS, "targets");
    List<String> targets = new ArrayList<>();
    for (int i = 0; i < targetCount; i++) {
      targets.add(in.text());
    }
    Calibration calibration = in.calibration(k);
    double[] biases = in.doubles(k * (1 + targetCount));
    float[][] vectors = new float[biases.length][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = in.reals(width);
    }
    double weight = in.doubles(1)[0];
    in.require(weight >= 0 && weight <= 1, "has the weight %s, which is not in [0, 1]", weight);
    Blend blend = new Blend(weight, in.calibration(k));
    in.end();
    DenseWeights weights = new DenseWeights(vectors, biases);
    return new EncoderPart(
        new EncoderHead(name, id, placed, List.copyOf(targets), weights, calibration), blend);
  }
}
