package org.demarche.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.config.Settings;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.Manifest;
import org.demarche.warehouse.RejectTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Transaction;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compaction changes files, and no row. */
class CompactIT {

  private static final SparkSession SPARK = LocalSpark.session();

  private static final List<String> SAYINGS =
      List.of(
          "We want talks with Orleth before the winter",
          "Orleth has broken every promise that it made",
          "The treaty is the best that we could get");

  private static final List<String> NAMES = List.of("Ana Vidal", "Tomas Brandt", "Rosa Lind");

  /** So large that every table fits into one file. */
  private static final long LARGE = 128 << 20;

  @TempDir private static Path shared;

  @TempDir private Path folder;
  private Path input;
  private Path w;

  @BeforeAll
  static void runThreeNights() throws IOException {
    Files.createDirectories(shared.resolve("in"));
    for (int night = 1; night <= 3; night++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int month = 1 + (night + i) % 5;
        lines.add(story("n%d-%d".formatted(night, i), "2031-%02d-%02d".formatted(month, night), i));
      }
      lines.add(story("undated-" + night, null, night));
      lines.add("{");
      Files.write(shared.resolve("in/night-%d.jsonl".formatted(night)), lines);
      BundledRun.of(settings(shared.resolve("w"), shared.resolve("in")));
    }
  }

  @BeforeEach
  void copyTheWarehouse() throws IOException {
    // Of two versions of an article, the one in the file that comes later by name holds.
    input = Files.createTempDirectory(shared, "later");
    w = folder.resolve("w");
    FileUtils.copyDirectory(shared.resolve("w").toFile(), w.toFile());
  }

  @Test
  void putsAllBatchesTogetherAndChangesNoRow() throws IOException {
    Map<String, List<String>> before = allRows();
    long files = files().size();
    assertSorted(ArticleTable.TABLE);
    assertThat(files(ArticleTable.TABLE)).hasSizeGreaterThan(12);

    Map<String, Long> counts = compact(LARGE);

    assertThat(allRows()).isEqualTo(before);

    for (Table<?> table : WarehouseRules.TABLES) {
      assertThat(files(table)).as(table.name()).hasSize(least(table));
      assertSorted(table);
    }
    assertThat(counts)
        .containsEntry("batches_before", 3L)
        .containsEntry("batches_after", 1L)
        .containsEntry("files_before", files)
        .containsEntry("files_after", (long) files().size());
    assertThat(counts.get("bytes_after")).isLessThan(counts.get("bytes_before"));
    assertWhole();

    // Nothing is new, so neither a run nor another compaction has anything to do.
    assertThat(run().get(Stage.EXTRACT)).containsEntry("articles", 0L);
    assertThat(compact(LARGE)).containsEntry("batches_before", 1L).containsEntry("rows", 0L);
    assertThat(allRows()).isEqualTo(before);

    // What was taken in is not known without an early manifest, and is not compared.
    try (Stream<Path> runs = Files.list(w.resolve("_runs"))) {
      FileUtils.deleteDirectory(runs.sorted().findFirst().orElseThrow().toFile());
    }
    assertWhole();
  }

  @Test
  void dividesArticlesByDaysWhereThereAreMany() throws IOException {
    Map<String, List<String>> before = allRows();
    assertThat(compact(4000).get("batches_after")).isGreaterThan(2L);
    assertThat(allRows()).isEqualTo(before);
    assertWhole();

    Map<String, List<String>> days = new TreeMap<>();
    warehouse().read(ArticleTable.TABLE).collectAsList().stream()
        .sorted((a, b) -> day(a).compareTo(day(b)))
        .forEach(
            row ->
                days.computeIfAbsent(row.getAs(Table.BATCH), b -> new ArrayList<>()).add(day(row)));
    assertThat(days.values())
        .allSatisfy(
            each ->
                assertThat(days.values())
                    .allMatch(
                        other ->
                            other == each
                                || other.get(0).compareTo(each.get(each.size() - 1)) > 0
                                || each.get(0).compareTo(other.get(other.size() - 1)) > 0));

    // A correction writes the files of one batch again, and those of its own.
    List<Path> old = files(StatementTable.TABLE);
    Files.writeString(input.resolve("4.jsonl"), story("n1-0", "2031-02-01", 2) + "\n");
    assertThat(run().get(Stage.INGEST)).containsEntry("corrected", 1L);
    Set<Path> changed =
        Stream.of(old, files(StatementTable.TABLE))
            .flatMap(files -> files.stream())
            .filter(file -> !old.contains(file) || !Files.exists(file))
            .map(Path::getParent)
            .collect(Collectors.toSet());
    assertThat(changed).hasSize(2);
    assertWhole();
  }

  private static String day(Row article) {
    return String.valueOf(article.<Object>getAs("published_date")).replace("null", "");
  }

  @Test
  void givesFilesOfTheSizeThatWasAskedFor() throws IOException {
    // All on one day, so that they are in one batch.
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      lines.add(story("many-" + i, "2031-06-01", i));
    }
    Files.write(input.resolve("4.jsonl"), lines);
    run();
    Map<String, List<String>> before = allRows();
    compact(6000);
    assertThat(allRows()).isEqualTo(before);
    assertThat(files(ArticleTable.TABLE)).hasSizeGreaterThan(3);
    assertSorted(ArticleTable.TABLE);
    assertWhole();
  }

  @Test
  void goesOnWithNightsAndRemovals() throws IOException {
    compact(LARGE);
    Files.write(
        input.resolve("night-4.jsonl"),
        List.of(
            story("n5-0", "2031-04-09", 1),
            story("n5-1", "2031-05-09", 2),
            // An earlier printing, which becomes the original, and a correction.
            story("n3-5", "2031-01-01", 0)));
    assertThat(run().get(Stage.INGEST))
        .containsEntry("articles", 3L)
        .containsEntry("corrected", 1L);
    assertThat(files(ArticleTable.TABLE)).as("one for each month").hasSizeLessThan(5);
    Pipeline.remove(
        warehouse(),
        settings(w),
        new Removal(Set.of("n1-1", "undated-2"), Set.of()),
        LocalSpark.silent());
    assertWhole();
    compact(LARGE);
    assertThat(files(ArticleTable.TABLE)).hasSize(1);
    assertWhole();

    Path once = folder.resolve("once");
    BundledRun.of(settings(once));
    Pipeline.remove(
        Warehouse.at(SPARK, once.toString()),
        settings(once),
        new Removal(Set.of("n1-1", "undated-2"), Set.of()),
        LocalSpark.silent());
    for (Table<?> table : WarehouseRules.TABLES) {
      if (!table.equals(RejectTable.TABLE)) {
        assertThat(rows(w, table)).as(table.name()).isEqualTo(rows(once, table));
      }
    }
  }

  @Test
  void scoresASpeakerOfACompactedWarehouseAnewWhereOnlyStatementsWereScored() throws IOException {
    Files.writeString(input.resolve("4.jsonl"), story("n5-0", "2031-04-09", 1) + "\n");
    Pipeline.run(
        SPARK,
        settings(w),
        List.of(Stage.INGEST, Stage.EXTRACT, Stage.SCORE),
        false,
        LocalSpark.silent());
    compact(LARGE);
    run();
    Path once = folder.resolve("once");
    BundledRun.of(settings(once));
    for (Table<?> table : WarehouseRules.TABLES) {
      if (!table.equals(RejectTable.TABLE)) {
        assertThat(rows(w, table)).as(table.name()).isEqualTo(rows(once, table));
      }
    }
    assertWhole();
  }

  @Test
  void keepsRejectsOfTheSameRecordApart() throws IOException {
    // The file has grown, and its bad record is rejected once more.
    Path file = input.resolve("4.jsonl");
    for (String more : List.of("{", story("n4-0", "2031-04-09", 1))) {
      Files.writeString(file, more + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      run();
    }
    Map<String, List<String>> before = allRows();
    compact(LARGE);
    assertThat(allRows()).isEqualTo(before);
    assertThat(files(RejectTable.TABLE)).hasSize(2);
    assertThat(files(StatementTable.TABLE)).hasSize(1);
    assertWhole();
  }

  @Test
  void refusesWhatAStageHasStillToRead() throws IOException {
    Files.writeString(input.resolve("4.jsonl"), story("n5-0", "2031-04-09", 1) + "\n");
    Pipeline.run(SPARK, settings(w), List.of(Stage.INGEST), false, LocalSpark.silent());
    assertThatThrownBy(() -> compact(LARGE))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("statements lacks articles that were ingested since");
  }

  @Test
  void onlySaysWhatItWouldDo() throws IOException {
    List<Path> before = files();
    assertThat(Compact.dryRun(warehouse(), LARGE, LocalSpark.silent()))
        .containsEntry("batches_before", 3L)
        .containsEntry("batches_after", 1L)
        .containsEntry("files_before", (long) before.size())
        .containsEntry(
            "files_after", (long) WarehouseRules.TABLES.stream().mapToInt(CompactIT::least).sum());
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void leavesTheOldStateWhenItIsKilledBeforeItsJournal() throws IOException {
    Map<String, List<String>> before = allRows();
    List<Path> files = files();
    stage();
    assertThat(allRows()).isEqualTo(before);
    Files.delete(w.resolve("_lock"));
    run();
    assertThat(files(ArticleTable.TABLE)).isEqualTo(within(files, ArticleTable.TABLE));
    assertWhole();
  }

  @Test
  void isCompletedWhenItIsKilledBetweenTwoMoves() throws IOException {
    Map<String, List<String>> before = allRows();
    Path staged = stage();
    List<String> moves = new ArrayList<>();
    List<Path> all;
    try (Stream<Path> entries = Files.list(staged)) {
      all = entries.filter(each -> !each.endsWith("_aggregated")).sorted().toList();
    }
    all.forEach(each -> moves.add(each.getFileName() + "\t" + each.getFileName()));
    moves.add("_aggregated/batches\t_aggregated/batches");
    Files.writeString(
        w.resolve("_journal"), staged.getFileName() + "\n" + String.join("\n", moves) + "\nend\n");
    // Half of the tables are moved; of one the old state is away and the new one not yet there.
    Path trash = Files.createDirectories(w.resolve("_trash"));
    for (int i = 0; i < all.size() / 2; i++) {
      Path to = w.resolve(all.get(i).getFileName());
      Files.move(to, trash.resolve(staged.getFileName() + "-" + (i + 1)));
      if (i > 0) {
        Files.move(all.get(i), to);
      }
    }
    Files.delete(w.resolve("_lock"));
    run();
    assertThat(allRows()).isEqualTo(before);
    assertThat(files(ArticleTable.TABLE)).hasSize(1);
    assertWhole();
  }

  /** Compacts up to the commit, and leaves the warehouse as a killed process does. */
  private Path stage() throws IOException {
    Transaction killed =
        Transaction.begin(warehouse(), new Manifest("killed", List.of("compact"), "{}"));
    Compact.run(killed, LARGE);
    return w.resolve("_staging/killed");
  }

  private Map<String, Long> compact(long fileBytes) throws IOException {
    return Pipeline.compact(warehouse(), settings(w), fileBytes, LocalSpark.silent())
        .counts()
        .get(Stage.COMPACT);
  }

  private Map<Stage, Map<String, Long>> run() throws IOException {
    return BundledRun.of(settings(w));
  }

  private Settings settings(Path warehouse) {
    return settings(warehouse, input);
  }

  private static Settings settings(Path warehouse, Path input) {
    return Settings.of(
        List.of(
            new Settings.Layer(
                "test",
                """
                targets = [{id = orleth, name = Orleth, aliases = []}]
                aggregate.windows = [all, month]
                gates.rejected-share = 1
                score.probabilities = true
                warehouse = "%s"
                articles.paths = ["%s", "%s"]"""
                    .formatted(warehouse, shared.resolve("in"), input))));
  }

  private static String story(String id, String date, int i) {
    String text =
        "“%s,” %s said on Monday. Story %s of the harbour: the boats stay in until the council has met."
            .formatted(SAYINGS.get(i % SAYINGS.size()), NAMES.get(i % NAMES.size()), id);
    return "{\"id\": \"%s\", %s\"outlet\": \"Post\", \"text\": \"%s\"}"
        .formatted(id, date == null ? "" : "\"date\": \"%s\", ".formatted(date), text);
  }

  private Warehouse warehouse() throws IOException {
    return Warehouse.at(SPARK, w.toString());
  }

  private void assertWhole() throws IOException {
    PreflightCheck.Result found = WarehouseCheck.run(warehouse());
    assertThat(found.lines().subList(0, found.lines().size() - 1))
        .allMatch(line -> line.endsWith(" ok"));
  }

  private Map<String, List<String>> allRows() throws IOException {
    Map<String, List<String>> rows = new TreeMap<>();
    for (Table<?> table : WarehouseRules.TABLES) {
      rows.put(table.name(), rows(w, table));
    }
    return rows;
  }

  private static List<String> rows(Path warehouse, Table<?> table) throws IOException {
    Dataset<Row> rows = Warehouse.at(SPARK, warehouse.toString()).read(table);
    return rows.drop("run_id", Table.BATCH).toJSON().collectAsList().stream().sorted().toList();
  }

  /** Checks that the rows of each file are in the order of the table. */
  private void assertSorted(Table<?> table) throws IOException {
    String[] keys = table.sortedBy().toArray(String[]::new);
    for (Path file : files(table)) {
      Dataset<Row> rows = SPARK.read().parquet(file.toString()).coalesce(1);
      assertThat(rows.selectExpr(keys).collectAsList())
          .as("%s %s", file, rows.count())
          .isEqualTo(table.sort(rows).selectExpr(keys).collectAsList());
    }
  }

  /** A compaction leaves one file of a table, but one for all time and each quarter of windows. */
  private static int least(Table<?> table) {
    return table.layout() == Table.Layout.BY_WINDOW ? 3 : 1;
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Table<?> table : WarehouseRules.TABLES) {
      files.addAll(files(table));
    }
    return files;
  }

  private List<Path> files(Table<?> table) throws IOException {
    try (Stream<Path> files = Files.walk(w.resolve(table.name()))) {
      return new ArrayList<>(
          files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList());
    }
  }

  private List<Path> within(List<Path> files, Table<?> table) {
    return files.stream().filter(file -> file.startsWith(w.resolve(table.name()))).toList();
  }
}
