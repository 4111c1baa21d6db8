package org.demarche.pipeline;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.console.Progress;
import org.demarche.files.Storage;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Transaction;
import org.demarche.warehouse.Warehouse;
import org.demarche.warehouse.WarehouseSession;

/**
 * Checks that a warehouse is whole: that its files can be read and that its tables agree with each
 * other and with the manifests of the runs. It changes nothing.
 *
 * <p>A check that needs a damaged table is not made. Neither is one that compares tables of two
 * stages if the earlier stage has changed its tables since the later one ran: they need not agree
 * then.
 */
public final class WarehouseCheck {

  /** Number of examples that a line shows. */
  private static final int EXAMPLES = 3;

  private static final String RUNS = "_runs";
  private static final String MODELS = "_models";

  /** A file of the folder {@code _models}, as the rules read it. */
  public record Model(String scale, String description) {}

  private final Warehouse warehouse;
  private final SparkSession spark;
  private final WarehouseLayout layout;
  private final List<String> lines = new ArrayList<>();

  /** The tables that have a view. */
  private final Set<String> readable = new TreeSet<>();

  private int checks;
  private int faulty;
  private int notMade;

  private WarehouseCheck(Warehouse warehouse) throws IOException {
    // The caller's session must not keep the functions and views that the rules need.
    this.spark = WarehouseSession.beside(warehouse.spark());
    this.warehouse = Warehouse.at(spark, warehouse.root().toString());
    this.layout = new WarehouseLayout(this.warehouse);
  }

  /** Returns, without a Spark session, whether {@code location} has tables or runs to check. */
  static boolean isPossible(String location, Storage storage) {
    try {
      Path root = new Path(storage.qualified(location));
      FileSystem files = root.getFileSystem(storage.hadoop());
      for (Table<?> table : WarehouseRules.TABLES) {
        if (files.exists(new Path(root, table.name()))) {
          return true;
        }
      }
      return files.exists(new Path(root, RUNS));
    } catch (IOException e) {
      return false; // PreflightCheck says why the folder cannot be read
    }
  }

  /**
   * Opens a session and checks the warehouse at {@code location}.
   *
   * @return a line for each check and one that sums up; the status is {@link
   *     ExitStatus#INPUT_MISSING} if the warehouse is not whole, and {@link
   *     ExitStatus#OUTPUT_CONFLICT} if a run is writing to it. Empty if no run has written there
   */
  public static Optional<PreflightCheck.Result> run(String location, Progress progress)
      throws IOException {
    if (!isPossible(location, Storage.ofProcess())) {
      return Optional.empty();
    }
    try (progress;
        WarehouseSession session = WarehouseSession.open("demarche check", progress)) {
      progress.stage("check");
      return Optional.of(run(session.warehouse(location)));
    }
  }

  /** Checks {@code warehouse} as {@link #run(String, Progress)} does, in the session it has. */
  static PreflightCheck.Result run(Warehouse warehouse) throws IOException {
    Path root = warehouse.root();
    try {
      Transaction.checkFree(
          root.getFileSystem(warehouse.spark().sparkContext().hadoopConfiguration()), root);
    } catch (DemarcheException e) {
      return new PreflightCheck.Result(
          List.of(line("runs", "FAULT: " + e.getMessage())), e.status());
    }
    WarehouseCheck check = new WarehouseCheck(warehouse);
    check.all();
    return check.result();
  }

  private void all() throws IOException {
    List<String> unfinished = layout.unfinishedCommit();
    if (!unfinished.isEmpty()) {
      line("runs", unfinished); // some tables are new and others old: they cannot agree
      return;
    }
    RunHistory history = RunHistory.of(warehouse);
    line("runs", layout.leftovers());
    line("runs: manifests", history.faults());
    line("tables", layout.missing());
    line("batches", layout.batches(history));
    files();
    rules(history);
  }

  private PreflightCheck.Result result() {
    lines.add(
        line(
            "whole",
            "%s: %,d checks%s%s"
                .formatted(
                    faulty == 0 ? "yes" : "NO",
                    checks,
                    faulty == 0 ? "" : ", %,d of them found faults".formatted(faulty),
                    notMade == 0 ? "" : ", and %,d could not be made".formatted(notMade))));
    return new PreflightCheck.Result(
        lines, faulty == 0 ? ExitStatus.DONE : ExitStatus.INPUT_MISSING);
  }

  private static String line(String name, String found) {
    return "%-38s %s".formatted(name, found);
  }

  private void line(String name, List<String> faults) {
    line(name, new Found(faults.size(), faults.stream().limit(EXAMPLES).toList()));
  }

  private void line(String name, Found found) {
    checks++;
    if (found.count == 0) {
      lines.add(line(name, "ok"));
    } else {
      faulty++;
      String more = found.count > found.examples.size() ? "; …" : "";
      lines.add(
          line(
              name,
              "FAULT: %,d found: %s%s"
                  .formatted(found.count, String.join("; ", found.examples), more)));
    }
  }

