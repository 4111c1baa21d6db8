package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.files.FailingFileSystem;
import org.demarche.files.FailingFileSystem.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that dies, or meets a full disk, at each of its operations on files in turn. Small texts
 * stand for tables, since a commit moves both alike.
 */
class TransactionFaultsTest {

  private static final Map<String, String> BEFORE =
      Map.of("a/batch_id=1/x", "old", "a/batch_id=2/x", "old", "whole/x", "old");

  private static final Map<String, String> AFTER =
      Map.of(
          "a/batch_id=1/x",
          "new",
          "a/batch_id=2/x",
          "old",
          "a/batch_id=3/x",
          "new",
          "whole/x",
          "new");

  @TempDir private Path folder;
  private Path w;

  @BeforeEach
  void knowTheFileSystem() {
    FailingFileSystem.in(LocalSpark.session().sparkContext().hadoopConfiguration());
  }

  @AfterEach
  void repair() {
    FailingFileSystem.repair();
  }

  @Test
  void aRunThatDiesLeavesTheStateBeforeOrAfterToTheNextWhichMayDieToo() throws IOException {
    boolean isCommitted = false;
    boolean hasDied = true;
    for (int i = 0; hasDied; i++) {
      boolean nextHasDied = true;
      for (int j = 0; nextHasDied; j++) {
        start("w-%d-%d".formatted(i, j));
        hasDied = !runs(i, Fault.DEATH);
        boolean isOpen = Files.exists(w.resolve("_journal"));
        if (!isOpen) {
          assertThat(texts()).as("dead at %d", i).isIn(BEFORE, AFTER);
        }
        isCommitted = isOpen || texts().equals(AFTER);
        // Before the journal stands, the next run has nothing to do in which it could die.
        FailingFileSystem.failAfter(isOpen ? j : Long.MAX_VALUE, Fault.DEATH);
        nextHasDied = !begins();
        assertThat(begins()).isTrue();
        assertThat(texts()).as("dead at %d and %d", i, j).isEqualTo(isCommitted ? AFTER : BEFORE);
        assertThat(underscored()).doesNotContain("_staging", "_journal", "_trash", "_lock");
      }
    }
    assertThat(isCommitted).isTrue();
  }

  @Test
  void aFullDiskLeavesTheStateBefore() throws IOException {
    boolean isDone = false;
    for (int i = 0; !isDone; i++) {
      start("w-" + i);
      isDone = runs(i, Fault.FULL_DISK);
      assertThat(texts()).as("full at %d", i).isEqualTo(isDone ? AFTER : BEFORE);
      assertThat(underscored()).containsExactly("_runs");
      try (Stream<Path> runs = Files.walk(w.resolve("_runs"))) {
        assertThat(runs.filter(Files::isRegularFile))
            .allSatisfy(manifest -> assertThat(manifest).content().endsWith("}\n"));
      }
      assertThat(begins()).isTrue();
    }
  }

  @Test
  void aLostLockIsToldRatherThanTheFilesThatTheOtherRunRemoved() throws IOException {
    start("w");
    try (Transaction transaction = Transaction.begin(warehouse(), manifest("run-1"))) {
      transaction.put("whole/x", "new");
      Files.delete(w.resolve("_lock"));
      begins();
      IOException missing = new IOException("there is no file _staging/run-1/whole/x");
      assertThatThrownBy(() -> transaction.checkLock(missing))
          .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
          .hasMessageContaining("taken by another run")
          .hasSuppressedException(missing);
    }
    assertThat(texts()).isEqualTo(BEFORE);
  }

  private void start(String name) throws IOException {
    w = folder.resolve(name);
    for (Map.Entry<String, String> text : BEFORE.entrySet()) {
      Files.createDirectories(w.resolve(text.getKey()).getParent());
      Files.writeString(w.resolve(text.getKey()), text.getValue());
    }
    Files.createDirectories(w.resolve("_runs"));
  }

  /** Runs as a pipeline does; returns false if {@code fault} strikes after {@code operations}. */
  private boolean runs(int operations, Fault fault) throws IOException {
    FailingFileSystem.failAfter(operations, fault);
    try (Transaction transaction = Transaction.begin(warehouse(), manifest("run-1"))) {
      try {
        transaction.putAll("a/batch_id=1", Map.of("x", "new"));
        transaction.putAll("a/batch_id=3", Map.of("x", "new"));
        transaction.putAll("whole", Map.of("x", "new"));
        transaction.commit();
      } catch (IOException e) {
        transaction.abandon(ExitStatus.OUTPUT_CONFLICT, "failed");
        throw e;
      }
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      FailingFileSystem.repair();
    }
  }

  /** Begins another run, and ends it; returns false if it dies. */
  private boolean begins() throws IOException {
    // The process that held the lock is this one, which is alive.
    Files.deleteIfExists(w.resolve("_lock"));
    try {
      Transaction.begin(warehouse(), manifest("run-2")).close();
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      FailingFileSystem.repair();
    }
  }

  private Warehouse warehouse() throws IOException {
    return Warehouse.at(LocalSpark.session(), FailingFileSystem.uri(w));
  }

  private static Manifest manifest(String run) {
    return new Manifest(run, List.of(), "{}");
  }

  /** Returns the texts that a reader of the warehouse meets. */
  private Map<String, String> texts() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(w)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = w.relativize(file).toString();
        if (!name.startsWith("_")) {
          texts.put(name, Files.readString(file));
        }
      }
    }
    return texts;
  }

  private List<String> underscored() throws IOException {
    try (Stream<Path> entries = Files.list(w)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("_"))
          .toList();
    }
  }
}
