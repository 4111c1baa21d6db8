package org.demarche.cli;

import java.util.List;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import picocli.CommandLine.Option;

/** The option for the folder of the tables. */
final class WarehouseOption {

  @Option(
      names = "--warehouse",
      paramLabel = "DIR",
      description = "Folder of the tables, on any file system that Hadoop knows.")
  private String warehouse;

  List<Settings.Layer> layers() {
    return warehouse == null
        ? List.of()
        : List.of(Settings.Layer.text("--warehouse", "warehouse", warehouse));
  }

  /**
   * Returns the warehouse of {@code settings}.
   *
   * @throws ConfigurationException if none is set
   */
  static String required(Settings settings) {
    if (settings.warehouse() == null) {
      throw new ConfigurationException(
          List.of("'warehouse' is required: give --warehouse DIR, or set it in the configuration"));
    }
    return settings.warehouse();
  }
}
