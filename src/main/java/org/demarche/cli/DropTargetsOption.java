package org.demarche.cli;

import picocli.CommandLine.Option;

/** Allows targets that are no longer in the configuration to be removed. */
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
