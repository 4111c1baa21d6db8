package org.demarche.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.demarche.ExitStatus;
import org.demarche.config.Settings;
import org.demarche.report.ReportReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "report",
    description = "Write one HTML page about a warehouse: speakers, time lines and sentences.",
    footer = {
      "",
      "Where the page leaves something out, it says so and shows the query that finds it.",
      "",
      "Examples:",
      "  demarche report --warehouse warehouse --out report.html",
      "  demarche report --warehouse warehouse --out report.html \\",
      "    --speakers 500 --sentences 20",
      "  demarche report --warehouse warehouse --out report.html \\",
      "    --speakers all --sentences 0"
    })
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

  @Option(
      names = "--speakers",
      paramLabel = "N|all",
      converter = AtLeastOne.class,
      description =
          "List the N speakers with the most statements. [everybody with at least"
              + " aggregate.low-n distinct statements, and the first 150 in any case]")
  private Integer speakers;

  @Option(
      names = "--sentences",
      paramLabel = "N|all",
      converter = AtLeastNone.class,
      description =
          "Show the N newest sentences of each listed speaker. [60 for each of the 150 speakers"
              + " with the most statements, 5 for the others, at most 20000 in all]")
  private Integer sentences;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = main.terminal();
    Settings read = settings.settings(encoder.with(warehouse.layers()));
    read.requiredWarehouse();
    ReportReader.run(read, new ReportReader.Extent(speakers, sentences), out, terminal.progress());
    terminal.out().println("Report in " + out);
    return ExitStatus.DONE.code();
  }

  static final class AtLeastOne implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return count(text, 1);
    }
  }

  static final class AtLeastNone implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return count(text, 0);
    }
  }

  /** Returns the number that {@code text} says; for {@code all}, the largest int. */
  private static int count(String text, int least) {
    if (text.equals("all")) {
      return Integer.MAX_VALUE;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least) {
      throw new TypeConversionException(
          "it needs a whole number from %d to 999999999, or all, but was '%s'"
              .formatted(least, text));
    }
    return Integer.parseInt(text);
  }
}
