package org.demarche.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.demarche.files.OutputFile;
import org.demarche.pipeline.Failure;
import org.demarche.pipeline.GatesFailed;
import org.demarche.warehouse.Manifest;
import picocli.CommandLine;
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

  /**
   * Checks before any work that the file can be written, and that an existing one holds what will
   * replace it.
   *
   * @param kind what will be written, such as "an evaluation"
   * @param firstKeys the first keys of the JSON object that will be written
   */
  void check(String kind, String... firstKeys) {
    if (file != null && !replacesOutput()) {
      OutputFile.check(file);
      OutputFile.checkReplaces(file, kind, head -> beginsWith(head, firstKeys));
    }
  }

  /** Returns whether {@code head} begins with a JSON object whose first keys are these. */
  static boolean beginsWith(byte[] head, String... firstKeys) {
    try (JsonParser json = new JsonFactory().createParser(head)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      for (String key : firstKeys) {
        if (!key.equals(json.nextFieldName())) {
          return false;
        }
        json.nextToken(); // its value
      }
      return true;
    } catch (IOException e) {
      return false;
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

  /** Returns the option of a command, if it has one. */
  static Optional<JsonOption> of(CommandLine command) {
    return command.getMixins().values().stream()
        .filter(JsonOption.class::isInstance)
        .map(JsonOption.class::cast)
        .findFirst();
  }

  /**
   * Writes why the command failed as one line of JSON, if the result was to go to standard output.
   * A file keeps the result of an earlier run.
   */
  void writeFailure(Throwable thrown, Terminal terminal) {
    if (replacesOutput()) {
      Failure failure = Failure.of(thrown);
      ObjectNode json = Manifest.JSON.createObjectNode();
      json.put("status", "failed");
      json.put("exit_code", failure.status().code());
      json.put("message", failure.line());
      if (thrown instanceof GatesFailed failed) {
        json.set("gates", Manifest.JSON.valueToTree(failed.gates()));
      }
      terminal.out().println(json);
    }
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
