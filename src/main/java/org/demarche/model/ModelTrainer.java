package org.demarche.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.Folds;
import org.demarche.features.Featuriser;
import org.demarche.scale.LabelDistribution;
import org.demarche.scale.LabelledStatement;
import org.demarche.scale.Scale;

/**
 * Makes a model of labelled statements: features, folds, calibration on held-out rows, and the
 * record of it all. The learning itself is a {@link WeightTrainer}'s.
 */
public final class ModelTrainer {

  /** The number of folds unless the user says otherwise. */
  public static final int FOLDS = 5;

  /** The seed that draws the folds unless the user says otherwise. */
  public static final long SEED = 20120918;

  /** A feature is kept when so many rows have it. */
  private static final int MINIMUM_ROWS = 2;

  private final List<LabelledStatement> rows;
  private final Scale scale;
  private final int[][] features;
  private final int[] labels;

  private ModelTrainer(List<LabelledStatement> rows, Scale scale) {
    this.rows = List.copyOf(rows);
    this.scale = scale;
    this.labels = new int[rows.size()];
    this.features = new int[rows.size()][];
    Featuriser featuriser = new Featuriser();
    for (int i = 0; i < labels.length; i++) {
      LabelledStatement row = rows.get(i);
      labels[i] = scale.indexOf(row.label());
      if (labels[i] < 0) {
        throw new IllegalArgumentException(
            "Label '%s' of row '%s' is not of the scale '%s', which has %s"
                .formatted(row.label(), row.id(), scale.name(), scale.labelNames()));
      }
      features[i] = featuriser.features(row.passage());
    }
    long occurring = Arrays.stream(labels).distinct().count();
    if (occurring < 2) {
      throw new IllegalArgumentException(
          "Two labels or more must occur to learn from, but the %d rows have %d"
              .formatted(rows.size(), occurring));
    }
  }

  /**
   * How one backend and algorithm did in cross-validation.
   *
   * @param backend the library, or {@code none} for the majority baseline
   * @param algorithm the algorithm, or {@code majority}
   * @param report over all rows, each answered by a model that did not see its group
   */
  public record Comparison(String backend, String algorithm, ClassificationReport report) {}

  /** Trains with {@link #FOLDS} folds and {@link #SEED}. */
  public static LinearModel train(
      List<LabelledStatement> rows, Scale scale, WeightTrainer trainer) {
    return train(rows, scale, trainer, FOLDS, SEED);
  }

  /**
   * Trains a model of {@code rows}, calibrated and measured on {@code folds} folds of them.
   *
   * @throws IllegalArgumentException if a label is not of the scale, fewer than two labels occur,
   *     or there are fewer groups than folds
   */
  public static LinearModel train(
      List<LabelledStatement> rows, Scale scale, WeightTrainer trainer, int folds, long seed) {
    ModelTrainer work = new ModelTrainer(rows, scale);
    HeldOut heldOut = work.holdOut(trainer, folds, seed);
    Calibration calibration = Calibration.fit(heldOut.scores(), work.labels);
    LinearParameters parameters = work.learn(trainer, work.allRows(), calibration);
    return new LinearModel(
        scale, parameters, work.metadata(trainer, folds, seed, work.report(heldOut)));
  }

  /**
   * Answers every row by a model that did not see its group.
   *
   * @throws IllegalArgumentException as {@link #train}
   */
  public static ClassificationReport crossValidate(
      List<LabelledStatement> rows, Scale scale, WeightTrainer trainer, int folds, long seed) {
    ModelTrainer work = new ModelTrainer(rows, scale);
    return work.report(work.holdOut(trainer, folds, seed));
  }

  /**
   * Cross-validates {@code trainers} on the same folds, after the baseline that always gives the
   * distribution of the training labels.
   *
   * @throws IllegalArgumentException as {@link #train}
   */
  public static List<Comparison> compare(
      List<LabelledStatement> rows,
      Scale scale,
      List<WeightTrainer> trainers,
      int folds,
      long seed) {
    ModelTrainer work = new ModelTrainer(rows, scale);
    List<Comparison> comparisons = new ArrayList<>();
    comparisons.add(new Comparison("none", "majority", work.baseline(folds, seed)));
    for (WeightTrainer trainer : trainers) {
      comparisons.add(
          new Comparison(
              trainer.backend(),
              trainer.algorithm(),
              work.report(work.holdOut(trainer, folds, seed))));
    }
    return comparisons;
  }

  /** Returns the baseline model of {@code rows}, which always answers their distribution. */
  public static MajorityModel majority(
      List<LabelledStatement> rows, Scale scale, int folds, long seed) {
    ModelTrainer work = new ModelTrainer(rows, scale);
    ModelMetadata metadata =
        new ModelMetadata(
            "none",
            "",
            "majority",
            Map.of(),
            rows.size(),
            work.usesTargets(),
            Digests.of(rows),
            work.labelCounts(),
            seed,
            folds,
            work.baseline(folds, seed));
    return new MajorityModel(new LabelDistribution(scale, work.priorOf(work.allRows())), metadata);
  }

  /** The raw scores of every row, from weights learnt without its fold. */
  private record HeldOut(double[][] scores, int[] foldOf, int folds) {}

