package org.demarche.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.demarche.score.Tally;
import org.demarche.score.Window;
import org.demarche.stance.Label;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.Probabilities;
import org.junit.jupiter.api.Test;

/** The one pass over sorted rows gives what grouping by window in plain Java gives. */
class WindowTalliesTest {

  private static final StructType SCORES =
      new StructType()
          .add("speaker_id", DataTypes.StringType)
          .add("scale", DataTypes.StringType)
          .add("target_id", DataTypes.StringType)
          .add("published_date", DataTypes.DateType)
          .add("article_id", DataTypes.StringType)
          .add("statement_id", DataTypes.StringType)
          .add("outlet", DataTypes.StringType)
          .add("distinct_id", DataTypes.StringType)
          .add("probabilities", DataTypes.StringType)
          .add("model_id", DataTypes.StringType)
          .add("speaker", DataTypes.StringType);

  private static final Map<String, Scale> SCALES =
      Map.of(
          "stance", new Scale("stance", List.of(new Label("for", 1), new Label("against", -1))),
          "sentiment", new Scale("sentiment", List.of(new Label("for", 1), new Label("no", -1))));

  private static final List<String> KINDS = List.of("all", "quarter", "month", "week", "day");

  @Test
  void agreesWithThePlainWay() {
    List<Row> rows = randomRows(400);
    Map<String, String> expected = plainly(rows);
    for (int partitions : List.of(1, 7)) {
      Map<String, String> found = new TreeMap<>();
      for (Row row :
          WindowTallies.of(
                  LocalSpark.session().createDataFrame(rows, SCORES).repartition(partitions),
                  KINDS,
                  SCALES)
              .collectAsList()) {
        found.put(
            String.join(
                "|",
                row.<String>getAs("speaker_id"),
                row.<String>getAs("scale"),
                row.<String>getAs("window"),
                String.valueOf(row.<LocalDate>getAs("window_start"))),
            "%d %d %d %d %d before %d %d"
                .formatted(
                    row.<Long>getAs("statements"),
                    row.<Long>getAs("distinct_statements"),
                    row.<Long>getAs("articles"),
                    row.<Long>getAs("outlets"),
                    row.<Long>getAs("sum"),
                    row.<Long>getAs("before_statements"),
                    row.<Long>getAs("before_sum")));
      }
      assertThat(found).as("%d partitions", partitions).isEqualTo(expected);
    }
  }

  private static List<Row> randomRows(int n) {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      LocalDate date =
          random.nextInt(10) == 0 ? null : LocalDate.of(2031, 2, 20).plusDays(random.nextInt(60));
      // An article has one date; the same words may stand in several.
      String article = date + "-" + random.nextInt(3);
      int words = random.nextInt(40);
      double share = words / 40.0;
      rows.add(
          RowFactory.create(
              "speaker-" + random.nextInt(3),
              random.nextBoolean() ? "stance" : "sentiment",
              "all",
              date,
              article,
              "s%03d".formatted(i),
              "outlet-" + random.nextInt(4),
              "words-" + words,
              Probabilities.text(
                  Probabilities.rounded(
                      new LabelDistribution(
                          SCALES.get("stance"), new double[] {share, 1 - share}))),
              "model",
              "Somebody"));
    }
    return rows;
  }

  /** Groups by window first, then counts: slow, and plain to see that it is right. */
  private static Map<String, String> plainly(List<Row> rows) {
    Map<List<Object>, List<Row>> groups = new HashMap<>();
    for (Row row : rows) {
      LocalDate date = row.getAs(3);
      for (String kind : KINDS) {
        if (date != null || kind.equals("all")) {
          Window window = Window.of(Window.Kind.of(kind), date);
          groups
              .computeIfAbsent(
                  List.of(row.getString(0), row.getString(1), window), k -> new ArrayList<>())
              .add(row);
        }
      }
    }
    Map<String, String> tallies = new TreeMap<>();
    groups.forEach(
        (key, group) -> {
          Window window = (Window) key.get(2);
          long[] now = sums(group);
          List<Row> before =
              window.before() == null
                  ? List.of()
                  : groups.getOrDefault(
                      List.of(key.get(0), key.get(1), window.before()), List.of());
          long[] then = sums(before);
          tallies.put(
              String.join(
                  "|",
                  (String) key.get(0),
                  (String) key.get(1),
                  window.kind().id(),
                  String.valueOf(window.start())),
              "%d %d %d %d %d before %d %d"
                  .formatted(
                      group.size(),
                      now[0],
                      distinct(group, 4),
                      distinct(group, 6),
                      now[1],
                      then[0],
                      then[1]));
        });
    return tallies;
  }

  private static long[] sums(List<Row> group) {
    Set<String> seen = new HashSet<>();
    long sum = 0;
    for (Row row : group) {
      if (seen.add(row.getString(7))) {
        sum += Tally.units(2 * Double.parseDouble(row.getString(8).split(",")[0]) - 1);
      }
    }
    return new long[] {seen.size(), sum};
  }

  private static long distinct(List<Row> group, int column) {
    return group.stream().map(row -> row.getString(column)).distinct().count();
  }
}
