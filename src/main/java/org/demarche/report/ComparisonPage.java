package org.demarche.report;

import static java.util.stream.Collectors.joining;
import static org.demarche.report.PageTemplate.escape;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.Estimate;
import org.demarche.evaluation.ModelComparison;
import org.demarche.evaluation.ModelComparison.Contestant;
import org.demarche.evaluation.ModelComparison.LearningPoint;
import org.demarche.evaluation.ReliabilityCurve;

/**
 * What a comparison of models found: one HTML file that is complete in itself, with the table, the
 * reliability diagrams and the learning curves.
 *
 * <p>Names of models, scales and labels are a user's and are escaped. The page has no script; its
 * content security policy admits its own style by its digest, and nothing else, from nowhere.
 */
public final class ComparisonPage {

  /** A dot that stands for fewer answers is faint. */
  private static final int FEW_ANSWERS = 10;

  /** Who is further behind is named beside the chart: drawn, it would squeeze all others. */
  private static final double FAR_BEHIND = .3;

  private final ModelComparison contest;

  private ComparisonPage(ModelComparison contest) {
    this.contest = contest;
  }

  /** Returns the page that shows {@code contest}; the same page for the same contest. */
  public static String html(ModelComparison contest) {
    ComparisonPage page = new ComparisonPage(contest);
    String style = PageTemplate.resource("report.css") + PageTemplate.resource("contest.css");
    return PageTemplate.fill(
        "contest.html",
        Map.ofEntries(
            Map.entry("title", escape("Models compared on the scale " + contest.scale().name())),
            Map.entry("verdict", page.verdict()),
            Map.entry("facts", page.facts()),
            Map.entry("warnings", page.warnings()),
            Map.entry("draws", number("%,d", contest.draws())),
            Map.entry("table", page.table()),
            Map.entry("reliability", page.reliability()),
            Map.entry("learning", page.learning()),
            Map.entry("labels", page.labels()),
            Map.entry("scale", escape(contest.scale().name())),
            Map.entry("folds", Integer.toString(contest.folds())),
            Map.entry("seed", Long.toString(contest.seed())),
            Map.entry("style", style),
            Map.entry("style-digest", PageTemplate.digest(style))));
  }

  /** Says in words who is best, who may be as good, and how many are not. */
  private String verdict() {
    Contestant best = contest.best();
    List<Contestant> others = contest.contestants().subList(1, contest.contestants().size());
    List<String> open =
        others.stream().filter(one -> !one.surelyBehind()).map(one -> bold(one.name())).toList();
    int behind = others.size() - open.size();
    StringBuilder verdict = new StringBuilder();
    verdict.append(
        "%s %s a macro-F1 of %s (95 %% interval %s)."
            .formatted(
                bold(best.name()),
                others.isEmpty() ? "has" : "comes first, with",
                figure(best.macroF1().value()),
                range(best.macroF1())));
    if (!open.isEmpty()) {
      verdict.append(" On these statements %s cannot be told apart from it.".formatted(list(open)));
    }
    if (behind == 1) {
      verdict.append(" The other one is surely behind.");
    } else if (behind > 1) {
      verdict.append(" The other %d are surely behind.".formatted(behind));
    }
    return verdict.toString();
  }

  private static String bold(String name) {
    return "<b>" + escape(name) + "</b>";
  }

  /** Warns of too few groups, or returns an empty text. */
  static String warning(ModelComparison contest) {
    return contest.groups() >= ModelComparison.FEW_GROUPS
        ? ""
        : ("The statements fall into %s only, fewer than %d: the intervals are too narrow to build"
                + " on.")
            .formatted(count(contest.groups(), "group", "groups"), ModelComparison.FEW_GROUPS);
  }

  private String facts() {
    return List.of(
            fact(contest.rows(), "labelled statement", "labelled statements"),
            fact(contest.groups(), "group", "groups"),
            fact(contest.folds(), "fold", "folds"),
            fact(contest.contestants().size(), "model", "models"))
        .stream()
        .collect(joining("\n"));
  }

