package org.demarche.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.demarche.ExitStatus;
import org.demarche.Version;
import org.demarche.pipeline.Failure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The entry point of the command line, for {@code jobs/demarche} and spark-submit. */
@Command(
    name = "demarche",
    mixinStandardHelpOptions = true,
    versionProvider = Main.ProvideVersion.class,
    description = "From raw news articles to each speaker's stance, with the sentences behind it.",
    subcommands = {
      DemoCommand.class,
      StageCommands.Run.class,
      StageCommands.Ingest.class,
      StageCommands.Extract.class,
      StageCommands.Score.class,
      StageCommands.Aggregate.class,
      StageCommands.Remove.class,
      StageCommands.Compact.class,
      SuggestCommand.class,
      TrainCommand.class,
      AdaptCommand.class,
      EvaluateCommand.class,
      CompareCommand.class,
      TrainAttributionCommand.class,
      EvaluateAttributionCommand.class,
      ExplainCommand.class,
      ReportCommand.class,
      PublishCommand.class,
      ExportCommand.class,
      CheckCommand.class
    },
    footer = {
      "",
      "Begin with: demarche demo",
      "Exit status: 0 done, 1 unexpected failure, 2 usage or configuration, 3 input"
          + " missing or damaged, 4 a gate of quality failed or a trained model no better"
          + " than chance, 5 model incompatible, 6 output in the way or not writable."
    })
public final class Main {

  /** Provides the version for {@code --version}. */
  static final class ProvideVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"demarche " + Version.DEMARCHE};
    }
  }

  /** A mistyped command may differ by this many letters from the suggested one. */
  private static final int NEAR = 2;

  /** Held in a field, because a logger that is garbage-collected loses its level. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  private final Terminal terminal;

  private Main(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Returns where the commands print. */
  Terminal terminal() {
    return terminal;
  }

  public static void main(String[] args) {
    // Numbers are formatted the same way on all machines.
    Locale.setDefault(Locale.ROOT);
    Terminal terminal = Terminal.ofProcess();
    String command = args.length == 0 || args[0].startsWith("-") ? "" : " " + args[0];
    AtomicBoolean ended = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!ended.get()) {
                    interrupted("demarche" + command, terminal);
                  }
                }));
    int code;
    try {
      code = commandLine(terminal).execute(args);
    } catch (Error e) { // out of memory or a missing class: reported like any failure
      code = report(e, "demarche" + command, terminal.err());
    }
    // Java's print streams do not throw on failure.
    if (code == ExitStatus.DONE.code() && terminal.out().checkError()) {
      terminal.err().println("demarche: cannot write to standard output: the result is incomplete");
      code = ExitStatus.OUTPUT_CONFLICT.code();
    }
    ended.set(true);
    // Without this, spark-submit in cluster mode would exit with 0.
    System.exit(code);
  }

  /** Prints one line if the user or a scheduler ends the process, as by Ctrl-C. */
  static void interrupted(String command, Terminal terminal) {
    String clear = terminal.watched() ? "\r\u001b[K" : "";
    terminal
        .err()
        .println(
            clear
                + command
                + ": interrupted. No table and no file is half-written: run it again to go on.");
  }

  /** Returns the command line as {@link #main} runs it. */
  static CommandLine commandLine(Terminal terminal) {
    // Tribuo logs every step of training.
    TRIBUO.setLevel(Level.WARNING);
    CommandLine line = new CommandLine(new Main(terminal));
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler(
        (failure, args) -> {
          misused(failure, terminal.err());
          return ExitStatus.USAGE.code();
        });
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          JsonOption.of(command).ifPresent(json -> json.writeFailure(failure, terminal));
          return report(failure, command.getCommandSpec().qualifiedName(" "), terminal.err());
        });
    return line;
  }

  /** Prints one line about what is wrong with the command, then where to find help. */
  private static void misused(CommandLine.ParameterException failure, PrintStream err) {
    CommandLine command = failure.getCommandLine();
    boolean isMain = command.getParent() == null;
    if (isMain
        && failure instanceof CommandLine.UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().get(0).startsWith("-")) {
      String given = unmatched.getUnmatched().get(0);
      String meant = near(given, command.getSubcommands().keySet());
      err.println(
          Terminal.shown(
              "demarche: there is no command '%s'%s"
                  .formatted(given, meant == null ? "" : "; did you mean " + meant + "?")));
    } else {
      err.println(
          Terminal.shown(
              command.getCommandSpec().qualifiedName(" ") + ": " + oneLine(failure.getMessage())));
      CommandLine.UnmatchedArgumentException.printSuggestions(failure, command.getErr());
    }
    if (isMain) {
      err.println("  the commands are " + String.join(", ", command.getSubcommands().keySet()));
    }
    err.println("  see: %s --help".formatted(command.getCommandSpec().qualifiedName(" ")));
  }

  /** Returns the name that {@code given} probably means, or null. */
  private static String near(String given, Set<String> names) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String typed = given.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> distance.apply(typed, name) <= NEAR)
        .min(Comparator.comparingInt(name -> distance.apply(typed, name)))
        .orElse(null);
  }

  /** Prints one line about what failed, details of unexpected failures, and returns the status. */
  private static int report(Throwable thrown, String command, PrintStream err) {
    Failure failure = Failure.of(thrown);
    if (failure.status() != ExitStatus.UNEXPECTED) {
      err.println(Terminal.shown(command + ": " + failure.line()));
      return failure.status().code();
    }
    err.println(
        "%s: unexpected failure: %s. No incomplete output was written."
            .formatted(command, oneLine(failure.line())));
    err.println("Details, for a report of this failure:");
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      err.println("  " + t.getClass().getName() + ": " + oneLine(String.valueOf(t.getMessage())));
      // All frames of Demarche are printed, but only the first few of Spark and the JDK.
      int foreign = 0;
      for (StackTraceElement frame : t.getStackTrace()) {
        if (frame.getClassName().startsWith("org.demarche") || foreign++ < 3) {
          err.println("    at " + frame);
        }
      }
    }
    return failure.status().code();
  }

  private static String oneLine(String message) {
    String line = Terminal.shown(message).strip().replaceAll("\\s+", " ");
    return line.length() <= 300 ? line : line.substring(0, 300) + "…";
  }
}
