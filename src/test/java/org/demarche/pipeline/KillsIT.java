package org.demarche.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.assertj.core.api.SoftAssertions;
import org.demarche.ExitStatus;
import org.demarche.cli.Demo;
import org.demarche.cluster.LoopbackCluster;
import org.demarche.cluster.TableRows;
import org.demarche.config.Settings;
import org.demarche.files.Storage;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the driver, an executor or a worker of a run on a real cluster at a random moment, and
 * looks at what is left.
 *
 * <p>{@code -Dkills=50} says how many times. Kill number n draws its victim and its moment from the
 * seed {@code -Dkills.seed} + n, and the seed also says what the run does, so that a single kill
 * can be repeated. {@code kills.tsv} in the folder of the build gets a line for each.
 */
class KillsIT {

  private static final int KILLS = Integer.getInteger("kills", 3);
  // The three kills from here on have a victim of each kind.
  private static final long SEED = Long.getLong("kills.seed", 30);
  private static final Path LOG =
      Path.of(System.getProperty("build.directory", "target")).resolve("kills.tsv");

  private static final Removal REMOVAL = new Removal(Set.of(), Set.of("Port Yavan Post"));
  private static final long FILE_BYTES = 128 << 20;

  private enum Victim {
    DRIVER,
    EXECUTOR,
    WORKER
  }

  /** What a run does; each goes on with the warehouse that the one above it leaves. */
  private enum Step {
    FIRST_RUN,
    NIGHT,
    CORRECTION,
    REMOVAL,
    COMPACTION
  }

  /** What a step leaves that nobody killed. */
  private record Undisturbed(Path warehouse, Map<String, List<String>> rows) {}

  @TempDir private static Path work;

  private static LoopbackCluster cluster;
  private static Path config;

  /** How long a run takes on the cluster that nobody kills; all steps take about as long. */
  private static long millis;

  private static final List<String> INPUT = new ArrayList<>();
  private static final Map<Step, Undisturbed> UNDISTURBED = new EnumMap<>(Step.class);

  @BeforeAll
  static void startTheClusterAndWriteTheInput() throws Exception {
    assumeTrue(LoopbackCluster.isBuilt(), "no demarche.jar: run with mvn verify");
    cluster = LoopbackCluster.start(work);
    config =
        Files.writeString(
            work.resolve("kills.conf"),
            """
            targets = [
              {id = velmora, name = Velmora, aliases = [Velmoran, Karsholt]}
              {id = ardessa, name = Ardessa, aliases = [Ardessan, Belisar]}
            ]
            aggregate.windows = [all, month]
            score.probabilities = true
            """);
    List<String> articles;
    try (var in = Demo.class.getResourceAsStream("/org/demarche/demo/articles.jsonl")) {
      articles = new String(in.readAllBytes(), UTF_8).lines().toList();
    }
    List<String> second = new ArrayList<>(articles.subList(30, articles.size()));
    second.add("{");
    write("1.jsonl", articles.subList(0, 30));
    write("2.jsonl", second);
    write(
        "3.jsonl",
        articles.subList(27, 33).stream()
            .map(line -> line.replaceFirst("\"text\": *\"", "$0Corrected. "))
            .toList());
    Path measured = work.resolve("measured");
    long began = System.nanoTime();
    LoopbackCluster.Ended ended =
        cluster.submit("measured", options(), arguments(Step.FIRST_RUN, measured));
    millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    assertThat(ended.code()).as(ended.output()).isZero();
    UNDISTURBED.put(Step.FIRST_RUN, new Undisturbed(measured, rows(measured)));
    Files.writeString(
        LOG, "seed\tstep\tvictim\tmoment\tof\tended\tfound\tcheck\tnext run\tstate after it\n");
  }

  private static void write(String name, List<String> lines) throws IOException {
    INPUT.add(Files.write(work.resolve(name), lines).toString());
  }

  @AfterAll
  static void stopTheCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void leavesTheStateBeforeOrAfter() throws Exception {
    SoftAssertions softly = new SoftAssertions(); // one fault must not keep the others from the log
    Path warehouse = null;
    for (long seed = SEED; seed < SEED + KILLS; seed++) {
      Step step = Step.values()[(int) Math.floorMod(seed, (long) Step.values().length)];
      if (step == Step.FIRST_RUN || warehouse == null) {
        warehouse = copyBefore(step, "w" + seed);
      }
      kill(seed, step, warehouse, softly);
      if (!softly.wasSuccess()) {
        warehouse = null;
      }
    }
    softly.assertAll();
  }

