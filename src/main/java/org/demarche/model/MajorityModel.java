package org.demarche.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.demarche.scale.LabelDistribution;
import org.demarche.scale.Passage;
import org.demarche.scale.Scale;
import org.demarche.text.Sha256;

/**
 * Answers every passage with the distribution of the training labels: what any model has to beat.
 *
 * @param answer the distribution
 * @param metadata of its training
 */
public record MajorityModel(LabelDistribution answer, ModelMetadata metadata)
    implements StanceModel {

  @Override
  public Scale scale() {
    return answer.scale();
  }

  @Override
  public String id() {
    return Digests.shortHex(
        Sha256.digest().digest(answer.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public LabelDistribution predict(Passage passage) {
    return answer;
  }

  @Override
  public Explanation explain(Passage passage) {
    double[] scores = answer.probabilities().clone();
    for (int label = 0; label < scores.length; label++) {
      scores[label] = StrictMath.log(Math.max(scores[label], 1e-15));
    }
    return new Explanation(Explanation.Kind.EXACT, answer, scores, scores, List.of());
  }

  @Override
  public String description() {
    return "%s: always %s".formatted(scale().name(), answer.label());
  }
}
