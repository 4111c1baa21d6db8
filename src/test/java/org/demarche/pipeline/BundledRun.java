package org.demarche.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.demarche.config.Settings;
import org.demarche.files.Storage;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.Warehouse;

/** Runs all stages with the bundled models, which are loaded once; a run loads them otherwise. */
final class BundledRun {

  private static final Optional<Models> MODELS =
      Optional.of(Models.load(Settings.of(List.of()), Storage.ofProcess()));

  private BundledRun() {}

  /** Runs on the warehouse of the settings, and returns the counts of each stage. */
  static Map<Stage, Map<String, Long>> of(Settings settings) throws IOException {
    return result(settings).counts();
  }

  /** Runs on the warehouse of the settings. */
  static Pipeline.Result result(Settings settings) throws IOException {
    return Pipeline.run(
        Warehouse.at(LocalSpark.session(), settings.warehouse(), settings.storage()),
        settings,
        Stage.ALL,
        false,
        MODELS,
        LocalSpark.silent());
  }
}
