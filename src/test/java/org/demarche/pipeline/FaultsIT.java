package org.demarche.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.demarche.ExitStatus;
import org.demarche.config.Settings;
import org.demarche.files.FailingFileSystem;
import org.demarche.files.FailingFileSystem.Fault;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full, a folder that cannot be read, or a lock that is lost ends a run with its
 * exit status; the tables stay as they were, and the next run completes.
 */
class FaultsIT {

  private static final SparkSession SPARK = LocalSpark.session();

  /** A night creates more files than these. */
  private static final int FILES = 40;

  @TempDir private static Path shared;

  private static Map<String, List<String>> before;

  @TempDir private Path folder;

  @BeforeAll
  static void runTheFirstNight() throws IOException {
    FailingFileSystem.in(SPARK.sparkContext().hadoopConfiguration());
    Files.createDirectories(shared.resolve("in/closed"));
    deliver("in/1.jsonl", "We want talks with Orleth", "a", "b");
    BundledRun.of(settings(shared.resolve("w")));
    before = rows(shared.resolve("w"));
    deliver("in/closed/2.jsonl", "Orleth has broken its promise", "b", "c");
  }

  @BeforeEach
  void copyTheWarehouse() throws IOException {
    FileUtils.copyDirectory(shared.resolve("w").toFile(), folder.resolve("w").toFile());
  }

  @AfterEach
  void repair() {
    FailingFileSystem.repair();
  }

  @Test
  void aFullDisk() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 3; i++) {
      int full = random.nextInt(FILES);
      FailingFileSystem.failAfter(full, Fault.FULL_DISK);
      assertFails(ExitStatus.OUTPUT_CONFLICT, "a disk is full");
      assertThat(FailingFileSystem.repair()).as("full after %d files", full).isTrue();
      assertThat(rows()).isEqualTo(before);
    }
    assertCompletes();
    PreflightCheck.Result found =
        WarehouseCheck.run(Warehouse.at(SPARK, folder.resolve("w").toString()));
    assertThat(found.lines().subList(0, found.lines().size() - 1))
        .allMatch(line -> line.endsWith(" ok"));
  }

  @Test
  void anUnreadableFolder() throws IOException {
    FailingFileSystem.forbid("closed");
    assertFails(ExitStatus.INPUT_MISSING, "cannot be read: permission denied");
    FailingFileSystem.repair();
    assertThat(rows()).isEqualTo(before);
    assertCompletes();
  }

  @Test
  void aLostLock() throws IOException {
    // While the run is held up, another one takes the lock over, and clears the staged files away.
    FailingFileSystem.interveneAfter(
        30,
        () -> {
          Files.writeString(folder.resolve("w/_lock"), "another-machine 1 1800000000000 other\n");
          FileUtils.deleteDirectory(folder.resolve("w/_staging").toFile());
        });
    assertFails(ExitStatus.OUTPUT_CONFLICT, "was taken by another run");
    assertThat(FailingFileSystem.repair()).isTrue();
    assertThat(folder.resolve("w/_lock")).content().contains("another-machine");
    assertThat(rows()).isEqualTo(before);
  }

  private void assertFails(ExitStatus status, String message) {
    Failure failure = Failure.of(catchThrowable(this::run));
    assertThat(failure.line()).contains(message);
    assertThat(failure.status()).isEqualTo(status);
  }

  private void assertCompletes() throws IOException {
    assertThat(run().get(Stage.INGEST))
        .containsEntry("articles", 2L)
        .containsEntry("corrected", 1L);
  }

  private Map<Stage, Map<String, Long>> run() throws IOException {
    return BundledRun.of(settings(folder.resolve("w")));
  }

  private static Settings settings(Path warehouse) {
    return Settings.of(
        List.of(
            new Settings.Layer(
                "test",
                """
                targets = [{id = orleth, name = Orleth, aliases = []}]
                aggregate.windows = [all]
                warehouse = "%s"
                articles.paths = ["%s"]"""
                    .formatted(
                        FailingFileSystem.uri(warehouse),
                        FailingFileSystem.uri(shared.resolve("in"))))));
  }

  private static void deliver(String file, String said, String... ids) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String id : ids) {
      lines.add(
          "{\"id\": \"%s\", \"date\": \"2031-03-01\", \"text\": \"“%s,” Ana Vidal said on Monday about %s.\"}"
              .formatted(id, said, id));
    }
    Files.write(shared.resolve(file), lines);
  }

  private Map<String, List<String>> rows() throws IOException {
    return rows(folder.resolve("w"));
  }

  private static Map<String, List<String>> rows(Path warehouse) throws IOException {
    Map<String, List<String>> rows = new TreeMap<>();
    for (Table<?> table : WarehouseRules.TABLES) {
      Stream<String> all =
          Warehouse.at(SPARK, warehouse.toString())
              .read(table)
              .drop("run_id", Table.BATCH)
              .toJSON()
              .collectAsList()
              .stream();
      rows.put(table.name(), all.sorted().toList());
    }
    return rows;
  }
}
