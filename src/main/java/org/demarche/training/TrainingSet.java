package org.demarche.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.demarche.evaluation.Folds;
import org.demarche.features.Featuriser;
import org.demarche.features.PlacedWord;
import org.demarche.model.Vocabulary;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;

/**
 * Labelled statements prepared for learning: their features, labels as numbers, and folds.
 *
 * <p>Auxiliary rows may follow the judged rows. They are of another kind of text, such as invented
 * examples of rare constructions, and serve only for learning: figures and calibration do not use
 * them.
 */
public final class TrainingSet {

  private static final int NO_FOLD = -1;

  private final Scale scale;
  private final List<LabelledStatement> rows;
  private final int judged;
  private final int[] labels;
  private final int[][] features;
  private final Map<Integer, PlacedWord> placedWords = new HashMap<>();
  private final int[] foldOf;
  private final int folds;
  private final long seed;

  private TrainingSet(Scale scale, List<LabelledStatement> rows, int judged, int folds, long seed) {
    this.scale = scale;
    this.rows = List.copyOf(rows);
    this.judged = judged;
    this.folds = folds;
    this.seed = seed;
    this.labels = new int[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      LabelledStatement row = rows.get(i);
      labels[i] = scale.indexOf(row.label());
      if (labels[i] < 0) {
        throw new IllegalArgumentException(
            "Label '%s' of row '%s' is not of the scale '%s', which has %s"
                .formatted(row.label(), row.id(), scale.name(), scale.labelNames()));
      }
    }
    long occurring = Arrays.stream(labels, 0, judged).distinct().count();
    if (occurring < 2) {
      throw new IllegalArgumentException(
          "Training needs two labels or more, but the %d rows have %d"
              .formatted(judged, occurring));
    }
    Featuriser featuriser = new Featuriser();
    this.features =
        rows.stream().map(row -> featuriser.features(row.passage())).toArray(int[][]::new);
    rows.stream()
        .map(LabelledStatement::passage)
        .filter(Passage::hasTargetPlace)
        .forEach(passage -> placedWords.putAll(featuriser.placedWords(passage)));
    this.foldOf = new int[rows.size()];
    Arrays.fill(foldOf, NO_FOLD);
    System.arraycopy(Folds.byGroup(rows.subList(0, judged), folds, seed), 0, foldOf, 0, judged);
  }

  /**
   * Prepares {@code rows} and draws {@code folds} folds with {@code seed}.
   *
   * @param auxiliary rows to learn from but not to judge by; may be empty
   * @throws IllegalArgumentException if a label is not in the scale, fewer than two labels occur in
   *     {@code rows}, or there are fewer groups than folds
   */
  public static TrainingSet of(
      List<LabelledStatement> rows,
      List<LabelledStatement> auxiliary,
      Scale scale,
      int folds,
      long seed) {
    List<LabelledStatement> all = new ArrayList<>(rows);
    all.addAll(auxiliary);
    return new TrainingSet(scale, all, rows.size(), folds, seed);
  }

  /** Returns the scale of the labels. */
  public Scale scale() {
    return scale;
  }

  /** Returns all rows, the auxiliary ones last. */
  public List<LabelledStatement> rows() {
    return rows;
  }

  /** Returns the number of judged rows, which are all but the auxiliary ones. */
  public int judged() {
    return judged;
  }

  /** Returns the number of folds. */
  public int folds() {
    return folds;
  }

  /** Returns the labels of the judged rows. */
  public List<String> given() {
    return rows.subList(0, judged).stream().map(LabelledStatement::label).toList();
  }

  long seed() {
    return seed;
  }

  boolean isAuxiliary(int row) {
    return row >= judged;
  }

  /** Returns the label of a row, as an index into the scale. */
  public int label(int row) {
    return labels[row];
  }

  int[] judgedLabels() {
    return Arrays.copyOf(labels, judged);
  }

  int[] judgedFolds() {
    return Arrays.copyOf(foldOf, judged);
  }

  /** Returns the ids of the features of a row, distinct and rising. */
  public int[] features(int row) {
    return features[row];
  }

  int[][] features(int[] chosen) {
    return Arrays.stream(chosen).mapToObj(this::features).toArray(int[][]::new);
  }

  /** Returns the features that occur in at least {@code least} of the rows {@code chosen}. */
  public Vocabulary vocabulary(int[] chosen, int least) {
    return Vocabulary.of(features(chosen), least);
  }

  /**
   * Returns for each feature the word and position around the target that it stands for, or null.
   */
  PlacedWord[] placedWords(int[] ids) {
    return Arrays.stream(ids).mapToObj(placedWords::get).toArray(PlacedWord[]::new);
  }

  int[] all() {
    return IntStream.range(0, rows.size()).toArray();
  }

  /** Returns the rows from which a model that is judged on {@code fold} may learn. */
  int[] outside(int fold) {
    return IntStream.range(0, rows.size()).filter(row -> foldOf[row] != fold).toArray();
  }

  int[] inside(int fold) {
    return IntStream.range(0, judged).filter(row -> foldOf[row] == fold).toArray();
  }

  int[] withoutAuxiliary(int[] chosen) {
    return Arrays.stream(chosen).filter(row -> !isAuxiliary(row)).toArray();
  }

  boolean usesTargets() {
    return rows.stream().anyMatch(row -> row.passage().target() != null);
  }

  Map<String, Long> labelCounts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    scale.labelNames().forEach(label -> counts.put(label, 0L));
    given().forEach(label -> counts.merge(label, 1L, Long::sum));
    return counts;
  }

  /** Returns the share of each label among the judged rows in {@code chosen}. */
  public double[] prior(int[] chosen) {
    double[] prior = new double[scale.size()];
    int counted = 0;
    for (int row : chosen) {
      if (!isAuxiliary(row)) {
        prior[labels[row]]++;
        counted++;
      }
    }
    for (int label = 0; label < prior.length; label++) {
      prior[label] /= counted;
    }
    return prior;
  }
}
