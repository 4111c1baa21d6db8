package org.demarche.model;

import java.util.List;
import org.demarche.scale.LabelDistribution;

/**
 * Why a passage got its label. The scores are log-odds up to a constant: their soft maximum gives
 * the probabilities. For every label, {@code score = prior + Σ contributions of the words}.
 *
 * @param distribution the answer
 * @param scores the score of each label, in the order of the scale
 * @param priors the score of each label before a word is read
 * @param words every word and mark of the passage in reading order, with what it adds
 */
public record Explanation(
    LabelDistribution distribution, double[] scores, double[] priors, List<Word> words) {

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
}