  /** Checks the files of each table, and makes a view of each table that can be read. */
  private void files() throws IOException {
    Map<Table<?>, Parallel.Result<Found>> found = new LinkedHashMap<>();
    try (Parallel together = new Parallel()) {
      for (Table<?> table : WarehouseRules.TABLES) {
        if (warehouse.has(table)) {
          found.put(table, together.start(() -> Found.of(TableFiles.faults(warehouse, table))));
        }
      }
      for (Map.Entry<Table<?>, Parallel.Result<Found>> each : found.entrySet()) {
        line(each.getKey().name() + ": files", each.getValue().get());
        if (each.getValue().get().count == 0) {
          view(each.getKey());
        }
      }
    }
  }

  private void view(Table<?> table) throws IOException {
    Dataset<Row> rows = warehouse.read(table);
    Column file =
        rows.inputFiles().length == 0
            ? functions.lit("")
            : functions.regexp_replace(
                functions.col("_metadata.file_path"), "^.*/(?=%s/)".formatted(table.name()), "");
    view(table.name(), rows.select(functions.col("*"), file.as("file")));
  }

  private void view(String name, Dataset<Row> rows) {
    rows.createOrReplaceTempView(name);
    readable.add(name);
  }

  private void rules(RunHistory history) throws IOException {
    RuleFunctions.register(spark);
    view(RUNS, RunHistory.CODEC.write(spark, history.runs()));
    List<Model> models =
        warehouse.texts(MODELS).entrySet().stream()
            .map(file -> new Model(file.getKey(), file.getValue()))
            .toList();
    view(MODELS, new RecordCodec<>(Model.class).write(spark, models));
    Map<WarehouseRule, Parallel.Result<Found>> found = new LinkedHashMap<>();
    try (Parallel together = new Parallel()) {
      for (WarehouseRule rule : WarehouseRules.ALL) {
        if (reasonNotTo(rule, history).isEmpty()) {
          found.put(rule, together.start(() -> Found.of(spark.sql(rule.query()))));
        }
      }
      for (WarehouseRule rule : WarehouseRules.ALL) {
        if (found.containsKey(rule)) {
          line(rule.name(), found.get(rule).get());
        } else if (isOnTables(rule)) {
          notMade++;
          lines.add(line(rule.name(), "not checked: " + reasonNotTo(rule, history).orElseThrow()));
        }
      }
    }
  }

  /** Returns whether all tables of {@code rule} exist; a stage that has not run wrote none. */
  private boolean isOnTables(WarehouseRule rule) throws IOException {
    for (String table : rule.tables()) {
      if (!readable.contains(table) && !layout.has(table)) {
        return false;
      }
    }
    return true;
  }

  /** Returns why {@code rule} cannot be checked; empty if it can. */
  private Optional<String> reasonNotTo(WarehouseRule rule, RunHistory history) {
    Set<String> damaged = new TreeSet<>(rule.tables());
    damaged.removeAll(readable);
    EnumSet<Stage> stages = EnumSet.noneOf(Stage.class);
    rule.tables().forEach(table -> WarehouseLayout.stage(table).ifPresent(stages::add));
    if (stages.size() > 1) {
      stages.add(Stage.INGEST); // it also drops what was made of articles that it corrects
    }
    return damaged.isEmpty()
        ? history.behind(stages)
        : Optional.of("%s cannot be read".formatted(String.join(", ", damaged)));
  }

  /** How many faults there are, and some of them. */
  private record Found(long count, List<String> examples) {

    /** Runs {@code query}, which returns a row for each fault. */
    static Found of(Dataset<Row> query) {
      try {
        long count = query.count();
        if (count == 0) {
          return new Found(0, List.of());
        }
        Column[] all = Stream.of(query.columns()).map(functions::col).toArray(Column[]::new);
        List<Row> first = query.sort(all).limit(EXAMPLES).collectAsList();
        return new Found(count, first.stream().map(Found::text).toList());
      } catch (Exception e) { // Spark throws checked exceptions undeclared
        Failure failure = Failure.of(e);
        if (failure.status() != ExitStatus.INPUT_MISSING) {
          throw e;
        }
        // The footers are read before; this is damage in the middle of a file.
        return new Found(1, List.of(failure.line()));
      }
    }

    private static String text(Row row) {
      String place =
          IntStream.range(1, row.size())
              .filter(i -> !row.isNullAt(i))
              .mapToObj(i -> row.schema().apply(i).name() + " " + row.get(i))
              .map(value -> StringUtils.abbreviate(value, 200))
              .collect(joining(", "));
      return place.isEmpty() ? row.getString(0) : row.getString(0) + " (" + place + ")";
    }
  }
}
