package org.demarche.cli;

import java.util.List;
import java.util.stream.Stream;
import org.demarche.config.Settings;
import picocli.CommandLine.Option;

/** The option for the encoder, of commands that may use one. */
final class EncoderOption {

  @Option(
      names = "--encoder",
      paramLabel = "DIR",
      description =
          "Folder of your own encoder: model.onnx and tokenizer.json or vocab.txt. "
              + "[the bundled one]")
  private String encoder;

  List<Settings.Layer> layers() {
    return encoder == null
        ? List.of()
        : List.of(Settings.Layer.text("--encoder", "encoder.directory", encoder));
  }

  /** Returns {@code others} followed by the layer of this option. */
  List<Settings.Layer> with(List<Settings.Layer> others) {
    return Stream.concat(others.stream(), layers().stream()).toList();
  }
}
