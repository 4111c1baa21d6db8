package org.demarche.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.config.StorageSettings;
import org.demarche.config.StorageSettings.Catalog;
import org.demarche.config.StorageSettings.Format;
import org.demarche.publish.PostgresServer;
import org.demarche.warehouse.RejectTable.RejectRow;
import org.demarche.warehouse.TargetTable.TargetRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What only tables in Iceberg do; other tests run with either format. The build leaves this class
 * out where Iceberg has no runtime for the Spark.
 */
class IcebergTablesTest {

  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir private Path folder;
  private Catalog catalog = new Catalog(null, null, "demarche");

  private Warehouse open(int keptRuns) throws IOException {
    return Warehouse.at(SPARK, folder.resolve("w").toString(), settings(keptRuns));
  }

  private StorageSettings settings(int keptRuns) {
    return new StorageSettings(false, Format.ICEBERG, catalog, keptRuns);
  }

  @Test
  void keepsTheStateOfEachRunUnderItsTag() throws IOException {
    Warehouse warehouse = open(30);
    replaceTargets(warehouse, "1", "orleth");
    replaceTargets(warehouse, "2", "dam");
    assertThat(targets(warehouse.read(TargetTable.TABLE))).containsExactly("dam");
    assertThat(targets(asOf(warehouse, TargetTable.TABLE, "run-1"))).containsExactly("orleth");
    // The table that the second run did not write has the tag, too.
    appendReject(warehouse, "3", "b1");
    replaceTargets(warehouse, "4", "strait");
    assertThat(asOf(warehouse, RejectTable.TABLE, "run-4").count()).isEqualTo(1);
  }

  @Test
  void deletesTheStatesOfOlderRuns() throws IOException {
    Warehouse warehouse = open(2);
    for (String run : List.of("1", "2", "3", "4")) {
      replaceTargets(warehouse, run, "target-" + run);
    }
    assertThat(table(warehouse, TargetTable.TABLE).refs().keySet())
        .containsExactlyInAnyOrder("main", "run-3", "run-4");
    // Iceberg also keeps the file that the oldest of these runs has replaced.
    assertThat(dataFiles("targets")).hasSize(3);
  }

  @Test
  void leavesNothingOfARunThatFails() throws IOException {
    Warehouse warehouse = open(30);
    try (Transaction transaction = begin(warehouse, "1")) {
      transaction.replace(TargetTable.TABLE, targets("orleth"));
      assertThat(targets(transaction.read(TargetTable.TABLE))).containsExactly("orleth");
      assertThat(warehouse.has(TargetTable.TABLE)).isFalse();
    }
    assertThat(folder.resolve("w")).doesNotExist();

    replaceTargets(warehouse, "2", "dam");
    try (Transaction transaction = begin(warehouse, "3")) {
      transaction.replace(TargetTable.TABLE, targets("orleth"));
    }
    assertThat(targets(warehouse.read(TargetTable.TABLE))).containsExactly("dam");
    assertThat(dataFiles("targets")).hasSize(1);
  }

  @Test
  void removesWhatAKilledRunHasStaged() throws IOException {
    Warehouse warehouse = open(30);
    replaceTargets(warehouse, "1", "dam");
    StagedTables killed = warehouse.tables().stage("2");
    killed.replace(TargetTable.TABLE, targets("orleth"));
    killed.append(RejectTable.TABLE, "b1", rejects("one"));
    Files.createDirectories(folder.resolve("w/_staging/2")); // as each run begins
    Path orphan = folder.resolve("w/targets/data/of-a-task-that-was-killed.parquet");
    Files.writeString(orphan, "half a file");

    begin(warehouse, "3").close();
    assertThat(dataFiles("targets")).hasSize(1);
    assertThat(folder.resolve("w/rejects")).doesNotExist();
    assertThat(table(warehouse, TargetTable.TABLE).refs()).containsOnlyKeys("main", "run-1");
    assertThat(targets(warehouse.read(TargetTable.TABLE))).containsExactly("dam");
  }

