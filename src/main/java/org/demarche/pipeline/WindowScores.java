package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.demarche.pipeline.WindowSums.WindowSum;
import org.demarche.score.Change;
import org.demarche.score.Prior;
import org.demarche.score.Score;
import org.demarche.score.Share;
import org.demarche.score.ShareCorrection;
import org.demarche.stance.Scale;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.SpeakerLabelTable;
import org.demarche.warehouse.SpeakerLabelTable.SpeakerLabelRow;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.SpeakerScoreTable.SpeakerScoreRow;
import org.demarche.warehouse.WindowParts;

/** Makes the tables {@code speaker_scores} and {@code speaker_labels} of the sums of windows. */
final class WindowScores {

  private WindowScores() {}

  /**
   * A sum in the part whose scores need it.
   *
   * @param isBefore whether it is there only as the window before one of the part
   */
  public record Placed(String part, boolean isBefore, WindowSum sum) {}

  private static final RecordCodec<Placed> PLACED = new RecordCodec<>(Placed.class);

  /**
   * Returns the scores of the windows in {@code parts}, each part in one partition.
   *
   * @param sums the sums of these parts, and of those just before
   */
  static Dataset<Row> scores(
      Dataset<Row> sums, Set<String> parts, WindowPriors priors, int lowN, String runId) {
    Column own = WindowParts.of(col("window"), col("window_start"));
    Column next = WindowParts.of(col("window"), date_add(col("window_end"), 1));
    Dataset<Row> placed =
        placed(sums, own, parts, false)
            .union(
                placed(
                    sums.where(col("window_end").isNotNull().and(next.notEqual(own))),
                    next,
                    parts,
                    true));
    MapPartitionsFunction<Placed, SpeakerScoreRow> score =
        rows -> new FlatIterator<>(rows, new Scores(priors, lowN, runId)::score);
    RecordCodec<SpeakerScoreRow> codec = SpeakerScoreTable.TABLE.codec();
    return codec.write(
        PLACED
            .read(
                placed
                    .repartition(col("part"))
                    .sortWithinPartitions(
                        "part", "sum.scale", "sum.target_id", "sum.speaker_id", "sum.window_start"))
            .mapPartitions(score, codec.encoder()));
  }

  /** Returns those of {@code sums} whose {@code part} is in {@code parts}, as {@link Placed}. */
  private static Dataset<Row> placed(
      Dataset<Row> sums, Column part, Set<String> parts, boolean isBefore) {
    return sums.where(part.isin(parts.toArray()))
        .select(
            part.as("part"),
            lit(isBefore).as("is_before"),
            struct(WindowSums.TABLE.fileColumns()).as("sum"));
  }

  /** Returns the first day of the window after that of {@code sum}; null after all time. */
  private static LocalDate dayAfter(WindowSum sum) {
    return sum.windowEnd() == null ? null : sum.windowEnd().plusDays(1);
  }

  /** Scores sums that come in the order of their windows, each after the one before it. */
  private static final class Scores {

    private final WindowPriors priors;
    private final int lowN;
    private final String runId;
    private WindowSum before;

    Scores(WindowPriors priors, int lowN, String runId) {
      this.priors = priors;
      this.lowN = lowN;
      this.runId = runId;
    }

    /** Returns the score of a sum, or nothing if the sum is only the one before the next. */
    Iterator<SpeakerScoreRow> score(Placed row) {
      WindowSum sum = row.sum();
      WindowSum previous = isBefore(sum) ? before : null;
      before = sum;
      return row.isBefore() ? Collections.emptyIterator() : List.of(row(sum, previous)).iterator();
    }

    private boolean isBefore(WindowSum sum) {
      return before != null
          && sum.windowStart() != null
          && sum.windowStart().equals(dayAfter(before))
          && before.speakerId().equals(sum.speakerId())
          && before.window().equals(sum.window())
          && before.targetId().equals(sum.targetId())
          && before.scale().equals(sum.scale());
    }

    private SpeakerScoreRow row(WindowSum sum, WindowSum previous) {
      Prior prior = priors.of(sum);
      Score now = prior.score(sum.tally());
      Change change =
          previous == null ? null : now.since(priors.of(previous).score(previous.tally()));
      return new SpeakerScoreRow(
          sum.scale(),
          sum.targetId(),
          sum.window(),
          sum.windowStart(),
          sum.windowEnd(),
          sum.speakerId(),
          sum.speaker(),
          sum.statements(),
          sum.tally().statements(),
          sum.articles(),
          sum.outlets().length,
          now.mean(),
          now.score(),
          now.low(),
          now.high(),
          sum.tally().statements() < lowN,
          change == null ? null : change.difference(),
          change != null && change.isSignificant(),
          sum.modelId(),
          runId);
    }
  }

  /** Returns the shares of labels in the windows of {@code sums}, in the same partitions. */
  static Dataset<Row> labels(Dataset<WindowSum> sums, Models models) {
    Map<String, Scale> scales = models.scales();
    Map<String, ShareCorrection> corrections = models.corrections();
    FlatMapFunction<WindowSum, SpeakerLabelRow> shares =
        row -> {
          List<String> names = scales.get(row.scale()).labelNames();
          Optional<double[]> adjusted = corrections.get(row.scale()).adjust(row.tally());
          List<SpeakerLabelRow> rows = new ArrayList<>();
          for (int i = 0; i < names.size(); i++) {
            long statements = row.tally().labelStatements()[i];
            Share share = Share.of(statements, row.tally().statements());
            rows.add(
                new SpeakerLabelRow(
                    row.scale(),
                    row.targetId(),
                    row.window(),
                    row.windowStart(),
                    row.windowEnd(),
                    row.speakerId(),
                    row.speaker(),
                    names.get(i),
                    share.share(),
                    adjusted.isPresent() ? adjusted.get()[i] : null,
                    share.low(),
                    share.high(),
                    statements));
          }
          return rows.iterator();
        };
    RecordCodec<SpeakerLabelRow> codec = SpeakerLabelTable.TABLE.codec();
    return codec.write(sums.flatMap(shares, codec.encoder()));
  }
}
