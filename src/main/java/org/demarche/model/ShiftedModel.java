package org.demarche.model;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.demarche.features.FeatureBuffer;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.text.Sha256;

/**
 * A model whose answers are adjusted to the label shares of the statements it reads. It lives for
 * one run and is not stored, because the shares belong to those statements.
 *
 * <p>{@link #metadata} is that of the unadjusted model, and so are the mean probabilities in it;
 * {@link #meanProbabilities} describes adjusted answers.
 *
 * @param model the unadjusted model
 * @param prior the shares in its training and those in the statements at hand
 * @param meanProbabilities as {@link PriorShift#meanProbabilities} returns them
 */
public record ShiftedModel(ScaleModel model, PriorShift prior, double[][] meanProbabilities)
    implements ScaleModel {

  /**
   * @throws IllegalArgumentException if the shift is for another scale, or the model is already
   *     shifted
   */
  public ShiftedModel {
    requireNonNull(meanProbabilities, "meanProbabilities is null");
    if (model.shift().isPresent() || !model.scale().equals(prior.scale())) {
      throw new IllegalArgumentException(
          "A shift of scale '%s' does not fit the model %s"
              .formatted(prior.scale().name(), model.description()));
    }
  }

  @Override
  public Scale scale() {
    return model.scale();
  }

  /** Hashes the model's id and the shares, which together decide the answers. */
  @Override
  public String id() {
    MessageDigest digest = Sha256.digest();
    StringBuilder text = new StringBuilder(model.id());
    for (int label = 0; label < prior.shares().length; label++) {
      text.append('\u001f').append(Double.doubleToLongBits(prior.trained()[label]));
      text.append('\u001f').append(Double.doubleToLongBits(prior.shares()[label]));
    }
    digest.update(text.toString().getBytes(StandardCharsets.UTF_8));
    return Digests.shortHex(digest.digest());
  }

  @Override
  public LabelDistribution predict(Passage passage) {
    return prior.adjust(model.predict(passage));
  }

  @Override
  public LabelDistribution predict(Passage passage, FeatureBuffer features) {
    return prior.adjust(model.predict(passage, features));
  }

  @Override
  public Explanation explain(Passage passage) {
    Explanation before = model.explain(passage);
    double[] adds = prior.logRatios();
    double[] scores = before.scores().clone();
    double[] priors = before.priors().clone();
    for (int label = 0; label < adds.length; label++) {
      scores[label] += adds[label];
      priors[label] += adds[label];
    }
    return new Explanation(
        before.kind(), prior.adjust(before.distribution()), scores, priors, before.words());
  }

  @Override
  public Profile profile() {
    return model.profile();
  }

  @Override
  public ModelMetadata metadata() {
    return model.metadata();
  }

  @Override
  public String description() {
    return "%s; answers adjusted to %s".formatted(model.description(), prior);
  }

  @Override
  public Optional<PriorShift> shift() {
    return Optional.of(prior);
  }

  @Override
  public ScaleModel table() {
    return model.table();
  }

  @Override
  public String kind() {
    return model.kind();
  }

  @Override
  public int featureCount() {
    return model.featureCount();
  }

  @Override
  public Map<String, byte[]> files() {
    throw new UnsupportedOperationException(
        "The model '%s' is made for one run and is not stored".formatted(description()));
  }
}
