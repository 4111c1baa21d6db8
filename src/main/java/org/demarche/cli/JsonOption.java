package org.demarche.cli;

import java.nio.file.Path;
import org.demarche.files.OutputFile;
import picocli.CommandLine.Option;

/**
 * The option that has a command's result written as JSON: to a file, or to standard output, which
 * then holds nothing else.
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
              + " output in place of what is printed there.")
  private Path file;

  /** Looks whether the file could be written, before work is done for it. */
  void check() {
    if (file != null && !replacesOutput()) {
      OutputFile.check(file);
    }
  }

  /** Returns whether standard output is for JSON alone: nothing may be printed for people. */
  boolean replacesOutput() {
    return file != null && file.toString().equals(STANDARD_OUTPUT);
  }

  /** Returns whether JSON was asked for at all. */
  boolean isGiven() {
    return file != null;
  }

  /** Writes {@code line} to where it was asked for. */
  void write(String line, Terminal terminal) {
    if (replacesOutput()) {
      terminal.out().println(line);
    } else {
      OutputFile.write(file, line + "\n");
    }
  }
}
