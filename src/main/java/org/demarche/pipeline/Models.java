package org.demarche.pipeline;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.config.Settings;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.ClassificationReport.LabelFigures;
import org.demarche.features.FeatureBuffer;
import org.demarche.features.Featuriser;
import org.demarche.files.Storage;
import org.demarche.model.ModelFiles;
import org.demarche.model.Profile;
import org.demarche.model.ScaleModel;
import org.demarche.model.store.ModelStore;
import org.demarche.score.ShareCorrection;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.warehouse.ScoringModel;

/**
 * The models that score statements, one per scale.
 *
 * @param byScale the model of each scale, by the name of the scale
 */
public record Models(TreeMap<String, ScaleModel> byScale) implements Serializable {

  /**
   * Loads the models of the scales that {@code settings} score on.
   *
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if a model is missing or
   *     damaged, or its labels are not those of the scale
   */
  public static Models load(Settings settings, Storage storage) {
    return load(settings, settings.score().scales(), storage);
  }

  /** Loads the models of {@code scales}. */
  public static Models load(Settings settings, List<String> scales, Storage storage) {
    TreeMap<String, ScaleModel> models = new TreeMap<>();
    for (String name : scales) {
      Settings.ScaleSettings scale = settings.scales().get(name);
      models.put(name, fitting(scale.model(), scale.scale(), settings.encoder(), storage));
    }
    return new Models(models);
  }

  /**
   * Loads the model {@code place}, which must have the scale {@code scale}.
   *
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if it has another scale or
   *     cannot be used
   */
  public static ScaleModel fitting(String place, Scale scale, String encoder, Storage storage) {
    ScaleModel model = named(place, encoder, storage);
    if (!model.scale().equals(scale)) {
      throw DemarcheException.modelIncompatible(
          "The model %s is of the scale %s, but the configuration has %s: train it again"
              .formatted(place, shown(model.scale()), shown(scale)));
    }
    return model;
  }

  /**
   * Loads the model in the folder {@code place} or, if there is no such local folder, the bundled
   * model with that name.
   *
   * @param encoder directory of the encoder that an accurate model needs, or null for the bundled
   *     one
   * @param storage reads the files of the model
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if neither exists, or the
   *     model cannot be used
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if it may not be read
   */
  public static ScaleModel named(String place, String encoder, Storage storage) {
    if (!isFolder(place) && ModelStore.isBundled(place)) {
      return ModelStore.loadBundled(place);
    }
    return ModelStore.load(
        place,
        name -> {
          Optional<byte[]> bytes = storage.find(place + "/" + name);
          return name.equals(ModelFiles.HEAD)
              ? bytes.orElseThrow(
                  () ->
                      DemarcheException.modelIncompatible(
                          ("There is no model at %s (no file %s): give the folder that `demarche train` wrote,"
                                  + " or the name of a bundled one, stance or sentiment")
                              .formatted(place, name)))
              : bytes.orElse(null);
        },
        encoder);
  }

  private static boolean isFolder(String place) {
    return Storage.local(place).filter(Files::isDirectory).isPresent();
  }

  /**
   * Loads the model of attribution that the settings name.
   *
   * @return null if statements are to be found by the rules alone
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if the file is missing or no
   *     model of attribution
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if it may not be read
   */
  public static AttributionModel attribution(Settings settings, Storage storage)
      throws IOException {
    String place = settings.extract().model();
    return switch (place) {
      case Settings.Extract.NO_MODEL -> null;
      case Settings.Extract.BUNDLED_MODEL -> AttributionModel.bundled();
      default ->
          AttributionModel.fromBytes(
              (isFolder(place) ? Optional.<byte[]>empty() : storage.find(place))
                  .orElseThrow(
                      () ->
                          DemarcheException.modelIncompatible(
                              "extract.model is %s, which is no file: give bundled, none, or a file that demarche"
                                      .formatted(place)
                                  + " train-attribution wrote")),
              place);
    };
  }

  /**
   * Loads a model of the given profile: the model in the folder {@code place}, or the bundled model
   * with that name and profile.
   *
   * @param profile null for any
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if the model has another
   *     profile or cannot be used
   */
  public static ScaleModel named(String place, String encoder, Profile profile, Storage storage) {
    String accurate = place + "-" + Profile.accurate;
    ScaleModel model =
        named(
            profile == Profile.accurate && !isFolder(place) && ModelStore.isBundled(accurate)
                ? accurate
                : place,
            encoder,
            storage);
    if (profile != null && model.profile() != profile) {
      throw DemarcheException.modelIncompatible(
          "The model %s is of the profile %s, but one of the profile %s is needed here: name another, or"
                  .formatted(place, model.profile(), profile)
              + " train one with --profile "
              + profile);
    }
    return model;
  }

  private static String shown(Scale scale) {
    List<String> labels = new ArrayList<>();
    scale.labels().forEach(label -> labels.add(label.name() + "=" + label.value()));
    return "'" + scale.name() + "' " + labels;
  }

  /** Answers passages with all models and extracts their features only once. Not thread-safe. */
  final class Reader {

    private final Featuriser featuriser = new Featuriser();
    private final FeatureBuffer features = FeatureBuffer.forScoring();
    private final List<ScaleModel> models = List.copyOf(byScale.values());

    /** Returns the answer of each model to {@code passage}, in the order of the scales' names. */
    List<LabelDistribution> read(Passage passage) {
      featuriser.extract(passage, features);
      List<LabelDistribution> answers = new ArrayList<>(models.size());
      for (ScaleModel model : models) {
        answers.add(model.predict(passage, features));
      }
      return answers;
    }
  }

  /** Returns the scales by name. */
  Map<String, Scale> scales() {
    Map<String, Scale> scales = new TreeMap<>();
    byScale.forEach((name, model) -> scales.put(name, model.scale()));
    return scales;
  }

  /** Returns, by scale, the correction of label shares for the confusions of its model. */
  Map<String, ShareCorrection> corrections() {
    Map<String, ShareCorrection> corrections = new TreeMap<>();
    byScale.forEach(
        (name, model) -> {
          ClassificationReport heldOut = model.metadata().crossValidation();
          corrections.put(
              name,
              new ShareCorrection(
                  model.scale(),
                  model.meanProbabilities(),
                  heldOut.labels().stream().mapToLong(LabelFigures::support).toArray()));
        });
    return corrections;
  }

  /** Returns one line about each model, in the order of the scales' names. */
  List<ScoringModel> descriptions() {
    List<ScoringModel> descriptions = new ArrayList<>();
    byScale.forEach(
        (scale, model) ->
            descriptions.add(
                new ScoringModel(
                    scale, "model %s: %s".formatted(model.id(), model.description()))));
    return descriptions;
  }

  /** Returns {@code scale=id} for each model. Models with the same id give the same answers. */
  List<String> ids() {
    List<String> ids = new ArrayList<>();
    byScale.forEach((name, model) -> ids.add(name + "=" + model.id()));
    return ids;
  }
}
