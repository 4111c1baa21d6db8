package org.demarche.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.demarche.encoder.Encoder;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.Estimate;
import org.demarche.evaluation.PairedBootstrap;
import org.demarche.model.BlendedModel;
import org.demarche.model.Digests;
import org.demarche.model.EncoderHead;
import org.demarche.model.EncoderPart;
import org.demarche.model.LearntRows;
import org.demarche.model.ModelMetadata;
import org.demarche.model.ModelMetadata.Step;
import org.demarche.model.Profile;
import org.demarche.model.ScaleModel;
import org.demarche.model.calibration.Calibration;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;

/**
 * Makes models from labelled statements. It chooses the parts of a model by held-out log loss,
 * calibrates them and records every step. The learning itself is done by {@link Trainer}, {@link
 * EncoderTrainer} and {@link Distillation}.
 */
public final class ModelTrainer {

  /** The default number of folds. */
  public static final int FOLDS = 5;

  /** The default seed for drawing folds. */
  public static final long SEED = 20120918;

  /** Weights of an auxiliary row, relative to a judged one, from which held-out rows choose. */
  private static final double[] AUXILIARY_WEIGHTS = {0, 0.1, 0.3, 1};

  private final TrainingSet set;
  private final Trainer trainer;
  private final TrainingLog log;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();

  private ModelTrainer(TrainingSet set, Trainer trainer, TrainingLog log) {
    this.set = set;
    this.trainer = trainer;
    this.log = log;
  }

  /** Trains a table on the labels of {@code set}. */
  public static ScaleModel train(TrainingSet set, Trainer trainer, TrainingLog log) {
    ModelTrainer work = new ModelTrainer(set, trainer, log);
    return work.model(work.tableOfLabels());
  }

  /**
   * Trains a table on the labels of {@code set} and on a teacher's answers to {@code unlabelled},
   * or on the labels alone if that does better on held-out rows. The teacher is a classifier on
   * {@code encoder}.
   */
  public static ScaleModel distil(
      TrainingSet set,
      Trainer trainer,
      Encoder encoder,
      List<Passage> unlabelled,
      TrainingLog log) {
    ModelTrainer work = new ModelTrainer(set, trainer, log);
    return work.model(work.table(work.teacher(encoder), unlabelled));
  }

  /**
   * Trains a model that combines an encoder and a table.
   *
   * @param encoderDirectory directory of {@code encoder}, null for the bundled one
   * @param unlabelled passages to distil the table from; may be empty
   */
  public static BlendedModel blend(
      TrainingSet set,
      Trainer trainer,
      Encoder encoder,
      String encoderDirectory,
      List<Passage> unlabelled,
      TrainingLog log) {
    return offer(set, trainer, encoder, encoderDirectory, unlabelled, log).accurate();
  }

  /** Learns the parts of a model of either profile. The parameters are those of {@link #blend}. */
  public static Offer offer(
      TrainingSet set,
      Trainer trainer,
      Encoder encoder,
      String encoderDirectory,
      List<Passage> unlabelled,
      TrainingLog log) {
    ModelTrainer work = new ModelTrainer(set, trainer, log);
    Teacher teacher = work.teacher(encoder);
    Table table = unlabelled.isEmpty() ? work.tableOfLabels() : work.table(teacher, unlabelled);
    FittedBlend fitted = FittedBlend.of(teacher.heldOut(), table.heldOut());
    work.found("encoder and table", fitted.heldOut().report());
    if (fitted.weight() == 0) {
      log.found("the encoder got no weight: a fast model gives the same answers without it");
    }
    return work.new Offer(encoderDirectory, teacher, table, fitted);
  }

  /**
   * Both profiles, judged on the same held-out rows. {@link #make} builds the model of one of them.
   */
  public final class Offer {

    private final String encoderDirectory;
    private final Teacher teacher;
    private final Table table;
    private final FittedBlend both;

    private Offer(String encoderDirectory, Teacher teacher, Table table, FittedBlend both) {
      this.encoderDirectory = encoderDirectory;
      this.teacher = teacher;
      this.table = table;
      this.both = both;
    }

    /** Returns the figures of {@code profile} on held-out rows. */
    public ClassificationReport report(Profile profile) {
      return heldOut(profile).report();
    }

    private HeldOut heldOut(Profile profile) {
      return profile == Profile.accurate ? both.heldOut() : table.heldOut();
    }

    /**
     * Returns the profile that is worth its cost. That is the accurate one if its macro-F1 is
     * higher by more than one standard error of the difference (paired bootstrap), else the fast
     * one: the simplest model within one standard error of the best is chosen (Breiman et al.
     * 1984).
     */
    public Profile better() {
      List<String> groups =
          set.rows().subList(0, set.judged()).stream().map(LabelledStatement::group).toList();
      PairedBootstrap draws = PairedBootstrap.of(set.scale(), set.given(), groups);
      Estimate gain =
          draws
              .judge(heldOut(Profile.accurate).answers())
              .macroF1Above(draws.judge(heldOut(Profile.fast).answers()));
      return gain.value() > gain.standardError() ? Profile.accurate : Profile.fast;
    }

