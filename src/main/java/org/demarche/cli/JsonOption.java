package org.demarche.cli;

import java.nio.file.Path;
import org.demarche.files.OutputFile;
import picocli.CommandLine.Option;

/**
 * The option to write a command's result as JSON, to a file or to standard output, where nothing
 * else is printed then.
 */
final class JsonOption {

  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = STANDARD_OUTPUT,
      paramLabel = "FILE",
      description =
          "Write the result to FILE as one line of JSON; without FILE, or with -, to standard"
              + " output instead of the usual text.")
  private Path file;

  /** Checks that the file can be written, before any work is done. */
  void check() {
    if (file != null && !replacesOutput()) {
      OutputFile.check(file);
    }
  }

  /** Returns whether JSON goes to standard output, where nothing else may be printed then. */
  boolean replacesOutput() {
    return file != null && file.toString().equals(STANDARD_OUTPUT);
  }

  /** Returns whether the option was given. */
  boolean isGiven() {
    return file != null;
  }

  /** Writes {@code line} to the file or to standard output. */
  void write(String line, Terminal terminal) {
    if (replacesOutput()) {
      terminal.out().println(line);
    } else {
      OutputFile.write(file, line + "\n");
    }
  }
}
