package org.demarche.report;

import static java.util.stream.Collectors.joining;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.demarche.pipeline.ReportQueries.LeftOut;
import org.demarche.report.ReportData.Evidence;
import org.demarche.report.ReportData.Judgement;
import org.demarche.report.ReportData.SpeakerName;
import org.demarche.stance.Label;
import org.demarche.stance.Scale;
import org.demarche.text.Quantity;
import org.demarche.warehouse.SpeakerScoreTable.SpeakerScoreRow;

/**
 * Formats the summary that a run prints: counts, the speakers' scores on the first scale and target
 * over all time, and sentences of the two speakers who are furthest apart.
 */
public final class TerminalSummary {

  /** How many speakers are shown; those with the most statements come first. */
  private static final int MOST_SPEAKERS = 24;

  private static final int SENTENCES = 3;
  private static final int LINES_OF_A_SENTENCE = 3;
  private static final int NARROWEST = 72;
  private static final int WIDEST = 120;
  private static final int LONGEST_NAME = 28;
  private static final String ESCAPE = "\u001b[";
  private static final String LOW = "33";
  private static final String HIGH = "36";
  private static final String NONE = "";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

  private final ReportData data;
  private final int width;
  private final boolean colours;
  private final Scale scale;
  private final String target;
  private final double low;
  private final double high;
  private final List<String> lines = new ArrayList<>();

  private TerminalSummary(ReportData data, int width, boolean colours) {
    this.data = data;
    this.width = Math.max(NARROWEST, Math.min(WIDEST, width));
    this.colours = colours;
    this.scale = data.scales().get(0);
    this.target = data.targets().get(0).id();
    this.low = scale.range()[0];
    this.high = scale.range()[1];
  }

  /**
   * Returns fewer than 80 lines without line ends. Control characters are dropped, so that no text
   * can control the terminal.
   *
   * @param data a report with at least one scale and target
   * @param width columns of the terminal; limited to {@value #NARROWEST} to {@value #WIDEST}
   * @param colours whether to use ANSI colours
   */
  public static List<String> lines(ReportData data, int width, boolean colours) {
    TerminalSummary summary = new TerminalSummary(data, width, colours);
    summary.counts();
    summary.speakers();
    return List.copyOf(summary.lines);
  }

  private void counts() {
    ReportData.Run run = data.run();
    lines.add(
        "%s (%s, %s)"
            .formatted(
                Quantity.of(run.articles(), "article"),
                Quantity.of(run.reprints(), "reprint"),
                Quantity.of(run.rejects(), "record rejected", "records rejected")));
    lines.add(
        "%s (%s): %,d by %s with a score"
            .formatted(
                Quantity.of(run.statements(), "statement"),
                Quantity.of(run.distinctStatements(), "distinct", "distinct"),
                run.credits().statements(),
                Quantity.of(run.credits().speakers(), "speaker")));
    List<String> leftOut = run.credits().leftOut();
    if (!leftOut.isEmpty()) {
      wrap("without a score: " + String.join(", ", leftOut), width)
          .forEach(line -> lines.add(dim(line)));
    }
    if (run.first() != null && run.last() != null) {
      lines.add(dim(DAY.format(run.first()) + " to " + DAY.format(run.last())));
    }
  }

