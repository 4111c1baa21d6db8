package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.demarche.score.Tally;
import org.demarche.score.Window;
import org.demarche.stance.Scale;
import org.demarche.warehouse.Probabilities;
import org.demarche.warehouse.RecordCodec;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.WindowParts;

/**
 * Adds up {@code statement_scores} to one sum per scale, target, window and speaker, and adds what
 * is new to the sums of before.
 *
 * <p>A statement that repeats an earlier one of the same window, by the same speaker in the same
 * words, is counted, but only the first of them is in the tally. So whoever adds new statements
 * also needs the old ones with the same words: a new one may come before them.
 *
 * <p>The rows of one speaker are sorted by date, so one pass fills all kinds of windows: at any
 * time one window of each kind is open, and only its distinct statements are held in memory.
 */
final class WindowSums {

  /**
   * The columns of a statement score that are added up.
   *
   * @param outlet hash of the outlet; null if it is not known
   * @param isNew whether the statement is not yet in the sums
   */
  public record ScoredStatement(
      String speakerId,
      String scale,
      String targetId,
      LocalDate publishedDate,
      String articleId,
      String statementId,
      Long outlet,
      String distinctId,
      String probabilities,
      String modelId,
      String speaker,
      boolean isNew) {}

  /**
   * The statements of one speaker on one scale, towards one target, in one window.
   *
   * @param outlets hashes of their outlets, sorted
   * @param tally sums over the distinct statements
   */
  public record WindowSum(
      String scale,
      String targetId,
      String window,
      LocalDate windowStart,
      LocalDate windowEnd,
      String speakerId,
      String speaker,
      long statements,
      long articles,
      long[] outlets,
      Tally tally,
      String modelId) {

    private WindowSum plus(WindowSum other, Tally sum) {
      return new WindowSum(
          scale,
          targetId,
          window,
          windowStart,
          windowEnd,
          speakerId,
          speaker,
          statements + other.statements,
          articles + other.articles,
          LongStream.concat(LongStream.of(outlets), LongStream.of(other.outlets))
              .sorted()
              .distinct()
              .toArray(),
          sum,
          modelId);
    }
  }

  /**
   * What new statements add to a sum.
   *
   * @param sum the sums over the new statements
   * @param dropped the tally of old statements that a new one with the same words comes before
   */
  public record Change(WindowSum sum, Tally dropped) {

    private Change plus(Change other) {
      return new Change(
          sum.plus(other.sum, sum.tally().plus(other.sum.tally())), dropped.plus(other.dropped));
    }

    private WindowSum result() {
      return dropped.statements() == 0 ? sum : sum.plus(NOTHING, sum.tally().minus(dropped));
    }
  }

  private static final WindowSum NOTHING =
      new WindowSum(null, null, null, null, null, null, null, 0, 0, new long[0], Tally.ZERO, null);

  static final RecordCodec<WindowSum> CODEC = new RecordCodec<>(WindowSum.class);
  static final RecordCodec<Change> CHANGES = new RecordCodec<>(Change.class);

  private static final List<String> ORDER =
      List.of("scale", "target_id", "window", "window_start", "speaker_id");

  /** The internal table of sums, to which a later run adds. */
  static final Table<WindowSum> TABLE =
      new Table<>(
          "_tallies",
          "The sums of one speaker on one scale, towards one target, in one window.",
          CODEC,
          ORDER,
          Table.Layout.BY_WINDOW,
          ORDER);

  private static final RecordCodec<ScoredStatement> SCORES =
      new RecordCodec<>(ScoredStatement.class);

  private WindowSums() {}

