package org.demarche.attribution.learned;

import java.util.Arrays;

/**
 * A linear chain over {@link Tag tags}: the sum over all paths, which gives each tag's probability,
 * and the most probable path. It works with products of exponentiated scores that are scaled at
 * each token (Rabiner, <em>A Tutorial on Hidden Markov Models</em>, 1989).
 *
 * <p>One chain is used for one paragraph after the other; not safe to share between threads.
 */
public final class TagChain {

  public static final int TAGS = Tag.COUNT;

  /** The kinds of edges between two tokens; each has transitions of its own. */
  public static final int EDGES = 12;

  private static final boolean[] ALLOWED = new boolean[TAGS * TAGS];

  /** For each tag 1 if a paragraph may start with it, else 0. */
  private static final float[] START = new float[TAGS];

  /** For each tag the tags that begin a piece which it can go on with. */
  private static final int[][] OPENERS = new int[TAGS][];

  static {
    for (Tag tag : Tag.values()) {
      START[tag.ordinal()] = tag.isInside() ? 0 : 1;
      OPENERS[tag.ordinal()] =
          Arrays.stream(Tag.values())
              .filter(opener -> !opener.isInside() && tag.isInside() && tag.follows(opener))
              .mapToInt(Tag::ordinal)
              .toArray();
    }
    for (Tag before : Tag.values()) {
      for (Tag tag : Tag.values()) {
        ALLOWED[before.ordinal() * TAGS + tag.ordinal()] = tag.follows(before);
      }
    }
  }

  /** A score further from 0 changes nothing. */
  static final float STEEPEST = 27;

  /** Sums outside these bounds are scaled, so that floats neither vanish nor overflow. */
  private static final float SMALL = 1e-10f;

  private static final float LARGE = 1e10f;

  private final float[][] transitions = new float[EDGES][];
  private byte[] paths;
  private int length;
  private int[] edges = new int[0];
  private float[] nodes = new float[0];
  private float[] forward;
  private float[] backward;
  private float[] marginals;

  /** Sets the scores of transitions, for each kind of edge [before × tags + tag]. */
  public void transitions(float[][] scores) {
    for (int edge = 0; edge < EDGES; edge++) {
      transitions[edge] = new float[TAGS * TAGS];
      for (int i = 0; i < TAGS * TAGS; i++) {
        transitions[edge][i] = ALLOWED[i] ? exp(scores[edge][i]) : 0;
      }
    }
  }

  /** Starts a paragraph of so many tokens, at least one. */
  public void start(int tokens) {
    length = tokens;
    if (edges.length < tokens) {
      int size = tokens + tokens / 2;
      edges = new int[size];
      nodes = new float[size * TAGS];
      forward = new float[size * TAGS];
      backward = new float[size * TAGS];
      marginals = new float[size * TAGS];
      paths = new byte[size * TAGS];
    }
  }

  /**
   * Sets how probable each tag is for a token alone, not normalised; each is above 0.
   *
   * @param edge the kind of its edge to the token before it
   */
  public void token(int at, int edge, float[] likelihoods) {
    edges[at] = edge;
    System.arraycopy(likelihoods, 0, nodes, at * TAGS, TAGS);
  }

  /**
   * Returns e to the power of a score, to five digits and the same on every machine. Scores stop at
   * ±{@link #STEEPEST}, so that a paragraph remains possible whose best tags must not follow each
   * other.
   */
  public static float exp(float score) {
    float power = Math.max(-STEEPEST, Math.min(STEEPEST, score)) * 1.44269504f;
    int whole = (int) Math.floor(power);
    float x = (power - whole) * 0.69314718f;
    float tail = .04166667f + x * (.00833333f + x * .00138889f);
    float fraction = 1 + x * (1 + x * (.5f + x * (.16666667f + x * tail)));
    return fraction * Float.intBitsToFloat(whole + 127 << 23);
  }

  /** Computes the {@link #marginal probabilities}. */
  public void sum() {
    // Local arrays, which no write to a field can change, keep the loops fast.
    float[] before = new float[TAGS];
    float[] now = new float[TAGS];
    for (int tag = 0; tag < TAGS; tag++) {
      now[tag] = START[tag] * nodes[tag];
    }
    System.arraycopy(now, 0, forward, 0, TAGS);
    for (int at = 1; at < length; at++) {
      float[] free = before;
      before = now;
      now = free;
      forward(at, before, now);
    }
    float[] behind = before;
    Arrays.fill(behind, 1);
    backward(length - 1, behind);
    for (int at = length - 2; at >= 0; at--) {
      for (int tag = 0; tag < TAGS; tag++) {
        behind[tag] *= nodes[(at + 1) * TAGS + tag];
      }
      float[] transition = transitions[edges[at + 1]];
      float total = 0;
      for (int tag = 0; tag < TAGS; tag++) {
        float sum = 0;
        for (int next = 0; next < TAGS; next++) {
          sum += transition[tag * TAGS + next] * behind[next];
        }
        now[tag] = sum;
        total += sum;
      }
      rescale(now, total);
      float[] free = behind;
      behind = now;
      now = free;
      backward(at, behind);
    }
  }

