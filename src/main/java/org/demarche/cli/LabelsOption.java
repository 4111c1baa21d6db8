package org.demarche.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say where labelled statements are. */
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
          "Further labelled statements of another kind, such as invented ones: they "
              + "help to learn as far as held-out rows of --labels get better by it, and "
              + "are never judged by.")
  private List<Path> auxiliary = List.of();

  List<Path> auxiliary() {
    return auxiliary;
  }

  List<Path> files() {
    return files;
  }
}
