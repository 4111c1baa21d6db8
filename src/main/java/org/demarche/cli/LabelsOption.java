package org.demarche.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options for labelled statements. */
final class LabelsOption {

  @Option(
      names = "--labels",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Labelled statements: JSON lines, CSV or Parquet, by the ending of the name.")
  private List<Path> files;

  @Option(
      names = "--auxiliary",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Further labelled statements of another kind, such as invented ones. They are used "
              + "for training as far as that improves the answers on held-out rows of "
              + "--labels, and never for evaluation.")
  private List<Path> auxiliary = List.of();

  List<Path> auxiliary() {
    return auxiliary;
  }

  List<Path> files() {
    return files;
  }
}
