package org.demarche.cli;

import picocli.CommandLine.Option;

/** The option that allows removing targets that are no longer in the configuration. */
final class DropTargetsOption {

  @Option(
      names = "--drop-targets",
      description =
          "Remove targets that are no longer in the configuration, with their scores. Without this"
              + " option, such a configuration is refused.")
  private boolean given;

  boolean isGiven() {
    return given;
  }
}
