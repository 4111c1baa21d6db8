package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.SparkContext;
import org.demarche.console.Progress;
import org.junit.jupiter.api.Test;

class ProgressListenerTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void namesTheStageAndTheStepInIt() throws Exception {
    SparkContext spark = LocalSpark.session().sparkContext();
    try (Progress progress =
        new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), false)) {
      ProgressListener listener = new ProgressListener(progress);
      spark.addSparkListener(listener);
      progress.stage("ingest");
      assertThat(progress.line()).isEqualTo("ingest      (0 s)");
      LocalSpark.session().range(10).repartition(3).count();
      spark.listenerBus().waitUntilEmpty();
      assertThat(progress.line()).matches("ingest     step [2-9]  \\(\\d+ s\\)");
      progress.stage("extract");
      assertThat(List.of(progress.line())).containsExactly("extract     (0 s)");
      spark.removeSparkListener(listener);
    }
  }
}
