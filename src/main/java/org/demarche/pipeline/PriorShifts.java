package org.demarche.pipeline;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.ConfigurationException;
import org.demarche.config.LabelShares;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.files.OutputFile;
import org.demarche.files.Storage;
import org.demarche.model.PriorShift;
import org.demarche.model.Profile;
import org.demarche.model.ScaleModel;
import org.demarche.model.ShiftedModel;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.warehouse.Manifest;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.StoredPrior;
import org.demarche.warehouse.Transaction;

/**
 * Adjusts the models to the label shares of a warehouse, if {@code score.prior} asks for it. The
 * stage that scores stores the shares in the warehouse as {@link StoredPrior}s. Code that
 * interprets the scores later calls {@link #asScored} to get the models with the same adjustment.
 */
public final class PriorShifts {

  /** Number of statements that shares are estimated from: precise to hundredths, takes seconds. */
  private static final int SAMPLE = 20_000;

  /** The same for accurate models: precise to about 0.02, takes half a minute on one core. */
  private static final int SAMPLE_OF_ACCURATE = 3_000;

  /** A larger change of shares is rare; a model with a bias would also cause it, so warn. */
  private static final double LEAP = 0.25;

  private PriorShifts() {}

  /**
   * Returns, by scale, the shares in the file that {@code settings} name; empty if they name none.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if the file does not exist or may
   *     not be read
   * @throws org.demarche.config.ConfigurationException if its content is not valid
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if a model's training data
   *     lack a label
   */
  static Map<String, double[]> given(Settings settings, Models models, Storage storage)
      throws IOException {
    if (!settings.score().givesPrior()) {
      return Map.of();
    }
    Map<String, Scale> scales = new TreeMap<>();
    settings.scales().forEach((name, scale) -> scales.put(name, scale.scale()));
    String file = settings.score().prior();
    String text;
    try {
      text = storage.text(file);
    } catch (IOException e) {
      throw new ConfigurationException(
          List.of("score.prior: %s cannot be read: %s".formatted(file, OutputFile.reason(e))));
    }
    Map<String, double[]> shares = LabelShares.parse(file, text, scales);
    for (Map.Entry<String, ScaleModel> model : models.byScale().entrySet()) {
      if (shares.containsKey(model.getKey())) {
        shift(model.getValue(), shares.get(model.getKey()));
      }
    }
    return shares;
  }

  private static PriorShift shift(ScaleModel model, double[] shares) {
    try {
      return new PriorShift(model.scale(), PriorShift.trainedShares(model), shares);
    } catch (IllegalArgumentException e) {
      throw DemarcheException.modelIncompatible(
          "The answers on '%s' cannot be adjusted: the model was trained on %s"
              .formatted(
                  model.scale().name(),
                  PriorShift.shown(model.scale(), PriorShift.trainedShares(model))),
          e);
    }
  }

