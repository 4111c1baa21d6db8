package org.demarche.encoder;

/**
 * The outputs of the encoder's layers for each word piece of one text.
 *
 * <p>A mean has {@link Encoder#width()} numbers: the mean vector of each layer, one after the
 * other, lower layers first. Immutable; each call returns a new array.
 */
public final class Encoding {

  private final Pieces pieces;
  private final float[][] layers;
  private final int hidden;

  /**
   * @param layers for each layer the vectors of all pieces, one after the other
   */
  Encoding(Pieces pieces, float[][] layers) {
    this.pieces = pieces;
    this.layers = layers;
    this.hidden = layers[0].length / pieces.size();
  }

  /**
   * Returns the offset in UTF-16 code units after the last encoded character; the text after it was
   * cut off. 0 for a text without words.
   */
  public int end() {
    int end = 0;
    for (int i = 0; i < pieces.size(); i++) {
      end = Math.max(end, pieces.end(i));
    }
    return end;
  }

  /** Returns the mean over all tokens with the marks of beginning and end. */
  public float[] mean() {
    return mean(0, 0);
  }

  /**
   * Returns the mean over the tokens that overlap {@code [start, end)} of the text, such as the
   * mention of a target; over all tokens if none does, because that part was cut off or is blank.
   *
   * @param start offset of the first character in UTF-16 code units, {@code >= 0}
   * @param end offset after the last character, {@code >= start}
   * @throws IllegalArgumentException if {@code start} or {@code end} is out of range
   */
  public float[] mean(int start, int end) {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "A stretch must satisfy 0 <= start <= end, but was [%d, %d)".formatted(start, end));
    }
    boolean[] wanted = new boolean[pieces.size()];
    int count = 0;
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = pieces.start(i) < end && start < pieces.end(i);
      count += wanted[i] ? 1 : 0;
    }
    boolean all = count == 0;
    float[] mean = new float[layers.length * hidden];
    for (int layer = 0; layer < layers.length; layer++) {
      for (int i = 0; i < wanted.length; i++) {
        if (all || wanted[i]) {
          for (int j = 0; j < hidden; j++) {
            mean[layer * hidden + j] += layers[layer][i * hidden + j];
          }
        }
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= all ? wanted.length : count;
    }
    return mean;
  }
}
