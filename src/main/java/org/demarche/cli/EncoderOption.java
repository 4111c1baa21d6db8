package org.demarche.cli;

import java.util.List;
import java.util.stream.Stream;
import org.demarche.config.Settings;
import picocli.CommandLine.Option;

/** The option that says where the encoder is, of commands that may use one. */
final class EncoderOption {

  @Option(
      names = "--encoder",
      paramLabel = "DIR",
      description =
          "Where an encoder is needed, one of your own: model.onnx "
              + "and tokenizer.json or vocab.txt. [the bundled one]")
  private String encoder;

  List<Settings.Layer> layers() {
    return encoder == null
        ? List.of()
        : List.of(Settings.Layer.text("--encoder", "encoder.directory", encoder));
  }

  /** Returns {@code others} with what this option sets. */
  List<Settings.Layer> with(List<Settings.Layer> others) {
    return Stream.concat(others.stream(), layers().stream()).toList();
  }
}
