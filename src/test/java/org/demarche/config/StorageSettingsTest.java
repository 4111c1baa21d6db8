package org.demarche.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.demarche.config.StorageSettings.Catalog;
import org.demarche.config.StorageSettings.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageSettingsTest {

  private static Settings settings(String... layers) {
    return Settings.of(
        List.of(layers).stream().map(layer -> new Settings.Layer("test", layer)).toList());
  }

  @Test
  void takesAFolderInShortAndBesideTheBlock() {
    assertThat(settings("warehouse = w").warehouse()).isEqualTo("w");
    Settings both = settings("warehouse = given", "warehouse { folder = w, format = iceberg }");
    assertThat(both.warehouse()).isEqualTo("given");
    assertThat(both.storage().format()).isEqualTo(Format.ICEBERG);
    assertThat(
            settings("place = w, warehouse = ${place}/x".replace("place", "encoder.directory"))
                .warehouse())
        .isEqualTo("w/x");
  }

  @Test
  void takesACatalogInADatabase() {
    StorageSettings storage =
        settings(
                "warehouse.iceberg { catalog = jdbc, uri = \"jdbc:postgresql://db/c\", user = me,"
                    + " name = press, keep-runs = 3 }")
            .storage();
    assertThat(storage.catalog()).isEqualTo(new Catalog("jdbc:postgresql://db/c", "me", "press"));
    assertThat(storage.keptRuns()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "warehouse.format = orc|must be one of",
        "warehouse.iceberg.catalog = jdbc|'warehouse.iceberg.uri' is required with catalog = jdbc",
        "warehouse.iceberg.uri = \"jdbc:x\"|needs catalog = jdbc",
        "warehouse.iceberg.user = me|needs catalog = jdbc",
        "warehouse.iceberg.name = a.b|must be letters, digits and _",
        "warehouse.iceberg { catalog = jdbc, uri = \"http://x\" }|must begin with jdbc:"
      })
  void namesAFault(String setting, String fault) {
    assertThatThrownBy(() -> settings(setting))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://me:hunter2@db/c",
        "jdbc:postgresql://db/c?user=me&password=hunter2",
        "jdbc:postgresql://db/c?sslpassword=hunter2"
      })
  void refusesAPasswordWithoutRepeatingIt(String uri) {
    String setting = "warehouse.iceberg { catalog = jdbc, uri = \"%s\" }".formatted(uri);
    assertThatThrownBy(
            () ->
                Settings.of(
                    List.of(new Settings.Layer("--set warehouse.iceberg.uri=" + uri, setting))))
        .hasMessageContaining("DEMARCHE_CATALOG_PASSWORD")
        .hasMessageNotContaining("hunter2");
  }
}
