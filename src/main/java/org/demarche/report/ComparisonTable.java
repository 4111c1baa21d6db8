package org.demarche.report;

import java.util.ArrayList;
import java.util.List;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.ModelComparison;
import org.demarche.evaluation.ModelComparison.Contestant;
import org.demarche.text.Quantity;

/** Formats a comparison of models for a terminal: one line per model, and a legend. */
public final class ComparisonTable {

  private static final String GAP = "  ";
  private static final int LONGEST_NAME = 40;

  private ComparisonTable() {}

  /**
   * Returns the lines without line ends, with aligned columns. Control characters in names are
   * dropped, so that no name can control the terminal.
   */
  public static List<String> lines(ModelComparison comparison) {
    boolean timed = comparison.contestants().stream().anyMatch(one -> one.seconds() != null);
    List<List<String>> table = new ArrayList<>();
    List<String> heads =
        new ArrayList<>(
            List.of(
                "",
                "macro-F1",
                "95 % interval",
                "behind",
                "95 % interval",
                "F_avg",
                "accuracy",
                "log loss",
                "calibration"));
    if (timed) {
      heads.add("took");
    }
    table.add(heads);
    for (Contestant one : comparison.contestants()) {
      ClassificationReport report = one.report();
      boolean best = one.macroF1Behind() == null;
      List<String> row =
          new ArrayList<>(
              List.of(
                  TerminalSummary.cut(TerminalSummary.clean(one.name()), LONGEST_NAME),
                  Figures.figure(one.macroF1().value()),
                  Figures.range(one.macroF1()),
                  best ? "best" : Figures.difference(one),
                  best ? "" : Figures.signedRange(one.macroF1Behind()),
                  Figures.figure(one.fAverage().value()),
                  Figures.figure(report.accuracy()),
                  Figures.figure(report.logLoss()),
                  Figures.figure(report.calibrationError())));
      if (timed) {
        row.add(Figures.seconds(one.seconds()));
      }
      table.add(row);
    }
    List<String> lines = aligned(table);
    if (comparison.contestants().size() > 1) {
      lines.add("");
      lines.add(
          "▼ surely behind the best: the paired 95 %% interval, of %,d draws of the %s, excludes 0."
              .formatted(comparison.draws(), Quantity.of(comparison.groups(), "group")));
    }
    String warning = ComparisonPage.warning(comparison);
    if (!warning.isEmpty()) {
      lines.add(warning);
    }
    return lines;
  }

  /** Aligns the first column to the left and the others to the right. */
  private static List<String> aligned(List<List<String>> table) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : table) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width =
            table.stream().mapToInt(other -> TerminalSummary.length(other.get(at))).max().orElse(0);
        String blank = " ".repeat(width - TerminalSummary.length(row.get(column)));
        line.append(column == 0 ? row.get(column) + blank : GAP + blank + row.get(column));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
