package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.demarche.score.Tally;
import org.demarche.score.Window;
import org.demarche.stance.Scale;
import org.demarche.warehouse.Probabilities;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.Table;

/**
 * Adds up {@code statement_scores} to one tally per scale, target, window and speaker.
 *
 * <p>The rows of one speaker are sorted by date, so one pass fills all kinds of windows: at any
 * time one window of each kind is open, and only its distinct statements are held in memory.
 */
final class WindowTallies {

  /** The columns of a statement score that are tallied. */
  public record ScoredStatement(
      String speakerId,
      String scale,
      String targetId,
      LocalDate publishedDate,
      String articleId,
      String statementId,
      String outlet,
      String distinctId,
      String probabilities,
      String modelId,
      String speaker) {}

  /**
   * The statements of one speaker on one scale, towards one target, in one window.
   *
   * @param tally sums over the distinct statements
   * @param before the same for the window just before; {@link Tally#ZERO} if it has none
   */
  public record WindowTally(
      String scale,
      String targetId,
      String window,
      LocalDate windowStart,
      LocalDate windowEnd,
      String speakerId,
      String speaker,
      long statements,
      long articles,
      long outlets,
      Tally tally,
      Tally before,
      String modelId) {}

  static final RecordCodec<WindowTally> CODEC = new RecordCodec<>(WindowTally.class);

  /** The internal table of tallies, from which a later run takes those that have not changed. */
  static final Table<WindowTally> TABLE =
      new Table<>(
          "_tallies",
          "The sums of one speaker on one scale, towards one target, in one window.",
          CODEC,
          List.of("scale", "target_id", "window", "window_start", "speaker_id"),
          Table.Layout.WHOLE,
          List.of("scale", "target_id", "window", "window_start", "speaker_id"));

  private static final RecordCodec<ScoredStatement> SCORES =
      new RecordCodec<>(ScoredStatement.class);

  private WindowTallies() {}

  /**
   * Returns the tallies of {@code scores}.
   *
   * @param scores statement scores with the name of the speaker as column {@code speaker}
   * @param kinds the windows to tally, by name
   * @param scales the scales that occur, by name
   */
  static Dataset<WindowTally> of(
      Dataset<Row> scores, List<String> kinds, Map<String, Scale> scales) {
    MapPartitionsFunction<ScoredStatement, WindowTally> tally =
        rows -> {
          List<Window.Kind> windows = kinds.stream().map(Window.Kind::of).toList();
          Groups<ScoredStatement, Tallies> tallies =
              new Groups<>(
                  rows,
                  row -> List.of(row.speakerId(), row.scale(), row.targetId()),
                  row -> new Tallies(row, windows, scales.get(row.scale())),
                  Tallies::add);
          return new FlatIterator<>(tallies, Tallies::close);
        };
    return SCORES
        .read(
            scores
                .repartition(col("speaker_id"))
                .sortWithinPartitions(
                    "speaker_id",
                    "scale",
                    "target_id",
                    "published_date",
                    "article_id",
                    "statement_id"))
        .mapPartitions(tally, CODEC.encoder());
  }

  /** The windows of one speaker, scale and target. */
  private static final class Tallies {

    private final Scale scale;
    private final ScoredStatement first;
    private final List<Open> windows;
    private final List<WindowTally> closed = new ArrayList<>();

    Tallies(ScoredStatement first, List<Window.Kind> kinds, Scale scale) {
      this.first = first;
      this.scale = scale;
      this.windows = kinds.stream().map(Open::new).toList();
    }

    void add(ScoredStatement row) {
      LocalDate date = row.publishedDate();
      Tally statement = Tally.of(Probabilities.parse(scale, row.probabilities()));
      for (Open window : windows) {
        if (window.kind != Window.Kind.ALL && date == null) {
          continue;
        }
        if (!window.holds(date)) {
          window.close(first, closed);
          window.open(date);
        }
        window.add(row, statement);
      }
    }

    Iterator<WindowTally> close() {
      windows.forEach(window -> window.close(first, closed));
      return closed.iterator();
    }
  }

  /** The open window of one kind, and its sums so far. */
  private static final class Open {

    private final Window.Kind kind;
    private Window window;
    private Window windowBefore;
    private Tally tallyBefore = Tally.ZERO;

    private long statements;
    private long articles;
    private String lastArticle;
    private final Set<String> outlets = new HashSet<>();
    private final Set<String> distinct = new HashSet<>();
    private Tally tally = Tally.ZERO;

    Open(Window.Kind kind) {
      this.kind = kind;
    }

    boolean holds(LocalDate date) {
      return window != null
          && (kind == Window.Kind.ALL
              || !date.isBefore(window.start()) && !date.isAfter(window.end()));
    }

    void open(LocalDate date) {
      window = kind == Window.Kind.ALL ? Window.ALL : Window.of(kind, date);
      statements = 0;
      articles = 0;
      lastArticle = null;
      outlets.clear();
      distinct.clear();
      tally = Tally.ZERO;
    }

    void add(ScoredStatement row, Tally statement) {
      statements++;
      if (!row.articleId().equals(lastArticle)) {
        articles++;
        lastArticle = row.articleId();
      }
      if (row.outlet() != null) {
        outlets.add(row.outlet());
      }
      // A repetition is counted as a statement but does not change the tally.
      if (distinct.add(row.distinctId())) {
        tally = tally.plus(statement);
      }
    }

    void close(ScoredStatement key, List<WindowTally> closed) {
      if (window == null) {
        return;
      }
      boolean follows = windowBefore != null && windowBefore.equals(window.before());
      closed.add(
          new WindowTally(
              key.scale(),
              key.targetId(),
              kind.id(),
              window.start(),
              window.end(),
              key.speakerId(),
              key.speaker(),
              statements,
              articles,
              outlets.size(),
              tally,
              follows ? tallyBefore : Tally.ZERO,
              key.modelId()));
      windowBefore = window;
      tallyBefore = tally;
      window = null;
    }
  }
}
