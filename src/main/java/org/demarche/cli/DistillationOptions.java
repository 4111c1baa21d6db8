package org.demarche.cli;

import java.nio.file.Path;
import java.util.List;
import org.demarche.config.Settings;
import org.demarche.training.Material;
import picocli.CommandLine.Option;

/** The options of distillation, in which a table learns from the answers of an encoder. */
final class DistillationOptions {

  @Option(
      names = "--unlabelled",
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "A warehouse with statements, or article files. A model with the encoder is trained "
              + "on the labels and answers these statements; the table learns from its answers "
              + "too.")
  private List<String> unlabelled = List.of();

  @Option(
      names = "--sample",
      defaultValue = "64000",
      paramLabel = "N",
      description = "Take at most N passages from --unlabelled. [${DEFAULT-VALUE}]")
  private int sample;

  @Option(
      names = "--held-back",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Labelled statements for evaluating the model later: passages of --unlabelled with "
              + "the same words are left out.")
  private List<Path> heldBack = List.of();

  /** Returns whether --unlabelled was given. */
  boolean isGiven() {
    return !unlabelled.isEmpty();
  }

  /** Returns the material to train a model for {@code scale}. */
  Material material(Settings settings, String scale, LabelsOption labels) {
    return new Material(
        settings.scale(scale).scale(),
        labels.files(),
        labels.auxiliary(),
        unlabelled,
        sample,
        heldBack,
        settings.encoder());
  }
}