  private static void kill(long seed, Step step, Path warehouse, SoftAssertions softly)
      throws Exception {
    Undisturbed undisturbed = undisturbed(step);
    Map<String, List<String>> before = rows(warehouse);
    SplittableRandom random = new SplittableRandom(seed);
    Victim victim = Victim.values()[random.nextInt(Victim.values().length)];
    long moment = (long) (random.nextDouble() * millis);

    String name = "kill-" + seed;
    Process run = cluster.start(name, options(), arguments(step, warehouse));
    boolean isKilled = !run.waitFor(moment, TimeUnit.MILLISECONDS) && isKilled(victim, run, random);
    LoopbackCluster.Ended ended = cluster.await(name, run);
    cluster.replaceWorkers();

    boolean isOpen = Files.exists(warehouse.resolve("_journal"));
    Map<String, List<String>> rows = rows(warehouse);
    String found = state(rows, before, undisturbed.rows());
    List<String> faults = faults(warehouse);
    String next = next(step, warehouse);
    Map<String, List<String>> last = rows(warehouse);
    List<String> lastFaults =
        isOpen || !faults.isEmpty() || !last.equals(rows) ? faults(warehouse) : List.of();
    Files.writeString(
        LOG,
        String.join(
                "\t",
                "" + seed,
                step.name(),
                victim.name() + (isKilled ? "" : " (the run had ended)"),
                "" + moment,
                "" + millis,
                "" + ended.code(),
                (isOpen ? "in its commit: " : "") + found,
                verdict(faults),
                next,
                state(last, before, undisturbed.rows()) + ", " + verdict(lastFaults))
            + "\n",
        StandardOpenOption.APPEND);

    if (victim == Victim.DRIVER && isKilled) {
      softly.assertThat(faults).as(name).allMatch(line -> line.startsWith("runs "));
    } else {
      softly.assertThat(ended.code()).as(ended.output()).isZero();
      softly.assertThat(faults).as(name).isEmpty();
    }
    if (!isOpen) {
      softly.assertThat(found).as(name).isIn("before", "after", "before = after");
    }
    softly.assertThat(next).as(name).isEqualTo("done");
    softly.assertThat(last).as(name).isEqualTo(undisturbed.rows());
    softly.assertThat(lastFaults).as(name).isEmpty();
  }

  private static String verdict(List<String> faults) {
    return faults.isEmpty() ? "whole" : String.join("; ", faults);
  }

  /** Kills a process of {@code run}; returns false if it ended before there was one to kill. */
  private static boolean isKilled(Victim victim, Process run, SplittableRandom random)
      throws InterruptedException {
    if (victim == Victim.DRIVER) {
      return run.toHandle().destroyForcibly();
    }
    List<ProcessHandle> executors = cluster.executors();
    while (executors.isEmpty()) {
      // Nothing tells when an executor starts but to look.
      if (run.waitFor(50, TimeUnit.MILLISECONDS)) {
        return false;
      }
      executors = cluster.executors();
    }
    ProcessHandle executor = executors.get(random.nextInt(executors.size()));
    return (victim == Victim.WORKER ? executor.parent().orElseThrow() : executor).destroyForcibly();
  }

  /** Returns what {@code step} leaves if nobody kills it. */
  private static Undisturbed undisturbed(Step step) throws Exception {
    Undisturbed known = UNDISTURBED.get(step);
    if (known == null) {
      Path warehouse = copyBefore(step, "undisturbed-" + step);
      assertThat(next(step, warehouse)).isEqualTo("done");
      known = new Undisturbed(warehouse, rows(warehouse));
      UNDISTURBED.put(step, known);
    }
    return known;
  }

  /** Returns a warehouse on which {@code step} can be run. */
  private static Path copyBefore(Step step, String name) throws Exception {
    Path warehouse = work.resolve(name);
    if (step != Step.FIRST_RUN) {
      FileUtils.copyDirectory(
          undisturbed(Step.values()[step.ordinal() - 1]).warehouse().toFile(), warehouse.toFile());
    }
    return warehouse;
  }

