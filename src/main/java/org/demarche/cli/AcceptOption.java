package org.demarche.cli;

import java.util.List;
import org.demarche.config.Settings;
import picocli.CommandLine.Option;

/** The option to publish the result of a run although it fails a gate of quality. */
final class AcceptOption {

  @Option(
      names = "--accept",
      paramLabel = "GATE",
      description =
          "Publish the result though it fails this gate of quality, such as rejected-share; may be"
              + " given several times.")
  private List<String> gates = List.of();

  List<Settings.Layer> layers() {
    return gates.isEmpty()
        ? List.of()
        : List.of(Settings.Layer.texts("--accept", "gates.accept", gates));
  }
}
