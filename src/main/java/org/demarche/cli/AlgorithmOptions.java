package org.demarche.cli;

import java.nio.file.Path;
import java.util.List;
import org.demarche.config.Settings;
import org.demarche.job.Training;
import picocli.CommandLine.Option;

/** The options that say which library learns, and how. */
final class AlgorithmOptions {

  @Option(
      names = "--backend",
      defaultValue = "tribuo",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES}. [${DEFAULT-VALUE}]")
  private Training.Backend backend;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description = {
        "tribuo: linear-svc, logistic-regression;",
        "mllib: logistic-regression, linear-svc, naive-bayes. [the first]"
      })
  private String algorithm;

  /** Returns the task to learn {@code scale} from {@code labels} so. */
  Training.Task task(Settings settings, String scale, List<Path> labels) {
    return Training.Task.of(settings, scale, labels, backend, algorithm);
  }
}