  private static String fact(long count, String one, String many) {
    return "<li><b>%s</b>%s</li>".formatted(number("%,d", count), count == 1 ? one : many);
  }

  private String warnings() {
    String warning = warning(contest);
    return warning.isEmpty() ? "" : "<p class=\"warn\">%s</p>".formatted(escape(warning));
  }

  // ---- The table, in which one column is the chart. ----

  private String table() {
    Axis axis =
        Axis.around(
            contest.contestants().stream()
                .filter(one -> !isFarBehind(one))
                .flatMap(one -> List.of(one.macroF1().low(), one.macroF1().high()).stream())
                .toList());
    boolean timed = contest.contestants().stream().anyMatch(one -> one.seconds() != null);
    StringBuilder table = new StringBuilder("<thead><tr>");
    table.append("<th scope=\"col\">Model</th>");
    table.append("<th scope=\"col\" class=\"plot\">").append(ticks(axis)).append("</th>");
    for (String column :
        List.of("Macro-F1", "Behind the best", "F_avg", "Accuracy", "Log loss", "Calibration")) {
      table.append(heading(column));
    }
    table.append(timed ? heading("Took") : "");
    table.append("</tr></thead>\n<tbody>\n");
    for (Contestant one : contest.contestants()) {
      ClassificationReport report = one.report();
      table.append("<tr><td>%s</td>".formatted(escape(one.name())));
      table.append("<td class=\"plot\">%s</td>".formatted(bar(axis, one)));
      table.append(cell(figure(one.macroF1().value()), range(one.macroF1())));
      table.append(
          one.macroF1Behind() == null
              ? cell("<span class=\"tag\">best</span>", "")
              : cell(difference(one), signedRange(one.macroF1Behind())));
      table.append(cell(figure(one.fAverage().value()), range(one.fAverage())));
      table.append(cell(figure(report.accuracy()), ""));
      table.append(cell(figure(report.logLoss()), ""));
      table.append(cell(figure(report.calibrationError()), ""));
      table.append(timed ? cell(seconds(one.seconds()), "") : "");
      table.append("</tr>\n");
    }
    return table.append("</tbody>").toString();
  }

  private static String heading(String text) {
    return "<th scope=\"col\" class=\"num\">%s</th>".formatted(escape(text));
  }

  private static String cell(String text, String range) {
    return "<td class=\"num\">%s%s</td>"
        .formatted(text, range.isEmpty() ? "" : "<span class=\"range\">" + range + "</span>");
  }

  private static String ticks(Axis axis) {
    StringBuilder svg = new StringBuilder("<svg aria-hidden=\"true\">");
    for (double tick : axis.ticks()) {
      svg.append(
          "<text x=\"%s\" y=\"16\" text-anchor=\"middle\">%s</text>"
              .formatted(percent(axis.share(tick)), axis.name(tick)));
      svg.append(
          "<line x1=\"%1$s\" x2=\"%1$s\" y1=\"22\" y2=\"30\" class=\"axis\"/>"
              .formatted(percent(axis.share(tick))));
    }
    return svg.append("</svg>").toString();
  }

