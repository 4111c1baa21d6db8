package org.demarche.report;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.demarche.pipeline.ReportQueries.LeftOut;
import org.demarche.report.ReportData.Evidence;
import org.demarche.report.ReportData.Pull;
import org.demarche.report.ReportData.SpeakerName;
import org.demarche.report.ReportData.TargetName;
import org.demarche.report.ReportData.Tinting;
import org.demarche.stance.Scale;
import org.demarche.warehouse.SpeakerLabelTable.SpeakerLabelRow;
import org.demarche.warehouse.SpeakerScoreTable.SpeakerScoreRow;

/**
 * Writes report data as JSON for the script of the page. A page has tens of thousands of rows, so
 * rows are arrays whose columns are named in {@code columns}; this takes a third of the space of
 * objects. Shared values (speaker, article, window) are written once and referred to by index.
 */
final class ReportJson {

  private record Page(
      Map<String, List<String>> columns,
      RunEntry run,
      List<ScaleEntry> scales,
      List<TargetName> targets,
      List<SpeakerName> speakers,
      List<WindowEntry> windows,
      List<ScoreEntry> scores,
      List<ArticleEntry> articles,
      List<StatementEntry> statements,
      List<Tinting> tintings) {}

  private record RunEntry(long lowN) {}

  private record ScaleEntry(String name, List<LabelEntry> labels) {}

  private record LabelEntry(String name, double value) {}

  /**
   * A window of a scale and target, with the number of scores that the page leaves out and the most
   * statements of one of them.
   */
  private record WindowEntry(
      String scale,
      String target,
      String window,
      String start,
      String end,
      long leftOut,
      long most) {}

  /** A score with the shares of the labels, in the order of the scale. */
  private record ScoreEntry(
      int inWindow,
      int speaker,
      long statements,
      long n,
      long articles,
      long outlets,
      double mean,
      double score,
      double low,
      double high,
      int lowN,
      Double change,
      int significant,
      List<ShareEntry> labels) {}

  private record ShareEntry(long statements, double low, double high, Double adjusted) {}

  /** An article in which statements were printed. */
  private record ArticleEntry(String id, String date, String outlet, String url, String title) {
    static ArticleEntry of(Evidence row) {
      return new ArticleEntry(row.article(), iso(row.date()), row.outlet(), row.url(), row.title());
    }
  }

  private record StatementEntry(
      int speaker,
      int article,
      long start,
      long end,
      String kind,
      String text,
      String cue,
      String source,
      long repeats,
      List<JudgementEntry> judgements,
      List<TintEntry> tints) {}

  private record JudgementEntry(
      int scale, int target, String label, double confidence, double position) {}

  /** The pulls as a flat list: start, length and log-odds in hundredths of each word. */
  private record TintEntry(int scale, Integer target, List<Long> pulls, List<Long> creditPulls) {}

