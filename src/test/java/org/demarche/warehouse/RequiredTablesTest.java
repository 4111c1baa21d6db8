package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing is said without a Spark session: none is open here. */
class RequiredTablesTest {

  @TempDir private Path folder;

  @Test
  void saysThatThereIsNoWarehouse() {
    assertThatThrownBy(
            () -> RequiredTables.require(folder.resolve("w x").toString(), SpeakerScoreTable.TABLE))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessage("There is no warehouse at %s/w x: no such folder", folder);
  }

  @Test
  void saysWhichTableAnEmptyWarehouseLacks() {
    assertThatThrownBy(() -> RequiredTables.require(folder.toString(), SpeakerScoreTable.TABLE))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessage(
            "The warehouse %s has no table speaker_scores yet: run `demarche run` first", folder);
    assertThatThrownBy(
            () -> RequiredTables.require(folder.toString(), StatementProbabilityTable.TABLE))
        .hasMessageContaining("set score.probabilities=true");
  }

  @Test
  void asksTheFileSystemOfTheCluster() {
    // Under spark-submit a path without a scheme is on the cluster's file system.
    System.setProperty("spark.master", "yarn");
    System.setProperty("spark.hadoop.fs.defaultFS", "nowhere://press");
    try {
      assertThatThrownBy(() -> RequiredTables.require(folder.toString(), SpeakerScoreTable.TABLE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("nowhere");
    } finally {
      System.clearProperty("spark.master");
      System.clearProperty("spark.hadoop.fs.defaultFS");
    }
  }

  @Test
  void readsUriAndPathAlike() throws IOException {
    Files.createDirectories(folder.resolve("speaker_scores"));

    assertThatCode(() -> RequiredTables.require(folder.toString(), SpeakerScoreTable.TABLE))
        .doesNotThrowAnyException();
    assertThatCode(() -> RequiredTables.require(folder.toUri().toString(), SpeakerScoreTable.TABLE))
        .doesNotThrowAnyException();
  }
}
