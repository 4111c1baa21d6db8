package org.demarche.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.files.OutputFile;
import org.demarche.files.Storage;
import org.demarche.model.LinearModel;
import org.demarche.model.Profile;
import org.demarche.model.ScaleModel;
import org.demarche.pipeline.Models;
import org.demarche.pipeline.UnlabelledPassages;
import org.demarche.stance.Passage;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.WarehouseSession;

/**
 * Runs {@code demarche adapt}: refits a fast model to the statements of a warehouse, without new
 * labels.
 */
public final class Adapt {

  private Adapt() {}

  /**
   * Refits the model {@code name} to a sample of the warehouse and stores the result at {@code
   * out}; the old model stays as it is.
   *
   * @param name a bundled model or a folder
   * @param teacher the accurate model that answers the sample; null for the bundled one of that
   *     name
   * @param sample the greatest number of statements to take
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if there is no teacher, or
   *     either model is of the wrong profile or cannot be used
   */
  public static Adaptation run(
      Settings settings, String name, String teacher, int sample, Path out, Progress progress)
      throws IOException {
    try (progress) {
      if (Files.exists(out)) {
        throw DemarcheException.outputConflict(
            "%s exists already: name another folder with --out".formatted(out));
      }
      OutputFile.checkFolder(out.toAbsolutePath(), out.toString());
      if (sample < Adaptation.FEWEST_PASSAGES) {
        throw new ConfigurationException(
            List.of("--sample must be %d or more".formatted(Adaptation.FEWEST_PASSAGES)));
      }
      if (teacher == null && Files.isDirectory(Path.of(name))) {
        throw new ConfigurationException(
            List.of("--teacher is required for a model of your own: an accurate one of its scale"));
      }
      progress.stage("adapt");
      if (!(Models.named(name, settings.encoder(), Profile.fast, Storage.ofProcess())
          instanceof LinearModel old)) {
        throw DemarcheException.modelIncompatible("The model %s is not a table".formatted(name));
      }
      ScaleModel teaching =
          Models.named(
              teacher == null ? name : teacher,
              settings.encoder(),
              Profile.accurate,
              Storage.ofProcess());
      List<Passage> passages;
      RequiredTables.require(settings.warehouse(), StatementTable.TABLE);
      try (WarehouseSession session = WarehouseSession.open("demarche adapt", progress)) {
        passages =
            UnlabelledPassages.sample(session.warehouse(settings.warehouse()), sample).stream()
                .map(Passage::of)
                .toList();
      }
      if (passages.size() < Adaptation.FEWEST_PASSAGES) {
        throw DemarcheException.inputMissing(
            "The warehouse %s has %d different statements: adapting takes at least %d"
                .formatted(settings.warehouse(), passages.size(), Adaptation.FEWEST_PASSAGES));
      }
      progress.stage("adapt");
      Adaptation adaptation;
      try {
        adaptation = Adaptation.of(old, teaching, passages, Training.log(progress));
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(List.of(e.getMessage()));
      }
      if (adaptation.helps()) {
        Training.save(adaptation.model(), out);
      }
      return adaptation;
    }
  }
}
