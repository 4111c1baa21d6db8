package org.demarche.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.demarche.DemarcheException;
import org.demarche.features.FeatureBuffer;
import org.demarche.features.Featuriser;
import org.demarche.model.calibration.AffineCalibration;
import org.demarche.model.calibration.Calibration;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;

/**
 * Base class of calibrated models over hashed features. A subclass defines the score of a set of
 * features and what each feature adds to it; this class derives answers, explanations and storage.
 */
public abstract class FeatureModel implements ScaleModel {

  private final transient Scale scale;
  private final transient Numbers numbers;
  private final transient ModelMetadata metadata;
  private final transient String id;

  /** Finds the features of passages; threads can share it. */
  protected final transient Featuriser featuriser = new Featuriser();

  /**
   * The numbers that every kind of model has.
   *
   * @param calibration from raw scores to probabilities
   * @param prior the answer to a passage without known features, one probability per label
   * @param biases the raw scores of such a passage, one per label
   */
  public record Numbers(Calibration calibration, double[] prior, double[] biases) {}

  /**
   * @param file the content of the model's file, which gives the model its id
   * @throws DemarcheException ({@link org.demarche.ExitStatus#MODEL_INCOMPATIBLE}) if the scale has
   *     another number of labels
   */
  protected FeatureModel(Scale scale, Numbers numbers, byte[] file, ModelMetadata metadata) {
    if (numbers.biases().length != scale.size()) {
      throw DemarcheException.modelIncompatible(
          "The weights are for %d labels, but the scale '%s' has %d"
              .formatted(numbers.biases().length, scale.name(), scale.size()));
    }
    this.scale = scale;
    this.numbers = numbers;
    this.metadata = metadata;
    this.id = Digests.modelId(scale, file);
  }

  /**
   * Writes the raw score of each label into {@code scores}, which come as zeros.
   *
   * @param features ids of the features of a passage, distinct and rising
   * @return whether any feature is known
   */
  public abstract boolean score(int[] features, double[] scores);

  /**
   * Returns what each feature (first index) adds to the raw score of each label (second index) in a
   * passage with these features. They and the biases sum to the score.
   *
   * @param features as for {@link #score}
   */
  protected abstract double[][] contributions(int[] features);

  @Override
  public Scale scale() {
    return scale;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ModelMetadata metadata() {
    return metadata;
  }

  @Override
  public LabelDistribution predict(Passage passage) {
    double[] scores = new double[scale.size()];
    return answer(score(featuriser.features(passage), scores), scores);
  }

  /**
   * Returns the answer to a passage with these raw scores; the array becomes part of the answer.
   */
  protected LabelDistribution answer(boolean known, double[] scores) {
    if (!known) {
      return new LabelDistribution(scale, numbers.prior().clone());
    }
    numbers.calibration().apply(scores);
    return new LabelDistribution(scale, scores);
  }

  @Override
  public Explanation explain(Passage passage) {
    FeatureBuffer places = FeatureBuffer.forExplaining();
    featuriser.extract(passage, places);
    int[] features = featuriser.features(passage);
    int labels = scale.size();
    AffineCalibration affine =
        numbers.calibration().affine().orElseGet(() -> AffineCalibration.none(labels));
    double[] priors = new double[labels];
    for (int label = 0; label < labels; label++) {
      priors[label] = affine.slopes()[label] * numbers.biases()[label] + affine.shifts()[label];
    }
    if (!score(features, new double[labels])) {
      // The answer is the prior, as in predict, and no word adds anything.
      for (int label = 0; label < labels; label++) {
        priors[label] = StrictMath.log(Math.max(numbers.prior()[label], 1e-15));
      }
    }
    double[][] contributions = contributions(features);
    double[][] byToken = new double[places.tokenCount()][labels];
    // A feature counts once. If it occurs twice, each occurrence gets half of its contribution.
    int[] occurrences = new int[features.length];
    for (int i = 0; i < places.size(); i++) {
      occurrences[Arrays.binarySearch(features, places.ids()[i])]++;
    }
    for (int i = 0; i < places.size(); i++) {
      int feature = Arrays.binarySearch(features, places.ids()[i]);
      int tokens = places.lastToken(i) - places.firstToken(i) + 1;
      for (int label = 0; label < labels; label++) {
        double contribution =
            affine.slopes()[label] * contributions[feature][label] / occurrences[feature] / tokens;
        for (int token = places.firstToken(i); token <= places.lastToken(i); token++) {
          if (token < byToken.length) {
            byToken[token][label] += contribution;
          } else {
            priors[label] += contribution;
          }
        }
      }
    }
    double[] scores = priors.clone();
    List<Explanation.Word> words = new ArrayList<>();
    for (int token = 0; token < byToken.length; token++) {
      int start = places.tokenStart(token);
      int end = places.tokenEnd(token);
      words.add(
          new Explanation.Word(start, end, passage.text().substring(start, end), byToken[token]));
      for (int label = 0; label < labels; label++) {
        scores[label] += byToken[token][label];
      }
    }
    return new Explanation(Explanation.Kind.EXACT, predict(passage), scores, priors, words);
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT, // the description is stored
        "%s on %,d labelled statements, %,d features, cross-validated macro-F1 %.3f",
        metadata.maker(),
        metadata.trainingRows(),
        featureCount(),
        metadata.crossValidation().macroF1());
  }

  /** Serializes the model as its files, which are checked when they are read. */
  protected final Object writeReplace() {
    return ModelFiles.of(this, null);
  }
}
