package org.demarche.report;

import static java.util.stream.Collectors.joining;
import static org.demarche.report.PageTemplate.digest;
import static org.demarche.report.PageTemplate.escape;
import static org.demarche.report.PageTemplate.resource;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the report as one self-contained HTML page.
 *
 * <p>Article text may be hostile. It enters the page as a JSON block in which no markup can begin,
 * and the script turns it into text nodes. A content security policy allows only the page's own
 * script and style, by their digests.
 */
public final class Report {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private Report() {}

  /** Returns the page. The same data always give the same page. */
  public static String html(ReportData data) {
    String style = resource("report.css");
    String script = resource("report.js");
    ReportData.Run run = data.run();
    Map<String, String> parts =
        Map.ofEntries(
            Map.entry("title", escape(data.title())),
            Map.entry("span", span(run)),
            Map.entry("facts", facts(run)),
            Map.entry("left-out", leftOut(run.credits())),
            Map.entry("found", escape(run.found())),
            Map.entry("low-n", Long.toString(run.lowN())),
            Map.entry(
                "models",
                run.models().stream()
                    .map(model -> "<p>Scale " + escape(model) + "</p>")
                    .collect(joining("\n"))),
            Map.entry("run", escape(run.id())),
            Map.entry("style", style),
            Map.entry("script", script),
            Map.entry("style-digest", digest(style)),
            Map.entry("script-digest", digest(script)),
            Map.entry("data", inScript(ReportJson.of(data))));
    return PageTemplate.fill("report.html", parts);
  }

  private static String span(ReportData.Run run) {
    if (run.first() == null || run.last() == null) {
      return "Statements and stances of speakers in the news";
    }
    return "Statements and stances of speakers in the news from %s to %s"
        .formatted(day(run.first()), day(run.last()));
  }

  private static String facts(ReportData.Run run) {
    return List.of(
            fact(run.articles(), "article", "articles"),
            fact(run.reprints(), "of them a reprint", "of them reprints"),
            fact(run.rejects(), "record rejected", "records rejected"),
            fact(run.statements(), "statement", "statements"),
            fact(run.distinctStatements(), "distinct", "distinct"),
            fact(run.credits().speakers(), "speaker with a score", "speakers with a score"))
        .stream()
        .collect(joining("\n"));
  }

  private static String leftOut(ReportData.Credits credits) {
    List<String> leftOut = credits.leftOut();
    return leftOut.isEmpty()
        ? ""
        : "<p class=\"left-out\">Of the statements, %,d are by speakers with a score; without one are %s.</p>"
            .formatted(credits.statements(), escape(String.join(", ", leftOut)));
  }

  private static String fact(long count, String one, String many) {
    return "<li><b>%s</b>%s</li>"
        .formatted(String.format(Locale.ENGLISH, "%,d", count), count == 1 ? one : many);
  }

  private static String day(LocalDate date) {
    return DAY.format(date);
  }

  /**
   * Escapes {@code json} so that no {@code </script>} or {@code <!--} can end the element around
   * it. The escaped characters occur only in strings, where the escapes mean the same.
   */
  private static String inScript(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }
}
