package org.demarche.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.demarche.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "demo",
    description = {
      "Run the whole pipeline on the bundled sample: 52 invented articles about a "
          + "dispute over a fishing ground.",
      "",
      "Writes every table and report.html, and prints where the speakers stand."
    },
    footer = {"", "Example:", "  demarche demo --out target/demo"})
final class DemoCommand implements Callable<Integer> {

  @ParentCommand private Main main;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "target/demo",
      description =
          "Folder for the tables and the report; an earlier demo there is replaced. "
              + "[${DEFAULT-VALUE}]")
  private Path out;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = main.terminal();
    Demo.run(out, terminal.progress(), terminal.colours()).forEach(terminal.out()::println);
    return ExitStatus.DONE.code();
  }
}
