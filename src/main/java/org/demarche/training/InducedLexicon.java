package org.demarche.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.demarche.features.PlacedWord;

/**
 * A lexicon for one label, induced from labelled rows (Kiritchenko, Zhu and Mohammad 2014). The
 * value of a word is the smoothed log odds of the label among rows with that word not negated,
 * shrunk to 0 if these are few. Summed per position relative to the target, with negated words
 * subtracted, the values are a few extra features for a linear model.
 *
 * <p>These sums are linear in the features of placed words. So the weight learnt for a position is
 * folded into the weights of those features, and scoring needs no lexicon.
 *
 * <p>For a training row, values are computed without that row; otherwise its own label would make
 * the lexicon look too good.
 */
final class InducedLexicon {

  /** Log odds are clipped here; words beyond hardly occur with other labels. */
  private static final double MOST = 3;

  /** Shrinkage: the value of a word with n rows is multiplied by n / (n + this). */
  private static final double DRAW = 3;

  /** Words with fewer rows have the value 0. */
  private static final int LEAST_ROWS = 2;

  /** Brings the sums to the size of features, because the penalty treats both alike. */
  private static final double SCALE = 0.3;

  private static final double SMOOTHING = 0.5;

  private final TrainingRows rows;
  private final int label;
  private final double prior;

  /** The number of each feature's word; −1 if the feature places none. */
  private final int[] wordOf;

  /**
   * How many rows of the label have each word not negated; {@link #out} counts those of other
   * labels.
   */
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

  /** Induces the lexicon of {@code label}; some rows must have it and some must not. */
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
   * Returns the sum of the words of {@code row} for each position, computed without that row; empty
   * if no feature places a word.
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

  /** Returns what to add to a feature's weight if the sums have the weights {@code ofPositions}. */
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
