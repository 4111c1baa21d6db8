package org.demarche.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.demarche.features.Featuriser;
import org.demarche.model.Digests;
import org.demarche.model.FeatureTable;
import org.demarche.model.LinearModel;
import org.demarche.model.LinearParameters;
import org.demarche.model.LinearWeights;
import org.demarche.model.ModelMetadata;
import org.demarche.model.ScaleModel;
import org.demarche.model.Vocabulary;
import org.demarche.model.calibration.AffineCalibration;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;

/**
 * Refits a fast model to a collection without new labels. An accurate model, the teacher, answers a
 * sample; the fast model continues learning from these answers ({@link DistilledTrainer}).
 *
 * @param model the refitted model
 * @param before agreement of the old model with the teacher on held-out passages
 * @param after agreement of the refitted model with the teacher on the same passages
 * @param heldOut how many passages were held out
 */
public record Adaptation(LinearModel model, Agreement before, Agreement after, int heldOut) {

  /** One in this many passages is held out to measure the agreement. */
  private static final int HELD_OUT = 10;

  /** A smaller sample is refused: it would teach little and measure badly. */
  public static final int FEWEST_PASSAGES = 10 * HELD_OUT;

  private static final int MINIMUM_ROWS = 4;

  /** About the sum of squared gradients of a feature that occurs in a hundred passages. */
  private static final double INERTIA = 0.02;

  /**
   * How well a model agrees with its teacher.
   *
   * @param agreement share of passages that get the teacher's label, in [0, 1]
   * @param divergence mean Kullback-Leibler divergence from the teacher's probabilities, in nats;
   *     {@code >= 0}
   * @param shares the model's mean probability of each label, in the order of the scale
   * @param teacherShares the teacher's mean probability of each label
   */
  public record Agreement(
      double agreement, double divergence, double[] shares, double[] teacherShares) {}

  /** Returns whether the refitted model is closer to the teacher than the old one. */
  public boolean helps() {
    return after.divergence() < before.divergence();
  }

  /**
   * Refits {@code old} to {@code sample}.
   *
   * @throws IllegalArgumentException if the teacher has another scale, or {@code sample} is smaller
   *     than {@link #FEWEST_PASSAGES}
   */
  public static Adaptation of(
      LinearModel old, ScaleModel teacher, List<Passage> sample, TrainingLog log) {
    Scale scale = old.scale();
    if (!teacher.scale().equals(scale)) {
      throw new IllegalArgumentException(
          "The teacher is of the scale '%s', the model of '%s'"
              .formatted(teacher.scale().name(), scale.name()));
    }
    if (sample.size() < FEWEST_PASSAGES) {
      throw new IllegalArgumentException(
          "%d passages are too few to adapt to: it takes %d"
              .formatted(sample.size(), FEWEST_PASSAGES));
    }
    LabelDistribution[] taught = new LabelDistribution[sample.size()];
    ParallelTexts.forEachText(taught.length, log, i -> taught[i] = teacher.predict(sample.get(i)));
    List<Passage> learnt = new ArrayList<>();
    List<Passage> held = new ArrayList<>();
    List<LabelDistribution> learntAnswers = new ArrayList<>();
    List<LabelDistribution> heldAnswers = new ArrayList<>();
    for (int i = 0; i < taught.length; i++) {
      boolean hold = i % HELD_OUT == 0;
      (hold ? held : learnt).add(sample.get(i));
      (hold ? heldAnswers : learntAnswers).add(taught[i]);
    }
    LinearModel refitted = refitted(old, teacher, learnt, learntAnswers);
    return new Adaptation(
        refitted,
        agreement(old, held, heldAnswers),
        agreement(refitted, held, heldAnswers),
        held.size());
  }

