package org.demarche.training;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.demarche.stance.LabelDistribution;

/**
 * Chooses the statements that a person should label next, so that a model learns the most from
 * them.
 *
 * <p>A statement is more useful if the model is uncertain about it (uncertainty sampling: Lewis and
 * Gale, <em>A Sequential Algorithm for Training Text Classifiers</em>, 1994) and if it is similar
 * to many others, since its label then says something about them (information density: Settles and
 * Craven, <em>An Analysis of Active Learning Strategies for Sequence Labeling Tasks</em>, 2008).
 * Similarity to statements already chosen counts against it (maximal marginal relevance: Carbonell
 * and Goldstein, <em>The Use of MMR, Diversity-Based Reranking</em>, 1998): a model would learn
 * little from ten variants of one sentence. With uncertainty {@code u}, density {@code d} relative
 * to the mean, and greatest similarity {@code s} to a chosen statement, the next one is that with
 * the greatest
 *
 * <pre>(1 − λ) u dᵝ − λ s</pre>
 *
 * No speaker gets more than a twentieth of the places and no target more than an even share, as
 * long as there are other statements. {@code SuggestionSimulation} measures how much labelling this
 * saves.
 *
 * <p>The choice depends only on the candidates, not on their order, the machine or chance.
 */
final class LabelSuggestions {

  /** λ, the weight of similarity to chosen statements, in [0, 1]. */
  private static final double DIVERSITY = 0.5;

  /** β, the exponent of density; 0 ignores density. */
  private static final double DENSITY = 0.5;

  /** Lower limit of the relative density, so that unique statements keep some value. */
  private static final double LEAST_DENSITY = 0.25;

  /** A speaker may take one place in this many. */
  private static final int PLACES_OF_SPEAKER = 20;

  /**
   * A statement that could be labelled.
   *
   * @param id unique id, which also breaks ties
   * @param distinctId at most one candidate per distinct id is chosen
   * @param speaker who said it; null if unknown, which has no limit
   * @param target the target, or the empty string
   * @param answer the model's answer
   * @param features feature ids, distinct and rising; not copied
   */
  public record Candidate(
      String id,
      String distinctId,
      String speaker,
      String target,
      LabelDistribution answer,
      int[] features) {
    public Candidate {
      requireNonNull(id, "id is null");
      requireNonNull(distinctId, "distinctId is null");
      requireNonNull(target, "target is null");
    }
  }

  private final List<Candidate> candidates;
  private final int count;

  /** The features of each candidate that others have too, numbered from 0. */
  private final int[][] shared;

  private final double[] weights;
  private final double[] norms;

  /** The usefulness of each candidate by itself. */
  private final double[] values;

  private final Map<String, Integer> ofSpeaker = new HashMap<>();
  private final Map<String, Integer> ofTarget = new HashMap<>();
  private final Set<String> distinct = new HashSet<>();

  private LabelSuggestions(List<Candidate> candidates, int count) {
    this.candidates = candidates;
    this.count = count;
    Map<Integer, Integer> rows = new HashMap<>();
    for (Candidate candidate : candidates) {
      for (int feature : candidate.features()) {
        rows.merge(feature, 1, Integer::sum);
      }
    }
    Map<Integer, Integer> numbers = new HashMap<>();
    double[] found = new double[rows.size()];
    shared = new int[candidates.size()][];
    norms = new double[shared.length];
    for (int i = 0; i < shared.length; i++) {
      int[] features = candidates.get(i).features();
      int[] kept = new int[features.length];
      int n = 0;
      double squares = 0;
      for (int feature : features) {
        int in = rows.get(feature);
        if (in > 1) { // a feature of only one candidate makes it similar to none
          int number = numbers.computeIfAbsent(feature, x -> numbers.size());
          double weight = StrictMath.log((double) shared.length / in);
          found[number] = weight;
          kept[n++] = number;
          squares += weight * weight;
        }
      }
      shared[i] = Arrays.copyOf(kept, n);
      norms[i] = Math.sqrt(squares);
    }
    weights = Arrays.copyOf(found, numbers.size());
    values = densities();
    double mean = Arrays.stream(values).average().orElse(0);
    for (int i = 0; i < values.length; i++) {
      double relative = mean > 0 ? Math.max(LEAST_DENSITY, values[i] / mean) : 1;
      values[i] = uncertainty(candidates.get(i).answer()) * StrictMath.pow(relative, DENSITY);
    }
  }

