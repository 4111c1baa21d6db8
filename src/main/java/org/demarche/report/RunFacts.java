package org.demarche.report;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.demarche.pipeline.ReportQueries;
import org.demarche.pipeline.ReportQueries.Part;
import org.demarche.report.ReportData.Credits;

/** Whose the statements of a warehouse are: what stands above a report. */
final class RunFacts {

  private RunFacts() {}

  /** Counts the statements by whose they are. */
  static Credits credits(ReportQueries tables) throws IOException {
    List<Part> parts = tables.parts();
    return new Credits(
        // Of several kinds in several articles is still one speaker.
        tables.speakersWithScore(),
        statements(parts, Part::scored),
        parts.stream()
            .filter(part -> !part.scored() && part.speakerKind().equals("group"))
            .mapToLong(Part::speakers)
            .sum(),
        withoutScore(parts, "group"),
        withoutScore(parts, "unnamed"),
        withoutScore(parts, "unknown"),
        withoutScore(parts, "person") + withoutScore(parts, "organization"));
  }

  private static long withoutScore(List<Part> parts, String kind) {
    return statements(parts, part -> !part.scored() && part.speakerKind().equals(kind));
  }

  private static long statements(List<Part> parts, Predicate<Part> which) {
    return parts.stream().filter(which).mapToLong(Part::statements).sum();
  }
}
