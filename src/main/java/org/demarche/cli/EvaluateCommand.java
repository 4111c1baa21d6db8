package org.demarche.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.job.EvaluationJson;
import org.demarche.job.ExitStatus;
import org.demarche.job.Models;
import org.demarche.job.OutputFile;
import org.demarche.job.Training;
import org.demarche.model.StanceModel;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "evaluate",
    description = "Judge a model on labelled statements, or an algorithm by cross-validation.",
    footer = {
      "",
      "Examples:",
      "  demarche evaluate --model stance --labels mine.jsonl \\",
      "    --predictions answers.jsonl",
      "  demarche evaluate --cross-validate 10 --scale stance --labels mine.jsonl"
    })
final class EvaluateCommand implements Callable<Integer> {

  @ParentCommand private Main main;
  @Mixin private SettingsOptions settings;
  @Mixin private EncoderOption encoder;
  @Mixin private LabelsOption labels;
  @Mixin private AlgorithmOptions algorithm;

  /** Either a model that is there, or an algorithm in folds. */
  @ArgGroup(multiplicity = "1")
  private What what;

  private static final class What {
    @Option(
        names = "--model",
        paramLabel = "DIR|NAME",
        description = "Folder of a model, or name of a bundled one: stance, sentiment.")
    private String model;

    @Option(
        names = "--cross-validate",
        paramLabel = "K",
        description = "Train and judge in K folds instead; rows of one group stay in one fold.")
    private Integer folds;
  }

  @Option(
      names = "--scale",
      paramLabel = "NAME",
      description = "Scale of the labels, for --cross-validate.")
  private String scale;

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description = "Write every answer there, as JSON lines with id, label and probabilities.")
  private Path predictions;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as JSON.")
  private Path json;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = main.terminal();
    Stream.of(predictions, json).filter(Objects::nonNull).forEach(OutputFile::check);
    Settings read = settings.settings(encoder.layers());
    ClassificationReport report;
    if (what.folds != null) {
      if (predictions != null) {
        throw new ConfigurationException(
            List.of("--predictions goes with --model; compare --json has what held-out rows got"));
      }
      Training.Task task = algorithm.task(read, scale == null ? "stance" : scale, labels);
      report = Training.crossValidate(task, what.folds, terminal.progress());
    } else {
      StanceModel model = Models.named(what.model, read.encoder(), algorithm.profile());
      report = judge(model, terminal);
    }
    terminal.out().print(report.toTable());
    if (json != null) {
      OutputFile.write(json, EvaluationJson.report(report) + "\n");
    }
    return ExitStatus.DONE.code();
  }

  private ClassificationReport judge(StanceModel model, Terminal terminal) throws IOException {
    StringBuilder answers = new StringBuilder();
    ClassificationReport report =
        Training.evaluate(
            model,
            labels.files(),
            (id, answer) -> answers.append(EvaluationJson.prediction(id, answer)).append('\n'),
            terminal.progress());
    if (predictions != null) {
      OutputFile.write(predictions, answers.toString());
    }
    return report;
  }
}
