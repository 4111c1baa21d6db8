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
import org.demarche.files.Storage;

/** Writes how a run went to the files that monitoring reads. */
public final class RunMetrics {

  private RunMetrics() {}

  /**
   * Checks that the files can be written, are in a folder that exists and outside the warehouse,
   * and that they hold metrics if they exist.
   *
   * @param warehouse the folder of the tables
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if not
   */
  public static void check(MetricsSettings settings, String warehouse) {
    Optional<Path> tables = Storage.local(warehouse).map(RunMetrics::whole);
    settings
        .prometheusFile()
        .ifPresent(file -> check(file, tables, "metrics of Demarche", PrometheusText.HEAD));
    settings
        .openlineageFile()
        .ifPresent(file -> check(file, tables, "events of Demarche", OpenLineageEvents.HEAD));
  }

  private static void check(Path file, Optional<Path> tables, String kind, String begin) {
    if (tables.isPresent() && whole(file).startsWith(tables.get())) {
      throw OutputFile.cannotWrite(
          file.toString(), "it is inside the warehouse; choose a file outside");
    }
    OutputFile.check(file);
    Path folder = whole(file).getParent();
    if (!Files.isDirectory(folder)) {
      throw OutputFile.cannotWrite(
          file.toString(),
          "there is no folder %s: create it, or correct the path".formatted(folder));
    }
    OutputFile.checkReplaces(file, kind, head -> new String(head, UTF_8).startsWith(begin));
  }

  private static Path whole(Path path) {
    return path.toAbsolutePath().normalize();
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