  @Test
  void completesACommitThatWasInterrupted() throws IOException {
    Warehouse warehouse = open(30);
    replaceTargets(warehouse, "1", "dam");
    StagedTables staged = warehouse.tables().stage("2");
    staged.replace(TargetTable.TABLE, targets("orleth"));
    staged.append(RejectTable.TABLE, "b1", rejects("one"));
    Files.createDirectories(folder.resolve("w/_staging/2"));
    Journal.publish(warehouse, Journal.draft(warehouse, "2", staged.steps(false)));
    // One table was made current, but not named, before the run was killed.
    var targets = table(warehouse, TargetTable.TABLE);
    targets
        .manageSnapshots()
        .replaceBranch("main", targets.snapshot("staged-2").snapshotId())
        .removeBranch("staged-2")
        .commit();

    begin(warehouse, "3").close();
    assertThat(targets(warehouse.read(TargetTable.TABLE))).containsExactly("orleth");
    assertThat(warehouse.batches(RejectTable.TABLE)).containsExactly("b1");
    assertThat(targets(asOf(warehouse, TargetTable.TABLE, "run-2"))).containsExactly("orleth");
  }

  @Test
  void goesOnBesideATableThatAKilledRunHasOnlyMade() throws IOException {
    Warehouse warehouse = open(30);
    try (IcebergCatalog tables = warehouse.format().open(warehouse.files(), warehouse.root())) {
      replaceTargets(warehouse, "1", "dam");
      tables.findOrCreate(RejectTable.TABLE);
    }
    replaceTargets(warehouse, "2", "orleth");
    appendReject(warehouse, "3", "b1");
    assertThat(warehouse.batches(RejectTable.TABLE)).containsExactly("b1");
  }

  @Test
  void leavesNoNameOfOthersOnWhatIsForgotten() throws IOException {
    Warehouse warehouse = open(30);
    replaceTargets(warehouse, "1", "orleth");
    var targets = table(warehouse, TargetTable.TABLE);
    targets
        .manageSnapshots()
        .createTag("of-an-analyst", targets.currentSnapshot().snapshotId())
        .commit();
    replaceTargets(warehouse, "2", "dam");
    assertThat(table(warehouse, TargetTable.TABLE).refs()).containsKey("of-an-analyst");
    try (Transaction transaction = begin(warehouse, "3")) {
      transaction.forgetHistory();
      transaction.commit();
    }
    assertThat(table(warehouse, TargetTable.TABLE).refs()).containsOnlyKeys("main", "run-3");
    assertThat(dataFiles("targets")).hasSize(1);
  }

  @Test
  void keepsItsPartitionsUntilACompactionCommits() throws IOException {
    Warehouse warehouse = open(30);
    Dataset<Row> none = SPARK.createDataFrame(List.of(), ArticleTable.TABLE.readSchema());
    try (Transaction transaction = begin(warehouse, "1")) {
      transaction.append(ArticleTable.TABLE, "b1", none);
      transaction.commit();
    }
    try (Transaction transaction = begin(warehouse, "2")) {
      transaction.replace(ArticleTable.TABLE, List.of("c1"), none, 10);
    }
    assertThat(warehouse.isByMonth(ArticleTable.TABLE)).isTrue();
    try (Transaction transaction = begin(warehouse, "3")) {
      transaction.replace(ArticleTable.TABLE, List.of("c1"), none, 10);
      transaction.commit();
    }
    assertThat(warehouse.isByMonth(ArticleTable.TABLE)).isFalse();
    assertThat(warehouse.batches(ArticleTable.TABLE)).containsExactly("c1");
  }

  @Test
  void publishesTheCommittedFilesAlone() throws IOException {
    Warehouse warehouse = open(30);
    replaceTargets(warehouse, "1", "orleth");
    replaceTargets(warehouse, "2", "dam");
    assertThat(CommittedFiles.of(folder.resolve("w"), TargetTable.TABLE).orElseThrow())
        .singleElement()
        .satisfies(
            file ->
                assertThat(targets(SPARK.read().parquet(file.toString()))).containsExactly("dam"));
    assertThat(CommittedFiles.of(folder.resolve("w"), RejectTable.TABLE)).isEmpty();
  }

  @Test
  void tellsOtherProgramsWhatTheColumnsMeanAndHowRowsLie() throws IOException {
    Warehouse warehouse = open(30);
    replaceTargets(warehouse, "1", "dam");
    appendReject(warehouse, "2", "b1");
    var targets = table(warehouse, TargetTable.TABLE);
    Schema columns = targets.schema();
    assertThat(columns.findField("name").doc()).isEqualTo("name for people to read");
    assertThat(columns.identifierFieldNames()).containsExactly("target_id");
    assertThat(targets.sortOrder().fields()).hasSize(1);
    assertThat(targets.properties()).containsEntry("comment", TargetTable.TABLE.about());
    assertThat(table(warehouse, RejectTable.TABLE).spec().fields())
        .extracting(field -> field.name())
        .containsExactly("batch_id");
  }

