package org.demarche.cli;

import org.demarche.config.Settings;
import org.demarche.model.Profile;
import org.demarche.training.Training;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how to learn. */
final class AlgorithmOptions {

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "Learns the table: ${COMPLETION-CANDIDATES}. [tribuo]")
  private Training.Backend backend;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description =
          "tribuo: linear-svc, logistic-regression, sgd; mllib: "
              + "logistic-regression, linear-svc, naive-bayes. [the first]")
  private String algorithm;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "fast: a table, some 250,000 statements per second per core; accurate: a "
              + "pretrained encoder and a table, some 100. [fast; train with fewer than 500 "
              + "rows tries both and keeps what answers held-out rows better, where neither "
              + "--backend, --algorithm nor --unlabelled is given]")
  private Profile profile;

  @Mixin private DistillationOptions distillation;

  /** Returns the profile, or null where none was named. */
  Profile profile() {
    return profile;
  }

  /** Returns the task to learn {@code scale} from {@code labels} so. */
  Training.Task task(Settings settings, String scale, LabelsOption labels) {
    return new Training.Task(
        distillation.material(settings, scale, labels),
        new Training.Learner(backend == null ? Training.Backend.tribuo : backend, algorithm),
        profile == null && isTableChosen() ? Profile.fast : profile);
  }

  /** Whether an option was given that applies only to the fast profile. */
  private boolean isTableChosen() {
    return backend != null || algorithm != null || distillation.isGiven();
  }
}
