package org.demarche.attribution.learned;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.demarche.language.english.Quote;
import org.demarche.language.english.Range;

/**
 * Chooses among the candidates of an article by a logistic regression over hashed features, which
 * gives each the probability that its content and its source are right. Immutable.
 */
public final class Arbiter {

  public static final int WEIGHT_BITS = 16;

  /** The number of weights. */
  public static final int WEIGHTS = 1 << WEIGHT_BITS;

  /** A quotation of fewer words is more often a title or irony than speech. */
  private static final int FEWEST_WORDS = 3;

  private final float[] weights;

  /**
   * @param weights one for each {@link #index}
   */
  public Arbiter(float[] weights) {
    if (weights.length != WEIGHTS) {
      throw new IllegalArgumentException(
          "%d weights instead of %d".formatted(weights.length, WEIGHTS));
    }
    this.weights = weights.clone();
  }

  /** Returns the weights. */
  public float[] weights() {
    return weights.clone();
  }

  /** Returns the weight that a feature has. */
  public static int index(int hash) {
    return hash >>> Integer.SIZE - WEIGHT_BITS;
  }

  /** A candidate with the probability that it is right. */
  record Choice(Candidate candidate, double probability) {}

  private double probability(int[] hashes) {
    double sum = 0;
    for (int hash : hashes) {
      sum += weights[index(hash)];
    }
    return 1 / (1 + StrictMath.exp(-sum));
  }

  /**
   * Returns the candidates to keep, the most probable first. What overlaps a better one by a fifth
   * of its tokens is left out. A quotation of three words or more keeps its best candidate however
   * improbable: nearly all are speech.
   *
   * @param least candidates less probable than this are left out
   */
  List<Choice> choose(TaggedText tagged, List<Candidate> candidates, double least) {
    CandidateFeatures features = new CandidateFeatures(tagged, candidates);
    List<Choice> ranked = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      ranked.add(new Choice(candidate, probability(features.of(candidate))));
    }
    ranked.sort(Comparator.comparingDouble(choice -> -choice.probability()));
    List<Choice> kept = new ArrayList<>();
    boolean[] taken = new boolean[tagged.context.size];
    for (Choice choice : ranked) {
      if (choice.probability() >= least && isFree(choice.candidate(), taken)) {
        kept.add(choice);
        take(choice.candidate(), taken);
      }
    }
    for (Choice choice : ranked) {
      Candidate candidate = choice.candidate();
      if (choice.probability() < least
          && isFree(candidate, taken)
          && hasQuotation(tagged.context, candidate)) {
        kept.add(choice);
        take(candidate, taken);
      }
    }
    return kept;
  }

  private static boolean isFree(Candidate candidate, boolean[] taken) {
    int shared = 0;
    for (Range piece : candidate.statement().content()) {
      for (int i = piece.first(); i < piece.limit(); i++) {
        shared += taken[i] ? 1 : 0;
      }
    }
    return shared * 5 < candidate.length();
  }

  private static void take(Candidate candidate, boolean[] taken) {
    for (Range piece : candidate.statement().content()) {
      Arrays.fill(taken, piece.first(), piece.limit(), true);
    }
  }

  /** Returns whether the content has all of a quotation of some words. */
  private static boolean hasQuotation(TokenContext context, Candidate candidate) {
    for (Range piece : candidate.statement().content()) {
      for (int i = piece.first(); i < piece.limit(); i++) {
        Quote quote = context.text.quoteAt(i);
        if (quote != null) {
          int shared =
              Math.min(quote.limit(), piece.limit()) - Math.max(quote.first(), piece.first());
          if (shared * 10 >= 9 * (quote.limit() - quote.first())
              && context.tokens.hasWords(quote.first(), quote.limit(), FEWEST_WORDS)) {
            return true;
          }
          i = quote.limit() - 1;
        }
      }
    }
    return false;
  }

  void write(DataOutput out) throws IOException {
    for (float weight : weights) {
      out.writeFloat(weight);
    }
  }

  static Arbiter read(DataInput in) throws IOException {
    float[] weights = new float[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      weights[i] = in.readFloat();
    }
    return new Arbiter(weights);
  }
}
