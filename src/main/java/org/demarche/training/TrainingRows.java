package org.demarche.training;

import java.util.Arrays;
import java.util.Objects;
import org.demarche.features.PlacedWord;
import org.demarche.model.LinearParameters;
import org.demarche.model.Vocabulary;

/**
 * The rows that a backend learns from. They are sparse; features are numbered without gaps.
 *
 * @param features the features of each row, as rising numbers from 0 to {@code featureCount − 1}
 * @param values the value of the features of each row; 1 unless rows are normalised to unit length
 * @param labels the label of each row, as an index into the scale
 * @param labelCount the number of labels of the scale, {@code >= 2}
 * @param placedWords for each feature, the word and its position around the target that it stands
 *     for, or null
 */
public record TrainingRows(
    int[][] features, double[] values, int[] labels, int labelCount, PlacedWord[] placedWords) {

  /** Selects the rows {@code chosen} of {@code set} and their features in {@code vocabulary}. */
  static TrainingRows of(TrainingSet set, int[] chosen, Vocabulary vocabulary, boolean normalised) {
    int[][] numbered = vocabulary.numbered(set.features(chosen));
    return new TrainingRows(
        numbered,
        LinearParameters.valuesOf(normalised, numbered),
        Arrays.stream(chosen).map(set::label).toArray(),
        set.scale().size(),
        set.placedWords(vocabulary.ids()));
  }

  /** Returns the number of features. */
  public int featureCount() {
    return placedWords.length;
  }

  /** Returns whether any feature stands for a word around a target. */
  boolean hasPlacedWords() {
    return Arrays.stream(placedWords).anyMatch(Objects::nonNull);
  }

  /** Returns how many rows there are. */
  public int size() {
    return features.length;
  }

  /** Returns how many rows have each label, in the order of the scale. */
  public long[] labelCounts() {
    long[] counts = new long[labelCount];
    Arrays.stream(labels).forEach(label -> counts[label]++);
    return counts;
  }
}
