package org.demarche.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.files.FolderFileSystem;
import org.demarche.files.Storage;
import org.demarche.stance.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The warehouse has no scheme, and Hadoop's default file system is not the local one. */
class WarehouseSettingsTest {

  private static final String PREFIX = "spark.hadoop.";

  @TempDir private Path folder;

  @BeforeEach
  void storeATarget() throws IOException {
    Configuration hadoop = FolderFileSystem.in(folder, new Configuration(false));
    hadoop.set("fs.defaultFS", "press://store");
    hadoop.forEach(setting -> System.setProperty(PREFIX + setting.getKey(), setting.getValue()));
    Files.createDirectories(folder.resolve("w"));
    Files.writeString(
        folder.resolve("w/_configuration.json"),
        "{\"targets\": [{\"id\": \"dam\", \"name\": \"the dam\", \"aliases\": []}]}");
  }

  @AfterEach
  void forgetTheFileSystem() {
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(PREFIX))
        .forEach(System::clearProperty);
  }

  private static Settings settings(String setting) {
    return WarehouseSettings.over(
            List.of(
                Settings.Layer.text("test", "warehouse", "/w"),
                new Settings.Layer("test", setting)),
            Storage.ofProcess())
        .settings();
  }

  @Test
  void keepsWhatTheWarehouseStores() {
    assertThat(settings("").targets()).extracting(Target::id).containsExactly("dam");
  }

  @Test
  void refusesToDropATarget() {
    assertThatThrownBy(
            () ->
                WarehouseSettings.checkTargets(
                    settings("targets = []"), false, Storage.ofProcess()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'targets' lacks dam");
  }
}
