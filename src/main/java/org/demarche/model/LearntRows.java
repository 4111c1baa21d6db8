package org.demarche.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.stance.LabelledStatement;
import org.demarche.text.Sha256;
import org.demarche.text.Wording;

/**
 * Hashes of the statements that a model learnt from. They tell whether a statement is one of them
 * without storing any text.
 *
 * <p>The file {@code rows.bin}, in the frame that {@link Binary} describes (kind {@code ROWS....}):
 *
 * <pre>
 * int       n, the number of different statements
 * long      × n, rising: the first eight bytes of SHA-256 over the letters and digits of each text
 * </pre>
 */
public final class LearntRows {

  /** Stands for the unknown rows of a model that was stored without the file. */
  public static final LearntRows UNKNOWN = new LearntRows(null);

  public static final String FILE = "rows.bin";
  private static final String KIND = "ROWS....";
  private static final int FORMAT = 1;

  /** Distinct and rising; null if unknown. */
  private final long[] hashes;

  private LearntRows(long[] hashes) {
    this.hashes = hashes;
  }

  /** Hashes the texts of {@code rows}; labels and targets are ignored. */
  public static LearntRows of(List<LabelledStatement> rows) {
    return new LearntRows(
        rows.stream().mapToLong(row -> hash(row.passage().text())).sorted().distinct().toArray());
  }

  /** Returns whether the rows are known. */
  public boolean areKnown() {
    return hashes != null;
  }

  /**
   * Returns whether the model is known to have learnt from a statement with the words of {@code
   * text}.
   */
  public boolean contain(String text) {
    return areKnown() && Arrays.binarySearch(hashes, hash(text)) >= 0;
  }

  private static long hash(String text) {
    byte[] words = Wording.key(text).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(Sha256.digest().digest(words)).getLong();
  }

  public byte[] toBytes() {
    return new Binary.Writer(KIND, FORMAT).put(hashes.length).put(hashes).toBytes();
  }

  /**
   * Reads what {@link #toBytes()} wrote.
   *
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if the bytes are anything
   *     else
   */
  public static LearntRows fromBytes(byte[] bytes) {
    Binary.Reader in = new Binary.Reader(FILE, bytes, KIND, FORMAT);
    long[] hashes = in.longs(in.number(1, Integer.MAX_VALUE, "statements"));
    for (int i = 1; i < hashes.length; i++) {
      in.require(hashes[i] > hashes[i - 1], "has statements out of order");
    }
    in.end();
    return new LearntRows(hashes);
  }
}
