package org.demarche.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalSummaryTest {

  @Test
  void showsCountsSpeakersAndSentences() {
    List<String> lines = TerminalSummary.lines(InventedReport.data("A dispute"), 100, false);

    assertThat(lines).hasSizeLessThan(80);
    assertThat(lines)
        .startsWith(
            "1,234 articles (56 reprints, 7 records rejected)",
            "4,321 statements (3,987 distinct): 3,993 by 11 speakers with a score",
            "without a score: 210 by 90 unnamed groups, 100 by unnamed sources, 11 by nobody known, 7 not",
            "asserted");
    assertThat(lines)
        .contains(
            "Edda Marsh-Olin           −0.67  −0.84 … −0.50    41      "
                + "───━━━━●━━━─────────┼────────────────────")
        .anyMatch(line -> line.startsWith("Wren Adeyemi, mediator, Isle of Hart  +0.61, from 14"))
        .anyMatch(line -> line.contains("conciliatory 94 % · 18 Apr 2031 · Harbour & Sons Wire"));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 72, 80, 100, 300})
  void keepsToTheWidth(int width) {
    assertThat(TerminalSummary.lines(InventedReport.data("A dispute"), width, false))
        .allSatisfy(
            line ->
                assertThat(line.codePointCount(0, line.length()))
                    .as(line)
                    .isLessThanOrEqualTo(Math.max(72, Math.min(120, width))));
  }

  @Test
  void coloursOnlyWhenAsked() {
    ReportData data = InventedReport.data("A dispute");

    assertThat(TerminalSummary.lines(data, 100, false)).noneMatch(line -> line.contains("\u001b"));
    assertThat(TerminalSummary.lines(data, 100, true).stream().map(TerminalSummaryTest::plain))
        .isEqualTo(TerminalSummary.lines(data, 100, false));
  }

  @Test
  void doesNotLetATextSteerTheTerminal() {
    ReportData data = InventedReport.data("A dispute");
    ReportData.SpeakerName steering =
        new ReportData.SpeakerName("s0", "Edda\u001b[2J\r\nMarsh", "person", "\u0007", null);
    List<ReportData.SpeakerName> speakers =
        data.speakers().stream().map(s -> s.id().equals("s0") ? steering : s).toList();
    ReportData hostile = withSpeakers(data, speakers);

    assertThat(TerminalSummary.lines(hostile, 100, false))
        .noneMatch(line -> line.chars().anyMatch(Character::isISOControl))
        .anyMatch(line -> line.startsWith("Edda [2J Marsh"));
  }

  @Test
  void saysAnAffiliationOnce() {
    ReportData data = InventedReport.data("A dispute");
    List<ReportData.SpeakerName> speakers =
        data.speakers().stream()
            .map(
                s ->
                    s.name().equals("Wren Adeyemi")
                        ? new ReportData.SpeakerName(
                            s.id(), s.name(), "person", "envoy, Isle of Hart", "Isle of Hart")
                        : s)
            .toList();
    ReportData twice = withSpeakers(data, speakers);
    assertThat(TerminalSummary.lines(twice, 100, false))
        .anyMatch(line -> line.startsWith("Wren Adeyemi, envoy, Isle of Hart  +0.61"));
  }

  @Test
  void saysWhenThereIsNothingToShow() {
    assertThat(TerminalSummary.lines(ReportTest.empty(), 100, false))
        .contains("No speaker has a score on the scale stance.");
  }

  private static String plain(String line) {
    return line.replaceAll("\u001b\\[\\d*m", "");
  }

  private static ReportData withSpeakers(ReportData data, List<ReportData.SpeakerName> speakers) {
    return new ReportData(
        data.title(),
        data.run(),
        data.scales(),
        data.targets(),
        speakers,
        data.scores(),
        data.leftOut(),
        data.shares(),
        data.statements(),
        data.tintings());
  }
}
