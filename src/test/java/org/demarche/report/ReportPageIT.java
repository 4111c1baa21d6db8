package org.demarche.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.demarche.report.ReportData.Evidence;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page as a browser draws it. Skipped where there is no Chromium on the path; the address after
 * the # says what a reader typed and chose.
 */
class ReportPageIT {

  private static final Pattern SPEAKER = Pattern.compile("class=\"who\"[^>]*>([^<]*)<");

  @TempDir private static Path folder;
  private static String browser;

  @BeforeAll
  static void write() throws IOException {
    browser =
        Stream.of(System.getenv("PATH").split(":"))
            .flatMap(path -> Stream.of(path + "/chromium", path + "/google-chrome"))
            .filter(file -> Files.isExecutable(Path.of(file)))
            .findFirst()
            .orElse(null);
    assumeTrue(browser != null, "no Chromium on the path");
    Files.writeString(page(), Report.html(withFewerSentences(InventedReport.data("A dispute"))));
  }

  @Test
  void findsANameWithoutItsAccentsAndByItsParts() throws Exception {
    assertThat(speakers(draw("q=varga leos"))).containsExactly("Leoš Varga");
    assertThat(speakers(draw("q=MARSH OLIN"))).containsExactly("Edda Marsh-Olin");
    assertThat(speakers(draw("q=minister quillon edda"))).containsExactly("Edda Marsh-Olin");
    assertThat(speakers(draw("q=pilots guild"))).containsExactly("Sundry Pilots’ Guild");
    assertThat(speakers(draw("q="))).hasSize(11);
  }

  @Test
  void saysOfWhomItDoesNotHoldTheScore() throws Exception {
    String page = draw("q=D'Arcy");
    assertThat(speakers(page)).isEmpty();
    assertThat(text(page))
        .contains(
            "No speaker among the 11 listed here fits “D'Arcy”. 4,321 more speakers have a score here"
                + " that this page leaves out, from at most 4 distinct statements each.")
        .contains("\"window\" = 'all' AND lower(speaker) LIKE '%d''arcy%' ORDER BY");
  }

  @Test
  void saysWhatTheListLeavesOut() throws Exception {
    assertThat(text(draw("")))
        .contains("4,321 more speakers have a score here that this page leaves out")
        .contains(
            "FROM speaker_scores WHERE scale = 'stance' AND target_id = 'all' AND \"window\"");
    // A window that the page holds no score of at all.
    assertThat(text(draw("period=month:2031-09-01")))
        .contains("Nobody on this page has a score here. 3 more speakers have a score here")
        .contains("from one distinct statement each")
        .contains("AND window_start = DATE '2031-09-01'");
  }

  @Test
  void saysThatSomebodyFitsElsewhere() throws Exception {
    assertThat(text(draw("q=osei&period=month:2031-09-01"))).contains("Nobody on this page");
    assertThat(text(draw("q=osei&sure=1&target=channel")))
        .contains("1 speaker fits and has low n, which is hidden.");
  }

  @Test
  void saysWhichSentencesItLeavesOut() throws Exception {
    assertThat(text(draw("speaker=s0")))
        .contains("These are the newest 10 of 41 distinct statements. All of them:")
        .contains("FROM statements WHERE speaker_id = 's0' ORDER BY published_date DESC");
    assertThat(text(draw("speaker=s0&target=channel")))
        .contains("AND target_id = 'channel') ORDER BY published_date DESC");
    assertThat(text(draw("speaker=s3")))
        .contains("This page holds none of the 11 distinct statements. All of them:");
  }

  @Test
  void showsAdjustedSharesWhereTheyAreSteadyAndNeverAsZero() throws Exception {
    assertThat(text(draw("speaker=s0"))).contains("under 1 %").doesNotContain("not steady enough");
    assertThat(text(draw("speaker=s3"))).contains("not steady enough").doesNotContain("Adjusted n");
  }

  /** Keeps ten sentences of the first speaker and none of the fourth. */
  private static ReportData withFewerSentences(ReportData data) {
    List<Evidence> kept = new ArrayList<>();
    for (Evidence statement : data.statements()) {
      long before = kept.stream().filter(s -> s.speaker().equals(statement.speaker())).count();
      if (!statement.speaker().equals("s3") && (before < 10 || !statement.speaker().equals("s0"))) {
        kept.add(statement);
      }
    }
    return InventedReport.withStatements(data, kept);
  }

  private static Path page() {
    return folder.resolve("report.html");
  }

  /** Returns the page as the browser has it once the script ran. */
  private static String draw(String chosen) throws IOException, InterruptedException {
    StringBuilder hash = new StringBuilder();
    for (String part : chosen.split("&")) {
      String[] pair = part.split("=", 2);
      hash.append(pair[0]).append('=');
      hash.append(pair.length > 1 ? URLEncoder.encode(pair[1], UTF_8) : "").append('&');
    }
    Process process =
        new ProcessBuilder(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                page().toUri() + "#" + hash)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String drawn = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return drawn;
  }

  private static List<String> speakers(String page) {
    Matcher names = SPEAKER.matcher(page);
    List<String> found = new ArrayList<>();
    while (names.find()) {
      found.add(names.group(1));
    }
    return found;
  }

  /** What a reader reads: the page without scripts, styles and marks. */
  private static String text(String page) {
    return page.replaceAll("(?s)<(script|style)[^>]*>.*?</\\1>", " ")
        .replaceAll("<[^>]*>", " ")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ");
  }
}
