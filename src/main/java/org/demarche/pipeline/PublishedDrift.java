package org.demarche.pipeline;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.io.IOException;
import java.util.HashMap;
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
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(
            row ->
                published
                    .computeIfAbsent(row.getString(0), scale -> new HashMap<>())
                    .put(row.getString(1), row.getLong(2)));
    fresh.forEach(
        (scale, labels) -> {
          Map<String, Long> before = published.getOrDefault(scale, Map.of());
          if (!before.isEmpty() && sum(labels) > 0) {
            gates.measured(
                Gate.LABEL_DRIFT,
                scale,
                distance(labels, before),
                Math.min(sum(labels), sum(before)));
          }
        });
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
    before
        .withColumnRenamed("score", "before")
        .join(now, new String[] {"scale", "target_id", "speaker_id"})
        .groupBy("scale")
        .agg(avg(abs(col("score").minus(col("before")))), count(lit(1)))
        .orderBy("scale")
        .collectAsList()
        .forEach(
            row -> {
              double[] range = scales.get(row.getString(0)).range();
              // More than the width is possible if the values of the labels were changed.
              double moved = Math.min(1, row.getDouble(1) / (range[1] - range[0]));
              gates.measured(Gate.SCORE_DRIFT, row.getString(0), moved, row.getLong(2));
            });
  }

  /** Returns the scores in the window of all time that come from enough statements. */
  private static Dataset<Row> certain(Dataset<Row> scores) {
    return scores
        .where(col("window").equalTo("all").and(not(col("low_n"))))
        .select("scale", "target_id", "speaker_id", "score");
  }
}
