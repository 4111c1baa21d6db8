package org.demarche.pipeline;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.demarche.score.Tally;
import org.demarche.score.Window;
import org.demarche.stance.Scale;
import org.demarche.warehouse.Probabilities;

/**
 * {@code statement_scores} to one tally a scale, target, window and speaker.
 *
 * <p>The rows of one speaker come sorted by date, so every window is open for one stretch of them:
 * one pass over the rows serves all windows, articles are counted where they change, and only the
 * distinct statements of open windows are held in memory.
 */
final class WindowTallies {

  private static final ArrayType LONGS = DataTypes.createArrayType(DataTypes.LongType, false);

  /** What a tally row holds, for {@link Aggregate} alone. */
  static final StructType SCHEMA =
      new StructType()
          .add("scale", DataTypes.StringType, false)
          .add("target_id", DataTypes.StringType, false)
          .add("window", DataTypes.StringType, false)
          .add("window_start", DataTypes.DateType, true)
          .add("window_end", DataTypes.DateType, true)
          .add("speaker_id", DataTypes.StringType, false)
          .add("speaker", DataTypes.StringType, false)
          .add("statements", DataTypes.LongType, false)
          .add("articles", DataTypes.LongType, false)
          .add("outlets", DataTypes.LongType, false)
          .add("distinct_statements", DataTypes.LongType, false)
          .add("sum", DataTypes.LongType, false)
          .add("squares", DataTypes.LongType, false)
          .add("label_statements", LONGS, false)
          .add("label_probabilities", LONGS, false)
          .add("before_statements", DataTypes.LongType, false)
          .add("before_sum", DataTypes.LongType, false)
          .add("before_squares", DataTypes.LongType, false)
          .add("model_id", DataTypes.StringType, false);

  private WindowTallies() {}

  /**
   * @param scores statement scores with the name of the speaker as column {@code speaker}
   * @param kinds the windows to tally, by name
   * @param scales the scales that occur, by name
   */
  static Dataset<Row> of(Dataset<Row> scores, List<String> kinds, Map<String, Scale> scales) {
    MapPartitionsFunction<Row, Row> tally =
        rows -> new Tallies(rows, kinds.stream().map(Window.Kind::of).toList(), scales);
    return scores
        .select(
            "speaker_id",
            "scale",
            "target_id",
            "published_date",
            "article_id",
            "statement_id",
            "outlet",
            "distinct_id",
            "probabilities",
            "model_id",
            "speaker")
        .repartition(col("speaker_id"))
        .sortWithinPartitions(
            "speaker_id", "scale", "target_id", "published_date", "article_id", "statement_id")
        .mapPartitions(tally, Encoders.row(SCHEMA));
  }

  private static final class Tallies implements Iterator<Row> {

    private final Iterator<Row> rows;
    private final Map<String, Scale> scales;
    private final List<Open> windows;
    private final ArrayDeque<Row> ready = new ArrayDeque<>();
    private Row first; // of the speaker, scale and target being tallied

    Tallies(Iterator<Row> rows, List<Window.Kind> kinds, Map<String, Scale> scales) {
      this.rows = rows;
      this.scales = scales;
      this.windows = new ArrayList<>();
      kinds.forEach(kind -> windows.add(new Open(kind)));
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && rows.hasNext()) {
        Row row = rows.next();
        if (first != null && !isSameKey(first, row)) {
          closeAll();
        }
        if (first == null || !isSameKey(first, row)) {
          first = row;
        }
        LocalDate date = row.getAs(3);
        Tally statement =
            Tally.of(Probabilities.parse(scales.get(row.getString(1)), row.getString(8)));
        for (Open window : windows) {
          if (window.kind != Window.Kind.ALL && date == null) {
            continue;
          }
          if (!window.holds(date)) {
            window.close(first, ready);
            window.open(date);
          }
          window.add(row, statement);
        }
      }
      if (ready.isEmpty() && first != null) {
        closeAll();
        first = null;
      }
      return !ready.isEmpty();
    }

    private void closeAll() {
      for (Open window : windows) {
        window.close(first, ready);
        window.forget();
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.poll();
    }

    private static boolean isSameKey(Row a, Row b) {
      return a.getString(0).equals(b.getString(0))
          && a.getString(1).equals(b.getString(1))
          && a.getString(2).equals(b.getString(2));
    }
  }

  /** The window of one kind that the rows are in. */
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

    void add(Row row, Tally statement) {
      statements++;
      String article = row.getString(4);
      if (!article.equals(lastArticle)) {
        articles++;
        lastArticle = article;
      }
      if (row.getString(6) != null) {
        outlets.add(row.getString(6));
      }
      // The same words once more are counted, and change nothing.
      if (distinct.add(row.getString(7))) {
        tally = tally.plus(statement);
      }
    }

    void close(Row key, ArrayDeque<Row> ready) {
      if (window == null) {
        return;
      }
      boolean follows = windowBefore != null && windowBefore.equals(window.before());
      Tally before = follows ? tallyBefore : Tally.ZERO;
      ready.add(
          RowFactory.create(
              key.getString(1),
              key.getString(2),
              kind.id(),
              window.start(),
              window.end(),
              key.getString(0),
              key.getString(10),
              statements,
              articles,
              (long) outlets.size(),
              tally.statements(),
              tally.sum(),
              tally.sumOfSquares(),
              tally.labelStatements(),
              tally.labelProbabilities(),
              before.statements(),
              before.sum(),
              before.sumOfSquares(),
              key.getString(9)));
      windowBefore = window;
      tallyBefore = tally;
      window = null;
    }

    void forget() {
      windowBefore = null;
      tallyBefore = Tally.ZERO;
    }
  }
}
