package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.demarche.ExitStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small files that a run leaves beside the tables: later versions read them. */
class StoredFilesTest {

  @TempDir private Path folder;
  private Warehouse warehouse;

  @BeforeEach
  void openTheWarehouse() throws IOException {
    warehouse = Warehouse.at(LocalSpark.session(), folder.resolve("w").toString());
  }

  @Test
  void readsWhatItStored() throws IOException {
    InputFile file = new InputFile("file:/in/a\n\tb.jsonl", 9, 42);
    StoredPrior shifted =
        new StoredPrior("stance", "f3", new double[] {.25, .75}, new double[][] {{.5, .5}, {1, 0}});
    try (Transaction transaction = begin()) {
      Recipe.AGGREGATED_SCORES.store(transaction, "d1");
      new ScoringModel("stance", "model f3: good: of its kind").store(transaction);
      KnownFiles.store(transaction, "b1", List.of(file));
      shifted.store(transaction);
      new StoredPrior("tone", "f4", null, null).store(transaction);
      StoredConfiguration.update(transaction, before -> before.replace("}", "\"a\":1}"));
      assertThat(Recipe.AGGREGATED_SCORES.digest(transaction)).contains("d1");
      assertThat(Recipe.AGGREGATED_SCORES.digest(warehouse)).isEmpty();
      assertThat(StoredPrior.of(transaction).get("tone").shares()).isNull();
      transaction.commit();
    }
    assertThat(folder.resolve("w/_recipes/aggregated-scores")).hasContent("d1");
    assertThat(folder.resolve("w/_models/stance"))
        .hasContent("stance: model f3: good: of its kind");
    assertThat(folder.resolve("w/_batches/b1")).content().matches("[0-9a-f]{20}\t9\t42\n");
    assertThat(folder.resolve("w/_priors/stance"))
        .hasContent(
            "{\"scale\":\"stance\",\"model\":\"f3\",\"shares\":[0.25,0.75],"
                + "\"mean_probabilities\":[[0.5,0.5],[1.0,0.0]]}\n");
    assertThat(folder.resolve("w/_configuration.json")).hasContent("{\"a\":1}\n");

    assertThat(Recipe.AGGREGATED_SCORES.digest(warehouse)).contains("d1");
    assertThat(Recipe.SCORE.digest(warehouse)).isEmpty();
    assertThat(ScoringModel.all(warehouse))
        .containsExactly(new ScoringModel("stance", "model f3: good: of its kind"));
    assertThat(StoredPrior.of(warehouse))
        .usingRecursiveComparison()
        .isEqualTo(Map.of("stance", shifted, "tone", new StoredPrior("tone", "f4", null, null)));
    KnownFiles known = KnownFiles.of(warehouse);
    assertThat(known.has(file)).isTrue();
    assertThat(known.has(new InputFile(file.path(), 9, 43))).isFalse();
    assertThat(known.hasPathOf(new InputFile(file.path(), 9, 43))).isTrue();
    assertThat(known.hasPathOf(new InputFile("file:/in/a", 9, 42))).isFalse();
  }

  @Test
  void recordsARunInItsManifest() throws IOException {
    try (Transaction transaction = begin()) {
      Manifest manifest = transaction.manifest();
      manifest.input(new InputFile("file:/in/a.jsonl", 9, 42));
      manifest.stage("ingest", Map.of("records", 3L), Duration.ofMillis(70), 50);
      manifest.model("stance", "f3");
      manifest.prior("stance", new Manifest.Prior(200, Map.of("for", .5), null, "few"));
      manifest.warning("careful");
      transaction.commit();
    }
    JsonNode root = manifest("run-1");
    assertThat(root.fieldNames())
        .toIterable()
        .containsExactly(
            "run_id",
            "status",
            "exit_code",
            "started_at",
            "stages",
            "configuration",
            "versions",
            "inputs",
            "counts",
            "models",
            "priors",
            "warnings",
            "ended_at",
            "milliseconds",
            "task_cpu_milliseconds");
    assertThat(root.path("status").asText()).isEqualTo("done");
    assertThat(root.path("exit_code").asInt(-1)).isZero();
    assertThat(root.path("stages")).hasToString("[\"ingest\"]");
    assertThat(root.path("configuration")).hasToString("{\"low-n\":2}");
    assertThat(root.path("inputs")).hasToString("[{\"file\":\"file:/in/a.jsonl\",\"bytes\":9}]");
    assertThat(root.path("counts")).hasToString("{\"ingest\":{\"records\":3}}");
    assertThat(root.path("priors"))
        .hasToString(
            "{\"stance\":{\"statements\":200,\"trained\":{\"for\":0.5},\"left_since\":\"few\"}}");
    assertThat(root.path("milliseconds").path("ingest").asLong()).isEqualTo(70);
    assertThat(root.path("task_cpu_milliseconds").path("ingest").asLong()).isEqualTo(50);
  }

  @Test
  void recordsWhyARunFailed() throws IOException {
    try (Transaction transaction = begin()) {
      transaction.manifest().extractionFaults(Map.of("m1", "a fault"));
      transaction.abandon(ExitStatus.QUALITY_GATE, "too many rejects");
    }
    JsonNode root = manifest("run-1");
    assertThat(root.path("status").asText()).isEqualTo("failed");
    assertThat(root.path("exit_code").asInt()).isEqualTo(4);
    assertThat(root.path("message").asText()).isEqualTo("too many rejects");
    assertThat(root.path("extraction_faults"))
        .hasToString("[{\"article_id\":\"m1\",\"fault\":\"a fault\"}]");
  }

  private Transaction begin() throws IOException {
    return Transaction.begin(warehouse, new Manifest("run-1", List.of("ingest"), "{\"low-n\": 2}"));
  }

  private JsonNode manifest(String run) throws IOException {
    return new ObjectMapper()
        .readTree(Files.readString(folder.resolve("w/_runs/" + run + "/manifest.json")));
  }

  /** The caller of a library may want the checksums of his own files. */
  @Test
  void leavesTheFileSystemOfTheSessionAsItIs() throws IOException {
    FileSystem callers =
        FileSystem.get(folder.toUri(), LocalSpark.session().sparkContext().hadoopConfiguration());
    callers.setWriteChecksum(true);
    try {
      Warehouse.at(LocalSpark.session(), folder.resolve("w").toString());
      callers.create(new org.apache.hadoop.fs.Path(folder.resolve("mine").toUri())).close();
      assertThat(folder.resolve(".mine.crc")).exists();
    } finally {
      callers.setWriteChecksum(false);
    }
  }
}
