package org.demarche.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.MetricsSettings;
import org.demarche.files.OutputFile;

/** Writes how a run went to the files that monitoring reads. */
public final class RunMetrics {

  private RunMetrics() {}

  /**
   * Checks that the files can be written, and that they hold metrics if they exist.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if not
   */
  public static void check(MetricsSettings settings) {
    check(settings.prometheusFile(), "metrics of Demarche", PrometheusText.HEAD);
    check(settings.openlineageFile(), "events of Demarche", OpenLineageEvents.HEAD);
  }

  private static void check(Optional<Path> file, String kind, String begin) {
    if (file.isPresent()) {
      OutputFile.check(file.get());
      OutputFile.checkReplaces(file.get(), kind, head -> new String(head, UTF_8).startsWith(begin));
    }
  }

  /**
   * Writes the files that are set; readers see the old or the new content of each.
   *
   * @param manifest the manifest of a run that has ended, in whatever way
   * @param warehouse the folder of the tables
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if a file cannot be written
   */
  public static void write(MetricsSettings settings, JsonNode manifest, String warehouse) {
    settings
        .prometheusFile()
        .ifPresent(
            file -> OutputFile.write(file, PrometheusText.of(manifest, warehouse, textOf(file))));
    settings
        .openlineageFile()
        .ifPresent(file -> OutputFile.write(file, OpenLineageEvents.of(manifest, warehouse)));
  }

  private static String textOf(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return ""; // it only tells when a run last succeeded
    }
  }
}
