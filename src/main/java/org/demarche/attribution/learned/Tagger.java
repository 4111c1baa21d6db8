package org.demarche.attribution.learned;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.demarche.language.english.AnnotatedText;

/**
 * Marks the tokens of an article as source, cue and content, by a conditional random field over
 * hashed features (Lafferty, McCallum and Pereira, <em>Conditional Random Fields</em>, 2001). It
 * knows nothing of the rules.
 *
 * <p>The weights of one feature for all tags are the eight bytes of one number, so that a feature
 * costs one access to memory and two additions. Immutable; safe to share between threads.
 */
public final class Tagger {

  /** The weights of a feature stand in the row that the first bits of its hash name. */
  public static final int ROW_BITS = 18;

  /** The number of rows. */
  public static final int ROWS = 1 << ROW_BITS;

  /** A longer paragraph is tagged in stretches, so that it needs bounded memory. */
  private static final int LONGEST = 4096;

  private static final int TAGS = TagChain.TAGS;

  /** Selects every other byte of a row. */
  private static final long EVEN = 0x00FF00FF00FF00FFL;

  /** Weights are stored as bytes from 0 to 255; this one stands for a weight of 0. */
  private static final int ZERO = 128;

  private static final long EMPTY = 0x8080808080808080L;

  private final CueLexicon cues;
  private final float[][] transitions;
  private final long[] rows;

  /** The weight that one unit stands for. */
  private final float scale;

  /** {@code powers[n]} is exp(−n·scale): the likelihood of a tag n units below the best. */
  private final float[] powers;

  private Tagger(CueLexicon cues, float[][] transitions, long[] rows, float scale) {
    this.cues = cues;
    this.transitions = transitions;
    this.rows = rows;
    this.scale = scale;
    powers = new float[(int) (TagChain.STEEPEST / scale) + 1];
    for (int units = 0; units < powers.length; units++) {
      powers[units] = TagChain.exp(-units * scale);
    }
  }

  /**
   * Returns a tagger with weights rounded to bytes.
   *
   * @param transitions scores for each kind of edge [before × tags + tag]
   * @param weights of each row [row × tags + tag]
   */
  public static Tagger of(CueLexicon cues, float[][] transitions, float[] weights) {
    float most = 0;
    for (float weight : weights) {
      most = Math.max(most, Math.abs(weight));
    }
    float scale = most == 0 ? 1 : most / (ZERO - 1);
    long[] rows = new long[ROWS];
    for (int row = 0; row < ROWS; row++) {
      for (int tag = 0; tag < TAGS; tag++) {
        long unit = Math.round(weights[row * TAGS + tag] / scale) + ZERO;
        rows[row] |= unit << 8 * tag;
      }
    }
    return new Tagger(cues, transitions, rows, scale);
  }

  /** Returns the row of a feature. */
  public static int row(int hash) {
    return hash >>> Integer.SIZE - ROW_BITS;
  }

  /** Returns how often the words that it learned from are part of a cue. */
  public CueLexicon cues() {
    return cues;
  }

  /** Returns whether a weight of the row is not 0. */
  public boolean isUsed(int row) {
    return rows[row] != EMPTY;
  }

  /** Returns the weights of each row [row × tags + tag], as {@link #of} took them but rounded. */
  public float[] weights() {
    float[] weights = new float[ROWS * TAGS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = scale * ((int) (rows[i / TAGS] >>> 8 * (i % TAGS) & 0xFF) - ZERO);
    }
    return weights;
  }

  /** Returns the scores of a kind of edge [before × tags + tag]. */
  public float[] transitions(int edge) {
    return transitions[edge].clone();
  }

  /** Returns the probable tags of an article, by the words that this tagger takes for cues. */
  TaggedText tag(TokenContext context) {
    TaggedText tagged = new TaggedText(context);
    TokenFeatures features = new TokenFeatures(context);
    TagChain chain = new TagChain();
    chain.transitions(transitions);
    float[] nodes = new float[TAGS];
    for (int p = 0; p < context.tokens.paragraphs(); p++) {
      int limit = context.tokens.paragraphEnd(p);
      for (int first = context.tokens.paragraphStart(p); first < limit; first += LONGEST) {
        context.text.checkTime();
        int length = Math.min(LONGEST, limit - first);
        chain.start(length);
        for (int i = 0; i < length; i++) {
          likelihoods(features.of(first + i), nodes);
          chain.token(i, i == 0 ? 0 : context.edge(first + i), nodes);
        }
        chain.sum();
        chain.copyMarginals(tagged.probabilities, first);
        chain.best(tagged.tags, first);
      }
    }
    return tagged;
  }

  /** Adds up the weights of features: the sums of eight bytes are kept in two numbers. */
  private void likelihoods(int[] hashes, float[] nodes) {
    long even = 0;
    long odd = 0;
    for (int hash : hashes) {
      long row = rows[row(hash)];
      even += row & EVEN;
      odd += row >>> 8 & EVEN;
    }
    int most = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 16) {
      most =
          Math.max(most, Math.max((int) (even >>> shift & 0xFFFF), (int) (odd >>> shift & 0xFFFF)));
    }
    for (int tag = 0; tag < TAGS; tag += 2) {
      nodes[tag] = likelihood(most - (int) (even >>> 8 * tag & 0xFFFF));
      nodes[tag + 1] = likelihood(most - (int) (odd >>> 8 * tag & 0xFFFF));
    }
  }

  private float likelihood(int below) {
    return powers[Math.min(below, powers.length - 1)];
  }

  /** Reads an article once more for {@link #tag(TokenContext)}. */
  TaggedText tag(AnnotatedText text) {
    return tag(new TokenContext(text, cues));
  }

  void write(DataOutput out) throws IOException {
    cues.write(out);
    for (float[] edge : transitions) {
      for (float score : edge) {
        out.writeFloat(score);
      }
    }
    out.writeFloat(scale);
    int used = 0;
    for (long row : rows) {
      used += row == EMPTY ? 0 : 1;
    }
    out.writeInt(used);
    for (int row = 0; row < ROWS; row++) {
      if (rows[row] != EMPTY) {
        out.writeInt(row);
        out.writeLong(rows[row]);
      }
    }
  }

  static Tagger read(DataInput in) throws IOException {
    CueLexicon cues = CueLexicon.read(in);
    float[][] transitions = new float[TagChain.EDGES][TAGS * TAGS];
    for (float[] edge : transitions) {
      for (int i = 0; i < edge.length; i++) {
        edge[i] = in.readFloat();
      }
    }
    float scale = in.readFloat();
    if (!(scale > 0)) {
      throw new IOException("the scale of its weights is " + scale);
    }
    long[] rows = new long[ROWS];
    Arrays.fill(rows, EMPTY);
    int used = in.readInt();
    for (int i = 0; i < used; i++) {
      int row = in.readInt();
      rows[row] = in.readLong();
    }
    return new Tagger(cues, transitions, rows, scale);
  }
}
