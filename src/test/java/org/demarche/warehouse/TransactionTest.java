package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.warehouse.RejectTable.RejectRow;
import org.demarche.warehouse.TargetTable.TargetRow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionTest {

  @TempDir private Path folder;
  private Warehouse warehouse;

  @BeforeEach
  void openTheWarehouse() throws IOException {
    warehouse = Warehouse.at(LocalSpark.session(), folder.resolve("w").toString());
  }

  @Test
  void showsNothingBeforeTheCommit() throws IOException {
    try (Transaction transaction = begin("run-1")) {
      transaction.append(RejectTable.TABLE, "b1", rejects("one"));
      assertThat(details(warehouse.read(RejectTable.TABLE))).isEmpty();
      assertThat(details(transaction.read(RejectTable.TABLE))).containsExactly("one");
      transaction.commit();
    }
    assertThat(details(warehouse.read(RejectTable.TABLE))).containsExactly("one");
    assertThat(warehouse.batches(RejectTable.TABLE)).containsExactly("b1");
  }

  @Test
  void leavesNothingOfARunThatDied() throws IOException {
    commit("run-1", "b1", "one");
    try (Transaction transaction = begin("run-2")) {
      transaction.append(RejectTable.TABLE, "b2", rejects("two"));
    }
    assertThat(details(warehouse.read(RejectTable.TABLE))).containsExactly("one");
    assertThat(folder.resolve("w/_staging")).doesNotExist();
  }

  @Test
  void completesARunThatDiedAfterItsJournal() throws IOException {
    // What a run leaves that is killed right after the journal is in place.
    Path w = Files.createDirectories(folder.resolve("w"));
    Path staged = w.resolve("_staging/run-1/rejects/batch_id=b1");
    rejects("one").write().parquet(staged.toString());
    Files.writeString(
        w.resolve("_journal"), "run-1\nrejects/batch_id=b1\trejects/batch_id=b1\nend\n");
    begin("run-2").close();
    assertThat(details(warehouse.read(RejectTable.TABLE))).containsExactly("one");
    assertThat(w.resolve("_journal")).doesNotExist();
  }

  @Test
  void keepsTheTrashOfARunThatDiedBetweenTwoMoves() throws IOException {
    try (Transaction transaction = begin("run-1")) {
      transaction.replace(TargetTable.TABLE, targets("old"));
      transaction.commit();
    }
    // The old table is in the trash, the new one still in staging.
    Path w = folder.resolve("w");
    Files.createDirectories(w.resolve("_trash"));
    Files.move(w.resolve("targets"), w.resolve("_trash/run-2-1"));
    targets("new").write().parquet(w.resolve("_staging/run-2/targets").toString());
    Files.writeString(w.resolve("_journal"), "run-2\ntargets\ttargets\nend\n");
    begin("run-3").close();
    assertThat(warehouse.read(TargetTable.TABLE).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("new");
  }

  @Test
  void touchesNothingWhenTheJournalEndsEarly() throws IOException {
    commit("run-1", "b1", "one");
    Path w = folder.resolve("w");
    Files.createDirectories(w.resolve("_staging/run-2"));
    Files.writeString(w.resolve("_journal"), "run-2\nrejects/batch_id=b1\trejects/batch");
    assertThatThrownBy(() -> begin("run-3"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ends early");
    assertThat(w.resolve("_staging/run-2")).exists();
    assertThat(details(warehouse.read(RejectTable.TABLE))).containsExactly("one");
  }

  @Test
  void replacesTheFilesOfOneBatch() throws IOException {
    commit("run-1", "b1", "one", "two");
    commit("run-2", "b2", "three");
    try (Transaction transaction = begin("run-3")) {
      drop(transaction, "b1", "one");
      assertThat(details(transaction.read(RejectTable.TABLE)))
          .containsExactlyInAnyOrder("two", "three");
      assertThat(details(warehouse.read(RejectTable.TABLE))).contains("one");
      assertThatThrownBy(() -> drop(transaction, "b1", "two"))
          .isInstanceOf(IllegalStateException.class);
      transaction.commit();
    }
    assertThat(details(warehouse.read(RejectTable.TABLE)))
        .containsExactlyInAnyOrder("two", "three");
  }

  @Test
  void keepsAPlaceWithoutRowsReadable() throws IOException {
    commit("run-1", "b1", "one");
    try (Transaction transaction = begin("run-2")) {
      drop(transaction, "b1", "one");
      transaction.commit();
    }
    assertThat(details(warehouse.read(RejectTable.TABLE))).isEmpty();
    assertThat(warehouse.batches(RejectTable.TABLE)).containsExactly("b1");
  }

  @Test
  void clearsATableWhoseFilesItHasReplaced() throws IOException {
    commit("run-1", "b1", "one", "two");
    try (Transaction transaction = begin("run-2")) {
      drop(transaction, "b1", "one");
      transaction.clear(RejectTable.TABLE);
      transaction.append(RejectTable.TABLE, "b2", rejects("three"));
      transaction.commit();
    }
    assertThat(details(warehouse.read(RejectTable.TABLE))).containsExactly("three");
  }

  private static void drop(Transaction transaction, String batch, String detail)
      throws IOException {
    transaction.rewrite(
        RejectTable.TABLE,
        List.of(new Place(batch, null)),
        rows -> rows.where(functions.col("detail").notEqual(detail)));
  }

  @Test
  void deletesNothingWhenAMoveOfTheCommitFails() throws IOException {
    try (Transaction transaction = begin("run-1")) {
      transaction.replace(TargetTable.TABLE, targets("new"));
      // A file where a folder must go makes the move fail after the journal stands.
      Files.writeString(folder.resolve("w/_runs"), "in the way");
      assertThatThrownBy(() -> transaction.commit()).isInstanceOf(IOException.class);
      transaction.abandon(ExitStatus.UNEXPECTED, "in the way");
    }
    Files.delete(folder.resolve("w/_runs"));
    begin("run-2").close();
    assertThat(warehouse.read(TargetTable.TABLE).count()).isEqualTo(1);
  }

  @Test
  void sortsTheRowsOfAFile() throws IOException {
    List<RejectRow> rows =
        Stream.of("c", "a", "b")
            .map(file -> new RejectRow(file, 1, "malformed", "", "raw"))
            .toList();
    try (Transaction transaction = begin("run-1")) {
      transaction.append(
          RejectTable.TABLE,
          "b1",
          RejectTable.TABLE.codec().write(LocalSpark.session(), rows).coalesce(1));
      transaction.commit();
    }
    assertThat(warehouse.read(RejectTable.TABLE).collectAsList())
        .extracting(row -> row.<String>getAs("input_file"))
        .containsExactly("a", "b", "c");
  }

  @Test
  void putsAWholeTableInThePlaceOfTheOld() throws IOException {
    for (String name : List.of("old", "new")) {
      try (Transaction transaction = begin("run-" + name)) {
        transaction.replace(TargetTable.TABLE, targets(name));
        transaction.commit();
      }
    }
    assertThat(warehouse.read(TargetTable.TABLE).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("new");
  }

  @Test
  void dropsTheOldBatchesOfAClearedTable() throws IOException {
    commit("run-1", "b1", "one");
    try (Transaction transaction = begin("run-2")) {
      transaction.clear(RejectTable.TABLE);
      transaction.append(RejectTable.TABLE, "b2", rejects("two"));
      assertThat(transaction.batches(RejectTable.TABLE)).containsExactly("b2");
      transaction.commit();
    }
    assertThat(details(warehouse.read(RejectTable.TABLE))).containsExactly("two");
  }

  @Test
  void letsOneWriterInAtATime() throws IOException {
    Transaction first = begin("run-1");
    assertThatThrownBy(() -> begin("run-2"))
        .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
        .hasMessageContaining("process " + ProcessHandle.current().pid());
    first.close();
    begin("run-3").close();
  }

  @Test
  void takesOverTheLockOfAProcessThatIsGone() throws IOException {
    Files.createDirectories(folder.resolve("w"));
    // The number is that of this process, but the time of its start is another's.
    long number = ProcessHandle.current().pid();
    Files.writeString(
        folder.resolve("w/_lock"), WarehouseLock.machine() + " " + number + " 42 run-0\n");
    begin("run-1").close();
    assertThat(folder.resolve("w/_lock")).doesNotExist();
  }

  @Test
  void keepsOutOfTheLockOfAnotherContainerOnAHostOfTheSameName() throws IOException {
    Files.createDirectories(folder.resolve("w"));
    // No process here has that number, but it was not given here.
    Files.writeString(
        folder.resolve("w/_lock"), WarehouseLock.machine() + "-other 999999999 42 run-0\n");
    assertThatThrownBy(() -> begin("run-1"))
        .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
        .hasMessageContaining("process 999999999");
  }

  @Test
  void writesNothingOnceItsLockIsAnothers() throws IOException {
    String other = "elsewhere 1 42 run-2\n";
    try (Transaction transaction = begin("run-1")) {
      transaction.append(RejectTable.TABLE, "b1", rejects("one"));
      Files.writeString(folder.resolve("w/_lock"), other);
      assertThatThrownBy(() -> transaction.commit())
          .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
          .hasMessageContaining("taken by another run");
    }
    assertThat(details(warehouse.read(RejectTable.TABLE))).isEmpty();
    assertThat(folder.resolve("w/_lock")).hasContent(other.strip());
  }

  @Test
  void writesColumnsForATableThatNoBatchFilled() throws IOException {
    try (Transaction transaction = begin("run-1")) {
      transaction.append(
          StatementScoreTable.TABLE,
          "b1",
          LocalSpark.session().createDataFrame(List.of(), StatementScoreTable.TABLE.schema()));
      transaction.commit();
    }
    assertThat(parquetFiles()).hasSize(1);
    assertThat(warehouse.read(StatementScoreTable.TABLE).count()).isZero();
  }

  @Test
  void leavesNoLitterBesideTheData() throws IOException {
    commit("run-1", "b1", "one");
    try (Stream<Path> paths = Files.walk(folder)) {
      assertThat(paths.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".crc") || name.equals("_SUCCESS"));
    }
  }

  @Test
  void refusesARowThatLacksAValueThatEveryRowHas() throws IOException {
    try (Transaction transaction = begin("run-1")) {
      assertThatThrownBy(
              () -> transaction.append(RejectTable.TABLE, "b1", rejects(new String[] {null})))
          .hasStackTraceContaining("column detail");
    }
  }

  private Transaction begin(String run) throws IOException {
    return Transaction.begin(warehouse, new Manifest(run, List.of(), "{}"));
  }

  private void commit(String run, String batch, String... details) throws IOException {
    try (Transaction transaction = begin(run)) {
      transaction.append(RejectTable.TABLE, batch, rejects(details));
      transaction.commit();
    }
  }

  private List<Path> parquetFiles() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> path.toString().endsWith(".parquet")).toList();
    }
  }

  private static Dataset<Row> rejects(String... details) {
    List<RejectRow> rows =
        Stream.of(details)
            .map(detail -> new RejectRow("file", 1, "malformed", detail, "raw"))
            .toList();
    return RejectTable.TABLE.codec().write(LocalSpark.session(), rows).coalesce(1);
  }

  private static Dataset<Row> targets(String id) {
    return TargetTable.TABLE
        .codec()
        .write(LocalSpark.session(), List.of(new TargetRow(id, "a name", null)))
        .coalesce(1);
  }

  private static List<String> details(Dataset<Row> rejects) {
    return rejects.collectAsList().stream().map(row -> row.<String>getAs("detail")).toList();
  }
}
