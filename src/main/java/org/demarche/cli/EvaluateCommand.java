package org.demarche.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.demarche.ExitStatus;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.files.OutputFile;
import org.demarche.files.Storage;
import org.demarche.model.ScaleModel;
import org.demarche.pipeline.Models;
import org.demarche.training.Evaluation;
import org.demarche.training.EvaluationJson;
import org.demarche.training.Training;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "evaluate",
    description = {
      "Evaluate a model on labelled statements, or an algorithm by cross-validation.",
      "",
      "If the model was trained on some of the statements, their number is shown, and "
          + "the others get figures of their own."
    },
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
        description = "Cross-validate in K folds instead; rows of one group stay in one fold.")
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
      description = "Write all answers to FILE, as JSON lines with id, label and probabilities.")
  private Path predictions;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = main.terminal();
    json.check("an evaluation", "scale", "rows", "accuracy");
    if (predictions != null) {
      OutputFile.check(predictions);
      OutputFile.checkReplaces(
          predictions,
          "predictions",
          head -> JsonOption.beginsWith(head, "id", "label", "probabilities"));
    }
    Settings read = settings.settings(encoder.layers());
    Evaluation evaluation;
    if (what.folds != null) {
      if (predictions != null) {
        throw new ConfigurationException(
            List.of(
                "--predictions goes with --model; compare --json has answers of held-out rows"));
      }
      Training.Task task = algorithm.task(read, scale == null ? "stance" : scale, labels);
      evaluation =
          Evaluation.ofHeldOut(Training.crossValidate(task, what.folds, terminal.progress()));
    } else {
      ScaleModel model =
          Models.named(what.model, read.encoder(), algorithm.profile(), Storage.ofProcess());
      evaluation = judge(model, terminal);
    }
    if (!json.replacesOutput()) {
      terminal.out().print(evaluation.report().toTable());
      evaluation
          .others()
          .ifPresent(
              others ->
                  terminal
                      .out()
                      .printf(
                          "%nOf these, what the model did not learn from:%n%s", others.toTable()));
    }
    if (json.isGiven()) {
      json.write(EvaluationJson.evaluation(evaluation), terminal);
    }
    return ExitStatus.DONE.code();
  }

  private Evaluation judge(ScaleModel model, Terminal terminal) throws IOException {
    StringBuilder answers = new StringBuilder();
    Evaluation evaluation =
        Evaluation.of(
            model,
            labels.files(),
            (id, answer) -> answers.append(EvaluationJson.prediction(id, answer)).append('\n'),
            terminal.progress());
    if (predictions != null) {
      OutputFile.write(predictions, answers.toString());
    }
    return evaluation;
  }
}
