package org.demarche.attribution.learned;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  /** A quotation does not keep a candidate that is less probable than this. */
  private static final double LEAST_FOR_QUOTATION = .1;

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
  private record Ranked(Candidate candidate, double probability) {}

  /** A candidate with the probability that it is right, and what became of it. */
  record Choice(Candidate candidate, double probability, Outcome outcome) {}

  private double probability(int[] hashes) {
    double sum = 0;
    for (int hash : hashes) {
      sum += weights[index(hash)];
    }
    return 1 / (1 + StrictMath.exp(-sum));
  }

  /** Returns what each aspect adds to the log-odds of a candidate. */
  Map<Aspect, Double> logOdds(CandidateFeatures features, Candidate candidate) {
    Map<Aspect, Double> sums = new EnumMap<>(Aspect.class);
    int[] hashes = features.of(candidate);
    for (int i = 0; i < hashes.length; i++) {
      sums.merge(features.aspect(i), (double) weights[index(hashes[i])], Double::sum);
    }
    return sums;
  }

  /**
   * Decides on all candidates and returns them, the most probable first. What overlaps a better one
   * by a fifth of its tokens is not kept. A quotation of three words or more keeps its best
   * candidate though it is improbable, because most are speech. Below {@link #LEAST_FOR_QUOTATION}
   * only one candidate in fifty is right; those quotations are mostly titles or irony, so they are
   * dropped.
   *
   * @param minConfidence other candidates less probable than this are not kept
   */
  List<Choice> choose(
      TokenContext context,
      CandidateFeatures features,
      List<Candidate> candidates,
      double minConfidence) {
    List<Ranked> ranked = new ArrayList<>(candidates.size());
    for (Candidate candidate : candidates) {
      context.text.checkTime();
      ranked.add(new Ranked(candidate, probability(features.of(candidate))));
    }
    ranked.sort(Comparator.comparingDouble(rank -> -rank.probability()));
    List<Choice> choices = new ArrayList<>(ranked.size());
    boolean[] taken = new boolean[context.size];
    for (Ranked rank : ranked) {
      context.text.checkTime();
      Candidate candidate = rank.candidate();
      boolean probable = rank.probability() >= minConfidence;
      Outcome outcome;
      if (!probable
          && (rank.probability() < LEAST_FOR_QUOTATION || !hasQuotation(context, candidate))) {
        outcome = Outcome.IMPROBABLE;
      } else if (!isFree(candidate, taken)) {
        outcome = Outcome.OVERLAPS;
      } else {
        outcome = probable ? Outcome.KEPT : Outcome.KEPT_FOR_QUOTATION;
        take(candidate, taken);
      }
      choices.add(new Choice(candidate, rank.probability(), outcome));
    }
    return choices;
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
