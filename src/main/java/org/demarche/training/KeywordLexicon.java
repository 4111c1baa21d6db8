package org.demarche.training;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A baseline of word lists, as a data team would write first. Each label has the words that favour
 * it most in the labelled rows; its score is how many of them a passage has.
 */
final class KeywordLexicon {

  private static final int WORDS_OF_A_LABEL = 100;
  private static final int MINIMUM_ROWS = 3;
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}']+");

  private KeywordLexicon() {}

  /** Scores each fold with lists made from the rows outside it. */
  static HeldOut holdOut(TrainingSet set) {
    return HeldOut.of(set, fold -> learn(set, set.outside(fold)));
  }

  /** Makes the lists from the rows {@code chosen}. */
  static HeldOut.Scorer learn(TrainingSet set, int[] chosen) {
    int k = set.scale().size();
    Map<String, int[]> counts = new HashMap<>();
    int[] rows = new int[k];
    for (int row : chosen) {
      rows[set.label(row)]++;
      for (String word : words(set, row)) {
        counts.computeIfAbsent(word, w -> new int[k])[set.label(row)]++;
      }
    }
    Map<String, Integer> labelOf = new HashMap<>();
    for (int label = 0; label < k; label++) {
      int of = label;
      List<String> best =
          counts.entrySet().stream()
              .filter(word -> Arrays.stream(word.getValue()).sum() >= MINIMUM_ROWS)
              .filter(word -> favours(word.getValue(), rows, of) > 0)
              .sorted(
                  Comparator.comparingDouble(
                          (Map.Entry<String, int[]> word) -> -favours(word.getValue(), rows, of))
                      .thenComparing(Map.Entry::getKey))
              .limit(WORDS_OF_A_LABEL)
              .map(Map.Entry::getKey)
              .toList();
      best.forEach(word -> labelOf.putIfAbsent(word, of));
    }
    return (row, scores) -> {
      for (String word : words(set, row)) {
        Integer label = labelOf.get(word);
        if (label != null) {
          scores[label]++;
        }
      }
    };
  }

  /**
   * Returns how many standard deviations more often a word occurs in rows of the label than
   * expected.
   */
  private static double favours(int[] counts, int[] rows, int label) {
    double in = counts[label];
    double all = Arrays.stream(counts).sum();
    double share = (double) rows[label] / Arrays.stream(rows).sum();
    double expected = all * share;
    return (in - expected) / Math.sqrt(expected * (1 - share) + 1e-9);
  }

  private static Set<String> words(TrainingSet set, int row) {
    String text = set.rows().get(row).passage().text().toLowerCase(Locale.ROOT);
    return new HashSet<>(Arrays.asList(BETWEEN_WORDS.split(text)));
  }
}
