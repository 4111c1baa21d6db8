package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.config.Settings;
import org.demarche.config.StorageSettings;
import org.demarche.config.StorageSettings.Catalog;
import org.demarche.config.StorageSettings.Format;
import org.demarche.pipeline.PreflightCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with the Spark that Iceberg has no runtime for. */
class IcebergMissingTest {

  @Test
  void saysWhatIsMissing(@TempDir Path folder) {
    StorageSettings iceberg =
        new StorageSettings(false, Format.ICEBERG, new Catalog(null, null, "demarche"), 30);
    assertThatThrownBy(
            () -> Warehouse.at(LocalSpark.session(), folder.resolve("w").toString(), iceberg))
        .satisfies(Thrown.with(ExitStatus.USAGE))
        .hasMessageContainingAll("iceberg-spark-runtime", "Spark 4.1 or 3.5");
  }

  @Test
  void isToldByTheCheckBeforeARun(@TempDir Path folder) {
    String text = "warehouse { folder = \"%s\", format = iceberg }".formatted(folder.resolve("w"));
    PreflightCheck.Result found =
        PreflightCheck.run(Settings.of(List.of(new Settings.Layer("test", text))));
    assertThat(found.lines())
        .anySatisfy(
            line -> assertThat(line).contains("warehouse", "FAULT", "iceberg-spark-runtime"));
  }
}
