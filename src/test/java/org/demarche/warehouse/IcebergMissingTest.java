package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.config.StorageSettings;
import org.demarche.config.StorageSettings.Catalog;
import org.demarche.config.StorageSettings.Format;
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
}
