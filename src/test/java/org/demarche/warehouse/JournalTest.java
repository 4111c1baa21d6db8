package org.demarche.warehouse;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.demarche.files.ObjectStoreFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  @TempDir private Path folder;

  @AfterEach
  void letTheStoreLive() {
    ObjectStoreFileSystem.killAfter(Integer.MAX_VALUE);
    Configuration hadoop = LocalSpark.session().sparkContext().hadoopConfiguration();
    hadoop.unset("fs.s3a.impl");
    hadoop.unset("fs.s3a.impl.disable.cache");
  }

  /** A process may die before any copy and any deletion, also while it completes a commit. */
  @Test
  void completesACommitThatWasKilledAnywhereInAnObjectStore() throws IOException {
    int deaths = 0;
    for (boolean killed = true; killed; deaths++) {
      Path bucket = Files.createDirectories(folder.resolve("bucket-" + deaths));
      ObjectStoreFileSystem.in(bucket, LocalSpark.session().sparkContext().hadoopConfiguration());
      Warehouse warehouse = Warehouse.at(LocalSpark.session(), "s3a://press/w");
      write(bucket, "w/targets/old-1", "w/targets/old-2", "w/rejects/batch_id=b1/old");
      write(bucket, "w/_staging/run/targets/new-1", "w/_staging/run/targets/new-2");
      write(bucket, "w/_staging/run/rejects/batch_id=b2/new");
      Files.writeString(bucket.resolve("w/_configuration.json"), "old");
      Files.writeString(bucket.resolve("w/_staging/run/_configuration.json"), "new");
      Files.writeString(
          bucket.resolve("w/_journal"),
          "run\ntargets\ttargets\nrejects/batch_id=b2\trejects/batch_id=b2\n"
              + "_configuration.json\t_configuration.json\nend\n");
      killed = isKilled(warehouse, deaths);
      isKilled(warehouse, 3); // the run that completes it may die, too
      ObjectStoreFileSystem.killAfter(Integer.MAX_VALUE);
      Journal.recover(warehouse.files(), warehouse.root());
      assertThat(files(bucket.resolve("w")))
          .as("killed after %d steps", deaths)
          .isEqualTo(
              Map.of(
                  "targets/new-1", "",
                  "targets/new-2", "",
                  "rejects/batch_id=b1/old", "",
                  "rejects/batch_id=b2/new", "",
                  "_configuration.json", "new"));
    }
    assertThat(deaths).isGreaterThan(10);
  }

  private static boolean isKilled(Warehouse warehouse, int steps) throws IOException {
    ObjectStoreFileSystem.killAfter(steps);
    try {
      Journal.recover(warehouse.files(), warehouse.root());
      return false;
    } catch (ObjectStoreFileSystem.Killed killed) {
      return true;
    }
  }

  private static void write(Path bucket, String... names) throws IOException {
    for (String name : names) {
      Files.createDirectories(bucket.resolve(name).getParent());
      Files.writeString(bucket.resolve(name), "");
    }
  }

  private static Map<String, String> files(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .collect(
              toMap(
                  path -> root.relativize(path).toString(),
                  JournalTest::text,
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