  /** Returns the mean similarity of each candidate to all others, in [0, 1]. */
  private double[] densities() {
    // Summing all unit vectors first avoids comparing all pairs.
    double[] sum = new double[weights.length];
    for (int i = 0; i < shared.length; i++) {
      for (int feature : shared[i]) {
        sum[feature] += weights[feature] / norms[i];
      }
    }
    double[] densities = new double[shared.length];
    for (int i = 0; i < shared.length; i++) {
      double product = 0;
      for (int feature : shared[i]) {
        product += weights[feature] * sum[feature];
      }
      if (norms[i] > 0 && shared.length > 1) {
        // Subtracts the similarity to itself, which is 1.
        densities[i] = Math.max(0, (product / norms[i] - 1) / (shared.length - 1));
      }
    }
    return densities;
  }

  /**
   * Returns the entropy of {@code answer} relative to the maximum for its labels, in [0, 1].
   *
   * <p>Unlike the margin between the two most probable labels, entropy is high as soon as a rare
   * label is possible. On news, which is mostly neutral, the margin saved nothing.
   */
  public static double uncertainty(LabelDistribution answer) {
    double entropy = 0;
    for (double p : answer.probabilities()) {
      if (p > 0) {
        entropy -= p * StrictMath.log(p);
      }
    }
    return Math.max(0, entropy / StrictMath.log(answer.probabilities().length));
  }

  /**
   * Returns the indices of the candidates to label, the most useful first.
   *
   * @param count how many to return; there are fewer if there are fewer distinct candidates
   * @throws IllegalArgumentException if {@code count} is negative or two ids are equal
   */
  public static List<Integer> choose(List<Candidate> candidates, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must be >= 0, but was " + count);
    }
    List<Integer> order =
        IntStream.range(0, candidates.size())
            .boxed()
            .sorted(Comparator.comparing(i -> candidates.get(i).id()))
            .toList();
    for (int i = 1; i < order.size(); i++) {
      String id = candidates.get(order.get(i)).id();
      if (id.equals(candidates.get(order.get(i - 1)).id())) {
        throw new IllegalArgumentException("The id '%s' comes twice".formatted(id));
      }
    }
    return new LabelSuggestions(order.stream().map(candidates::get).toList(), count)
        .choose().stream().map(order::get).toList();
  }

  private List<Integer> choose() {
    int n = candidates.size();
    long targets = candidates.stream().map(Candidate::target).distinct().count();
    int speakerPlaces = places(PLACES_OF_SPEAKER);
    int targetPlaces = places(Math.max(1, targets));
    double[] likeness = new double[n];
    boolean[] gone = new boolean[n];
    boolean[] marked = new boolean[weights.length];
    List<Integer> chosen = new ArrayList<>();
    while (chosen.size() < count) {
      int best = -1;
      double bestValue = 0;
      boolean anyLeft = false;
      for (int i = 0; i < n; i++) {
        if (gone[i]) {
          continue;
        }
        Candidate candidate = candidates.get(i);
        if (distinct.contains(candidate.distinctId())) {
          gone[i] = true;
          continue;
        }
        anyLeft = true;
        double value = (1 - DIVERSITY) * values[i] - DIVERSITY * likeness[i];
        if ((best < 0 || value > bestValue)
            && (candidate.speaker() == null
                || ofSpeaker.getOrDefault(candidate.speaker(), 0) < speakerPlaces)
            && ofTarget.getOrDefault(candidate.target(), 0) < targetPlaces) {
          best = i;
          bestValue = value;
        }
      }
      if (!anyLeft) {
        break;
      }
      if (best < 0) {
        // All others are used up, so the limits are raised.
        speakerPlaces *= 2;
        targetPlaces *= 2;
        continue;
      }
      take(best, chosen);
      gone[best] = true;
      for (int feature : shared[best]) {
        marked[feature] = true;
      }
      for (int i = 0; i < n; i++) {
        if (!gone[i]) {
          likeness[i] = Math.max(likeness[i], cosine(i, best, marked));
        }
      }
      for (int feature : shared[best]) {
        marked[feature] = false;
      }
    }
    return chosen;
  }

  private int places(long shares) {
    return (int) Math.max(1, (count + shares - 1) / shares);
  }

  private void take(int i, List<Integer> chosen) {
    Candidate candidate = candidates.get(i);
    chosen.add(i);
    distinct.add(candidate.distinctId());
    if (candidate.speaker() != null) {
      ofSpeaker.merge(candidate.speaker(), 1, Integer::sum);
    }
    ofTarget.merge(candidate.target(), 1, Integer::sum);
  }

  /**
   * Returns the cosine of two candidates' features, weighted by rarity, in [0, 1].
   *
   * @param marked whether {@code other} has the feature
   */
  private double cosine(int i, int other, boolean[] marked) {
    double sum = 0;
    for (int feature : shared[i]) {
      if (marked[feature]) {
        sum += weights[feature] * weights[feature];
      }
    }
    return sum == 0 ? 0 : sum / (norms[i] * norms[other]);
  }
}
