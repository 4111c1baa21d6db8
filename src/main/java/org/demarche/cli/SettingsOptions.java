package org.demarche.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.demarche.DemarcheException;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.files.OutputFile;
import org.demarche.files.Storage;
import org.demarche.pipeline.WarehouseSettings;
import picocli.CommandLine.Option;

/** The options for settings, which all commands share. */
final class SettingsOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration in HOCON, on any file system that Hadoop knows.")
  private String config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one key of the configuration; may be given several times.")
  private List<String> sets = List.of();

  /**
   * Returns the settings. In order of precedence they come from the command's own {@code options},
   * --set, Spark properties, --config, the configuration that the warehouse keeps, and the
   * defaults.
   */
  Settings settings(List<Settings.Layer> options) {
    return read(options).settings();
  }

  /** Returns the same settings, and which of them come from the warehouse only. */
  WarehouseSettings read(List<Settings.Layer> options) {
    return WarehouseSettings.over(layers(options), Storage.ofProcess());
  }

  private List<Settings.Layer> layers(List<Settings.Layer> options) {
    List<Settings.Layer> layers = new ArrayList<>(options);
    for (int i = sets.size() - 1; i >= 0; i--) {
      layers.add(layer("--set " + sets.get(i), sets.get(i)));
    }
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("spark.demarche."))
        .sorted()
        .forEach(
            name ->
                layers.add(
                    layer(
                        "Spark property " + name,
                        name.substring("spark.demarche.".length())
                            + "="
                            + System.getProperty(name))));
    if (config != null) {
      try {
        layers.add(new Settings.Layer(config, Storage.ofProcess().text(config)));
      } catch (IOException e) {
        throw DemarcheException.inputMissing(
            "The file %s cannot be read: %s".formatted(config, OutputFile.reason(e)));
      }
    }
    return layers;
  }

  /**
   * Reads {@code key=value}. A value that looks like a list, an object, a number, a boolean or a
   * quoted text is read as HOCON; any other value is text, so that paths need no quotes.
   */
  private static Settings.Layer layer(String name, String assignment) {
    int at = assignment.indexOf('=');
    if (at <= 0) {
      throw new ConfigurationException(
          List.of("--set needs KEY=VALUE, but was '%s'".formatted(assignment)));
    }
    String key = assignment.substring(0, at).strip();
    String value = assignment.substring(at + 1).strip();
    boolean structured =
        value.startsWith("[")
            || value.startsWith("{")
            || value.startsWith("\"")
            || value.matches("-?[0-9.]+([eE]-?[0-9]+)?|true|false|null");
    return structured
        ? new Settings.Layer(name, key + " = " + value)
        : Settings.Layer.text(name, key, value);
  }
}
