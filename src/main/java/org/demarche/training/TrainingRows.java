package org.demarche.training;

import java.util.Arrays;
import java.util.Objects;
import org.demarche.features.PlacedWord;
import org.demarche.model.LinearParameters;
import org.demarche.model.Vocabulary;

/**
 * What a backend learns from: sparse rows over the features that training keeps, numbered without
 * gaps.
 *
 * @param features the features of each row, as rising numbers from 0 to {@code featureCount − 1}
 * @param values the value that every present feature of a row has, one number a row; 1 unless rows
 *     are brought to one length
 * @param labels the label of each row, as an index into the scale
 * @param labelCount the number of labels of the scale, {@code >= 2}
 * @param placedWords for each feature what it says of one word around the target, null where
 *     nothing; one a feature
 */
public record TrainingRows(
    int[][] features, double[] values, int[] labels, int labelCount, PlacedWord[] placedWords) {

  /** Takes the rows {@code chosen} of {@code set}, with the features of {@code vocabulary}. */
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

  /** Whether any feature speaks of a word around a target. */
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
