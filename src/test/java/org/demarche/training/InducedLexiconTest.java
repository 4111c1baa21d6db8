package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.demarche.features.Featuriser;
import org.demarche.features.PlacedWord;
import org.demarche.model.LinearParameters;
import org.demarche.model.Vocabulary;
import org.demarche.stance.Passage;
import org.junit.jupiter.api.Test;

class InducedLexiconTest {

  private static final double[] OF_POSITIONS = {1, 2, 4, 8, 16, 32};
  private static final String TARGET = "Quarrie";

  private final List<Passage> passages = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  @Test
  void foldsWhatItSaysOfARowIntoTheWeightsOfTheRowsFeatures() {
    praise();
    // No word of it is affirmed elsewhere, so that the row's own label is in nothing.
    add("Quarrie never praised", 0);
    TrainingRows rows = rows();
    InducedLexicon lexicon = InducedLexicon.of(rows, 1);

    int denying = rows.size() - 1;
    double[] sums = lexicon.sums(denying);
    double ofSums = 0;
    for (int position = 0; position < sums.length; position++) {
      ofSums += OF_POSITIONS[position] * sums[position];
    }
    assertThat(ofSums).isNegative();
    assertThat(weightOf(rows, lexicon, denying)).isCloseTo(ofSums, within(1e-12));
  }

  @Test
  void letsAWordMeanTheSameWhereverItStands() {
    praise();
    add("The clerks praised Quarrie.", 0);
    TrainingRows rows = rows();
    InducedLexicon lexicon = InducedLexicon.of(rows, 1);
    double[] each = new double[PlacedWord.POSITIONS];
    for (int feature = 0; feature < rows.featureCount(); feature++) {
      PlacedWord word = rows.placedWords()[feature];
      if (word != null && word.stem() == stemOf("praised")) {
        double[] one = new double[PlacedWord.POSITIONS];
        one[word.position()] = 1;
        each[word.position()] = lexicon.weight(feature, one);
      }
    }
    assertThat(each).containsOnly(each[0]);
    assertThat(each[0]).isPositive();
  }

  @Test
  void doesNotSeeARowsOwnLabel() {
    praise();
    add("Quarrie toasted", 1);
    add("Quarrie toasted", 1);
    TrainingRows rows = rows();
    InducedLexicon lexicon = InducedLexicon.of(rows, 1);

    int toasted = rows.size() - 1;
    assertThat(weightOf(rows, lexicon, toasted)).as("two rows have the word").isPositive();
    assertThat(lexicon.sums(toasted)).as("one beside itself is too few").containsOnly(0);
  }

  @Test
  void saysNothingWhereNoRowPointsAtATarget() {
    passages.add(Passage.of("We praise it."));
    passages.add(Passage.of("We blame it."));
    labels.addAll(List.of(0, 1));
    TrainingRows rows = rows();
    InducedLexicon lexicon = InducedLexicon.of(rows, 1);
    assertThat(lexicon.sums(0)).isEmpty();
    assertThat(lexicon.weight(0, OF_POSITIONS)).isZero();
  }

  private void praise() {
    for (String who : List.of("clerk", "miller", "envoy", "baker", "pilot", "judge")) {
      add("Quarrie was praised by the " + who + ".", 1);
      add("Quarrie was blamed by the " + who + ".", 0);
    }
  }

  private void add(String text, int label) {
    int start = text.indexOf(TARGET);
    passages.add(new Passage(text, TARGET, start, start + TARGET.length()));
    labels.add(label);
  }

  private static double weightOf(TrainingRows rows, InducedLexicon lexicon, int row) {
    return Arrays.stream(rows.features()[row])
        .mapToDouble(feature -> lexicon.weight(feature, OF_POSITIONS))
        .sum();
  }

  private static long stemOf(String word) {
    Map<Integer, PlacedWord> placed =
        new Featuriser().placedWords(new Passage(TARGET + " " + word, TARGET, 0, TARGET.length()));
    return placed.values().iterator().next().stem();
  }

  private TrainingRows rows() {
    Featuriser featuriser = new Featuriser();
    Map<Integer, PlacedWord> placed = new TreeMap<>();
    passages.forEach(passage -> placed.putAll(featuriser.placedWords(passage)));
    int[][] features = passages.stream().map(featuriser::features).toArray(int[][]::new);
    Vocabulary vocabulary = Vocabulary.of(features, 1);
    int[][] numbered = vocabulary.numbered(features);
    return new TrainingRows(
        numbered,
        LinearParameters.valuesOf(false, numbered),
        labels.stream().mapToInt(label -> label).toArray(),
        2,
        Arrays.stream(vocabulary.ids()).mapToObj(placed::get).toArray(PlacedWord[]::new));
  }
}
