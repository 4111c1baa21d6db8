package org.demarche.report;

import static java.util.stream.Collectors.joining;
import static org.demarche.report.Figures.figure;
import static org.demarche.report.Figures.inHundred;
import static org.demarche.report.Figures.number;
import static org.demarche.report.Figures.range;
import static org.demarche.report.PageTemplate.escape;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.demarche.evaluation.Estimate;
import org.demarche.evaluation.ModelComparison;
import org.demarche.evaluation.ModelComparison.Contestant;
import org.demarche.evaluation.ModelComparison.LearningPoint;
import org.demarche.evaluation.ReliabilityCurve;
import org.demarche.text.Quantity;

/**
 * Draws the charts of a {@link ComparisonPage} as SVG. Charts of the same sort share their axes, so
 * that models can be compared by eye.
 */
final class ComparisonCharts {

  /** Points that stand for fewer answers are drawn faint. */
  private static final int FEW_ANSWERS = 10;

  /**
   * A model whose macro-F1 is lower than the best by more than this is written beside the chart:
   * drawing it would squeeze all others together.
   */
  private static final double FAR_BEHIND = .3;

  private final ModelComparison comparison;
  private final Axis intervals;

  ComparisonCharts(ModelComparison comparison) {
    this.comparison = comparison;
    this.intervals =
        Axis.around(
            comparison.contestants().stream()
                .filter(one -> !isFarBehind(one))
                .flatMap(one -> Stream.of(one.macroF1().low(), one.macroF1().high()))
                .toList());
  }

  /** Returns the scale above the column of {@link #interval}. */
  String intervalTicks() {
    StringBuilder svg = new StringBuilder("<svg aria-hidden=\"true\">");
    for (double tick : intervals.ticks()) {
      svg.append(
          "<text x=\"%s\" y=\"16\" text-anchor=\"middle\">%s</text>"
              .formatted(percent(intervals.share(tick)), intervals.name(tick)));
      svg.append(
          "<line x1=\"%1$s\" x2=\"%1$s\" y1=\"22\" y2=\"30\" class=\"axis\"/>"
              .formatted(percent(intervals.share(tick))));
    }
    return svg.append("</svg>").toString();
  }

  /** Returns the macro-F1 of one model with its interval; the interval of the best is shaded. */
  String interval(Contestant one) {
    Estimate best = comparison.best().macroF1();
    Estimate own = one.macroF1();
    String tone = one.macroF1Behind() == null ? "high" : one.surelyBehind() ? "low" : "mid";
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg role=\"img\" aria-label=\"macro-F1 %s, 95 %% interval %s\">"
            .formatted(figure(own.value()), range(own)));
    svg.append(
        "<rect x=\"%s\" width=\"%s\" y=\"0\" height=\"46\" class=\"band\"/>"
            .formatted(
                percent(intervals.share(best.low())),
                percent(intervals.share(best.high()) - intervals.share(best.low()))));
    for (double tick : intervals.ticks()) {
      svg.append(
          "<line x1=\"%1$s\" x2=\"%1$s\" y1=\"0\" y2=\"46\" class=\"axis\"/>"
              .formatted(percent(intervals.share(tick))));
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
            .formatted(
                percent(intervals.share(own.low())), percent(intervals.share(own.high())), tone));
    svg.append(
        "<circle cx=\"%s\" cy=\"23\" r=\"6\" class=\"f-%s\"/></svg>"
            .formatted(percent(intervals.share(own.value())), tone));
    return svg.toString();
  }

  private boolean isFarBehind(Contestant one) {
    return one.macroF1().value() < comparison.best().macroF1().value() - FAR_BEHIND;
  }

  /** Returns one reliability diagram per model. */
  String reliability() {
    return comparison.contestants().stream().map(ComparisonCharts::diagram).collect(joining("\n"));
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
    svg.append(text(plot.x(.5), 259, "middle", "probability of the answer, %"));
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
                  "%s with a mean probability of %s, of which %s are right (95 %% interval %s to %s)"
                      .formatted(
                          Quantity.of(bin.rows(), "answer"),
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
    return captioned(
        one.name(),
        "calibration error " + figure(one.report().calibrationError()),
        svg.append("</svg>").toString());
  }

  /** Returns one learning curve per model of which it was measured, drawn before all the others. */
  String learning() {
    List<Contestant> measured =
        comparison.contestants().stream().filter(one -> !one.learning().isEmpty()).toList();
    List<LearningPoint> points = measured.stream().flatMap(one -> one.learning().stream()).toList();
    Axis height = Axis.around(points.stream().map(LearningPoint::macroF1).toList());
    RowAxis width =
        new RowAxis(
            points.stream().mapToLong(LearningPoint::trainingRows).min().orElseThrow(),
            points.stream().mapToLong(LearningPoint::trainingRows).max().orElseThrow());
    return measured.stream().map(one -> curve(one, measured, width, height)).collect(joining("\n"));
  }

  private static String curve(
      Contestant one, List<Contestant> measured, RowAxis width, Axis height) {
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
    svg.append(text(plot.x(.5), 194, "middle", "training statements"));
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
                  Quantity.of(point.trainingRows(), "statement"),
                  circle(
                      plot.x(width.share(point.trainingRows())),
                      plot.y(height.share(point.macroF1())),
                      3.5,
                      "f-high")));
    }
    LearningPoint last = one.learning().get(one.learning().size() - 1);
    return captioned(
        one.name(),
        "macro-F1 %s after %s"
            .formatted(figure(last.macroF1()), Quantity.of(last.trainingRows(), "statement")),
        svg.append("</svg>").toString());
  }

  private static String trace(Contestant one, Plot plot, RowAxis width, Axis height, String style) {
    return one.learning().stream()
        .map(
            point ->
                coordinate(plot.x(width.share(point.trainingRows())))
                    + ","
                    + coordinate(plot.y(height.share(point.macroF1()))))
        .collect(joining(" ", "<polyline class=\"" + style + "\" points=\"", "\"/>"));
  }

  /** The axis of a figure in [0, 1]; its ends are round numbers. */
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

  /** The logarithmic axis of a number of statements. */
  private record RowAxis(long low, long high) {

    private static final double NARROWEST = .16;

    double share(double rows) {
      return low == high ? .5 : StrictMath.log(rows / low) / StrictMath.log((double) high / low);
    }

    /** Returns both ends, and the round numbers between them that have room. */
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

  /** Places points in a rectangle: (0, 0) is its lower left corner, (1, 1) the upper right one. */
  private record Plot(double left, double top, double width, double height) {

    double x(double share) {
      return left + share * width;
    }

    double y(double share) {
      return top + (1 - share) * height;
    }
  }

  private static String captioned(String name, String caption, String svg) {
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
}
