package org.demarche.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.demarche.ExitStatus;
import org.demarche.files.OutputFile;
import org.demarche.publish.Export;
import org.demarche.text.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "export",
    description = "Write one table as JSON lines or CSV.",
    footer = {
      "",
      "Examples:",
      "  demarche export --warehouse w --table statements --out statements.jsonl",
      "  demarche export --warehouse w --table speaker_scores --out scores.csv",
      "  demarche export --warehouse w --table speakers --format csv --out /dev/stdout"
    })
final class ExportCommand implements Callable<Integer> {

  @ParentCommand private Main main;
  @Mixin private SettingsOptions settings;
  @Mixin private WarehouseOption warehouse;

  @Option(names = "--table", required = true, paramLabel = "NAME", description = "The table.")
  private String table;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}. [by the ending of --out: .csv or .jsonl]")
  private Export.Format format;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "The file to write; it is replaced.")
  private String out;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = main.terminal();
    Export.Format form = format == null ? Export.Format.ofName(out) : format;
    String folder = settings.settings(warehouse.layers()).requiredWarehouse();
    long rows = Export.run(folder, table, form, out, terminal.progress());
    // If the rows go to standard output, nothing else may.
    (OutputFile.isDevice(Path.of(out)) ? terminal.err() : terminal.out())
        .printf("%s of %s in %s%n", Quantity.of(rows, "row"), table, out);
    return ExitStatus.DONE.code();
  }
}
