package org.demarche.report;

import static java.util.stream.Collectors.joining;
import static org.demarche.report.Figures.difference;
import static org.demarche.report.Figures.figure;
import static org.demarche.report.Figures.number;
import static org.demarche.report.Figures.range;
import static org.demarche.report.Figures.seconds;
import static org.demarche.report.Figures.signedRange;
import static org.demarche.report.PageTemplate.escape;

import java.util.List;
import java.util.Map;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.ModelComparison;
import org.demarche.evaluation.ModelComparison.Contestant;
import org.demarche.text.Quantity;

/**
 * Writes a comparison of models as one self-contained HTML page with a table, reliability diagrams
 * and learning curves.
 *
 * <p>Users choose the names of models, scales and labels, so these are escaped. The page has no
 * script, and its content security policy allows only its own style sheet.
 */
public final class ComparisonPage {

  private final ModelComparison comparison;
  private final ComparisonCharts charts;

  private ComparisonPage(ModelComparison comparison) {
    this.comparison = comparison;
    this.charts = new ComparisonCharts(comparison);
  }

  /** Returns the page. The same comparison always gives the same page. */
  public static String html(ModelComparison comparison) {
    ComparisonPage page = new ComparisonPage(comparison);
    String style = PageTemplate.resource("report.css") + PageTemplate.resource("comparison.css");
    return PageTemplate.fill(
        "comparison.html",
        Map.ofEntries(
            Map.entry("title", escape("Models compared on the scale " + comparison.scale().name())),
            Map.entry("verdict", page.verdict()),
            Map.entry("facts", page.facts()),
            Map.entry("warnings", page.warnings()),
            Map.entry("draws", number("%,d", comparison.draws())),
            Map.entry("table", page.table()),
            Map.entry("reliability", page.charts.reliability()),
            Map.entry("learning", page.learning()),
            Map.entry("labels", page.labels()),
            Map.entry("scale", escape(comparison.scale().name())),
            Map.entry("folds", Integer.toString(comparison.folds())),
            Map.entry("seed", Long.toString(comparison.seed())),
            Map.entry("style", style),
            Map.entry("style-digest", PageTemplate.digest(style))));
  }

  private String verdict() {
    Contestant best = comparison.best();
    List<Contestant> others = comparison.contestants().subList(1, comparison.contestants().size());
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

  /** Returns a warning if there are too few groups for the intervals, else an empty text. */
  static String warning(ModelComparison comparison) {
    return comparison.groups() >= ModelComparison.FEW_GROUPS
        ? ""
        : "There are only %s of statements, fewer than %d, so the intervals are too narrow to trust."
            .formatted(Quantity.of(comparison.groups(), "group"), ModelComparison.FEW_GROUPS);
  }

  private String facts() {
    return List.of(
            fact(comparison.rows(), "labelled statement", "labelled statements"),
            fact(comparison.groups(), "group", "groups"),
            fact(comparison.folds(), "fold", "folds"),
            fact(comparison.contestants().size(), "model", "models"))
        .stream()
        .collect(joining("\n"));
  }

  private static String fact(long count, String one, String many) {
    return "<li><b>%s</b>%s</li>".formatted(number("%,d", count), count == 1 ? one : many);
  }

  private String warnings() {
    String warning = warning(comparison);
    return warning.isEmpty() ? "" : "<p class=\"warn\">%s</p>".formatted(escape(warning));
  }

  private String table() {
    boolean timed = comparison.contestants().stream().anyMatch(one -> one.seconds() != null);
    StringBuilder table = new StringBuilder("<thead><tr>");
    table.append("<th scope=\"col\">Model</th>");
    table
        .append("<th scope=\"col\" class=\"plot\">")
        .append(charts.intervalTicks())
        .append("</th>");
    for (String column :
        List.of("Macro-F1", "Behind the best", "F_avg", "Accuracy", "Log loss", "Calibration")) {
      table.append(heading(column));
    }
    table.append(timed ? heading("Took") : "");
    table.append("</tr></thead>\n<tbody>\n");
    for (Contestant one : comparison.contestants()) {
      ClassificationReport report = one.report();
      table.append("<tr><td>%s</td>".formatted(escape(one.name())));
      table.append("<td class=\"plot\">%s</td>".formatted(charts.interval(one)));
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

  private String learning() {
    List<String> missing =
        comparison.contestants().stream()
            .filter(one -> one.learning().isEmpty())
            .map(Contestant::name)
            .toList();
    if (missing.size() == comparison.contestants().size()) {
      return "";
    }
    return """
        <section class="card" aria-labelledby="learning">
        <h2 id="learning">Would more labels help</h2>
        <p class="headline soft">Macro-F1 on unseen statements by the number of training statements, \
        on a logarithmic axis; the other models are grey. If the curve still rises at its right end, more labelled statements would \
        help. If it is flat, try another model or clearer labels.%s</p>
        <div class="panels">
        %s
        </div>
        </section>"""
        .formatted(
            missing.isEmpty() ? "" : " Not measured: " + escape(list(missing)) + ".",
            charts.learning());
  }

  private String labels() {
    StringBuilder table = new StringBuilder("<thead><tr><th scope=\"col\">Model</th>");
    for (ClassificationReport.LabelFigures label : comparison.best().report().labels()) {
      table.append(
          "<th scope=\"col\" class=\"num\">%s<span class=\"range\">%s</span></th>"
              .formatted(escape(label.label()), Quantity.of(label.support(), "statement")));
    }
    table.append("</tr></thead>\n<tbody>\n");
    for (Contestant one : comparison.contestants()) {
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

  private static String list(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