  private void forward(int at, float[] before, float[] now) {
    float[] transition = transitions[edges[at]];
    float total = 0;
    for (int tag = 0; tag < TAGS; tag++) {
      float sum = 0;
      for (int from = 0; from < TAGS; from++) {
        sum += before[from] * transition[from * TAGS + tag];
      }
      now[tag] = sum;
    }
    for (int tag = 0; tag < TAGS; tag++) {
      now[tag] *= nodes[at * TAGS + tag];
      total += now[tag];
    }
    rescale(now, total);
    System.arraycopy(now, 0, forward, at * TAGS, TAGS);
  }

  /** Keeps the sums behind a token, and makes the probabilities of its tags. */
  private void backward(int at, float[] behind) {
    System.arraycopy(behind, 0, backward, at * TAGS, TAGS);
    float[] product = new float[TAGS];
    float total = 0;
    for (int tag = 0; tag < TAGS; tag++) {
      product[tag] = forward[at * TAGS + tag] * behind[tag];
      total += product[tag];
    }
    float share = 1 / total;
    for (int tag = 0; tag < TAGS; tag++) {
      marginals[at * TAGS + tag] = product[tag] * share;
    }
  }

  /** Brings numbers that became very small or large back to a sum of 1. */
  private static void rescale(float[] values, float total) {
    if (total < SMALL || total > LARGE) {
      for (int i = 0; i < TAGS; i++) {
        values[i] /= total;
      }
    }
  }

  /** Returns the probability of a tag, after {@link #sum}. */
  public float marginal(int at, int tag) {
    return marginals[at * TAGS + tag];
  }

  /** Copies the probabilities of all tokens, in the order [token × tags + tag]. */
  void copyMarginals(float[] to, int firstToken) {
    System.arraycopy(marginals, 0, to, firstToken * TAGS, length * TAGS);
  }

  /**
   * Writes the probability of each pair of tags of a token and the one before it, after {@link
   * #sum}.
   */
  public void pairs(int at, float[] to) {
    float[] transition = transitions[edges[at]];
    float total = 0;
    for (int before = 0; before < TAGS; before++) {
      for (int tag = 0; tag < TAGS; tag++) {
        int i = at * TAGS + tag;
        float pair =
            forward[(at - 1) * TAGS + before]
                * transition[before * TAGS + tag]
                * nodes[i]
                * backward[i];
        to[before * TAGS + tag] = pair;
        total += pair;
      }
    }
    for (int i = 0; i < TAGS * TAGS; i++) {
      to[i] /= total;
    }
  }

  /**
   * Writes the allowed path whose tags have the highest sum of {@link #marginal probabilities}:
   * that with the most right tags to be expected (Goodman, <em>Parsing Algorithms and Metrics</em>,
   * 1996).
   */
  public void best(byte[] tags, int firstToken) {
    float[] best = new float[TAGS];
    float[] next = new float[TAGS];
    for (int tag = 0; tag < TAGS; tag++) {
      best[tag] = START[tag] * (1 + marginals[tag]);
    }
    for (int at = 1; at < length; at++) {
      int top = argmax(best);
      for (int tag = 0; tag < TAGS; tag++) {
        // Every tag may stand before one that begins a piece.
        int from = top;
        if (START[tag] == 0) {
          from = tag;
          for (int before : OPENERS[tag]) {
            from = best[before] > best[from] ? before : from;
          }
        }
        paths[at * TAGS + tag] = (byte) from;
        next[tag] = best[from] + marginals[at * TAGS + tag];
      }
      float[] free = best;
      best = next;
      next = free;
    }
    int tag = argmax(best);
    for (int at = length - 1; at >= 0; at--) {
      tags[firstToken + at] = (byte) tag;
      tag = paths[at * TAGS + tag];
    }
  }

  private static int argmax(float[] values) {
    int top = 0;
    for (int i = 1; i < TAGS; i++) {
      top = values[i] > values[top] ? i : top;
    }
    return top;
  }
}