  private String bar(Axis axis, Contestant one) {
    Estimate best = contest.best().macroF1();
    Estimate own = one.macroF1();
    String tone = one.macroF1Behind() == null ? "high" : one.surelyBehind() ? "low" : "mid";
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg role=\"img\" aria-label=\"macro-F1 %s, 95 %% interval %s\">"
            .formatted(figure(own.value()), range(own)));
    svg.append(
        "<rect x=\"%s\" width=\"%s\" y=\"0\" height=\"46\" class=\"band\"/>"
            .formatted(
                percent(axis.share(best.low())),
                percent(axis.share(best.high()) - axis.share(best.low()))));
    for (double tick : axis.ticks()) {
      svg.append(
          "<line x1=\"%1$s\" x2=\"%1$s\" y1=\"0\" y2=\"46\" class=\"axis\"/>"
              .formatted(percent(axis.share(tick))));
    }
    if (isFarBehind(one)) {
      svg.append(
          "<text x=\"0%%\" y=\"27\" class=\"f-low\">◂ %s</text></svg>"
              .formatted(figure(own.value())));
      return svg.toString();
    }
    svg.append(
        ("<line x1=\"%s\" x2=\"%s\" y1=\"23\" y2=\"23\" class=\"s-%s\" stroke-width=\"3\""
                + " stroke-linecap=\"round\"/>")
            .formatted(percent(axis.share(own.low())), percent(axis.share(own.high())), tone));
    svg.append(
        "<circle cx=\"%s\" cy=\"23\" r=\"6\" class=\"f-%s\"/></svg>"
            .formatted(percent(axis.share(own.value())), tone));
    return svg.toString();
  }

  private boolean isFarBehind(Contestant one) {
    return one.macroF1().value() < contest.best().macroF1().value() - FAR_BEHIND;
  }

  // ---- Reliability diagrams, one a model, all to the same measure. ----

  private String reliability() {
    return contest.contestants().stream().map(ComparisonPage::diagram).collect(joining("\n"));
  }

  private static String diagram(Contestant one) {
    Plot plot = new Plot(38, 6, 190, 190);
    long most =
        one.reliability().bins().stream().mapToLong(ReliabilityCurve.Bin::rows).max().orElse(1);
    StringBuilder svg = new StringBuilder();
    svg.append(
        ("<svg viewBox=\"0 0 236 264\" role=\"img\" aria-label=\"Share of right answers by"
                + " probability for %s\">")
            .formatted(escape(one.name())));
    for (int tick = 0; tick <= 4; tick++) {
      double share = tick / 4.0;
      svg.append(line(plot.x(0), plot.y(share), plot.x(1), plot.y(share), "axis"));
      svg.append(text(plot.x(0) - 5, plot.y(share) + 4, "end", 25 * tick + ""));
      svg.append(text(plot.x(share), 244, "middle", 25 * tick + ""));
    }
    svg.append(line(plot.x(0), plot.y(0), plot.x(1), plot.y(1), "zero"));
    svg.append(text(plot.x(.5), 259, "middle", "probability given, %"));
    svg.append(
        "<text transform=\"translate(10 %s) rotate(-90)\" text-anchor=\"middle\">right, %%</text>"
            .formatted(coordinate(plot.y(.5))));
    for (ReliabilityCurve.Bin bin : one.reliability().bins()) {
      double height = 28.0 * bin.rows() / most;
      svg.append(
          "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" class=\"column\"/>"
              .formatted(
                  coordinate(plot.x(bin.from()) + .75),
                  coordinate(231 - height),
                  coordinate(plot.x(bin.to()) - plot.x(bin.from()) - 1.5),
                  coordinate(height)));
      Estimate right = bin.accuracy();
      double given = bin.meanConfidence();
      String tone = right.high() < given ? "low" : right.low() > given ? "high" : "mid";
      svg.append(
          "<g%s><title>%s</title>"
              .formatted(
                  bin.rows() < FEW_ANSWERS ? " class=\"few\"" : "",
                  "%s given with %s in the mean, of which %s are right (95 %% interval %s to %s)"
                      .formatted(
                          count(bin.rows(), "answer", "answers"),
                          inHundred(given),
                          inHundred(right.value()),
                          inHundred(right.low()),
                          inHundred(right.high()))));
      svg.append(
          line(
              plot.x(given),
              plot.y(right.low()),
              plot.x(given),
              plot.y(right.high()),
              "s-" + tone));
      svg.append(circle(plot.x(given), plot.y(right.value()), 4, "f-" + tone)).append("</g>");
    }
    return figure(
        one.name(),
        "calibration error " + figure(one.report().calibrationError()),
        svg.append("</svg>").toString());
  }

  // ---- Learning curves: each model before all the others. ----

  private String learning() {
    List<Contestant> measured =
        contest.contestants().stream().filter(one -> !one.learning().isEmpty()).toList();
    if (measured.isEmpty()) {
      return "";
    }
    List<LearningPoint> points = measured.stream().flatMap(one -> one.learning().stream()).toList();
    Axis height = Axis.around(points.stream().map(LearningPoint::macroF1).toList());
    Rows width =
        new Rows(
            points.stream().mapToLong(LearningPoint::trainingRows).min().orElseThrow(),
            points.stream().mapToLong(LearningPoint::trainingRows).max().orElseThrow());
    String panels =
        measured.stream().map(one -> curve(one, measured, width, height)).collect(joining("\n"));
    List<String> missing =
        contest.contestants().stream()
            .filter(one -> one.learning().isEmpty())
            .map(Contestant::name)
            .toList();
    return """
        <section class="card" aria-labelledby="learning">
        <h2 id="learning">Would more labels help</h2>
        <p class="headline soft">Macro-F1 on unseen statements by the number of statements learnt \
        from; each doubling takes the same distance, and the other models are grey. A curve that still rises at its right end says that more labelled statements would \
        help; a flat one asks for another model or clearer labels.%s</p>
        <div class="panels">
        %s
        </div>
        </section>"""
        .formatted(
            missing.isEmpty() ? "" : " Not measured: " + escape(list(missing)) + ".", panels);
  }

  private static String curve(Contestant one, List<Contestant> measured, Rows width, Axis height) {
    Plot plot = new Plot(38, 10, 230, 150);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 284 200\" role=\"img\" aria-label=\"Learning curve of %s\">"
            .formatted(escape(one.name())));
    for (double tick : height.ticks()) {
      double y = plot.y(height.share(tick));
      svg.append(line(plot.x(0), y, plot.x(1), y, "axis"));
      svg.append(text(plot.x(0) - 5, y + 4, "end", height.name(tick)));
    }
    for (long tick : width.ticks()) {
      svg.append(text(plot.x(width.share(tick)), 176, "middle", number("%,d", tick)));
    }
    svg.append(text(plot.x(.5), 194, "middle", "statements learnt from"));
    for (Contestant other : measured) {
      if (other != one) {
        svg.append(trace(other, plot, width, height, "other"));
      }
    }
    svg.append(trace(one, plot, width, height, "own"));
    for (LearningPoint point : one.learning()) {
      svg.append(
          "<g><title>macro-F1 %s after %s</title>%s</g>"
              .formatted(
                  figure(point.macroF1()),
                  count(point.trainingRows(), "statement", "statements"),
                  circle(
                      plot.x(width.share(point.trainingRows())),
                      plot.y(height.share(point.macroF1())),
                      3.5,
                      "f-high")));
    }
    LearningPoint last = one.learning().get(one.learning().size() - 1);
    return figure(
        one.name(),
        "macro-F1 %s after %s"
            .formatted(
                figure(last.macroF1()), count(last.trainingRows(), "statement", "statements")),
        svg.append("</svg>").toString());
  }

  private static String trace(Contestant one, Plot plot, Rows width, Axis height, String style) {
    return one.learning().stream()
        .map(
            point ->
                coordinate(plot.x(width.share(point.trainingRows())))
                    + ","
                    + coordinate(plot.y(height.share(point.macroF1()))))
        .collect(joining(" ", "<polyline class=\"" + style + "\" points=\"", "\"/>"));
  }

  // ---- Label by label. ----

  private String labels() {
    StringBuilder table = new StringBuilder("<thead><tr><th scope=\"col\">Model</th>");
    for (ClassificationReport.LabelFigures label : contest.best().report().labels()) {
      table.append(
          "<th scope=\"col\" class=\"num\">%s<span class=\"range\">%s</span></th>"
              .formatted(escape(label.label()), count(label.support(), "statement", "statements")));
    }
    table.append("</tr></thead>\n<tbody>\n");
    for (Contestant one : contest.contestants()) {
      table.append("<tr><td>%s</td>".formatted(escape(one.name())));
      for (ClassificationReport.LabelFigures label : one.report().labels()) {
        table.append(
            cell(
                figure(label.f1()),
                "precision %s · recall %s"
                    .formatted(figure(label.precision()), figure(label.recall()))));
      }
      table.append("</tr>\n");
    }
    return table.append("</tbody>").toString();
  }

  // ---- Where things lie in a chart. ----

  /** A stretch of a figure in [0, 1], its ends on round numbers. */
  private record Axis(int low, int high, double step) {

    private static final double[] STEPS = {.01, .02, .05, .1, .2};
    private static final int MOST_TICKS = 7;

    static Axis around(List<Double> values) {
      double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
      double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
      for (double step : STEPS) {
        int low = (int) Math.floor(least / step);
        int high = Math.max(low + 1, (int) Math.ceil(most / step));
        if (high - low < MOST_TICKS) {
          return new Axis(low, high, step);
        }
      }
      return new Axis(0, 5, .2);
    }

    double share(double value) {
      return (value / step - low) / (high - low);
    }

    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      for (int tick = low; tick <= high; tick++) {
        ticks.add(tick * step);
      }
      return ticks;
    }

    String name(double tick) {
      return number(step < .1 ? "%.2f" : "%.1f", tick);
    }
  }

  /** A stretch of numbers of rows, on a logarithmic measure. */
  private record Rows(long low, long high) {

    private static final double NARROWEST = .16;

    double share(double rows) {
      return low == high ? .5 : StrictMath.log(rows / low) / StrictMath.log((double) high / low);
    }

    /** The ends, and of the round numbers between them as many as have room. */
    List<Long> ticks() {
      List<Long> ticks = new ArrayList<>(List.of(low));
      if (low == high) {
        return ticks;
      }
      for (long power = 1; power <= high; power *= 10) {
        for (long tick : new long[] {power, 2 * power, 5 * power}) {
          double share = tick <= low || tick >= high ? -1 : share(tick);
          if (share - share(ticks.get(ticks.size() - 1)) > NARROWEST && 1 - share > NARROWEST) {
            ticks.add(tick);
          }
        }
      }
      ticks.add(high);
      return ticks;
    }
  }

  /**
   * A rectangle of a drawing, in which (0, 0) is at the bottom left and (1, 1) at the top right.
   */
  private record Plot(double left, double top, double width, double height) {

    double x(double share) {
      return left + share * width;
    }

    double y(double share) {
      return top + (1 - share) * height;
    }
  }

  private static String figure(String name, String caption, String svg) {
    return "<figure><figcaption><b>%s</b>%s</figcaption>%s</figure>"
        .formatted(escape(name), escape(caption), svg);
  }

  private static String line(double x1, double y1, double x2, double y2, String style) {
    return "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" class=\"%s\"/>"
        .formatted(coordinate(x1), coordinate(y1), coordinate(x2), coordinate(y2), style);
  }

  private static String circle(double x, double y, double radius, String style) {
    return "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" class=\"%s\"/>"
        .formatted(coordinate(x), coordinate(y), coordinate(radius), style);
  }

  private static String text(double x, double y, String anchor, String text) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
        .formatted(coordinate(x), coordinate(y), anchor, escape(text));
  }

  private static String coordinate(double value) {
    return number("%.2f", value);
  }

  private static String percent(double share) {
    return number("%.2f%%", 100 * share);
  }

  // ---- Numbers as people read them; the terminal table uses them too. ----

  static String difference(Contestant one) {
    return (one.surelyBehind() ? "▼ " : "") + signed(one.macroF1Behind().value());
  }

  static String figure(double value) {
    return number("%.3f", value);
  }

  static String signed(double value) {
    String digits = figure(Math.abs(value));
    return (digits.equals("0.000") ? "±" : value < 0 ? "−" : "+") + digits;
  }

  static String range(Estimate estimate) {
    return figure(estimate.low()) + " to " + figure(estimate.high());
  }

  static String signedRange(Estimate estimate) {
    return signed(estimate.low()) + " to " + signed(estimate.high());
  }

  static String seconds(Double seconds) {
    return seconds == null ? "" : number(seconds < 10 ? "%.1f s" : "%,.0f s", seconds);
  }

  static String count(long count, String one, String many) {
    return number("%,d ", count) + (count == 1 ? one : many);
  }

  private static String inHundred(double share) {
    return number("%.0f %%", 100 * share);
  }

  private static String number(String format, Object value) {
    return String.format(Locale.ENGLISH, format, Objects.requireNonNull(value));
  }

  private static String list(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
