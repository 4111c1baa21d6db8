package org.demarche.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.demarche.pipeline.WindowSums.ScoredStatement;
import org.demarche.pipeline.WindowSums.WindowSum;
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
class WindowSumsTest {

  private static final RecordCodec<ScoredStatement> SCORES =
      new RecordCodec<>(ScoredStatement.class);

  private static final Map<String, Scale> SCALES =
      Map.of(
          "stance", new Scale("stance", List.of(new Label("for", 1), new Label("against", -1))),
          "sentiment", new Scale("sentiment", List.of(new Label("for", 1), new Label("no", -1))));

  private static final Function<ScoredStatement, String> ARTICLE = ScoredStatement::articleId;

  private static final List<String> KINDS = List.of("all", "quarter", "month", "week", "day");

  @Test
  void agreesWithThePlainWay() {
    List<ScoredStatement> rows = randomRows(400);
    Map<String, String> expected = plainly(rows);
    for (int partitions : List.of(1, 7)) {
      assertThat(shown(WindowSums.sum(none(), added(rows, partitions))))
          .as("%d partitions", partitions)
          .isEqualTo(expected);
    }
  }

  /** A late statement may come before the one that stood for its words, or repeat it. */
  @Test
  void nightAfterNightGivesWhatAllAtOnceGives() {
    List<ScoredStatement> rows = randomRows(400);
    List<String> articles = new ArrayList<>(new TreeSet<>(rows.stream().map(ARTICLE).toList()));
    Collections.shuffle(articles, new Random(3));
    Dataset<Row> sums = none();
    Set<String> before = new HashSet<>();
    for (int night = 0; night < 4; night++) {
      Set<String> coming =
          Set.copyOf(
              articles.subList(night * articles.size() / 4, (night + 1) * articles.size() / 4));
      Set<String> words =
          rows.stream()
              .filter(row -> coming.contains(row.articleId()))
              .map(ScoredStatement::distinctId)
              .collect(Collectors.toSet());
      List<ScoredStatement> read = new ArrayList<>();
      for (ScoredStatement row : rows) {
        boolean isNew = coming.contains(row.articleId());
        if (isNew || before.contains(row.articleId()) && words.contains(row.distinctId())) {
          read.add(with(row, isNew));
        }
      }
      sums = WindowSums.sum(sums, added(read, 3)).localCheckpoint();
      before.addAll(coming);
    }
    assertThat(shown(sums)).isEqualTo(plainly(rows));
  }

  private static Dataset<Row> none() {
    return WindowSums.CODEC.write(LocalSpark.session(), List.of());
  }

  private static Dataset<Row> added(List<ScoredStatement> rows, int partitions) {
    return WindowSums.CHANGES.write(
        WindowSums.of(
            SCORES.write(LocalSpark.session(), rows).repartition(partitions), KINDS, SCALES));
  }

  private static Map<String, String> shown(Dataset<Row> sums) {
    Map<String, String> shown = new TreeMap<>();
    for (WindowSum row : WindowSums.CODEC.read(sums).collectAsList()) {
      shown.put(
          String.join(
              "|", row.speakerId(), row.scale(), row.window(), String.valueOf(row.windowStart())),
          "%d %d %d %d %d"
              .formatted(
                  row.statements(),
                  row.tally().statements(),
                  row.articles(),
                  row.outlets().length,
                  row.tally().sum()));
    }
    return shown;
  }

  private static ScoredStatement with(ScoredStatement row, boolean isNew) {
    return new ScoredStatement(
        row.speakerId(),
        row.scale(),
        row.targetId(),
        row.publishedDate(),
        row.articleId(),
        row.statementId(),
        row.outlet(),
        row.distinctId(),
        row.probabilities(),
        row.modelId(),
        row.speaker(),
        isNew);
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
              (long) random.nextInt(4),
              "words-" + words,
              Probabilities.text(
                  Probabilities.rounded(
                      new LabelDistribution(
                          SCALES.get("stance"), new double[] {share, 1 - share}))),
              "model",
              "Somebody",
              true));
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
          tallies.put(
              String.join(
                  "|",
                  (String) key.get(0),
                  (String) key.get(1),
                  window.kind().id(),
                  String.valueOf(window.start())),
              "%d %d %d %d %d"
                  .formatted(
                      group.size(),
                      now[0],
                      distinct(group, ScoredStatement::articleId),
                      distinct(group, ScoredStatement::outlet),
                      now[1]));
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

  private static long distinct(List<ScoredStatement> group, Function<ScoredStatement, ?> column) {
    return group.stream().map(column).distinct().count();
  }
}
