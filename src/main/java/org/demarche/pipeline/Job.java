package org.demarche.pipeline;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.files.Storage;
import org.demarche.metrics.RunMetrics;
import org.demarche.warehouse.Manifest;
import org.demarche.warehouse.Transaction;

/**
 * What a run does.
 *
 * @param first what {@link Stage#REMOVE} or {@link Stage#COMPACT} does; null without these
 * @param manifest what becomes of it
 */
record Job(
    Settings settings,
    List<Stage> stages,
    boolean dropsTargets,
    FirstStage first,
    Manifest manifest) {

  /** A stage that is told what to do by more than settings; returns what it counted. */
  interface FirstStage {
    Map<String, Long> run(Transaction transaction) throws IOException;
  }

  Job(Settings settings, List<Stage> stages, boolean dropsTargets, FirstStage first) {
    this(
        settings,
        stages,
        dropsTargets,
        first,
        new Manifest(runId(), stages.stream().map(Stage::label).toList(), settings.rendered()));
  }

  static Job removal(Settings settings, Removal removal, Progress progress) {
    FirstStage remove = transaction -> Remove.run(transaction, removal, progress);
    return new Job(settings, List.of(Stage.REMOVE), false, remove);
  }

  static Job compaction(Settings settings, long fileBytes) {
    FirstStage compact = transaction -> Compact.run(transaction, fileBytes);
    return new Job(settings, List.of(Stage.COMPACT), false, compact);
  }

  /** The work of a run. */
  interface Work {
    Pipeline.Result run() throws IOException;
  }

  /** Does its work, and writes its metrics however it ends. */
  Pipeline.Result told(Progress progress, Work work) throws IOException {
    RunMetrics.check(settings.metrics(), settings.requiredWarehouse());
    try {
      Pipeline.Result result = work.run();
      tell(ExitStatus.DONE, null, progress);
      return result;
    } catch (Throwable e) { // Spark throws checked exceptions undeclared, and memory can run out
      Failure failure = Failure.of(e);
      tell(failure.status(), failure.line(), progress);
      throw e;
    }
  }

  private void tell(ExitStatus status, String message, Progress progress) {
    if (stages.contains(Stage.REMOVE) || stages.contains(Stage.COMPACT)) {
      return; // these succeed also after a night that failed, which monitoring must go on to see
    }
    try {
      String place = Storage.ofProcess().qualified(settings.requiredWarehouse());
      String absolute =
          Storage.local(place).map(local -> local.toAbsolutePath().toString()).orElse(place);
      RunMetrics.write(settings.metrics(), manifest.end(status, message), absolute);
    } catch (DemarcheException | IOException e) {
      progress.note(e.getMessage()); // the run has ended as it has ended
    }
  }

  /** Returns an id made of time and process number, so that runs sort by time. */
  private static String runId() {
    return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS")
            .withZone(ZoneOffset.UTC)
            .format(Instant.now())
        + "-"
        + Long.toHexString(ProcessHandle.current().pid());
  }
}