  private void speakers() {
    List<SpeakerScoreRow> rows =
        data.scores().stream()
            .filter(r -> r.scale().equals(scale.name()) && r.targetId().equals(target))
            .filter(r -> r.window().equals("all"))
            .sorted(
                Comparator.comparingLong(SpeakerScoreRow::distinctStatements)
                    .reversed()
                    .thenComparing(SpeakerScoreRow::speakerId))
            .toList();
    lines.add("");
    if (rows.isEmpty()) {
      lines.add("No speaker has a score on the scale " + scale.name() + ".");
      return;
    }
    Map<String, SpeakerName> names =
        data.speakers().stream().collect(Collectors.toMap(SpeakerName::id, Function.identity()));
    List<SpeakerScoreRow> shown =
        rows.stream()
            .limit(MOST_SPEAKERS)
            .sorted(
                Comparator.comparingDouble(SpeakerScoreRow::score)
                    .thenComparing(SpeakerScoreRow::speakerId))
            .toList();
    int name =
        shown.stream()
            .mapToInt(r -> length(names.get(r.speakerId()).name()))
            .map(n -> Math.min(n, LONGEST_NAME))
            .max()
            .orElse(0);
    // The other columns (score, interval, n, mark) take 35 cells.
    int room = Math.min(49, width - name - 35);
    // An odd width has a cell in the middle.
    int bar = room - (1 - room % 2);
    lines.add(
        bold(clean(scale.name() + " towards " + data.targets().get(0).name() + ", all time")));
    lines.add(
        pad("", name)
            + "  "
            + dim("score")
            + "  "
            + dim("95 % interval     n")
            + "      "
            + ends(bar));
    for (SpeakerScoreRow row : shown) {
      lines.add(
          pad(names.get(row.speakerId()).name(), name)
              + "  "
              + side(row, signed(row.score()))
              + "  "
              + dim(signed(row.low()) + " … " + signed(row.high()))
              + "  %4d".formatted(row.distinctStatements())
              + (row.lowN() ? dim(" few") : "    ")
              + "  "
              + bar(row, bar));
    }
    lines.add(
        dim(
            "● score  ━ 95 %% interval  few: fewer than %d distinct statements"
                .formatted(data.run().lowN())));
    long more = rows.size() - shown.size() + leftOut();
    if (more > 0) {
      lines.add(dim("and " + Quantity.of(more, "more", "more") + " of whom less is known"));
    }
    sentences(shown, names);
  }

  private long leftOut() {
    return data.leftOut().stream()
        .filter(left -> left.scale().equals(scale.name()) && left.target().equals(target))
        .filter(left -> left.window().equals("all"))
        .mapToLong(LeftOut::speakers)
        .sum();
  }

  private String ends(int bar) {
    String left = labelAt(low);
    String right = labelAt(high);
    int between = bar - length(left) - length(right);
    return between < 1
        ? dim("-" + " ".repeat(bar - 2) + "+")
        : paint(LOW, left) + " ".repeat(between) + paint(HIGH, right);
  }

  private String labelAt(double value) {
    return scale.labels().stream()
        .filter(label -> label.value() == value)
        .map(Label::name)
        .findFirst()
        .orElseThrow();
  }

  private String bar(SpeakerScoreRow row, int cells) {
    int point = cell(row.score(), cells);
    int from = cell(row.low(), cells);
    int to = cell(row.high(), cells);
    int middle = (cells - 1) / 2;
    String left = track(0, from, middle, '─', '┼');
    String below = track(from, point, middle, '━', '┿');
    String above = track(point + 1, to + 1, middle, '━', '┿');
    String right = track(to + 1, cells, middle, '─', '┼');
    return dim(left) + side(row, below + "●" + above) + dim(right);
  }

  private static String track(int from, int to, int middle, char line, char crossing) {
    StringBuilder track = new StringBuilder();
    for (int i = from; i < to; i++) {
      track.append(i == middle ? crossing : line);
    }
    return track.toString();
  }

  private int cell(double value, int cells) {
    return (int) Math.round((cells - 1) * (value - low) / (high - low));
  }

  private void sentences(List<SpeakerScoreRow> shown, Map<String, SpeakerName> names) {
    List<SpeakerScoreRow> sure =
        shown.stream().filter(r -> !r.lowN() && !isNameless(names.get(r.speakerId()))).toList();
    List<SpeakerScoreRow> candidates = sure.isEmpty() ? shown : sure;
    SpeakerScoreRow first = candidates.get(candidates.size() - 1);
    SpeakerScoreRow last = candidates.get(0);
    sentences(first, names.get(first.speakerId()), -1);
    if (first != last) {
      sentences(last, names.get(last.speakerId()), 1);
    }
  }

  private static String join(String said, String part) {
    return said.isEmpty() ? part : said + ", " + part;
  }

