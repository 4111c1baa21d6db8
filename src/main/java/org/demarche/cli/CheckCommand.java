package org.demarche.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.demarche.config.Settings;
import org.demarche.pipeline.PreflightCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "check",
    description = {
      "Check the configuration, the inputs and the models, without running anything.",
      "",
      "Prints one line per check; what is missing is marked MISSING, what cannot be used "
          + "FAULT. The exit status is "
          + "the one that a run would have."
    },
    footer = {
      "",
      "Example:",
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
    PreflightCheck.Result result = PreflightCheck.run(settings.settings(encoder.with(layers)));
    result.lines().forEach(main.terminal().out()::println);
    return result.status().code();
  }
}
