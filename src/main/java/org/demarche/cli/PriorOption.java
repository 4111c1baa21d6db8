package org.demarche.cli;

import java.util.List;
import org.demarche.config.Settings;
import picocli.CommandLine.Option;

/** The option for the shares of labels among the statements to score. */
final class PriorOption {

  @Option(
      names = "--prior",
      paramLabel = "FILE|auto",
      description =
          "Adjust the answers to the label shares of your statements: auto "
              + "estimates them, a JSON file gives them, such as {\"stance\": "
              + "{\"conciliatory\": 0.1, \"neutral\": 0.6, \"assertive\": 0.3}}. Use it only "
              + "if the labels mean the same as in training.")
  private String prior;

  List<Settings.Layer> layers() {
    return prior == null
        ? List.of()
        : List.of(Settings.Layer.text("--prior", "score.prior", prior));
  }
}
