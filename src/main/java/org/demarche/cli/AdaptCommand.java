package org.demarche.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.demarche.ExitStatus;
import org.demarche.config.Settings;
import org.demarche.stance.Scale;
import org.demarche.training.Adapt;
import org.demarche.training.Adaptation;
import org.demarche.training.Adaptation.Agreement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "adapt",
    description = {
      "Refit a fast model to your collection, without new labels.",
      "",
      "An accurate model answers a sample of the statements in the warehouse, "
          + "and the fast model learns from its answers. The old model is kept; the new "
          + "one is stored beside it."
    },
    footer = {
      "",
      "Examples:",
      "  demarche adapt --model stance --warehouse warehouse --out models/stance-here",
      "  demarche adapt --model models/dam --teacher models/dam-accurate \\",
      "    --warehouse warehouse",
      "  demarche score --warehouse warehouse \\",
      "    --set scales.stance.model=models/stance-here"
    })
final class AdaptCommand implements Callable<Integer> {

  @ParentCommand private Main main;
  @Mixin private SettingsOptions settings;
  @Mixin private WarehouseOption warehouse;
  @Mixin private EncoderOption encoder;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR|NAME",
      description = "The fast model to refit: a folder, or a bundled one: stance, sentiment.")
  private String model;

  @Option(
      names = "--teacher",
      paramLabel = "DIR|NAME",
      description =
          "The accurate model that answers. [for a bundled model, its accurate counterpart]")
  private String teacher;

  @Option(
      names = "--sample",
      defaultValue = "20000",
      paramLabel = "N",
      description = "Take at most N statements from the warehouse. [${DEFAULT-VALUE}]")
  private int sample;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder of the refitted model. [the folder of the model with -adapted; for a bundled "
              + "model, models/NAME-adapted]")
  private Path out;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = main.terminal();
    Settings read = settings.settings(encoder.with(warehouse.layers()));
    read.requiredWarehouse();
    Path place = out != null ? out : beside();
    Adaptation adapted = Adapt.run(read, model, teacher, sample, place, terminal.progress());
    Scale scale = adapted.model().scale();
    terminal
        .out()
        .printf("Agreement with the teacher on %,d held-out statements:%n", adapted.heldOut());
    terminal.out().printf("%-10s %10s %12s%n", "", "same label", "divergence");
    figures(terminal, "before", adapted.before());
    figures(terminal, "after", adapted.after());
    terminal
        .out()
        .printf("%n%-16s %8s %8s %8s%n", "mean probability", "before", "after", "teacher");
    for (int label = 0; label < scale.size(); label++) {
      terminal
          .out()
          .printf(
              "%-16s %8.3f %8.3f %8.3f%n",
              scale.labels().get(label).name(),
              adapted.before().shares()[label],
              adapted.after().shares()[label],
              adapted.after().teacherShares()[label]);
    }
    if (!adapted.helps()) {
      terminal
          .out()
          .println(
              "Not kept: on these statements the model is no closer to the teacher than before.");
      return ExitStatus.DONE.code();
    }
    terminal
        .out()
        .printf(
            "model %s in %s; score with it by --set scales.%s.model=%s%n",
            adapted.model().id(), place, scale.name(), place);
    return ExitStatus.DONE.code();
  }

  private static void figures(Terminal terminal, String when, Agreement agreement) {
    terminal
        .out()
        .printf(
            "%-10s %9.1f%% %12.4f%n", when, 100 * agreement.agreement(), agreement.divergence());
  }

  private Path beside() {
    Path folder = Path.of(model);
    return Files.isDirectory(folder)
        ? folder.resolveSibling(folder.getFileName() + "-adapted")
        : Path.of("models", model + "-adapted");
  }
}
