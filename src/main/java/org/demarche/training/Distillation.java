package org.demarche.training;

import java.util.Arrays;
import java.util.List;
import org.demarche.features.Featuriser;
import org.demarche.model.EncoderHead;
import org.demarche.model.LinearParameters;
import org.demarche.model.LinearWeights;
import org.demarche.model.PassageEncoder;
import org.demarche.model.Vocabulary;
import org.demarche.model.calibration.Softmax;
import org.demarche.stance.Passage;

/**
 * Distils a classifier on the encoder into a table (Hinton et al. 2015): the classifier, as
 * teacher, answers unlabelled passages, and the table learns from its probabilities and from the
 * labelled rows together.
 */
final class Distillation {

  /**
   * Higher than for labels alone, because rare features of the many passages would only make the
   * table larger.
   */
  private static final int MINIMUM_ROWS = 8;

  /** A labelled row is visited this often for each visit of an unlabelled passage. */
  private static final int LABELLED_TIMES = 2;

  private final TrainingSet set;
  private final EncoderTrainer teacher;
  private final int[][] features;

  /**
   * {@code answers[teacher][passage][label]}: one teacher per fold, then the teacher of all rows.
   */
  private final float[][][] answers;

  /**
   * Lets every teacher answer the unlabelled passages. Each passage is encoded once.
   *
   * @param heads the teachers: one per fold, learnt without that fold, then one learnt from all
   *     rows
   */
  Distillation(
      TrainingSet set,
      EncoderTrainer teacher,
      EncoderHead[] heads,
      List<Passage> unlabelled,
      TrainingLog log) {
    this.set = set;
    this.teacher = teacher;
    int k = set.scale().size();
    this.answers = new float[heads.length][unlabelled.size()][];
    this.features = new int[unlabelled.size()][];
    PassageEncoder encoder = teacher.passages();
    Featuriser featuriser = new Featuriser();
    ParallelTexts.forEachText(
        features.length,
        log,
        i -> {
          Passage passage = unlabelled.get(i);
          features[i] = featuriser.features(passage);
          float[] row = encoder.row(passage);
          double[] p = new double[k];
          for (int head = 0; head < heads.length; head++) {
            heads[head].score(row, passage.target(), p);
            Softmax.apply(p);
            answers[head][i] = toFloats(p);
          }
        });
  }

  private static float[] toFloats(double[] p) {
    float[] floats = new float[p.length];
    for (int label = 0; label < p.length; label++) {
      floats[label] = (float) p[label];
    }
    return floats;
  }

  HeldOut holdOut() {
    return HeldOut.of(set, fold -> HeldOut.scorer(set, learn(set.outside(fold), answers[fold])));
  }

  /** Learns the uncalibrated table from all rows. */
  LearntTable learn() {
    return learn(set.all(), answers[set.folds()]);
  }

  /**
   * Spreads fractional weights: with weight 0.1, every fifth auxiliary row is visited once, while
   * labelled rows are visited twice.
   */
  private int auxiliaryTimes(int row) {
    double times = LABELLED_TIMES * teacher.auxiliaryWeight();
    int number = row - set.judged();
    return (int) (Math.floor((number + 1) * times) - Math.floor(number * times));
  }

  private LearntTable learn(int[] chosen, float[][] taught) {
    int k = set.scale().size();
    int n = chosen.length;
    int[][] rows = new int[n + features.length][];
    float[][] targets = new float[rows.length][];
    int[] times = new int[rows.length];
    for (int i = 0; i < n; i++) {
      rows[i] = set.features(chosen[i]);
      targets[i] = new float[k];
      targets[i][set.label(chosen[i])] = 1;
      times[i] = set.isAuxiliary(chosen[i]) ? auxiliaryTimes(chosen[i]) : LABELLED_TIMES;
    }
    System.arraycopy(features, 0, rows, n, features.length);
    System.arraycopy(taught, 0, targets, n, features.length);
    Arrays.fill(times, n, times.length, 1);
    Vocabulary vocabulary = Vocabulary.of(rows, MINIMUM_ROWS);
    int[][] numbered = vocabulary.numbered(rows);
    double[] values = LinearParameters.valuesOf(true, numbered);
    LinearWeights learnt =
        DistilledTrainer.learn(numbered, values, targets, times, vocabulary.size());
    return new LearntTable(LinearParameters.of(true, set.prior(chosen), vocabulary.ids(), learnt));
  }
}
