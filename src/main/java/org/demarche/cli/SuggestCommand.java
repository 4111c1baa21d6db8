package org.demarche.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.demarche.ExitStatus;
import org.demarche.config.Settings;
import org.demarche.text.Quantity;
import org.demarche.training.Suggest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "suggest",
    description = {
      "Choose the statements whose labels would help a model most, and write a file to fill in.",
      "",
      "It chooses statements about which the model is least certain, which differ from "
          + "each other and come from many speakers and targets. Fill in the field label "
          + "and pass the file to train, which leaves out rows without a label."
    },
    footer = {
      "",
      "Examples:",
      "  demarche suggest --warehouse w --scale stance --out to-label.csv",
      "  demarche train --scale stance --labels to-label.csv mine.jsonl \\",
      "    --model models/stance",
      "  demarche suggest --warehouse w --scale stance --model models/stance \\",
      "    --labels to-label.csv mine.jsonl --count 50 --out to-label-2.csv"
    })
final class SuggestCommand implements Callable<Integer> {

  @ParentCommand private Main main;
  @Mixin private SettingsOptions settings;
  @Mixin private WarehouseOption warehouse;
  @Mixin private EncoderOption encoder;

  @Option(
      names = "--scale",
      required = true,
      paramLabel = "NAME",
      description = "Scale of the labels: stance, sentiment, or one that you define.")
  private String scale;

  @Option(
      names = "--model",
      paramLabel = "DIR|NAME",
      description = "The model to improve. [the configured model of the scale]")
  private String model;

  @Option(
      names = "--count",
      paramLabel = "K",
      defaultValue = "100",
      description = "How many statements. [${DEFAULT-VALUE}]")
  private int count;

  @Option(
      names = "--target",
      paramLabel = "ID",
      description = "Only statements that mention this target; label their stance towards it.")
  private String target;

  @Option(
      names = "--labels",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Labelled statements, as for train; they are not suggested again.")
  private List<Path> labels = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "The file to write: CSV if its name ends in .csv, else JSON lines. "
              + "Earlier suggestions in it are replaced, unless one of them has a label.")
  private Path out;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = main.terminal();
    Settings read = settings.settings(encoder.with(warehouse.layers()));
    read.requiredWarehouse();
    Suggest.Result result =
        Suggest.run(
            read, new Suggest.Task(scale, model, count, target, labels, out), terminal.progress());
    terminal.out().println(result.model());
    terminal
        .out()
        .printf(
            "%s of %s in %s: fill in the field label with one of %s%n",
            Quantity.of(result.suggested(), "statement"),
            Quantity.of(result.speakers(), "speaker"),
            out,
            String.join(", ", result.labels()));
    return ExitStatus.DONE.code();
  }
}
