package org.demarche.cli;

import java.nio.file.Path;
import java.util.List;
import org.demarche.config.Settings;
import org.demarche.job.Training;
import picocli.CommandLine.Option;

/** The options that say what is to be learnt. */
final class TaskOptions {

  @Option(
      names = "--scale",
      required = true,
      paramLabel = "NAME",
      description = "Scale of the labels: stance, sentiment, or one that you define.")
  private String scale;

  @Option(
      names = "--labels",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Labelled statements, JSON lines or CSV.")
  private List<Path> labels;

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

  Training.Task task(Settings settings) {
    return Training.Task.of(settings, scale, labels, backend, algorithm);
  }
}
