package org.demarche.training;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.demarche.encoder.Encoder;
import org.demarche.model.DenseWeights;
import org.demarche.model.EncoderHead;
import org.demarche.model.PassageEncoder;
import org.demarche.model.calibration.AffineCalibration;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;

/**
 * Fits a classifier to the output of a frozen encoder: logistic regression on the means of its
 * layers (a linear probe, Alain and Bengio 2016). The classifier is part of an accurate model, and
 * the teacher of a distilled one.
 *
 * @param placed whether rows have the target's mean beside the text's
 * @param targets names of the targets that get weights of their own
 * @param rows what the encoder gives for each row of {@code set}
 * @param auxiliaryWeight how often an auxiliary row counts, relative to a judged one
 */
record EncoderTrainer(
    TrainingSet set,
    Encoder encoder,
    boolean placed,
    List<String> targets,
    float[][] rows,
    double auxiliaryWeight) {

  static final double COST = 0.001;

  /** A target needs this many rows to get weights of its own. */
  private static final int ROWS_OF_A_TARGET = 50;

  static EncoderTrainer of(TrainingSet set, Encoder encoder, TrainingLog log) {
    List<Passage> passages = set.rows().stream().map(LabelledStatement::passage).toList();
    boolean placed = passages.stream().anyMatch(Passage::hasTargetPlace);
    // If targets have places, the place tells them apart; otherwise frequent names get own weights.
    List<String> targets =
        placed
            ? List.of()
            : passages.stream()
                .map(Passage::target)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .filter(
                    target ->
                        passages.stream().filter(p -> target.equals(p.target())).count()
                            >= ROWS_OF_A_TARGET)
                .toList();
    float[][] rows = ParallelTexts.rows(new PassageEncoder(encoder, placed), passages, log);
    return new EncoderTrainer(set, encoder, placed, targets, rows, 1);
  }

  /** Returns a copy for which an auxiliary row counts {@code weight} times a judged one. */
  EncoderTrainer weighing(double weight) {
    return new EncoderTrainer(set, encoder, placed, targets, rows, weight);
  }

  PassageEncoder passages() {
    return new PassageEncoder(encoder, placed);
  }

  EncoderHead learn(int[] chosen) {
    int[] used =
        Arrays.stream(chosen).filter(row -> auxiliaryWeight > 0 || !set.isAuxiliary(row)).toArray();
    float[][] x = Arrays.stream(used).mapToObj(row -> rows[row]).toArray(float[][]::new);
    int[] blocks = Arrays.stream(used).map(this::block).toArray();
    int[] labels = Arrays.stream(used).map(set::label).toArray();
    double[] weights =
        Arrays.stream(used)
            .mapToDouble(row -> set.isAuxiliary(row) ? auxiliaryWeight : 1)
            .toArray();
    DenseWeights learnt =
        DenseLogistic.fit(x, blocks, labels, weights, set.scale().size(), 1 + targets.size(), COST);
    return new EncoderHead(
        encoder.name(),
        encoder.id(),
        placed,
        targets,
        learnt,
        AffineCalibration.none(set.scale().size()));
  }

  private int block(int row) {
    return EncoderHead.block(targets, set.rows().get(row).passage().target());
  }

  /** Returns one head per fold, learnt without that fold, and then one learnt from all rows. */
  EncoderHead[] learnFolds() {
    EncoderHead[] heads = new EncoderHead[set.folds() + 1];
    for (int fold = 0; fold < set.folds(); fold++) {
      heads[fold] = learn(set.outside(fold));
    }
    heads[set.folds()] = learn(set.all());
    return heads;
  }

  HeldOut holdOut(EncoderHead[] heads) {
    return HeldOut.of(set, fold -> scorer(heads[fold]));
  }

  HeldOut.Scorer scorer(EncoderHead head) {
    return (row, scores) -> head.score(rows[row], set.rows().get(row).passage().target(), scores);
  }
}
