package org.demarche.cli;

import org.demarche.config.Settings;
import org.demarche.model.Profile;
import org.demarche.training.Training;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that train: backend, algorithm and profile. */
final class AlgorithmOptions {

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "The library that trains the table: ${COMPLETION-CANDIDATES}. [tribuo]")
  private LearningBackend backend;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      completionCandidates = LearningBackend.Algorithms.class,
      description = "One that the backend has: ${COMPLETION-CANDIDATES}. [the backend's first]")
  private String algorithm;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "fast: a table, about 250,000 statements per second per core; accurate: a "
              + "pretrained encoder and a table, about 100 statements per second per core. "
              + "[fast; with fewer than 500 rows, and without --backend, --algorithm and "
              + "--unlabelled, train tries both and keeps the better one on held-out rows]")
  private Profile profile;

  @Mixin private DistillationOptions distillation;

  /** Returns the profile, or null if the option was not given. */
  Profile profile() {
    return profile;
  }

  /** Returns the task to train a model for {@code scale} on {@code labels} with these options. */
  Training.Task task(Settings settings, String scale, LabelsOption labels) {
    return new Training.Task(
        distillation.material(settings, scale, labels),
        new Training.Learner(
            (backend == null ? LearningBackend.tribuo : backend).backend(), algorithm),
        profile == null && isTableChosen() ? Profile.fast : profile);
  }

  /** Returns whether an option was given that applies only to the fast profile. */
  private boolean isTableChosen() {
    return backend != null || algorithm != null || distillation.isGiven();
  }
}
