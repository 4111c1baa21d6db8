package org.demarche.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.demarche.encoder.Encoder;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.ModelComparison;
import org.demarche.model.EncoderHead;
import org.demarche.model.ModelMetadata;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;

/**
 * Judges several ways to make a model on the held-out rows of the same folds: baselines, algorithms
 * of the libraries, the encoder, and combinations. Call a method for each way, then {@link
 * #entries}.
 */
final class Candidates {

  /**
   * The shares of the training rows that the points of a learning curve use, before all of them.
   */
  private static final double[] SHARES = {0.125, 0.25, 0.5};

  private final TrainingSet set;
  private final boolean curves;
  private final TrainingLog log;
  private final List<ModelComparison.Entry> entries = new ArrayList<>();

  /**
   * @param curves whether to measure learning curves, which doubles the time
   */
  public Candidates(TrainingSet set, boolean curves, TrainingLog log) {
    this.set = set;
    this.curves = curves;
    this.log = log;
  }

  /** Returns the results so far. */
  public List<ModelComparison.Entry> entries() {
    return List.copyOf(entries);
  }

  /** Judges the majority and keyword baselines, which every model should beat. */
  public void baselines() {
    entries.add(ModelComparison.Entry.of("majority", majority(set)));
    judge("keyword lexicon", chosen -> KeywordLexicon.learn(set, chosen), curves);
  }

  /** Judges what {@code trainer} learns from the labels. */
  public void table(Trainer trainer) {
    judge(
        trainer.backend() + " " + trainer.algorithm(),
        chosen -> HeldOut.scorer(set, trainer.learn(set, chosen)),
        curves);
  }

  /**
   * Judges the encoder alone, the encoder with a table and, if there are unlabelled passages, the
   * distilled table.
   *
   * @param trainer learns the table
   */
  public void encoder(Encoder encoder, Trainer trainer, List<Passage> unlabelled) {
    long began = System.nanoTime();
    EncoderTrainer teacher = EncoderTrainer.of(set, encoder, log);
    EncoderHead[] heads = teacher.learnFolds();
    HeldOut ofEncoder = teacher.holdOut(heads);
    double encoderSeconds = seconds(began);
    List<ModelComparison.LearningPoint> learning =
        curves ? curve(chosen -> teacher.scorer(teacher.learn(chosen))) : List.of();
    add("encoder", ofEncoder, learning, encoderSeconds);
    HeldOut ofTable = HeldOut.of(set, trainer, true);
    add("encoder and table", FittedBlend.of(ofEncoder, ofTable).heldOut(), List.of(), null);
    if (!unlabelled.isEmpty()) {
      began = System.nanoTime();
      Distillation distillation = new Distillation(set, teacher, heads, unlabelled, log);
      add("table, distilled", distillation.holdOut(), List.of(), seconds(began));
    }
  }

  static List<LabelDistribution> majority(TrainingSet set) {
    LabelDistribution[] answers = new LabelDistribution[set.judged()];
    for (int fold = 0; fold < set.folds(); fold++) {
      LabelDistribution prior = new LabelDistribution(set.scale(), set.prior(set.outside(fold)));
      for (int row : set.inside(fold)) {
        answers[row] = prior;
      }
    }
    return List.of(answers);
  }

  private void judge(String name, Function<int[], HeldOut.Scorer> learn, boolean withCurve) {
    long began = System.nanoTime();
    HeldOut heldOut = HeldOut.of(set, fold -> learn.apply(set.outside(fold)));
    double seconds = seconds(began);
    add(name, heldOut, withCurve ? curve(learn) : List.of(), seconds);
  }

  private void add(
      String name, HeldOut heldOut, List<ModelComparison.LearningPoint> learning, Double seconds) {
    ClassificationReport report = heldOut.report();
    log.found(ModelMetadata.Step.of(name, report).toString());
    List<ModelComparison.LearningPoint> points = new ArrayList<>(learning);
    if (!points.isEmpty()) {
      points.add(new ModelComparison.LearningPoint(rowsOutside(1), report.macroF1()));
    }
    entries.add(new ModelComparison.Entry(name, heldOut.answers(), points, seconds));
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private List<ModelComparison.LearningPoint> curve(Function<int[], HeldOut.Scorer> learn) {
    List<ModelComparison.LearningPoint> points = new ArrayList<>();
    for (double share : SHARES) {
      int[][] parts = new int[set.folds()][];
      for (int fold = 0; fold < parts.length; fold++) {
        int[] outside = set.outside(fold);
        // Rows are ordered by file and subject, so every n-th row makes a fair sample.
        int step = (int) Math.round(1 / share);
        int[] part = new int[(outside.length + step - 1) / step];
        for (int i = 0; i < part.length; i++) {
          part[i] = outside[i * step];
        }
        parts[fold] = part;
      }
      if (Arrays.stream(parts)
          .anyMatch(part -> Arrays.stream(part).map(set::label).distinct().count() < 2)) {
        continue;
      }
      HeldOut heldOut = HeldOut.of(set, fold -> learn.apply(parts[fold]));
      points.add(new ModelComparison.LearningPoint(rowsOutside(share), heldOut.report().macroF1()));
    }
    return points;
  }

  private long rowsOutside(double share) {
    return Math.round(share * set.rows().size() * (set.folds() - 1) / set.folds());
  }
}
