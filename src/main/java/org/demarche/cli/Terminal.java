package org.demarche.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.demarche.console.Progress;

/**
 * Where a command prints: results on standard output, progress and errors on standard error, both
 * in UTF-8 whatever the platform's default.
 *
 * @param out for results
 * @param err for progress and errors
 * @param watched whether a person watches standard error, so that progress may write over itself
 * @param colours whether results may be coloured
 */
record Terminal(PrintStream out, PrintStream err, boolean watched, boolean colours) {

  /** Describes the process's own streams, as the launcher found them. */
  static Terminal ofProcess() {
    String noColour = System.getenv("NO_COLOR");
    return new Terminal(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Boolean.getBoolean("demarche.terminal.err"),
        Boolean.getBoolean("demarche.terminal.out") && (noColour == null || noColour.isEmpty()));
  }

  /**
   * Returns {@code text} without what could steer a terminal: U+FFFD stands for every control
   * character but line ends and tabs. What a message repeats of an input may be anything.
   */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean kept = c == '\n' || c == '\t' || !Character.isISOControl(c);
      if (c != '\r') {
        shown.append(kept ? c : '\uFFFD');
      }
    }
    return shown.toString();
  }

  /** Returns a display of progress on standard error. */
  Progress progress() {
    return new Progress(err, watched);
  }
}