  /**
   * Adds up the new statements of {@code scores}, rows with the columns of {@link ScoredStatement}.
   *
   * @param kinds the kinds of windows
   * @param scales the scale of each name
   */
  static Dataset<Change> of(Dataset<Row> scores, List<String> kinds, Map<String, Scale> scales) {
    MapPartitionsFunction<ScoredStatement, Change> add =
        rows -> {
          List<Window.Kind> windows = kinds.stream().map(Window.Kind::of).toList();
          Groups<ScoredStatement, Sums> sums =
              new Groups<>(
                  rows,
                  row -> List.of(row.speakerId(), row.scale(), row.targetId()),
                  row -> new Sums(row, windows, scales.get(row.scale())),
                  Sums::add);
          return new FlatIterator<>(sums, Sums::close);
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
        .mapPartitions(add, CHANGES.encoder());
  }

  /** Returns the sums of {@code before} with what {@code changes} add to them, by part. */
  static Dataset<Row> sum(Dataset<Row> before, Dataset<Row> changes) {
    MapPartitionsFunction<Change, WindowSum> sum =
        rows -> {
          Groups<Change, Change[]> sums =
              new Groups<>(
                  rows,
                  row -> key(row.sum()),
                  row -> new Change[1],
                  (all, row) -> all[0] = all[0] == null ? row : all[0].plus(row));
          return new FlatIterator<>(sums, all -> List.of(all[0].result()).iterator());
        };
    Column[] key = ORDER.stream().map(name -> col("sum." + name)).toArray(Column[]::new);
    Dataset<Row> all = CHANGES.write(CODEC.read(before).map(unchanged(), CHANGES.encoder()));
    return CODEC.write(
        CHANGES
            .read(
                all.union(changes)
                    .repartition(WindowParts.of(col("sum.window"), col("sum.window_start")))
                    .sortWithinPartitions(key))
            .mapPartitions(sum, CODEC.encoder()));
  }

  /** Returns the sums of {@code changes} where there are none of before, by part. */
  static Dataset<Row> firstSums(Dataset<Row> changes) {
    return changes.select("sum.*").repartition(WindowParts.of(col("window"), col("window_start")));
  }

  /** Returns the parts of the windows in {@code sums}. */
  static Set<String> parts(Dataset<Row> sums) {
    return new TreeSet<>(
        sums.select(WindowParts.of(col("window"), col("window_start")))
            .distinct()
            .as(Encoders.STRING())
            .collectAsList());
  }

  private static MapFunction<WindowSum, Change> unchanged() {
    return sum -> new Change(sum, Tally.ZERO);
  }

  private static List<Object> key(WindowSum sum) {
    return List.of(
        sum.scale(),
        sum.targetId(),
        sum.window(),
        sum.windowStart() == null ? "" : sum.windowStart(),
        sum.speakerId());
  }

  /** The windows of one speaker, scale and target. */
  private static final class Sums {

    private final Scale scale;
    private final ScoredStatement first;
    private final List<Open> windows;
    private final List<Change> closed = new ArrayList<>();

    Sums(ScoredStatement first, List<Window.Kind> kinds, Scale scale) {
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

    Iterator<Change> close() {
      windows.forEach(window -> window.close(first, closed));
      return closed.iterator();
    }
  }

  /** The open window of one kind, and what the new statements add to it so far. */
  private static final class Open {

    /** Which statements with certain words have come so far. */
    private enum Words {
      /** The first is in the sums. */
      OLD,
      /** All are new. */
      NEW,
      /** The first is new, and a later one is in the sums. */
      NEW_AND_OLD
    }

    private final Window.Kind kind;
    private Window window;

    private long statements;
    private long articles;
    private String lastArticle;
    private final Set<Long> outlets = new TreeSet<>();
    private final Map<String, Words> distinct = new HashMap<>();
    private Tally added = Tally.ZERO;
    private Tally dropped = Tally.ZERO;

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
      added = Tally.ZERO;
      dropped = Tally.ZERO;
    }

    void add(ScoredStatement row, Tally statement) {
      Words before = distinct.get(row.distinctId());
      if (!row.isNew()) {
        if (before == Words.NEW) {
          dropped = dropped.plus(statement);
        }
        distinct.put(
            row.distinctId(),
            before == null || before == Words.OLD ? Words.OLD : Words.NEW_AND_OLD);
        return;
      }
      statements++;
      if (!row.articleId().equals(lastArticle)) {
        articles++;
        lastArticle = row.articleId();
      }
      if (row.outlet() != null) {
        outlets.add(row.outlet());
      }
      // A repetition is counted as a statement but does not change the tally.
      if (before == null) {
        distinct.put(row.distinctId(), Words.NEW);
        added = added.plus(statement);
      }
    }

    void close(ScoredStatement key, List<Change> closed) {
      if (statements > 0) {
        closed.add(
            new Change(
                new WindowSum(
                    key.scale(),
                    key.targetId(),
                    kind.id(),
                    window.start(),
                    window.end(),
                    key.speakerId(),
                    key.speaker(),
                    statements,
                    articles,
                    outlets.stream().mapToLong(Long::longValue).toArray(),
                    added,
                    key.modelId()),
                dropped));
      }
      window = null;
    }
  }
}