  @Test
  void keepsItsBatchesWhenAnotherProgramPutsFilesTogether() throws IOException {
    Warehouse warehouse = open(1);
    appendReject(warehouse, "1", "b1");
    try (Transaction transaction = begin(warehouse, "2")) {
      transaction.append(RejectTable.TABLE, "b2", rejects());
      transaction.commit();
    }
    table(warehouse, RejectTable.TABLE).rewriteManifests().clusterBy(file -> "").commit();
    replaceTargets(warehouse, "3", "dam");
    assertThat(warehouse.batches(RejectTable.TABLE)).containsExactly("b1", "b2");
    assertThat(warehouse.read(RejectTable.TABLE).count()).isEqualTo(1);
  }

  @Test
  void remembersItsFormatAndRefusesToChangeThatOfAnother() throws IOException {
    Warehouse warehouse = open(30);
    replaceTargets(warehouse, "1", "dam");
    Warehouse again = Warehouse.at(SPARK, folder.resolve("w").toString());
    assertThat(targets(again.read(TargetTable.TABLE))).containsExactly("dam");

    Path parquet = folder.resolve("parquet");
    replaceTargets(Warehouse.at(SPARK, parquet.toString()), "1", "dam");
    assertThatThrownBy(() -> Warehouse.at(SPARK, parquet.toString(), settings(30)))
        .satisfies(Thrown.with(ExitStatus.USAGE))
        .hasMessageContainingAll("has its tables in Parquet", "a new folder");
  }

  @Test
  void registersTablesInADatabase() throws IOException, InterruptedException {
    Optional<PostgresServer> started = PostgresServer.start();
    assumeTrue(started.isPresent(), "there is no PostgreSQL");
    PostgresServer server = started.get();
    try {
      catalog = new Catalog(server.url(), null, "press");
      Warehouse warehouse = open(30);
      replaceTargets(warehouse, "1", "orleth");
      replaceTargets(warehouse, "2", "dam");
      try (Transaction transaction = begin(warehouse, "3")) {
        transaction.append(RejectTable.TABLE, "b1", rejects("one"));
      }
      assertThat(targets(warehouse.read(TargetTable.TABLE))).containsExactly("dam");
      assertThat(targets(asOf(warehouse, TargetTable.TABLE, "run-1"))).containsExactly("orleth");
      assertThat(warehouse.has(RejectTable.TABLE)).isFalse();
      // Another warehouse of the same name in the same database would take this one's tables.
      Warehouse other = Warehouse.at(SPARK, folder.resolve("other").toString(), settings(30));
      assertThatThrownBy(() -> replaceTargets(other, "4", "strait"))
          .satisfies(Thrown.with(ExitStatus.USAGE))
          .hasMessageContainingAll("the tables of another warehouse", "warehouse.iceberg.name");
    } finally {
      server.stop();
    }
  }

  private static org.apache.iceberg.Table table(Warehouse warehouse, Table<?> table)
      throws IOException {
    return warehouse.format().open(warehouse.files(), warehouse.root()).find(table).orElseThrow();
  }

  private static Dataset<Row> asOf(Warehouse warehouse, Table<?> table, String tag) {
    String name = ((IcebergTables) warehouse.tables()).sqlName(table, "main");
    return SPARK.sql("SELECT * FROM %s VERSION AS OF '%s'".formatted(name, tag));
  }

  private List<Path> dataFiles(String table) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("w").resolve(table).resolve("data"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  private static Transaction begin(Warehouse warehouse, String run) throws IOException {
    return Transaction.begin(warehouse, new Manifest(run, List.of(), "{}"));
  }

  private static void replaceTargets(Warehouse warehouse, String run, String target)
      throws IOException {
    try (Transaction transaction = begin(warehouse, run)) {
      transaction.replace(TargetTable.TABLE, targets(target));
      transaction.commit();
    }
  }

  private static void appendReject(Warehouse warehouse, String run, String batch)
      throws IOException {
    try (Transaction transaction = begin(warehouse, run)) {
      transaction.append(RejectTable.TABLE, batch, rejects("one"));
      transaction.commit();
    }
  }

  private static List<String> targets(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  private static Dataset<Row> targets(String id) {
    List<TargetRow> rows = List.of(new TargetRow(id, "a name", null));
    return TargetTable.TABLE.codec().write(SPARK, rows).coalesce(1);
  }

  private static Dataset<Row> rejects(String... details) {
    List<RejectRow> rows =
        Stream.of(details)
            .map(detail -> new RejectRow("file", 1, "malformed", detail, "raw"))
            .toList();
    return RejectTable.TABLE.codec().write(SPARK, rows).coalesce(1);
  }
}