  private static LinearModel refitted(
      LinearModel old,
      ScaleModel teacher,
      List<Passage> passages,
      List<LabelDistribution> answers) {
    LinearParameters from = old.parameters();
    int k = from.labelCount();
    Featuriser featuriser = new Featuriser();
    int[][] rows = passages.stream().map(featuriser::features).toArray(int[][]::new);
    Vocabulary vocabulary = Vocabulary.of(rows, MINIMUM_ROWS).with(from.featureIds());
    double[] weights = new double[vocabulary.size() * k];
    FeatureTable table = from.table();
    for (int feature = 0; feature < vocabulary.size(); feature++) {
      for (int label = 0; label < k; label++) {
        weights[feature * k + label] = table.weight(vocabulary.ids()[feature], label);
      }
    }
    // The new model learns the teacher's probabilities and needs no calibration. So the calibration
    // of the old model becomes part of the initial weights.
    double[] biases = from.biases().clone();
    AffineCalibration affine = affine(old, passages, answers);
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= affine.slopes()[i % k];
    }
    for (int label = 0; label < k; label++) {
      biases[label] = affine.slopes()[label] * biases[label] + affine.shifts()[label];
    }
    LinearWeights start = new LinearWeights(weights, biases);
    int[][] numbered = vocabulary.numbered(rows);
    double[] values = LinearParameters.valuesOf(from.normalised(), numbered);
    float[][] targets = new float[rows.length][k];
    int[] times = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      times[i] = 1;
      for (int label = 0; label < k; label++) {
        targets[i][label] = (float) answers.get(i).probabilities()[label];
      }
    }
    LinearWeights learnt = DistilledTrainer.learn(numbered, values, targets, times, start, INERTIA);
    LinearParameters parameters =
        LinearParameters.of(from.normalised(), from.prior(), vocabulary.ids(), learnt);
    return new LinearModel(old.scale(), parameters, metadata(old, teacher, passages));
  }

  /**
   * Returns a calibration that can become part of the weights: the old one if it is affine, else an
   * affine one fitted to the teacher's answers.
   */
  private static AffineCalibration affine(
      LinearModel old, List<Passage> passages, List<LabelDistribution> answers) {
    Optional<AffineCalibration> affine = old.parameters().calibration().affine();
    if (affine.isPresent()) {
      return affine.get();
    }
    Featuriser featuriser = new Featuriser();
    double[][] scores = new double[passages.size()][old.scale().size()];
    for (int i = 0; i < scores.length; i++) {
      old.score(featuriser.features(passages.get(i)), scores[i]);
    }
    int[] labels = answers.stream().mapToInt(LabelDistribution::best).toArray();
    return AffineCalibration.fit(scores, labels, 1, old.scale().size());
  }

  private static ModelMetadata metadata(
      LinearModel old, ScaleModel teacher, List<Passage> passages) {
    ModelMetadata from = old.metadata();
    Map<String, String> settings = new LinkedHashMap<>(from.settings());
    settings.put(ModelMetadata.ADAPTED_FROM, old.id());
    settings.put("adapted-by", teacher.id());
    settings.put("adapted-to", Integer.toString(passages.size()));
    settings.put("adapted-to-sha256", Digests.ofPassages(passages));
    settings.put("calibration", "the teacher's");
    return new ModelMetadata(
        "demarche",
        "",
        "distilled",
        settings,
        from.trainingRows(),
        from.usesTargets(),
        from.trainingDigest(),
        from.learnt(),
        from.labelCounts(),
        from.seed(),
        from.folds(),
        from.crossValidation(),
        from.steps());
  }

  private static Agreement agreement(
      LinearModel model, List<Passage> passages, List<LabelDistribution> taught) {
    int k = model.scale().size();
    double[] shares = new double[k];
    double[] teacherShares = new double[k];
    double same = 0;
    double divergence = 0;
    for (int i = 0; i < passages.size(); i++) {
      LabelDistribution answer = model.predict(passages.get(i));
      same += answer.best() == taught.get(i).best() ? 1 : 0;
      for (int label = 0; label < k; label++) {
        double p = Math.max(1e-15, taught.get(i).probabilities()[label]);
        double q = Math.max(1e-15, answer.probabilities()[label]);
        divergence += p * (StrictMath.log(p) - StrictMath.log(q)) / passages.size();
        shares[label] += answer.probabilities()[label] / passages.size();
        teacherShares[label] += taught.get(i).probabilities()[label] / passages.size();
      }
    }
    return new Agreement(same / passages.size(), Math.max(0, divergence), shares, teacherShares);
  }
}
