package org.demarche.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that says where labelled statements are. */
final class LabelsOption {

  @Option(
      names = "--labels",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Labelled statements: JSON lines, CSV or Parquet, by the ending of the name.")
  private List<Path> files;

  List<Path> files() {
    return files;
  }
}
