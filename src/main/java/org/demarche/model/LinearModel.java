package org.demarche.model;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.demarche.DemarcheException;
import org.demarche.features.FeatureBuffer;
import org.demarche.features.Featuriser;
import org.demarche.model.calibration.AffineCalibration;
import org.demarche.model.store.ModelStore;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;

/**
 * A calibrated linear model over hashed features, whichever library learnt its weights. Hundreds of
 * thousands of statements per second per core: one table look-up a feature, no allocation but the
 * answer.
 */
public final class LinearModel implements StanceModel {

  private static final long serialVersionUID = 1;

  private final Scale scale;
  private final LinearParameters parameters;
  private final ModelMetadata metadata;
  private final String id;

  private final FeatureTable table;
  private final Featuriser featuriser = new Featuriser();

  /** One a thread of this model, so that a prediction allocates nothing but its answer. */
  private final ThreadLocal<FeatureBuffer> buffers =
      ThreadLocal.withInitial(FeatureBuffer::forScoring);

  public LinearModel(Scale scale, LinearParameters parameters, ModelMetadata metadata) {
    if (parameters.labelCount() != scale.size()) {
      throw DemarcheException.modelIncompatible(
          "The weights are for %d labels, but the scale '%s' has %d"
              .formatted(parameters.labelCount(), scale.name(), scale.size()));
    }
    this.scale = scale;
    this.parameters = parameters;
    this.metadata = metadata;
    this.id = Digests.modelId(scale, parameters.toBytes());
    this.table = parameters.table();
  }

  public LinearParameters parameters() {
    return parameters;
  }

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
    FeatureBuffer buffer = buffers.get();
    featuriser.extract(passage, buffer);
    return predict(buffer);
  }

  /**
   * Answers for the features of a passage, which several models can share.
   *
   * @param buffer as {@link Featuriser#extract} filled it
   */
  public LabelDistribution predict(FeatureBuffer buffer) {
    double[] answer = new double[parameters.labelCount()];
    if (finish(table.addTo(answer, buffer), answer)) {
      parameters.calibration().apply(answer);
      return new LabelDistribution(scale, answer);
    }
    return new LabelDistribution(scale, parameters.prior().clone());
  }

  /**
   * Sets {@code scores} to the raw scores of a set of features.
   *
   * @return whether any of them is known
   */
  public boolean score(int[] ids, double[] scores) {
    return finish(table.addTo(scores, ids), scores);
  }

  private boolean finish(int known, double[] scores) {
    double value = parameters.valueOf(known);
    for (int label = 0; label < scores.length; label++) {
      scores[label] = value * scores[label] + parameters.biases()[label];
    }
    return known > 0;
  }

  @Override
  public Explanation explain(Passage passage) {
    FeatureBuffer places = FeatureBuffer.forExplaining();
    featuriser.extract(passage, places);
    int[] features = featuriser.features(passage);
    int labels = parameters.labelCount();
    double[] slopes = new double[labels];
    double[] shifts = new double[labels];
    Arrays.fill(slopes, 1);
    if (parameters.calibration() instanceof AffineCalibration affine) {
      slopes = affine.slopes();
      shifts = affine.shifts();
    }
    int known = table.addTo(new double[labels], features);
    double value = parameters.valueOf(known);
    double[][] byToken = new double[places.tokenCount()][labels];
    double[] priors = new double[labels];
    for (int label = 0; label < labels; label++) {
      priors[label] = slopes[label] * parameters.biases()[label] + shifts[label];
    }
    // A feature counts once; where the passage shows it twice, each place has half of it.
    int[] occurrences = new int[features.length];
    for (int i = 0; i < places.size(); i++) {
      occurrences[Arrays.binarySearch(features, places.ids()[i])]++;
    }
    for (int i = 0; i < places.size(); i++) {
      int id = places.ids()[i];
      int tokens = places.lastToken(i) - places.firstToken(i) + 1;
      double share = value / occurrences[Arrays.binarySearch(features, id)] / tokens;
      for (int label = 0; label < labels; label++) {
        double contribution = slopes[label] * share * table.weight(id, label);
        for (int token = places.firstToken(i); token <= places.lastToken(i); token++) {
          if (token < byToken.length) {
            byToken[token][label] += contribution;
          } else {
            priors[label] += contribution;
          }
        }
      }
    }
    if (known == 0) {
      // As predict does: the prior, to which no word adds anything.
      for (int label = 0; label < labels; label++) {
        priors[label] = StrictMath.log(Math.max(parameters.prior()[label], 1e-15));
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
            parameters.featureIds().length,
            metadata.crossValidation().macroF1());
  }

  /** Travels as the bytes of its files, which are checked again on arrival. */
  private Object writeReplace() throws ObjectStreamException {
    return new Bytes(ModelStore.toBytes(this));
  }

  private void readObject(ObjectInputStream in) throws ObjectStreamException {
    throw new InvalidObjectException("A model is read through its bytes");
  }

  private record Bytes(byte[] bytes) implements Serializable {
    private Object readResolve() {
      return ModelStore.fromBytes(bytes, null);
    }
  }
}