  /** Returns {@code models}, adjusted if asked for, and stores the adjustment in the warehouse. */
  static Models toScore(
      Transaction transaction, Settings settings, Models models, Progress progress)
      throws IOException {
    Map<String, double[]> given = given(settings, models, transaction.warehouse().storage());
    TreeMap<String, ScaleModel> adjusted = new TreeMap<>(models.byScale());
    if (settings.score().estimatesPrior() || !given.isEmpty()) {
      progress.note("prior: reading statements to estimate label shares");
      TreeMap<String, ScaleModel> asked = new TreeMap<>(models.byScale());
      if (!settings.score().estimatesPrior()) {
        asked.keySet().retainAll(given.keySet());
      }
      Map<String, List<double[]>> answers = answers(transaction, new Models(asked));
      for (Map.Entry<String, ScaleModel> entry : models.byScale().entrySet()) {
        String scale = entry.getKey();
        ScaleModel model = entry.getValue();
        List<double[]> ours = answers.getOrDefault(scale, List.of());
        PriorShift.Estimate estimate =
            given.containsKey(scale)
                ? new PriorShift.Estimate(shift(model, given.get(scale)), null)
                : settings.score().estimatesPrior()
                    ? PriorShift.estimate(model.scale(), PriorShift.trainedShares(model), ours)
                    : new PriorShift.Estimate(null, settings.score().prior() + " has no shares");
        PriorShift shift = estimate.shift();
        progress.note(
            shift == null
                ? "prior %s: answers are not adjusted, since %s".formatted(scale, estimate.why())
                : "prior %s: %s (trained on %s), %s"
                    .formatted(
                        scale,
                        shift,
                        PriorShift.shown(shift.scale(), shift.trained()),
                        given.containsKey(scale)
                            ? "from " + settings.score().prior()
                            : "estimated from %,d statements".formatted(ours.size())));
        if (shift != null
            && !given.containsKey(scale)
            && PriorShift.distance(shift.trained(), shift.shares()) > LEAP) {
          String leap =
              ("The shares estimated on scale %s are far from those of the training: compare some"
                      + " labels with their sentences, or give shares that you know with --prior"
                      + " FILE; to undo the adjustment, score without --prior")
                  .formatted(scale);
          progress.note(leap);
          transaction.manifest().warning(leap);
        }
        if (shift != null) {
          adjusted.put(scale, new ShiftedModel(model, shift, shift.meanProbabilities(ours)));
        }
        transaction
            .manifest()
            .prior(
                scale,
                new Manifest.Prior(
                    ours.size(),
                    byLabel(model.scale(), PriorShift.trainedShares(model)),
                    shift == null ? null : byLabel(model.scale(), shift.shares()),
                    estimate.why()));
      }
    }
    Map<String, StoredPrior> earlier = StoredPrior.of(transaction);
    for (Map.Entry<String, ScaleModel> entry : adjusted.entrySet()) {
      String scale = entry.getKey();
      ScaleModel model = entry.getValue();
      double[] shares = model.shift().map(PriorShift::shares).orElse(null);
      StoredPrior before = earlier.get(scale);
      if (shares == null && before != null && before.shares() != null) {
        progress.note(
            "prior %s: earlier answers were adjusted to other label shares; from now on they are not"
                .formatted(scale));
      }
      if (shares != null || before != null) {
        double[][] means = shares == null ? null : model.meanProbabilities();
        new StoredPrior(scale, model.id(), shares, means).store(transaction);
      }
    }
    return new Models(adjusted);
  }

  private static Map<String, Double> byLabel(Scale scale, double[] shares) {
    Map<String, Double> byLabel = new LinkedHashMap<>();
    for (int label = 0; label < shares.length; label++) {
      byLabel.put(scale.labelNames().get(label), shares[label]);
    }
    return byLabel;
  }

  /** Returns, by scale, the answers of its model to a sample of the statements. */
  private static Map<String, List<double[]>> answers(Transaction transaction, Models models)
      throws IOException {
    if (transaction.batches(StatementTable.TABLE).isEmpty()) {
      return Map.of();
    }
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(transaction.warehouse().spark().sparkContext());
    Broadcast<Models> shared = context.broadcast(models);
    FlatMapFunction<Iterator<String>, double[][]> read =
        texts -> {
          Models.Reader reader = shared.value().new Reader();
          List<double[][]> rows = new ArrayList<>();
          while (texts.hasNext()) {
            rows.add(
                reader.read(Passage.of(texts.next())).stream()
                    .map(LabelDistribution::probabilities)
                    .toArray(double[][]::new));
          }
          return rows.iterator();
        };
    List<double[][]> rows =
        context
            .parallelize(
                UnlabelledPassages.sample(transaction.read(StatementTable.TABLE), sample(models)))
            .mapPartitions(read)
            .collect();
    Map<String, List<double[]>> byScale = new TreeMap<>();
    for (String scale : models.byScale().keySet()) {
      int model = byScale.size();
      byScale.put(scale, rows.stream().map(row -> row[model]).toList());
    }
    return byScale;
  }

  private static int sample(Models models) {
    boolean slow =
        models.byScale().values().stream().anyMatch(m -> m.profile() == Profile.accurate);
    return slow ? SAMPLE_OF_ACCURATE : SAMPLE;
  }

  /**
   * Returns {@code models} adjusted as they were when they scored the statements.
   *
   * @param priors the adjustments that the warehouse stores, by scale
   */
  public static Models asScored(Map<String, StoredPrior> priors, Models models) {
    TreeMap<String, ScaleModel> adjusted = new TreeMap<>(models.byScale());
    adjusted.replaceAll(
        (scale, model) -> {
          StoredPrior prior = priors.get(scale);
          double[] shares = prior == null ? null : prior.shares();
          // A model with other labels did not score these statements, which a later check reports.
          return shares == null || shares.length != model.scale().size()
              ? model
              : new ShiftedModel(model, shift(model, shares), prior.meanProbabilities());
        });
    return new Models(adjusted);
  }

  /** Returns the part of a recipe that changes with the adjustments. */
  static String recipe(Models models) {
    return models.byScale().values().stream()
        .filter(model -> model.shift().isPresent())
        .map(model -> Arrays.deepToString(model.meanProbabilities()))
        .collect(joining());
  }
}
