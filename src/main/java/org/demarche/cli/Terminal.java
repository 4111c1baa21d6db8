package org.demarche.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.demarche.console.Progress;

/**
 * The streams to which a command prints, both in UTF-8.
 *
 * @param out standard output, for results
 * @param err standard error, for progress and errors
 * @param watched whether standard error is a terminal, on which progress may overwrite its line
 * @param colours whether results may be coloured
 */
record Terminal(PrintStream out, PrintStream err, boolean watched, boolean colours) {

  /** Returns the streams of this process; the launcher sets properties if they are terminals. */
  static Terminal ofProcess() {
    String noColour = System.getenv("NO_COLOR");
    return new Terminal(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Boolean.getBoolean("demarche.terminal.err"),
        Boolean.getBoolean("demarche.terminal.out") && (noColour == null || noColour.isEmpty()));
  }

  /**
   * Returns {@code text} with U+FFFD in place of control characters except line feeds and tabs.
   * Messages may quote input, which could otherwise control the terminal.
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
