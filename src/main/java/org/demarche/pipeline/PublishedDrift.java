package org.demarche.pipeline;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.demarche.config.Gate;
import org.demarche.model.PriorShift;
import org.demarche.stance.Scale;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.Transaction;

/** Measures how far the results of a run are from those that are published. */
final class PublishedDrift {

  private PublishedDrift() {}

  /**
   * Compares the labels of new statements to those of the statements in the warehouse.
   *
   * @param fresh how many new statements have each label, by scale
   */
  static void ofLabels(
      Transaction transaction, Map<String, Map<String, Long>> fresh, QualityGates gates)
      throws IOException {
    boolean isEnough =
        fresh.values().stream().anyMatch(labels -> sum(labels) >= Gate.LABEL_DRIFT.fewest());
    if (!isEnough
        || !gates.canFail(Gate.LABEL_DRIFT)
        || !transaction.warehouse().has(StatementScoreTable.TABLE)) {
      return;
    }
    Map<String, Map<String, Long>> published = new HashMap<>();
    transaction
        .warehouse()
        .read(StatementScoreTable.TABLE)
        .where(col("target_id").equalTo(StatementScoreTable.ANY_TARGET))
        .groupBy("scale", "label")
        .agg(count(lit(1)).as("n"))
        .collectAsList()
        .forEach(
            row ->
                published
                    .computeIfAbsent(row.getAs("scale"), scale -> new HashMap<>())
                    .put(row.getAs("label"), row.getAs("n")));
    for (Map.Entry<String, Map<String, Long>> each : fresh.entrySet()) {
      Map<String, Long> labels = each.getValue();
      Map<String, Long> before = published.getOrDefault(each.getKey(), Map.of());
      if (!before.isEmpty() && sum(labels) > 0) {
        gates.measured(
            Gate.LABEL_DRIFT,
            each.getKey(),
            distance(labels, before),
            Math.min(sum(labels), sum(before)),
            () -> List.of("  shares before and now: " + changes(before, labels)));
      }
    }
  }

  /** Returns the shares of each label, such as {@code neutral 0.61 and 0.2}. */
  private static String changes(Map<String, Long> before, Map<String, Long> now) {
    Set<String> labels = new TreeSet<>(before.keySet());
    labels.addAll(now.keySet());
    double[] then = shares(before, labels);
    double[] today = shares(now, labels);
    List<String> changes = new ArrayList<>();
    for (String label : labels) {
      int place = changes.size();
      changes.add("%s %.2f and %.2f".formatted(label, then[place], today[place]));
    }
    return String.join(", ", changes);
  }

  /** Returns the total variation distance of two distributions that are given as counts. */
  static double distance(Map<String, Long> a, Map<String, Long> b) {
    Set<String> labels = new TreeSet<>(a.keySet());
    labels.addAll(b.keySet());
    return PriorShift.distance(shares(a, labels), shares(b, labels));
  }

  private static double[] shares(Map<String, Long> counts, Set<String> labels) {
    return labels.stream()
        .mapToDouble(label -> (double) counts.getOrDefault(label, 0L) / sum(counts))
        .toArray();
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Compares the scores of speakers that this run has staged to the published ones. */
  static void ofScores(Transaction transaction, Map<String, Scale> scales, QualityGates gates)
      throws IOException {
    if (!gates.canFail(Gate.SCORE_DRIFT) || !transaction.warehouse().has(SpeakerScoreTable.TABLE)) {
      return;
    }
    Dataset<Row> before = certain(transaction.warehouse().read(SpeakerScoreTable.TABLE));
    Dataset<Row> now = certain(transaction.read(SpeakerScoreTable.TABLE));
    Dataset<Row> both =
        before
            .withColumnRenamed("score", "before")
            .drop("speaker")
            .join(now, new String[] {"scale", "target_id", "speaker_id"})
            .withColumn("change", abs(col("score").minus(col("before"))));
    for (Row row :
        both.groupBy("scale")
            .agg(avg("change").as("change"), count(lit(1)).as("n"))
            .orderBy("scale")
            .collectAsList()) {
      String scale = row.getAs("scale");
      double[] range = scales.get(scale).range();
      // More than the width is possible if the values of the labels were changed.
      double moved = Math.min(1, row.<Double>getAs("change") / (range[1] - range[0]));
      gates.measured(
          Gate.SCORE_DRIFT,
          scale,
          moved,
          row.getAs("n"),
          () -> mostMoved(both.where(col("scale").equalTo(scale))));
    }
  }

  /** Returns a line that names the speakers whose scores moved most. */
  private static List<String> mostMoved(Dataset<Row> scores) {
    return List.of(
        scores
            .orderBy(col("change").desc(), col("speaker_id"), col("target_id"))
            .limit(GateExamples.SHOWN)
            .collectAsList()
            .stream()
            .map(
                row ->
                    "%s towards %s from %+.2f to %+.2f"
                        .formatted(
                            row.getAs("speaker"),
                            row.getAs("target_id"),
                            row.getAs("before"),
                            row.getAs("score")))
            .collect(joining("; ", "  moved most: ", "")));
  }

  /** Returns the scores in the window of all time that come from enough statements. */
  private static Dataset<Row> certain(Dataset<Row> scores) {
    return scores
        .where(col("window").equalTo("all").and(not(col("low_n"))))
        .select("scale", "target_id", "speaker_id", "speaker", "score");
  }
}
