package org.demarche.console;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.demarche.attribution.Statement;
import org.demarche.attribution.learned.Aspect;
import org.demarche.attribution.learned.Considered;
import org.demarche.attribution.learned.Considered.Finder;
import org.demarche.attribution.learned.Finding;
import org.demarche.text.Span;

/**
 * Prints on a terminal how a statement was found: its sentences with content, cue and source
 * marked, the candidates in its place and what became of each, then a table of what made each
 * candidate probable.
 */
public final class AttributionLines {

  /** This many candidates are shown, and the statement itself if it is not among them. */
  private static final int MOST = 6;

  private static final int HEAD = 34;
  private static final char CONTENT = '=';
  private static final char CUE = '-';
  private static final char SOURCE = '~';

  private final Finding finding;
  private final boolean colours;
  private final int winner;
  private final List<Integer> shown;
  private final List<String> lines = new ArrayList<>();

  private AttributionLines(Finding finding, boolean colours) {
    this.finding = finding;
    this.colours = colours;
    winner = finding.winner();
    shown =
        IntStream.range(0, finding.candidates().size())
            .filter(i -> i < MOST || i == winner)
            .boxed()
            .toList();
  }

  /**
   * Returns the lines to print.
   *
   * @param colours whether marks may be colours; if not, they stand on lines of their own
   */
  public static List<String> of(Finding finding, boolean colours) {
    AttributionLines drawn = new AttributionLines(finding, colours);
    drawn.sentences();
    drawn.candidates();
    if (finding.model() != null && !drawn.shown.isEmpty()) {
      drawn.table();
    }
    return drawn.lines;
  }

  private void sentences() {
    Statement statement = finding.statement();
    char[] marks = new char[finding.sentences().length()];
    Arrays.fill(marks, ' ');
    statement.content().forEach(span -> mark(marks, span, CONTENT));
    mark(marks, statement.cue(), CUE);
    mark(marks, statement.source(), SOURCE);
    lines.addAll(
        MarkedText.lines(
            finding.sentences().of(finding.article()), marks, colours, AttributionLines::paint));
    lines.add("");
    lines.add(
        colours
            ? "  %s, %s, %s"
                .formatted(paint(CONTENT, "content"), paint(CUE, "cue"), paint(SOURCE, "source"))
            : "  === content, --- cue, ~~~ source");
  }

  private void mark(char[] marks, Span span, char mark) {
    if (span != null) {
      Span here = span.minus(finding.sentences().start());
      Arrays.fill(marks, here.start(), here.end(), mark);
    }
  }

  private static String paint(char mark, String text) {
    return ExplanationLines.coloured(
        switch (mark) {
          case CONTENT -> "1";
          case CUE -> ExplanationLines.LOW;
          default -> ExplanationLines.HIGH;
        },
        text);
  }

  private void candidates() {
    lines.add("");
    if (finding.model() == null) {
      lines.add("  Found by the rules alone (extract.model = none), each with its precision:");
    } else {
      lines.add(
          "  Found by the rules and the model %s (extract.min-confidence = %s). In front is how"
              .formatted(finding.model(), finding.minConfidence()));
      lines.add(
          "  probable the arbiter thinks a candidate, in brackets the tagger its content, as a mean:");
    }
    for (int i : shown) {
      Considered candidate = finding.candidates().get(i);
      lines.add(
          "  %2d  %.2f  %s"
              .formatted(i + 1, candidate.statement().confidence(), outcome(i, candidate)));
      lines.add("            " + finders(candidate));
      lines.add("            " + words(candidate.statement()));
    }
    int more = finding.candidates().size() - shown.size();
    if (more > 0) {
      lines.add("      and %d more, none more probable".formatted(more));
    }
    Statement stored = finding.statement();
    if (winner < 0) {
      lines.add(
          "  None of them is the stored statement: another version of Demarche, or other settings,"
              + " found it.");
    } else if (!finding.candidates().get(winner).statement().equals(stored)) {
      lines.add(
          "  Stored with %s and %.2f: another version of Demarche, or other settings, found it."
              .formatted(stored.rule(), stored.confidence()));
    }
  }

  private String outcome(int place, Considered candidate) {
    String kept = place == winner ? "this statement" : "another statement";
    return switch (candidate.outcome()) {
      case KEPT -> finding.model() == null ? kept : kept + ": nothing more probable in its place";
      case KEPT_FOR_QUOTATION ->
          kept + ": less than the least confidence, but no other has its quotation";
      case OVERLAPS -> "dropped: a more probable statement has a fifth of its content or more";
      case IMPROBABLE -> "dropped: less than the least confidence";
    };
  }

  private static String finders(Considered candidate) {
    if (candidate.contentProbability() == null) {
      return "rule " + candidate.rule();
    }
    String tagger = "tagger (%.2f)".formatted(candidate.contentProbability());
    if (candidate.rule() == null) {
      return tagger;
    }
    return candidate.isTagged()
        ? "rule %s and %s; content: %s, source: %s"
            .formatted(
                candidate.rule(),
                tagger,
                name(candidate.contentFinder()),
                name(candidate.sourceFinder()))
        : "rule %s, not the %s".formatted(candidate.rule(), tagger);
  }

  private static String name(Finder finder) {
    return finder.name().toLowerCase(Locale.ROOT);
  }

  private String words(Statement statement) {
    String who = statement.source() == null ? "nobody named" : of(statement.source());
    String cue = statement.cue() == null ? "" : ", " + of(statement.cue());
    String content = statement.content().stream().map(this::of).collect(joining(" … "));
    String words = TerminalText.clean("[%s%s] %s".formatted(who, cue, content));
    return TerminalText.padded(words, ExplanationLines.WIDTH - 12).stripTrailing();
  }

  private String of(Span span) {
    return span.of(finding.article());
  }

  private void table() {
    lines.add("");
    lines.add(
        "  What the arbiter's weights add to the log-odds of each, summed by what they look at:");
    lines.add("");
    lines.add(
        " ".repeat(HEAD + 2) + shown.stream().map(i -> "%8d".formatted(i + 1)).collect(joining()));
    Considered first = finding.candidates().get(Math.max(0, winner));
    first.logOdds().keySet().stream()
        .sorted(
            Comparator.comparingDouble((Aspect aspect) -> -Math.abs(first.logOdds().get(aspect)))
                .thenComparing(Comparator.naturalOrder()))
        .forEach(aspect -> row(aspect.words(), candidate -> candidate.logOdds().get(aspect)));
    lines.add("  " + "─".repeat(HEAD + 8 * shown.size()));
    row(
        "log-odds",
        candidate -> candidate.logOdds().values().stream().mapToDouble(Double::doubleValue).sum());
  }

  private void row(String head, ToDoubleFunction<Considered> value) {
    lines.add(
        "  "
            + TerminalText.padded(head, HEAD)
            + shown.stream()
                .map(i -> value.applyAsDouble(finding.candidates().get(i)))
                .map(number -> ExplanationLines.number("%+8.2f", number))
                .collect(joining()));
  }
}
