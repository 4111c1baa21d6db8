package org.demarche.encoder;

/**
 * What the encoder's layers say about each word piece of one text, ready to be averaged.
 *
 * <p>A mean is the mean of each layer read, side by side, lower layers first: {@link
 * Encoder#width()} numbers. Immutable; each call gives a new array.
 */
public final class Encoding {

  private final Pieces pieces;
  private final float[][] layers;
  private final int hidden;

  /**
   * @param pieces the word pieces
   * @param layers per layer the vectors of all pieces, one after the other
   */
  Encoding(Pieces pieces, float[][] layers) {
    this.pieces = pieces;
    this.layers = layers;
    this.hidden = layers[0].length / pieces.size();
  }

  /**
   * Returns the number of word pieces that were encoded, the marks of beginning and end included:
   * {@code >= 2}, and the limit of the encoder where the text was cut.
   */
  public int tokens() {
    return pieces.size();
  }

  /**
   * Returns the offset after the last character that was encoded, in UTF-16 code units: what is
   * behind was cut off. 0 for a text without a word.
   */
  public int end() {
    int end = 0;
    for (int i = 0; i < pieces.size(); i++) {
      end = Math.max(end, pieces.end(i));
    }
    return end;
  }

  /** Returns the mean over all tokens, the marks of beginning and end included. */
  public float[] mean() {
    return mean(0, 0);
  }

  /**
   * Returns the mean over the tokens that share a character with {@code [start, end)} of the text,
   * as for a target named there. Where no token does, because that part was cut off or is blank,
   * the mean over all tokens.
   *
   * @param start offset of the first character in UTF-16 code units, {@code >= 0}
   * @param end offset after the last character, {@code >= start}
   * @throws IllegalArgumentException if the two are no stretch of a text
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