    public ScaleModel make(Profile profile) {
      return profile == Profile.accurate ? accurate() : model(table);
    }

    private BlendedModel accurate() {
      EncoderHead head = teacher.head().calibrated(teacher.heldOut().calibration());
      EncoderPart part = new EncoderPart(head, both.blend());
      ScaleModel fast = model(table);
      settings.put("encoder", "%s (%s)".formatted(head.encoderName(), head.encoderId()));
      settings.put("encoder-weight", Double.toString(both.weight()));
      settings.put("calibration", part.blend().calibration().kind());
      return new BlendedModel(
          fast, part, metadata(table, both.heldOut().report()), encoderDirectory);
    }
  }

  /** A classifier on the encoder and its answers to held-out rows. */
  private record Teacher(EncoderTrainer trainer, EncoderHead[] heads, HeldOut heldOut) {

    EncoderHead head() {
      return heads[heads.length - 1];
    }
  }

  /**
   * A way to make a table, with the answers of such tables to held-out rows.
   *
   * @param learn learns the uncalibrated table from all rows; called only for the way that is
   *     chosen
   * @param distilled whether the table learns from a teacher
   */
  private record Table(
      Supplier<? extends Trainer.Learnt> learn, HeldOut heldOut, boolean distilled) {}

  private Teacher teacher(Encoder encoder) {
    EncoderTrainer all = EncoderTrainer.of(set, encoder, log);
    Teacher best = null;
    boolean weighed = set.judged() < set.rows().size();
    for (double weight : weighed ? AUXILIARY_WEIGHTS : new double[] {1}) {
      EncoderTrainer one = all.weighing(weight);
      EncoderHead[] heads = one.learnFolds();
      HeldOut heldOut = one.holdOut(heads);
      found(weighed ? "encoder, auxiliary rows × " + weight : "encoder", heldOut.report());
      if (best == null || heldOut.logLoss() < best.heldOut().logLoss()) {
        best = new Teacher(one, heads, heldOut);
      }
    }
    if (weighed) {
      settings.put("auxiliary-weight", Double.toString(best.trainer().auxiliaryWeight()));
    }
    return best;
  }

  private Table tableOfLabels() {
    Table best = tableOfLabels(false, "table");
    if (set.judged() < set.rows().size()) {
      Table other = tableOfLabels(true, "table, with auxiliary rows");
      best = other.heldOut().logLoss() < best.heldOut().logLoss() ? other : best;
    }
    return best;
  }

  private Table tableOfLabels(boolean withAuxiliary, String what) {
    HeldOut heldOut = HeldOut.of(set, trainer, withAuxiliary);
    found(what, heldOut.report());
    int[] chosen = withAuxiliary ? set.all() : set.withoutAuxiliary(set.all());
    return new Table(() -> trainer.learn(set, chosen), heldOut, false);
  }

  private Table table(Teacher teacher, List<Passage> unlabelled) {
    Table plain = tableOfLabels();
    Distillation distillation =
        new Distillation(set, teacher.trainer(), teacher.heads(), unlabelled, log);
    HeldOut heldOut = distillation.holdOut();
    found("table, distilled", heldOut.report());
    if (heldOut.logLoss() >= plain.heldOut().logLoss()) {
      log.found("kept: the table without distillation, by log loss");
      return plain;
    }
    log.found("kept: the distilled table, by log loss");
    Encoder encoder = teacher.trainer().encoder();
    settings.put("teacher", "%s (%s)".formatted(encoder.name(), encoder.id()));
    settings.put("unlabelled", Integer.toString(unlabelled.size()));
    settings.put("unlabelled-sha256", Digests.ofPassages(unlabelled));
    return new Table(distillation::learn, heldOut, true);
  }

  private void found(String what, ClassificationReport report) {
    Step step = Step.of(what, report);
    steps.add(step);
    log.found(step.toString());
  }

  private ScaleModel model(Table table) {
    Calibration calibration = table.heldOut().calibration();
    if (!table.distilled()) {
      settings.putAll(trainer.settings());
    }
    settings.put("calibration", calibration.kind());
    return table
        .learn()
        .get()
        .model(set.scale(), calibration, metadata(table, table.heldOut().report()));
  }

  private ModelMetadata metadata(Table table, ClassificationReport report) {
    return new ModelMetadata(
        table.distilled() ? "demarche" : trainer.backend(),
        table.distilled() ? "" : trainer.libraryVersion(),
        table.distilled() ? "distilled" : trainer.algorithm(),
        settings,
        set.rows().size(),
        set.usesTargets(),
        Digests.of(set.rows()),
        LearntRows.of(set.rows()),
        set.labelCounts(),
        set.seed(),
        set.folds(),
        report,
        steps);
  }
}
