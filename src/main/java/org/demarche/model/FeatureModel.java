package org.demarche.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.demarche.DemarcheException;
import org.demarche.features.FeatureBuffer;
import org.demarche.features.Featuriser;
import org.demarche.model.calibration.AffineCalibration;
import org.demarche.model.calibration.Calibration;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;

/**
 * A calibrated model over hashed features. A kind of model says how it scores a set of features and
 * what each of them adds to the score; answers, explanations and storage follow from that.
 */
public abstract class FeatureModel implements ScaleModel {

  private final transient Scale scale;
  private final transient Numbers numbers;
  private final transient ModelMetadata metadata;
  private final transient String id;
  private final transient Featuriser featuriser = new Featuriser();

  /**
   * What every kind has among its numbers.
   *
   * @param calibration from raw scores to probabilities
   * @param prior answer to a passage without a known feature, a probability a label
   * @param biases raw score of such a passage, one a label
   */
  public record Numbers(Calibration calibration, double[] prior, double[] biases) {}

  /**
   * @param file the content of the model's file, which gives the model its id
   * @throws DemarcheException ({@link org.demarche.ExitStatus#MODEL_INCOMPATIBLE}) if the numbers
   *     are for another number of labels than the scale has
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
   * Sets {@code scores}, all 0, to the raw score of each label.
   *
   * @param features ids of the features of a passage, distinct and rising
   * @return whether any of them is known
   */
  public abstract boolean score(int[] features, double[] scores);

  /**
   * Returns what each feature (first index) adds to the raw score of each label (second index) in a
   * passage with these features. All of them and the biases together are the score.
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

  /** Returns the answer to a passage with these raw scores; the array becomes part of it. */
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
      // As predict does: the prior, to which no word adds anything.
      for (int label = 0; label < labels; label++) {
        priors[label] = StrictMath.log(Math.max(numbers.prior()[label], 1e-15));
      }
    }
    double[][] contributions = contributions(features);
    double[][] byToken = new double[places.tokenCount()][labels];
    // A feature counts once; where the passage shows it twice, each place has half of it.
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
    return "%s: %s on %,d labelled statements, %,d features, cross-validated macro-F1 %.3f"
        .formatted(
            scale.name(),
            metadata.maker(),
            metadata.trainingRows(),
            featureCount(),
            metadata.crossValidation().macroF1());
  }

  @Override
  public abstract Map<String, byte[]> files();

  /** Travels as the bytes of its files, which are checked again on arrival. */
  protected final Object writeReplace() {
    return ModelFiles.of(this, null);
  }
}
