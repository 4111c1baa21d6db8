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
import java.util.function.Function;
import org.demarche.pipeline.WindowTallies.ScoredStatement;
import org.demarche.pipeline.WindowTallies.WindowTally;
import org.demarche.score.Tally;
import org.demarche.score.Window;
import org.demarche.stance.Label;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.Probabilities;
import org.demarche.warehouse.RecordCodec;
import org.junit.jupiter.api.Test;

/** The one pass over sorted rows gives what grouping by window in plain Java gives. */
class WindowTalliesTest {

  private static final RecordCodec<ScoredStatement> SCORES =
      new RecordCodec<>(ScoredStatement.class);

  private static final Map<String, Scale> SCALES =
      Map.of(
          "stance", new Scale("stance", List.of(new Label("for", 1), new Label("against", -1))),
          "sentiment", new Scale("sentiment", List.of(new Label("for", 1), new Label("no", -1))));

  private static final List<String> KINDS = List.of("all", "quarter", "month", "week", "day");

  @Test
  void agreesWithThePlainWay() {
    List<ScoredStatement> rows = randomRows(400);
    Map<String, String> expected = plainly(rows);
    for (int partitions : List.of(1, 7)) {
      Map<String, String> found = new TreeMap<>();
      for (WindowTally row :
          WindowTallies.of(
                  SCORES.write(LocalSpark.session(), rows).repartition(partitions), KINDS, SCALES)
              .collectAsList()) {
        found.put(
            String.join(
                "|", row.speakerId(), row.scale(), row.window(), String.valueOf(row.windowStart())),
            "%d %d %d %d %d before %d %d"
                .formatted(
                    row.statements(),
                    row.tally().statements(),
                    row.articles(),
                    row.outlets(),
                    row.tally().sum(),
                    row.before().statements(),
                    row.before().sum()));
      }
      assertThat(found).as("%d partitions", partitions).isEqualTo(expected);
    }
  }

  private static List<ScoredStatement> randomRows(int n) {
    Random random = new Random(7);
    List<ScoredStatement> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      LocalDate date =
          random.nextInt(10) == 0 ? null : LocalDate.of(2031, 2, 20).plusDays(random.nextInt(60));
      // An article has one date; the same words may stand in several.
      String article = date + "-" + random.nextInt(3);
      int words = random.nextInt(40);
      double share = words / 40.0;
      rows.add(
          new ScoredStatement(
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
  private static Map<String, String> plainly(List<ScoredStatement> rows) {
    Map<List<Object>, List<ScoredStatement>> groups = new HashMap<>();
    for (ScoredStatement row : rows) {
      LocalDate date = row.publishedDate();
      for (String kind : KINDS) {
        if (date != null || kind.equals("all")) {
          Window window = Window.of(Window.Kind.of(kind), date);
          groups
              .computeIfAbsent(
                  List.of(row.speakerId(), row.scale(), window), k -> new ArrayList<>())
              .add(row);
        }
      }
    }
    Map<String, String> tallies = new TreeMap<>();
    groups.forEach(
        (key, group) -> {
          Window window = (Window) key.get(2);
          long[] now = sums(group);
          List<ScoredStatement> before =
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
                      distinct(group, ScoredStatement::articleId),
                      distinct(group, ScoredStatement::outlet),
                      now[1],
                      then[0],
                      then[1]));
        });
    return tallies;
  }

  private static long[] sums(List<ScoredStatement> group) {
    Set<String> seen = new HashSet<>();
    long sum = 0;
    for (ScoredStatement row : group) {
      if (seen.add(row.distinctId())) {
        sum += Tally.units(2 * Double.parseDouble(row.probabilities().split(",")[0]) - 1);
      }
    }
    return new long[] {seen.size(), sum};
  }

  private static long distinct(
      List<ScoredStatement> group, Function<ScoredStatement, String> column) {
    return group.stream().map(column).distinct().count();
  }
}
