package org.demarche.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands do with a warehouse of which a run was killed in its commit. */
class UnfinishedCommitTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @BeforeEach
  void leaveACommitUnfinished() throws IOException {
    Path staged = Files.createDirectories(folder.resolve("_staging/run-1"));
    Files.createDirectories(folder.resolve("speaker_scores"));
    Files.writeString(staged.resolve("_configuration.json"), "{\"speakers\": []}");
    Files.writeString(
        folder.resolve("_journal"), "run-1\n_configuration.json\t_configuration.json\nend\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"remove --outlet Post", "compact", "compact --dry-run", "score"})
  void aCommandThatWritesCompletesItBeforeItReadsTheSettings(String command) {
    run(command);
    assertThat(err.toString(UTF_8))
        .contains("kept from the warehouse's own configuration: speakers\n");
    assertThat(folder.resolve("_journal")).doesNotExist();
    assertThat(folder.resolve("_lock")).doesNotExist();
  }

  @Test
  void waitsForTheRunThatIsInItsCommit() throws IOException {
    Files.writeString(folder.resolve("_lock"), "another-machine 1 1800000000000 run-1\n");
    assertThat(run("compact")).isEqualTo(6);
    assertThat(folder.resolve("_journal")).exists();
  }

  @Test
  void aCommandThatReadsDoesNotMixTwoStates() {
    assertThat(run("report --out r.html")).isEqualTo(3);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "demarche report: A run is in the middle of its commit to the warehouse %s, or was killed there: some tables are new and others old. Read it when the run has ended; if it was killed, the next `demarche run` completes its commit\n"
                .formatted(folder));
  }

  private int run(String command) {
    Terminal terminal =
        new Terminal(
            new PrintStream(PrintStream.nullOutputStream()),
            new PrintStream(err, true, UTF_8),
            false,
            false);
    return Main.commandLine(terminal).execute((command + " --warehouse " + folder).split(" "));
  }
}
