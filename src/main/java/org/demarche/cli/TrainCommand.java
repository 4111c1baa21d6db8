package org.demarche.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.demarche.ExitStatus;
import org.demarche.model.ScaleModel;
import org.demarche.training.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "train",
    description = {
      "Train a model on labelled statements.",
      "",
      "Labelled statements are JSON lines, CSV or Parquet with text and label; "
          + "optionally id (by default file and row number), target, target_start, "
          + "target_end and group (rows of one group stay in one fold). If there is no "
          + "field label, the field with the name of the scale is read. Rows without a "
          + "label are left out and counted, so a file from suggest may be partly filled in.",
      "",
      "With fewer than 500 rows both profiles are tried and the better one is kept, "
          + "unless you choose one. A model that is worse than chance or than a keyword "
          + "lexicon on held-out rows is not kept: exit status 4."
    },
    footer = {
      "",
      "Examples:",
      "  demarche train --scale stance --labels mine.jsonl --model models/stance",
      "  demarche train --scale dam --labels mine.csv --model models/dam \\",
      "    --backend mllib --set 'scales.dam.labels={builds:1,waits:0,stops:-1}'",
      "  demarche train --scale stance --labels mine.jsonl --unlabelled warehouse \\",
      "    --model models/stance",
      "  demarche train --scale stance --labels mine.jsonl --profile accurate \\",
      "    --model models/careful"
    })
final class TrainCommand implements Callable<Integer> {

  @ParentCommand private Main main;
  @Mixin private SettingsOptions settings;
  @Mixin private EncoderOption encoder;
  @Mixin private LabelsOption labels;
  @Mixin private AlgorithmOptions algorithm;

  @Option(
      names = "--scale",
      required = true,
      paramLabel = "NAME",
      description = "Scale of the labels: stance, sentiment, or one that you define.")
  private String scale;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the model.")
  private Path model;

  @Option(
      names = "--fast-model",
      paramLabel = "DIR",
      description = "With --profile accurate: also store its table in DIR, as a fast model.")
  private Path fastModel;

  @Option(names = "--replace", description = "Replace an existing model.")
  private boolean replace;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = main.terminal();
    ScaleModel trained =
        Training.train(
            algorithm.task(settings.settings(encoder.layers()), scale, labels),
            model,
            fastModel,
            replace,
            terminal.progress());
    terminal.out().println(scale + ": " + trained.description());
    terminal
        .out()
        .printf(
            "%d-fold cross-validation on %,d statements:%n%s",
            trained.metadata().folds(),
            trained.metadata().crossValidation().rows(),
            trained.metadata().crossValidation().toTable());
    terminal.out().printf("model %s in %s%n", trained.id(), model);
    if (fastModel != null) {
      terminal.out().printf("model %s in %s%n", trained.table().id(), fastModel);
    }
    return ExitStatus.DONE.code();
  }
}
