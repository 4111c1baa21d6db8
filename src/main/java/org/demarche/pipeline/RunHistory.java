package org.demarche.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.Warehouse;

/**
 * What the manifests of a warehouse say of its runs.
 *
 * @param runs the runs with a readable manifest, the earliest first
 * @param faults which manifests cannot be read, in a line each
 */
record RunHistory(List<Run> runs, List<String> faults) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One run. The numbers are counts of its stages; null if it did not count them.
   *
   * @param stages labels of its stages, separated by a space
   * @param records records that it read
   * @param articles articles that it took in, corrected ones too
   * @param corrected articles that took the place of an earlier version
   * @param superseded records with a later version in the same run
   * @param withdrawn records that were kept out because they had been removed
   * @param removed articles that it removed
   * @param removedRejects rejects that it removed
   * @param extracted articles that it looked for statements in
   * @param scored statements that it scored
   * @param speakers rows of the table {@code speakers} after it
   * @param speakerScores rows of the table {@code speaker_scores} after it
   * @param mergedBatches how many batches fewer there are because it put them together
   */
  public record Run(
      String runId,
      String status,
      String stages,
      Long records,
      Long articles,
      Long rejects,
      Long duplicates,
      Long corrected,
      Long superseded,
      Long withdrawn,
      Long removed,
      Long removedRejects,
      Long extracted,
      Long scored,
      Long speakers,
      Long speakerScores,
      Long mergedBatches) {

    private static Run of(JsonNode manifest) {
      JsonNode counts = manifest.path("counts");
      return new Run(
          manifest.path("run_id").asText(),
          manifest.path("status").asText(),
          String.join(
              " ",
              StreamSupport.stream(manifest.path("stages").spliterator(), false)
                  .map(JsonNode::asText)
                  .toList()),
          count(counts, "/ingest/records"),
          count(counts, "/ingest/articles"),
          count(counts, "/ingest/rejects"),
          count(counts, "/ingest/duplicates"),
          count(counts, "/ingest/corrected"),
          count(counts, "/ingest/superseded"),
          count(counts, "/ingest/withdrawn"),
          count(counts, "/remove/articles"),
          count(counts, "/remove/rejects"),
          count(counts, "/extract/articles"),
          count(counts, "/score/statements"),
          count(counts, "/aggregate/speakers"),
          count(counts, "/aggregate/speaker_scores"),
          difference(counts, "/compact/batches_before", "/compact/batches_after"));
    }

    private static Long difference(JsonNode counts, String from, String less) {
      Long most = count(counts, from);
      Long least = count(counts, less);
      return most == null || least == null ? null : Long.valueOf(most - least);
    }

    private static Long count(JsonNode counts, String name) {
      JsonNode count = counts.at(name);
      return count.isIntegralNumber() ? count.longValue() : null;
    }

    private boolean ran(Stage stage) {
      return status.equals("done") && Arrays.asList(stages.split(" ")).contains(stage.label());
    }

    /** Returns whether the stage changed its tables, and did not only find that nothing is new. */
    private boolean changed(Stage stage) {
      Long rows =
          switch (stage) {
            case REMOVE -> removed;
            case INGEST -> articles;
            case EXTRACT -> extracted;
            case SCORE -> scored;
            case AGGREGATE -> speakers;
            case COMPACT -> 0L; // no row is another
          };
      return ran(stage) && rows != null && rows > 0;
    }
  }

  /** Reads and writes the runs as rows. */
  static final RecordCodec<Run> CODEC = new RecordCodec<>(Run.class);

  /** Reads the manifests of {@code warehouse}. */
  static RunHistory of(Warehouse warehouse) throws IOException {
    Path folder = new Path(warehouse.root(), "_runs");
    FileSystem files = folder.getFileSystem(warehouse.spark().sparkContext().hadoopConfiguration());
    List<Run> runs = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    FileStatus[] entries;
    try {
      entries = files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new RunHistory(runs, List.of("there is no folder _runs"));
    }
    for (FileStatus entry : entries) {
      String file = entry.getPath() + "/manifest.json";
      // A run that was killed has a folder, with its rejects, but no manifest.
      Optional<byte[]> text = warehouse.storage().find(file);
      if (text.isPresent()) {
        Optional<Run> run = parse(text.get(), entry.getPath().getName());
        run.ifPresentOrElse(
            runs::add, () -> faults.add("cannot be read: " + Warehouse.shown(new Path(file))));
      }
    }
    runs.sort(Comparator.comparing(Run::runId));
    return new RunHistory(runs, faults);
  }

  private static Optional<Run> parse(byte[] text, String id) throws IOException {
    try {
      Run run = Run.of(JSON.readTree(text));
      return Optional.of(run)
          .filter(r -> r.runId().equals(id) && Set.of("done", "failed").contains(r.status()));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns which of {@code stages} has not run since an earlier one of them changed its tables;
   * empty if all are up to date.
   */
  Optional<String> behind(EnumSet<Stage> stages) {
    for (Stage later : stages) {
      for (Stage earlier : stages) {
        if (earlier.compareTo(later) < 0 && isBehind(later, earlier)) {
          return Optional.of(
              "%s has not run since %s did".formatted(later.label(), earlier.label()));
        }
      }
    }
    return Optional.empty();
  }

  private boolean isBehind(Stage later, Stage earlier) {
    String read = "";
    String changed = "";
    for (Run run : runs) {
      read = run.ran(later) ? run.runId() : read;
      changed = run.changed(earlier) ? run.runId() : changed;
    }
    return changed.compareTo(read) > 0;
  }
}
