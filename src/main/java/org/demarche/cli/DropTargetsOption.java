package org.demarche.cli;

import picocli.CommandLine.Option;

/** The option that lets targets go which the configuration no longer has. */
final class DropTargetsOption {

  @Option(
      names = "--drop-targets",
      description =
          "Remove the targets that the configuration no longer has, with their scores; without it"
              + " such a configuration is refused.")
  private boolean given;

  boolean isGiven() {
    return given;
  }
}
