package org.demarche.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.demarche.ExitStatus;
import org.demarche.config.Settings;
import org.demarche.pipeline.PreflightCheck;
import org.demarche.pipeline.WarehouseCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "check",
    description = {
      "Check the configuration, the inputs and the models, without running anything, and"
          + " whether the warehouse is whole.",
      "",
      "Prints one line per check; what is missing is marked MISSING, what cannot be used or is"
          + " wrong FAULT. The exit status is the one that a run would have, and 3 if the"
          + " warehouse is not whole."
    },
    footer = {
      "",
      "Examples:",
      "  demarche check --warehouse warehouse",
      "  demarche check --config conf/demarche.conf --articles news \\",
      "    --warehouse warehouse"
    })
final class CheckCommand implements Callable<Integer> {

  @ParentCommand private Main main;
  @Mixin private SettingsOptions settings;
  @Mixin private WarehouseOption warehouse;
  @Mixin private ArticlesOptions articles;
  @Mixin private EncoderOption encoder;

  @Override
  public Integer call() throws Exception {
    List<Settings.Layer> layers = new ArrayList<>(warehouse.layers());
    layers.addAll(articles.layers());
    Settings read = settings.settings(encoder.with(layers));
    Terminal terminal = main.terminal();
    PreflightCheck.Result before = PreflightCheck.run(read);
    before.lines().forEach(terminal.out()::println);
    ExitStatus status = before.status();
    if (read.warehouse() != null) {
      Optional<PreflightCheck.Result> whole =
          WarehouseCheck.run(read.warehouse(), terminal.progress());
      if (whole.isPresent()) {
        whole.get().lines().forEach(terminal.out()::println);
        status = status == ExitStatus.DONE ? whole.get().status() : status;
      }
    }
    return status.code();
  }
}
