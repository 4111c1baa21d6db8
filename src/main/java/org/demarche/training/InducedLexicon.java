package org.demarche.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.demarche.features.PlacedWord;

/**
 * How much each word speaks for one label, wherever around the target it stands: the smoothed log
 * odds of the label among the rows that have the word affirmed, drawn to 0 where they are few (a
 * sentiment lexicon induced from labelled texts, as in Kiritchenko, Zhu and Mohammad 2014). Added
 * up for each position to the target, a denied word with the other sign, it makes a few numbers
 * that a linear model learns from beside the features.
 *
 * <p>A sum of words is linear in the features that place them. So what is learnt about a position
 * is added to the weights of those features, and scoring knows nothing of the lexicon.
 *
 * <p>A word's value for a row is that of the other rows: with its own label in it, the lexicon
 * would look better than it is.
 */
final class InducedLexicon {

  /** Log odds beyond are those of words that are hardly seen with another label. */
  private static final double MOST = 3;

  /** So many rows draw a word's value to 0. */
  private static final double DRAW = 3;

  /** Fewer rows say nothing. */
  private static final int LEAST_ROWS = 2;

  /** Makes the sums as large as features, which are punished alike. */
  private static final double SCALE = 0.3;

  private static final double SMOOTHING = 0.5;

  private final TrainingRows rows;
  private final int label;
  private final double prior;

  /** The number of each feature's word, −1 where it places none. */
  private final int[] wordOf;

  /** Rows of the label with the word affirmed, and rows of other labels. */
  private final int[] in;

  private final int[] out;

  private InducedLexicon(TrainingRows rows, int label) {
    this.rows = rows;
    this.label = label;
    long of = rows.labelCounts()[label];
    this.prior = StrictMath.log((of + SMOOTHING) / (rows.size() - of + SMOOTHING));
    Map<Long, Integer> numbers = new HashMap<>();
    this.wordOf = new int[rows.featureCount()];
    for (int feature = 0; feature < wordOf.length; feature++) {
      PlacedWord word = rows.placedWords()[feature];
      wordOf[feature] =
          word == null ? -1 : numbers.computeIfAbsent(word.stem(), stem -> numbers.size());
    }
    this.in = new int[numbers.size()];
    this.out = new int[numbers.size()];
    for (int row = 0; row < rows.size(); row++) {
      int[] counts = rows.labels()[row] == label ? in : out;
      for (int word : affirmed(row)) {
        counts[word]++;
      }
    }
  }

  /** Induces the lexicon of {@code label}, which some rows have and some have not. */
  static InducedLexicon of(TrainingRows rows, int label) {
    return new InducedLexicon(rows, label);
  }

  private boolean isEmpty() {
    return in.length == 0;
  }

  private List<Integer> affirmed(int row) {
    List<Integer> words = new ArrayList<>();
    for (int feature : rows.features()[row]) {
      int word = wordOf[feature];
      if (word >= 0 && !rows.placedWords()[feature].denied() && !words.contains(word)) {
        words.add(word);
      }
    }
    return words;
  }

  private double value(int with, int without) {
    int n = with + without;
    if (n < LEAST_ROWS) {
      return 0;
    }
    double odds = StrictMath.log((with + SMOOTHING) / (without + SMOOTHING)) - prior;
    return SCALE * Math.max(-MOST, Math.min(MOST, odds)) * n / (n + DRAW);
  }

  /**
   * Returns what the words of {@code row} add up to in each position, as the other rows see them;
   * nothing where no feature places a word.
   */
  double[] sums(int row) {
    if (isEmpty()) {
      return new double[0];
    }
    List<Integer> own = affirmed(row);
    boolean is = rows.labels()[row] == label;
    double[] sums = new double[PlacedWord.POSITIONS];
    for (int feature : rows.features()[row]) {
      int word = wordOf[feature];
      if (word >= 0) {
        int less = own.contains(word) ? 1 : 0;
        double value = value(in[word] - (is ? less : 0), out[word] - (is ? 0 : less));
        PlacedWord placed = rows.placedWords()[feature];
        sums[placed.position()] += placed.denied() ? -value : value;
      }
    }
    return sums;
  }

  /**
   * Returns what a feature's weight gains when the sums of the positions have the weights {@code
   * ofPositions}.
   */
  double weight(int feature, double[] ofPositions) {
    int word = wordOf[feature];
    if (word < 0) {
      return 0;
    }
    PlacedWord placed = rows.placedWords()[feature];
    double value = value(in[word], out[word]);
    return ofPositions[placed.position()] * (placed.denied() ? -value : value);
  }
}
