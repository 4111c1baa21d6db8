package org.demarche.cli;

import java.util.List;
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
        : List.of(Settings.Layer.text("--warehouse", "warehouse.folder", warehouse));
  }
}