  private static boolean isNameless(SpeakerName speaker) {
    return speaker.kind().equals("unnamed") || speaker.kind().equals("unknown");
  }

  /**
   * @param order 1 to show the lowest positions first, −1 for the highest
   */
  private void sentences(SpeakerScoreRow row, SpeakerName speaker, int order) {
    List<Evidence> evidence =
        data.statements().stream()
            .filter(s -> s.speaker().equals(row.speakerId()))
            .filter(s -> s.on(scale.name(), target).isPresent())
            .sorted(
                Comparator.<Evidence>comparingDouble(s -> order * judgement(s).position())
                    .thenComparing(Evidence::text))
            .limit(SENTENCES)
            .toList();
    if (evidence.isEmpty()) {
      return;
    }
    String role =
        Stream.of(speaker.role(), speaker.affiliation())
            .filter(part -> part != null && !part.isBlank())
            .reduce("", (said, part) -> said.contains(part) ? said : join(said, part));
    lines.add("");
    String basis =
        "%s, from %s:"
            .formatted(
                signed(row.score()).strip(), Quantity.of(row.distinctStatements(), "statement"));
    String name = clean(speaker.name());
    int room = width - length(basis) - 2;
    String credited = cut(role.isEmpty() ? name : name + ", " + clean(role), room);
    lines.add(bold(credited) + "  " + side(row, basis));
    for (Evidence statement : evidence) {
      wrap(words(statement), width - 4).forEach(line -> lines.add("  " + line));
      Judgement judgement = judgement(statement);
      lines.add(
          "    "
              + paint(tone(judgement.label()), judgement.label())
              + dim(
                  Stream.of(
                          " %.0f %%".formatted(100 * judgement.confidence()),
                          statement.date() == null ? "no date" : DAY.format(statement.date()),
                          statement.outlet() == null ? "no outlet" : clean(statement.outlet()),
                          statement.kind())
                      .collect(joining(" · "))));
    }
  }

  /**
   * Returns a quotation as printed, with its marks, and reported speech after the words that credit
   * it.
   */
  private static String words(Evidence statement) {
    String text = clean(statement.text());
    if (statement.kind().equals("direct")) {
      return text;
    }
    return Stream.of(statement.source(), statement.cue())
        .filter(part -> part != null && !part.isBlank())
        .map(TerminalSummary::clean)
        .collect(joining(" ", "", ": "))
        .concat(text);
  }

  private Judgement judgement(Evidence statement) {
    return statement.on(scale.name(), target).orElseThrow();
  }

  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && length(line.toString()) + 1 + length(word) > width) {
        if (lines.size() == LINES_OF_A_SENTENCE - 1) {
          lines.add(cut(line + " " + word, width));
          return lines;
        }
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(cut(word, width));
    }
    lines.add(line.toString());
    return lines;
  }

  private static String signed(double value) {
    String digits = String.format(Locale.ENGLISH, "%.2f", Math.abs(value));
    return (digits.equals("0.00") ? " " : value < 0 ? "−" : "+") + digits;
  }

  private static String pad(String text, int columns) {
    String cut = cut(clean(text), columns);
    return cut + " ".repeat(columns - length(cut));
  }

  static String cut(String text, int columns) {
    return length(text) <= columns
        ? text
        : text.substring(0, text.offsetByCodePoints(0, columns - 1)) + "…";
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
  }

  /** Colours {@code text} only if the whole interval lies on one side of the middle. */
  private String side(SpeakerScoreRow row, String text) {
    double middle = (low + high) / 2;
    return paint(row.high() < middle ? LOW : row.low() > middle ? HIGH : NONE, text);
  }

  private String tone(String label) {
    int index = scale.indexOf(label);
    double middle = (low + high) / 2;
    double value = index < 0 ? middle : scale.labels().get(index).value();
    return value < middle ? LOW : value > middle ? HIGH : NONE;
  }

  private String bold(String text) {
    return paint("1", text);
  }

  private String dim(String text) {
    return paint("2", text);
  }

  private String paint(String code, String text) {
    return colours && !code.isEmpty() ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}
