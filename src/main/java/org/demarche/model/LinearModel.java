package org.demarche.model;

import java.util.Map;
import org.demarche.features.FeatureBuffer;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;

/**
 * A calibrated linear model over hashed features, whichever library learnt its weights. It reads
 * hundreds of thousands of statements per second per core: one table look-up per feature, and no
 * allocation but the answer.
 */
public final class LinearModel extends FeatureModel {

  private static final long serialVersionUID = 1;

  private final transient LinearParameters parameters;
  private final transient FeatureTable table;

  /** One buffer per thread, so that a prediction allocates only its answer. */
  private final transient ThreadLocal<FeatureBuffer> buffers =
      ThreadLocal.withInitial(FeatureBuffer::forScoring);

  public LinearModel(Scale scale, LinearParameters parameters, ModelMetadata metadata) {
    super(
        scale,
        new Numbers(parameters.calibration(), parameters.prior(), parameters.biases()),
        parameters.toBytes(),
        metadata);
    this.parameters = parameters;
    this.table = parameters.table();
  }

  public LinearParameters parameters() {
    return parameters;
  }

  @Override
  public LabelDistribution predict(Passage passage) {
    FeatureBuffer buffer = buffers.get();
    featuriser.extract(passage, buffer);
    return predict(passage, buffer);
  }

  @Override
  public LabelDistribution predict(Passage passage, FeatureBuffer features) {
    double[] scores = new double[parameters.labelCount()];
    return answer(parameters.finish(table.addTo(scores, features), scores), scores);
  }

  @Override
  public boolean score(int[] features, double[] scores) {
    return parameters.finish(table.addTo(scores, features), scores);
  }

  @Override
  protected double[][] contributions(int[] features) {
    int labels = parameters.labelCount();
    double value = parameters.valueOf(table.addTo(new double[labels], features));
    double[][] contributions = new double[features.length][labels];
    for (int i = 0; i < features.length; i++) {
      for (int label = 0; label < labels; label++) {
        contributions[i][label] = value * table.weight(features[i], label);
      }
    }
    return contributions;
  }

  @Override
  public String kind() {
    return "A linear model over words, pieces of words and their neighbours";
  }

  @Override
  public int featureCount() {
    return parameters.featureIds().length;
  }

  @Override
  public Map<String, byte[]> files() {
    return Map.of(LinearParameters.FILE, parameters.toBytes());
  }

  /** Reads stored linear models. */
  public static final class Format implements ModelFormat {

    @Override
    public String file() {
      return LinearParameters.FILE;
    }

    @Override
    public ScaleModel read(Scale scale, byte[] bytes, ModelMetadata metadata) {
      return new LinearModel(scale, LinearParameters.fromBytes(bytes), metadata);
    }
  }
}
