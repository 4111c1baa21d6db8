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
 * Chooses the statements that a person should label next, so that a model learns most from them.
 *
 * <p>A statement counts for more the less the model knows of it (uncertainty sampling: Lewis and
 * Gale, <em>A Sequential Algorithm for Training Text Classifiers</em>, 1994) and the more it is
 * like the others, since a label of it then says something of many (information density: Settles
 * and Craven, <em>An Analysis of Active Learning Strategies for Sequence Labeling Tasks</em>,
 * 2008). Each is weighed against its likeness to those chosen before it (maximal marginal
 * relevance: Carbonell and Goldstein, <em>The Use of MMR, Diversity-Based Reranking</em>, 1998): a
 * model would learn little from ten variants of one sentence. With uncertainty {@code u}, density
 * {@code d} relative to the mean, and greatest likeness {@code s} to one chosen before, the
 * greatest of
 *
 * <pre>(1 − λ) u dᵝ − λ s</pre>
 *
 * comes next. No speaker takes more than a twentieth of the places and no target more than its even
 * share, as long as others have something to give. {@code SuggestionSimulation} measures what it
 * saves.
 *
 * <p>The choice depends on nothing but the candidates: their order, the machine and chance play no
 * part.
 */
final class LabelSuggestions {

  /** λ: what likeness to those chosen counts, from 0 (nothing) to 1 (all). */
  private static final double DIVERSITY = 0.5;

  /** β: how much likeness to all the others counts; 0 is nothing. */
  private static final double DENSITY = 0.5;

  /** Of the mean; a statement like no other is not worthless. */
  private static final double LEAST_DENSITY = 0.25;

  /** The part of all places that one speaker may take: one in so many. */
  private static final int PLACES_OF_SPEAKER = 20;

  /**
   * A statement that could be labelled.
   *
   * @param id names it; unique, and decides between equals
   * @param distinctId of candidates with one distinct id, one is chosen at most
   * @param speaker who said it, or null where nobody is known, which is nobody's share
   * @param target what it is about, or the empty string
   * @param answer what the model makes of it
   * @param features the features of its words, each once, in rising order; not copied
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

  /** Of each candidate the features that others have too, numbered from 0, and their weights. */
  private final int[][] shared;

  private final double[] weights;
  private final double[] norms;

  /** How useful each is, taken alone. */
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
        if (in > 1) { // what one alone has makes it like no other
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

  /** Returns the mean likeness of each candidate to all the others, in [0, 1]. */
  private double[] densities() {
    // The sum of all unit vectors first: comparing each with each would be quadratic.
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
        // Less its likeness to itself, which is 1.
        densities[i] = Math.max(0, (product / norms[i] - 1) / (shared.length - 1));
      }
    }
    return densities;
  }

  /**
   * Returns how little a model knows of a passage: the entropy of its answer, as a part of the
   * greatest that its labels allow, in [0, 1].
   *
   * <p>Unlike the margin between the two most probable labels, it is high where a rare label is
   * possible at all; on news, which is mostly neutral, the margin was found to save nothing.
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
   * Returns the places in {@code candidates} of those to be labelled, the most useful first.
   *
   * @param count how many; fewer are returned where there are fewer distinct candidates
   * @throws IllegalArgumentException if {@code count} is negative or an id comes twice
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
        // Nobody else has anything to give: the rest goes to those who have.
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
   * Returns the cosine of two candidates' features, the rarer the heavier; in [0, 1].
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
