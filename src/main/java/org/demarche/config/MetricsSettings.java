package org.demarche.config;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import org.demarche.files.Storage;

/**
 * The local files that a run tells its metrics to.
 *
 * @param prometheus a file for the textfile collector of Prometheus, or null
 * @param openlineage a file for the events of OpenLineage, or null
 */
public record MetricsSettings(String prometheus, String openlineage) implements Serializable {

  static MetricsSettings of(Node metrics) {
    try (metrics) {
      MetricsSettings settings =
          new MetricsSettings(
              local(metrics, "prometheus", ".prom"), local(metrics, "openlineage", ""));
      if (settings.prometheus != null
          && settings.prometheusFile().equals(settings.openlineageFile())) {
        metrics.fault("openlineage", "must be another file than metrics.prometheus");
      }
      return settings;
    }
  }

  private static String local(Node metrics, String key, String ending) {
    String path = metrics.optionalPath(key);
    if (path != null && Storage.local(path).isEmpty()) {
      metrics.fault(key, "must be a local file, but was '%s'".formatted(path));
      return null;
    }
    if (path != null && !path.endsWith(ending)) {
      metrics.fault(
          key, "must end in %s, or the collector ignores it, but was '%s'".formatted(ending, path));
    }
    return path;
  }

  /** Returns the file for Prometheus, if one is set. */
  public Optional<Path> prometheusFile() {
    return Optional.ofNullable(prometheus).flatMap(Storage::local).map(Path::normalize);
  }

  /** Returns the file for OpenLineage, if one is set. */
  public Optional<Path> openlineageFile() {
    return Optional.ofNullable(openlineage).flatMap(Storage::local).map(Path::normalize);
  }
}