  /** The record types that are written as arrays, by name. */
  private static final Map<String, Class<? extends Record>> ROWS =
      Map.of(
          "speakers", SpeakerName.class,
          "scores", ScoreEntry.class,
          "labels", ShareEntry.class,
          "articles", ArticleEntry.class,
          "statements", StatementEntry.class,
          "judgements", JudgementEntry.class,
          "tints", TintEntry.class);

  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    ROWS.values()
        .forEach(
            row ->
                JSON.configOverride(row)
                    .setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY)));
  }

  private final ReportData data;
  private final Map<String, Integer> speakers = new HashMap<>();
  private final List<String> scales;
  private final List<String> targets;

  private ReportJson(ReportData data) {
    this.data = data;
    data.speakers().forEach(speaker -> speakers.put(speaker.id(), speakers.size()));
    this.scales = data.scales().stream().map(Scale::name).toList();
    this.targets = data.targets().stream().map(TargetName::id).toList();
  }

  static String of(ReportData data) {
    try {
      return JSON.writeValueAsString(new ReportJson(data).page());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Records of texts and numbers can be written as JSON", e);
    }
  }

  private Page page() {
    Set<ArticleEntry> articles = new LinkedHashSet<>();
    data.statements().forEach(row -> articles.add(ArticleEntry.of(row)));
    Map<ArticleEntry, Integer> places = new HashMap<>();
    articles.forEach(article -> places.put(article, places.size()));
    List<WindowEntry> windows = new ArrayList<>();
    List<ScoreEntry> scores = new ArrayList<>();
    addScores(windows, scores);
    return new Page(
        columns(),
        new RunEntry(data.run().lowN()),
        data.scales().stream().map(ReportJson::entry).toList(),
        data.targets(),
        data.speakers(),
        windows,
        scores,
        List.copyOf(articles),
        data.statements().stream()
            .map(row -> entry(row, places.get(ArticleEntry.of(row))))
            .toList(),
        data.tintings());
  }

  /** Returns the column names of each kind of row. */
  private static Map<String, List<String>> columns() {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    ROWS.keySet().stream()
        .sorted()
        .forEach(
            name ->
                columns.put(
                    name,
                    Stream.of(ROWS.get(name).getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList()));
    return columns;
  }

  private static ScaleEntry entry(Scale scale) {
    return new ScaleEntry(
        scale.name(),
        scale.labels().stream().map(of -> new LabelEntry(of.name(), of.value())).toList());
  }

  /** The key that groups scores. */
  private record Group(
      String scale, String target, String window, LocalDate start, LocalDate end) {}

  /** The key of the score that shares belong to. */
  private record Key(String scale, String target, String window, LocalDate start, String speaker) {}

  private void addScores(List<WindowEntry> windows, List<ScoreEntry> scores) {
    Map<Group, List<SpeakerScoreRow>> groups = new LinkedHashMap<>();
    for (SpeakerScoreRow row : data.scores()) {
      groups
          .computeIfAbsent(
              new Group(
                  row.scale(), row.targetId(), row.window(), row.windowStart(), row.windowEnd()),
              group -> new ArrayList<>())
          .add(row);
    }
    Map<Group, LeftOut> leftOut = new HashMap<>();
    for (LeftOut left : data.leftOut()) {
      Group group = new Group(left.scale(), left.target(), left.window(), left.start(), left.end());
      leftOut.put(group, left);
      groups.putIfAbsent(group, List.of());
    }
    // Scores of an earlier configuration are left out, because the page lacks their labels.
    groups.keySet().removeIf(group -> !scales.contains(group.scale()));
    Map<Key, List<SpeakerLabelRow>> shares =
        data.shares().stream()
            .collect(
                groupingBy(
                    row ->
                        new Key(
                            row.scale(),
                            row.targetId(),
                            row.window(),
                            row.windowStart(),
                            row.speakerId())));
    groups.forEach(
        (group, rows) -> {
          LeftOut left = leftOut.get(group);
          for (SpeakerScoreRow row : rows) {
            Key key =
                new Key(
                    row.scale(), row.targetId(), row.window(), row.windowStart(), row.speakerId());
            scores.add(entry(row, windows.size(), shares.getOrDefault(key, List.of())));
          }
          windows.add(
              new WindowEntry(
                  group.scale(),
                  group.target(),
                  group.window(),
                  iso(group.start()),
                  iso(group.end()),
                  left == null ? 0 : left.speakers(),
                  left == null ? 0 : left.most()));
        });
  }

  private ScoreEntry entry(SpeakerScoreRow row, int window, List<SpeakerLabelRow> shares) {
    Scale scale = data.scales().get(scales.indexOf(row.scale()));
    return new ScoreEntry(
        window,
        speaker(row.speakerId()),
        row.statements(),
        row.distinctStatements(),
        row.articles(),
        row.outlets(),
        rounded(row.mean()),
        rounded(row.score()),
        rounded(row.low()),
        rounded(row.high()),
        row.lowN() ? 1 : 0,
        rounded(row.change()),
        row.changeSignificant() ? 1 : 0,
        shares.stream()
            .sorted(Comparator.comparingInt(share -> scale.indexOf(share.label())))
            .map(
                share ->
                    new ShareEntry(
                        share.statements(),
                        rounded(share.low()),
                        rounded(share.high()),
                        rounded(share.shareAdjusted())))
            .toList());
  }

  private StatementEntry entry(Evidence row, int article) {
    return new StatementEntry(
        speaker(row.speaker()),
        article,
        row.start(),
        row.end(),
        row.kind(),
        row.text(),
        row.cue(),
        row.source(),
        row.repeats(),
        row.judgements().stream()
            .filter(judgement -> scales.contains(judgement.scale()))
            .map(
                judgement ->
                    new JudgementEntry(
                        scales.indexOf(judgement.scale()),
                        targets.indexOf(judgement.target()),
                        judgement.label(),
                        rounded(judgement.confidence()),
                        rounded(judgement.position())))
            .toList(),
        row.tints().stream()
            .map(
                tint ->
                    new TintEntry(
                        scales.indexOf(tint.scale()),
                        tint.target() == null ? null : targets.indexOf(tint.target()),
                        numbers(tint.pulls()),
                        numbers(tint.creditPulls())))
            .toList());
  }

  private static List<Long> numbers(List<Pull> pulls) {
    return pulls.stream()
        .flatMap(
            pull ->
                Stream.of(
                    (long) pull.start(),
                    (long) pull.end() - pull.start(),
                    Math.round(100 * pull.value())))
        .toList();
  }

  private int speaker(String id) {
    Integer index = speakers.get(id);
    if (index == null) {
      throw new IllegalArgumentException("A row of the report names the unknown speaker " + id);
    }
    return index;
  }

  /** Rounds to four decimals, which keeps the page small and is finer than any chart. */
  private static Double rounded(Double value) {
    return value == null ? null : Double.valueOf(Math.round(value * 1e4) / 1e4);
  }

  private static String iso(LocalDate date) {
    return date == null ? null : date.toString();
  }
}