  private HeldOut holdOut(WeightTrainer trainer, int folds, long seed) {
    int[] foldOf = Folds.byGroup(rows, folds, seed);
    double[][] scores = new double[labels.length][scale.size()];
    for (int fold = 0; fold < folds; fold++) {
      LinearParameters learnt = learn(trainer, outside(foldOf, fold), null);
      FeatureTable table =
          new FeatureTable(learnt.featureIds(), learnt.weights(), learnt.labelCount());
      for (int i = 0; i < labels.length; i++) {
        if (foldOf[i] == fold) {
          table.addTo(scores[i], features[i]);
          for (int label = 0; label < scale.size(); label++) {
            scores[i][label] =
                learnt.valueOf(features[i].length) * scores[i][label] + learnt.biases()[label];
          }
        }
      }
    }
    return new HeldOut(scores, foldOf, folds);
  }

  /** Judges held-out scores, each fold calibrated on the others. */
  private ClassificationReport report(HeldOut heldOut) {
    LabelDistribution[] answers = new LabelDistribution[labels.length];
    for (int fold = 0; fold < heldOut.folds(); fold++) {
      int[] others = outside(heldOut.foldOf(), fold);
      Calibration calibration =
          Calibration.fit(
              Arrays.stream(others).mapToObj(i -> heldOut.scores()[i]).toArray(double[][]::new),
              Arrays.stream(others).map(i -> labels[i]).toArray());
      for (int i = 0; i < labels.length; i++) {
        if (heldOut.foldOf()[i] == fold) {
          double[] answer = heldOut.scores()[i].clone();
          calibration.apply(answer);
          answers[i] = new LabelDistribution(scale, answer);
        }
      }
    }
    return ClassificationReport.of(scale, given(), List.of(answers));
  }

  private ClassificationReport baseline(int folds, long seed) {
    int[] foldOf = Folds.byGroup(rows, folds, seed);
    LabelDistribution[] answers = new LabelDistribution[labels.length];
    for (int fold = 0; fold < folds; fold++) {
      LabelDistribution prior = new LabelDistribution(scale, priorOf(outside(foldOf, fold)));
      for (int i = 0; i < labels.length; i++) {
        if (foldOf[i] == fold) {
          answers[i] = prior;
        }
      }
    }
    return ClassificationReport.of(scale, given(), List.of(answers));
  }

  private LinearParameters learn(WeightTrainer trainer, int[] chosen, Calibration calibration) {
    int[] vocabulary = vocabulary(chosen);
    int[][] numbered = new int[chosen.length][];
    double[] values = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      int[] row = features[chosen[i]];
      numbered[i] =
          Arrays.stream(row)
              .map(id -> Arrays.binarySearch(vocabulary, id))
              .filter(n -> n >= 0)
              .toArray();
      values[i] = LinearParameters.valueOf(trainer.normalised(), row.length);
    }
    int[] chosenLabels = Arrays.stream(chosen).map(i -> labels[i]).toArray();
    LinearWeights learnt =
        trainer.train(
            new TrainingRows(numbered, values, chosenLabels, scale.size(), vocabulary.length));
    float[] weights = new float[learnt.weights().length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) learnt.weights()[i];
    }
    return new LinearParameters(
        trainer.normalised(), calibration, priorOf(chosen), learnt.biases(), vocabulary, weights);
  }

  /**
   * The features that {@link #MINIMUM_ROWS} of the chosen rows or more have; one alone teaches
   * little but names.
   */
  private int[] vocabulary(int[] chosen) {
    int[] all = Arrays.stream(chosen).flatMap(i -> Arrays.stream(features[i])).sorted().toArray();
    int kept = 0;
    for (int i = 0; i < all.length; ) {
      int end = i + 1;
      while (end < all.length && all[end] == all[i]) {
        end++;
      }
      if (end - i >= MINIMUM_ROWS) {
        all[kept++] = all[i];
      }
      i = end;
    }
    return Arrays.copyOf(all, kept);
  }

  private double[] priorOf(int[] chosen) {
    double[] prior = new double[scale.size()];
    for (int i : chosen) {
      prior[labels[i]]++;
    }
    for (int label = 0; label < prior.length; label++) {
      prior[label] /= chosen.length;
    }
    return prior;
  }

  private ModelMetadata metadata(
      WeightTrainer trainer, int folds, long seed, ClassificationReport report) {
    return new ModelMetadata(
        trainer.backend(),
        trainer.libraryVersion(),
        trainer.algorithm(),
        trainer.settings(),
        rows.size(),
        usesTargets(),
        Digests.of(rows),
        labelCounts(),
        seed,
        folds,
        report);
  }

  private boolean usesTargets() {
    return rows.stream().anyMatch(row -> row.passage().target() != null);
  }

  private Map<String, Long> labelCounts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (int label = 0; label < scale.size(); label++) {
      int index = label;
      counts.put(
          scale.labels().get(label).name(), Arrays.stream(labels).filter(l -> l == index).count());
    }
    return counts;
  }

  private List<String> given() {
    return rows.stream().map(LabelledStatement::label).toList();
  }

  private int[] allRows() {
    return outside(new int[labels.length], 1);
  }

  private int[] outside(int[] foldOf, int fold) {
    int[] chosen = new int[labels.length];
    int n = 0;
    for (int i = 0; i < labels.length; i++) {
      if (foldOf[i] != fold) {
        chosen[n++] = i;
      }
    }
    return Arrays.copyOf(chosen, n);
  }
}
