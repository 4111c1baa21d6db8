package org.demarche.model;

import java.util.List;
import org.demarche.stance.Label;
import org.demarche.stance.LabelDistribution;

/**
 * What each word of a passage contributed to its label. Scores are log-odds up to a constant, so
 * that their softmax gives the probabilities. For every label, {@code score = prior + Σ
 * contributions of the words}; the kind says how contributions were measured.
 *
 * @param kind how the contributions were found
 * @param distribution the answer
 * @param scores the score of each label, in the order of the scale
 * @param priors the part of each label's score that belongs to no single word
 * @param words every word and punctuation mark of the passage in reading order
 */
public record Explanation(
    Kind kind, LabelDistribution distribution, double[] scores, double[] priors, List<Word> words) {

  /** How contributions were measured. */
  public enum Kind {
    /** The model itself adds contributions up; the prior is its score before any word. */
    EXACT,
    /**
     * A contribution is what the score loses without the word. Words act together, so these losses
     * do not sum to the score; the prior is the remainder.
     */
    OCCLUSION
  }

  public Explanation {
    words = List.copyOf(words);
  }

  /**
   * One word of the passage and what it adds to the score of each label. This includes its parts
   * and its share in sequences of words.
   *
   * @param start offset of the word in the passage, in UTF-16 code units
   * @param end offset after the word
   * @param text the word itself
   * @param contributions one number per label, in the order of the scale
   */
  public record Word(int start, int end, String text, double[] contributions) {}

  /**
   * Returns what {@code word} adds to the log-odds of the answer's label against all others, to
   * first order; positive values favour the label. Adding the same number to every label does not
   * change it, as it changes no probability.
   */
  public double towardsLabel(Word word) {
    int best = distribution.best();
    double[] probabilities = distribution.probabilities();
    double rest = 0;
    double weight = 0;
    for (int label = 0; label < probabilities.length; label++) {
      if (label != best) {
        // A nearly impossible label still counts if all the others are nearly impossible too.
        double share = Math.max(probabilities[label], 1e-15);
        rest += share * word.contributions()[label];
        weight += share;
      }
    }
    return word.contributions()[best] - rest / weight;
  }

  /**
   * Returns what {@code word} adds to the log-odds of the label with the greatest value against the
   * one with the least.
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
