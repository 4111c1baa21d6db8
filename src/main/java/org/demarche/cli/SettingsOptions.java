package org.demarche.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.job.OutputFile;
import org.demarche.job.TextFiles;
import org.demarche.job.WarehouseSettings;
import picocli.CommandLine.Option;

/** The options that say settings, shared by every command. */
final class SettingsOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration in HOCON, on any file system that Hadoop knows.")
  private String config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key of the configuration; may be given several times.")
  private List<String> sets = List.of();

  /**
   * Returns the settings: --set first, then Spark properties, then --config, then the configuration
   * that the warehouse keeps, then the defaults.
   *
   * @param options what the command's own options set, which comes first of all
   */
  Settings settings(List<Settings.Layer> options) {
    return WarehouseSettings.over(layers(options));
  }

  /** Returns the keys that are set by nothing but the configuration that the warehouse keeps. */
  Set<String> kept(List<Settings.Layer> options) {
    return WarehouseSettings.kept(layers(options));
  }

  private List<Settings.Layer> layers(List<Settings.Layer> options) {
    List<Settings.Layer> layers = new ArrayList<>(options);
    for (int i = sets.size() - 1; i >= 0; i--) {
      layers.add(new Settings.Layer("--set " + sets.get(i), hocon(sets.get(i))));
    }
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("spark.demarche."))
        .sorted()
        .forEach(
            name ->
                layers.add(
                    new Settings.Layer(
                        "Spark property " + name,
                        hocon(
                            name.substring("spark.demarche.".length())
                                + "="
                                + System.getProperty(name)))));
    if (config != null) {
      try {
        layers.add(new Settings.Layer(config, TextFiles.read(config)));
      } catch (IOException e) {
        throw new ConfigurationException(
            List.of("the file %s cannot be read: %s".formatted(config, OutputFile.reason(e))));
      }
    }
    return layers;
  }

  /** Returns a layer that sets {@code key} to the text {@code value}. */
  static Settings.Layer text(String option, String key, String value) {
    return new Settings.Layer(option, key + " = " + quoted(value));
  }

  /** Returns a layer that sets {@code key} to the list {@code values}. */
  static Settings.Layer texts(String option, String key, List<String> values) {
    return new Settings.Layer(
        option,
        key
            + " = ["
            + String.join(", ", values.stream().map(SettingsOptions::quoted).toList())
            + "]");
  }

  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
    for (char c : value.toCharArray()) {
      if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c)); // a file may have a line end in its name
      } else {
        quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /**
   * Reads {@code key=value}: the value is HOCON where it is a list, an object, a number or a flag,
   * and text otherwise, so that a path needs no quotes.
   */
  private static String hocon(String assignment) {
    int at = assignment.indexOf('=');
    if (at <= 0) {
      throw new ConfigurationException(
          List.of("--set wants KEY=VALUE, but was '%s'".formatted(assignment)));
    }
    String key = assignment.substring(0, at).strip();
    String value = assignment.substring(at + 1).strip();
    boolean structured =
        value.startsWith("[")
            || value.startsWith("{")
            || value.startsWith("\"")
            || value.matches("-?[0-9.]+([eE]-?[0-9]+)?|true|false|null");
    return key + " = " + (structured ? value : quoted(value));
  }
}
