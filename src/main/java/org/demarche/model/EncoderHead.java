package org.demarche.model;

import java.util.List;
import org.demarche.encoder.Encoder;
import org.demarche.model.calibration.Calibration;
import org.demarche.stance.Passage;

/**
 * A linear classifier on the output of a frozen encoder, without the encoder itself.
 *
 * @param encoderName name of the encoder, for people
 * @param encoderId id of the encoder; the head works with no other
 * @param placed whether a row has the target's mean beside the text's
 * @param targets the targets that have weights of their own
 * @param weights shared weights first, then those of each target
 * @param calibration from scores to probabilities
 */
public record EncoderHead(
    String encoderName,
    String encoderId,
    boolean placed,
    List<String> targets,
    DenseWeights weights,
    Calibration calibration) {

  int labelCount() {
    return weights.biases().length / (1 + targets.size());
  }

  public EncoderHead calibrated(Calibration by) {
    return new EncoderHead(encoderName, encoderId, placed, targets, weights, by);
  }

  /** Returns the index of {@code target} among the weights; 0 if it has none of its own. */
  public static int block(List<String> targets, String target) {
    return target == null ? 0 : 1 + targets.indexOf(target);
  }

  /** Sets {@code scores} to the uncalibrated scores of a row about {@code target}. */
  public void score(float[] row, String target, double[] scores) {
    weights.score(row, block(targets, target), scores);
  }

  /** Returns the calibrated probabilities of {@code passage}. */
  public double[] probabilities(Encoder encoder, Passage passage) {
    double[] scores = new double[labelCount()];
    score(new PassageEncoder(encoder, placed).row(passage), passage.target(), scores);
    calibration.apply(scores);
    return scores;
  }
}
