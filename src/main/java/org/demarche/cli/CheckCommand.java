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
      "PreflightCheck the configuration, the inputs and the models before anything runs.",
      "",
      "Everything is looked at; what is missing is marked so, and the exit "
          + "status is that of a run."
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
