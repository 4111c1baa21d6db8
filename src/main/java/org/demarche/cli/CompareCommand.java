package org.demarche.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.demarche.config.Settings;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.job.EvaluationJson;
import org.demarche.job.ExitStatus;
import org.demarche.job.OutputFile;
import org.demarche.job.Training;
import org.demarche.model.ModelTrainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "compare",
    description = "Judge all backends and algorithms on the same folds, in one table.",
    footer = {
      "",
      "Example:",
      "  demarche compare --scale stance --labels mine.jsonl --json compare.json"
    })
final class CompareCommand implements Callable<Integer> {

  @ParentCommand private Main main;
  @Mixin private SettingsOptions settings;
  @Mixin private LabelsOption labels;

  @Option(
      names = "--scale",
      required = true,
      paramLabel = "NAME",
      description = "Scale of the labels.")
  private String scale;

  @Option(
      names = "--backend",
      split = ",",
      defaultValue = "tribuo,mllib",
      paramLabel = "NAME",
      description = "Backends to compare. [${DEFAULT-VALUE}]")
  private List<Training.Backend> backends;

  @Option(
      names = "--folds",
      defaultValue = "5",
      paramLabel = "K",
      description = "Number of folds. [${DEFAULT-VALUE}]")
  private int folds;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as JSON.")
  private Path json;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = main.terminal();
    if (json != null) {
      OutputFile.check(json);
    }
    Settings read = settings.settings(List.of());
    List<ModelTrainer.Comparison> all =
        Training.compare(
            Training.scaleNamed(read, scale), labels.files(), backends, folds, terminal.progress());
    terminal
        .out()
        .printf(
            "%-28s %8s %6s %9s %8s %11s%n",
            "", "macro-F1", "F_avg", "accuracy", "log loss", "calibration");
    for (ModelTrainer.Comparison one : all) {
      ClassificationReport report = one.report();
      terminal
          .out()
          .printf(
              "%-28s %8.3f %6.3f %9.3f %8.3f %11.3f%n",
              one.backend() + " " + one.algorithm(),
              report.macroF1(),
              report.fAverage(),
              report.accuracy(),
              report.logLoss(),
              report.calibrationError());
    }
    if (json != null) {
      OutputFile.write(json, EvaluationJson.comparisons(all) + "\n");
    }
    return ExitStatus.DONE.code();
  }
}