  private static List<String> options() {
    return List.of(
        "--driver-memory", "1g",
        "--executor-memory", "1g",
        "--executor-cores", "2",
        "--total-executor-cores", "2",
        "--conf", "spark.ui.enabled=false",
        "--conf", "spark.sql.shuffle.partitions=2",
        // What makes large data fast only costs time here.
        "--conf", "spark.sql.adaptive.enabled=false",
        "--conf", "spark.sql.codegen.wholeStage=false",
        "--conf", "spark.sql.codegen.factoryMode=NO_CODEGEN");
  }

  private static List<String> arguments(Step step, Path warehouse) {
    List<String> arguments = new ArrayList<>();
    switch (step) {
      case REMOVAL -> arguments.addAll(List.of("remove", "--outlet", outlet()));
      case COMPACTION -> arguments.add("compact");
      default -> {
        arguments.addAll(List.of("run", "--config", config.toString()));
        input(step).forEach(file -> arguments.addAll(List.of("--articles", file)));
      }
    }
    arguments.addAll(List.of("--warehouse", warehouse.toString()));
    return arguments;
  }

  private static String outlet() {
    return REMOVAL.outlets().iterator().next();
  }

  /** Returns the files that have been delivered by the time of {@code step}. */
  private static List<String> input(Step step) {
    return INPUT.subList(0, Math.min(step.ordinal() + 1, INPUT.size()));
  }

  /** Does the step in this process; returns "done" or why it failed. */
  private static String next(Step step, Path warehouse) throws IOException {
    Settings settings =
        Settings.of(
            List.of(
                Settings.Layer.text("test", "warehouse", warehouse.toString()),
                Settings.Layer.texts("test", "articles.paths", input(step)),
                new Settings.Layer("kills.conf", Files.readString(config))));
    Warehouse opened = Warehouse.at(LocalSpark.session(), warehouse.toString());
    try {
      switch (step) {
        case REMOVAL -> Pipeline.remove(opened, settings, REMOVAL, LocalSpark.silent());
        case COMPACTION -> Pipeline.compact(opened, settings, FILE_BYTES, LocalSpark.silent());
        default -> BundledRun.of(settings);
      }
      return "done";
    } catch (Exception e) { // Spark throws checked exceptions undeclared
      Failure failure = Failure.of(e);
      return "%s: %s".formatted(failure.status(), failure.line());
    }
  }

  private static Map<String, List<String>> rows(Path warehouse) throws IOException, SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    for (Table<?> table : WarehouseRules.TABLES) {
      rows.put(table.name(), TableRows.of(warehouse, table.name()));
    }
    return rows;
  }

  /**
   * Says whether all tables have the rows of one state; if not, which tables have those of which.
   */
  private static String state(
      Map<String, List<String>> rows,
      Map<String, List<String>> before,
      Map<String, List<String>> after) {
    if (rows.equals(after)) {
      return before.equals(after) ? "before = after" : "after";
    }
    if (rows.equals(before)) {
      return "before";
    }
    Map<String, String> each = new TreeMap<>();
    rows.forEach(
        (table, found) -> {
          boolean isOld = found.equals(before.get(table));
          if (!found.equals(after.get(table)) || !isOld) {
            each.put(
                table,
                isOld
                    ? "before"
                    : found.equals(after.get(table))
                        ? "after"
                        : found.isEmpty() ? "away" : "between");
          }
        });
    return each.toString();
  }

  /** Returns the lines of the check that are not "ok". */
  private static List<String> faults(Path warehouse) throws IOException {
    if (!WarehouseCheck.isPossible(warehouse.toString(), Storage.ofProcess())) {
      return List.of();
    }
    PreflightCheck.Result result =
        WarehouseCheck.run(Warehouse.at(LocalSpark.session(), warehouse.toString()));
    List<String> faults =
        result.lines().stream()
            .filter(line -> !line.endsWith(" ok") && !line.startsWith("whole "))
            .map(line -> line.replaceAll(" +", " "))
            .toList();
    assertThat(faults.isEmpty()).isEqualTo(result.status() == ExitStatus.DONE);
    return faults;
  }
}
