package org.demarche.cli;

import java.nio.file.Path;
import java.util.List;
import org.demarche.config.Settings;
import org.demarche.training.Training;
import picocli.CommandLine.Option;

/** The options that say what a table is distilled from. */
final class DistillationOptions {

  @Option(
      names = "--unlabelled",
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "A warehouse with statements, or article files: the encoder is taught "
              + "from the labels, answers these, and the table learns from its answers "
              + "too.")
  private List<String> unlabelled = List.of();

  @Option(
      names = "--sample",
      defaultValue = "64000",
      paramLabel = "N",
      description = "Most passages to take from them. [${DEFAULT-VALUE}]")
  private int sample;

  @Option(
      names = "--held-back",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Labelled statements that will judge the model: what shares its words "
              + "with one of them is left out of --unlabelled.")
  private List<Path> heldBack = List.of();

  /** Returns whether there is anything to distil from. */
  boolean isGiven() {
    return !unlabelled.isEmpty();
  }

  /** Returns what {@code scale} is to be learnt from. */
  Training.Material material(Settings settings, String scale, LabelsOption labels) {
    return new Training.Material(
        Training.scaleNamed(settings, scale),
        labels.files(),
        labels.auxiliary(),
        unlabelled,
        sample,
        heldBack,
        settings.encoder());
  }
}
