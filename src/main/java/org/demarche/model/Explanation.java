package org.demarche.model;

import java.util.List;
import org.demarche.stance.Label;
import org.demarche.stance.LabelDistribution;

/**
 * Why a passage got its label. The scores are log-odds up to a constant: their soft maximum gives
 * the probabilities. For every label, {@code score = prior + Σ contributions of the words}; what a
 * contribution is, and what that leaves for the prior, depends on the kind.
 *
 * @param kind how the contributions were found
 * @param distribution the answer
 * @param scores the score of each label, in the order of the scale
 * @param priors the part of each label's score that is no single word's
 * @param words every word and mark of the passage in reading order, with what it adds
 */
public record Explanation(
    Kind kind, LabelDistribution distribution, double[] scores, double[] priors, List<Word> words) {

  /** How the contributions of the words were found: what a reader may conclude from them. */
  public enum Kind {
    /** Read off the model, which adds them up itself; the prior is the score before any word. */
    EXACT,
    /**
     * What is lost without the word, all others in place. Words matter together, so that these
     * losses do not make up the score; the prior is whatever is missing.
     */
    OCCLUSION
  }

  public Explanation {
    words = List.copyOf(words);
  }

  /**
   * One word of the passage and what it adds to the score of each label, its parts and its share in
   * rows of words included.
   *
   * @param start offset of the word in the passage, in UTF-16 code units
   * @param end offset after the word
   * @param text the word itself
   * @param contributions one number a label, in the order of the scale
   */
  public record Word(int start, int end, String text, double[] contributions) {}

  /**
   * Returns what {@code word} adds to the log-odds of the answer's label against all others, as far
   * as a small word goes: positive speaks for the label. Unlike a contribution by itself, it does
   * not change when a word adds the same to every label, which changes no probability.
   */
  public double towardsLabel(Word word) {
    int best = distribution.best();
    double[] probabilities = distribution.probabilities();
    double rest = 0;
    double weight = 0;
    for (int label = 0; label < probabilities.length; label++) {
      if (label != best) {
        // A label that is all but impossible still counts where all the others are, too.
        double share = Math.max(probabilities[label], 1e-15);
        rest += share * word.contributions()[label];
        weight += share;
      }
    }
    return word.contributions()[best] - rest / weight;
  }

  /**
   * Returns what {@code word} adds to the position: to the log-odds of the label with the greatest
   * value against the one with the least.
   */
  public double alongScale(Word word) {
    List<Label> labels = distribution.scale().labels();
    int high = 0;
    int low = 0;
    for (int label = 1; label < labels.size(); label++) {
      high = labels.get(label).value() > labels.get(high).value() ? label : high;
      low = labels.get(label).value() < labels.get(low).value() ? label : low;
    }
    return word.contributions()[high] - word.contributions()[low];
  }
}
