package org.demarche.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.demarche.config.Settings;
import org.demarche.job.ExitStatus;
import org.demarche.job.Reports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "report",
    description = "Write one HTML page on a warehouse: speakers, time lines, and the sentences.",
    footer = {"", "Example:", "  demarche report --warehouse warehouse --out report.html"})
final class ReportCommand implements Callable<Integer> {

  @ParentCommand private Main main;
  @Mixin private SettingsOptions settings;
  @Mixin private WarehouseOption warehouse;
  @Mixin private EncoderOption encoder;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file to write; it is replaced.")
  private Path out;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = main.terminal();
    Settings read = settings.settings(encoder.with(warehouse.layers()));
    WarehouseOption.required(read);
    Reports.run(read, out, terminal.progress());
    terminal.out().println("Report in " + out);
    return ExitStatus.DONE.code();
  }
}
