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
import org.demarche.report.ReportData.SpeakerName;
import org.demarche.report.ReportData.TargetName;
import org.demarche.report.ReportData.Tinting;
import org.demarche.stance.Scales;
import org.demarche.warehouse.SpeakerScoreTable.SpeakerScoreRow;
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
    ReportData data = InventedReport.data("A dispute");
    Files.writeString(page("report"), Report.html(withFewerSentences(data)));
    Files.writeString(page("two-scales"), Report.html(withSecondScale(data)));
    Files.writeString(page("hostile"), Report.html(withHostileNames(data)));
    Files.writeString(page("empty"), Report.html(empty(data)));
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
        .contains("1 speaker with few statements fits, but is hidden.");
  }

  @Test
  void saysWhichSentencesItLeavesOut() throws Exception {
    assertThat(text(draw("speaker=s0")))
        .contains("These are the newest 10 of 41 distinct statements. All of them:")
        .contains(
            "FROM statements WHERE asserted AND speaker_id = 's0' ORDER BY published_date DESC");
    assertThat(text(draw("speaker=s0&target=channel")))
        .contains("AND target_id = 'channel') ORDER BY published_date DESC");
    assertThat(text(draw("speaker=s3")))
        .contains("This page holds none of the 11 distinct statements. All of them:");
  }

  @Test
  void showsAdjustedSharesWhereTheyAreSteadyAndNeverAsZero() throws Exception {
    assertThat(text(draw("speaker=s0"))).contains("under 1 %").doesNotContain("too uncertain");
    assertThat(text(draw("speaker=s3"))).contains("too uncertain").doesNotContain("Adjusted n");
  }

  @Test
  void drawsTheScaleTargetAndWindowOfTheAddress() throws Exception {
    assertThat(text(drawPage("two-scales", "")))
        .contains("11 speakers on the scale stance, any target, all time.");
    assertThat(text(drawPage("two-scales", "scale=sentiment")))
        .contains("3 speakers on the scale sentiment, any target, all time.")
        .contains("positive", "negative");
    assertThat(text(drawPage("two-scales", "target=channel")))
        .contains("11 speakers on the scale stance, Nettle Channel, all time.");
    String march = drawPage("two-scales", "period=month:2031-03-01&speaker=s0");
    assertThat(text(march))
        .contains("on the scale stance, any target, Mar 2031.")
        .contains("The sentences behind it, Mar 2031")
        .doesNotContain("Apr 2031 ·");
    assertThat(march).contains("<th scope=\"col\" class=\"num spare\" aria-sort=\"none\">");
  }

  @Test
  void drawsWhatThereIsWhereTheAddressNamesSomethingElse() throws Exception {
    String page =
        drawPage(
            "two-scales",
            "scale=none&target=none&period=month:1999-01-01&by=aeon&speaker=none&sort=__proto__");
    assertThat(text(page)).contains("11 speakers on the scale stance, any target, all time.");
    // The speaker with the most statements, as where nobody is named.
    assertThat(page).contains("<h2>Edda Marsh-Olin</h2>");
    // The second scale has no score towards the channel.
    assertThat(text(drawPage("two-scales", "scale=sentiment&target=channel")))
        .contains("3 speakers on the scale sentiment, any target, all time.");
  }

  @Test
  void sortsByTheColumnOfTheAddress() throws Exception {
    assertThat(speakers(draw("sort=name"))).isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
    assertThat(speakers(draw("sort=n&down=1"))).startsWith("Edda Marsh-Olin", "Tobias Renner");
    assertThat(speakers(draw("sort=score"))).first().isEqualTo("Edda Marsh-Olin");
    assertThat(speakers(draw("sort=score&down=1"))).last().isEqualTo("Edda Marsh-Olin");
  }

  @Test
  void takesWhatWasReadForTextAlone() throws Exception {
    for (String chosen : List.of("", "speaker=s0", "speaker=s1", "q=taken", "target=channel")) {
      String page = drawPage("hostile", chosen);
      assertThat(page)
          .as(chosen)
          .contains("<title>A dispute</title>")
          .doesNotContain("href=\"javascript:");
      // A browser prints what stands in an attribute with its signs.
      assertThat(page.replaceAll("=\"[^\"]*\"", "")).as(chosen).doesNotContain("<img", "<b>bold");
    }
    String page = drawPage("hostile", "speaker=s1");
    assertThat(speakers(page)).contains(escaped("Tobias " + InventedReport.HOSTILE));
    assertThat(page).contains("<h2>Tobias &lt;/script&gt;", "&lt;b&gt;bold&lt;/b&gt;");
    assertThat(drawPage("hostile", "speaker=s0")).contains("<span title=\"A headline\">");
  }

  @Test
  void saysThatThereIsNoScoreYet() throws Exception {
    for (String chosen : List.of("", "scale=stance&target=all&speaker=s0&q=x")) {
      String page = drawPage("empty", chosen);
      assertThat(page).contains("<title>A dispute</title>");
      assertThat(speakers(page)).isEmpty();
      assertThat(text(page)).contains("Nobody has a score yet.");
    }
  }

  @Test
  void followsWhatAReaderDoes() throws Exception {
    assertThat(
            drive(
                """
                log("begin");
                type("q", "OSEI"); log("typed");
                type("q", ""); click("[data-speaker=s6]"); log("chosen");
                choose("target", "channel"); log("target");
                choose("period", "all"); click("[data-sort=n]"); log("sorted");
                click("[data-sort=n]"); log("turned");
                click("#sure"); log("sure");
                choose("scale", "sentiment"); log("scale");
                """))
        .containsExactly(
            "begin | 11 stance | Edda Marsh-Olin | ",
            "typed | 1 stance | Edda Marsh-Olin | #scale=stance&target=all&period=all&q=OSEI&speaker=s0",
            "chosen | 11 stance | Leoš Varga | #scale=stance&target=all&period=all&speaker=s6",
            "target | 11 stance | Leoš Varga | #scale=stance&target=channel&period=all&speaker=s6",
            "sorted | 11 stance | Leoš Varga | #scale=stance&target=channel&period=all&sort=n&down=1&speaker=s6",
            "turned | 11 stance | Leoš Varga | #scale=stance&target=channel&period=all&sort=n&speaker=s6",
            "sure | 3 stance | Leoš Varga | #scale=stance&target=channel&period=all&sort=n&sure=1&speaker=s6",
            "scale | 3 sentiment | Leoš Varga | #scale=sentiment&target=all&period=all&sort=n&sure=1&speaker=s6");
  }

  @Test
  void redrawsWhereTheAddressChanges() throws Exception {
    assertThat(
            drive(
                """
                go("#q=osei&speaker=s10", () => { log("one");
                go("#speaker=s2&plain=1", () => { log("two"); }); });
                """))
        .containsExactly(
            "one | 1 stance | Mirela Osei | #q=osei&speaker=s10",
            "two | 11 stance | Wren Adeyemi | #speaker=s2&plain=1");
  }

  @Test
  void tintsWordsUntilAReaderWantsPlainText() throws Exception {
    assertThat(draw("speaker=s1")).contains("class=\"pull p-low").contains("plain text");
    assertThat(draw("speaker=s1&plain=1"))
        .doesNotContain("class=\"pull p-low")
        .contains("show which words pull where");
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

  /** Three speakers get a score on a second scale, towards any target and over all time. */
  private static ReportData withSecondScale(ReportData data) {
    List<SpeakerScoreRow> scores = new ArrayList<>(data.scores());
    for (SpeakerScoreRow row : data.scores()) {
      if (row.window().equals("all")
          && row.targetId().equals("all")
          && List.of("s0", "s1", "s2").contains(row.speakerId())) {
        scores.add(
            new SpeakerScoreRow(
                "sentiment",
                row.targetId(),
                row.window(),
                null,
                null,
                row.speakerId(),
                row.speaker(),
                row.statements(),
                row.distinctStatements(),
                row.articles(),
                row.outlets(),
                row.mean(),
                row.score(),
                row.low(),
                row.high(),
                row.lowN(),
                null,
                false,
                row.modelId(),
                row.runId()));
      }
    }
    return new ReportData(
        data.title(),
        data.run(),
        List.of(Scales.STANCE, Scales.SENTIMENT),
        data.targets(),
        data.speakers(),
        scores,
        List.of(),
        data.shares(),
        data.statements(),
        data.tintings());
  }

  /** Every name that the page shows would take it over, if it were markup. */
  private static ReportData withHostileNames(ReportData data) {
    return new ReportData(
        data.title(),
        data.run(),
        data.scales(),
        List.of(
            new TargetName("all", "any " + InventedReport.HOSTILE),
            new TargetName("channel", InventedReport.HOSTILE)),
        data.speakers().stream()
            .map(
                speaker ->
                    new SpeakerName(
                        speaker.id(),
                        speaker.name().split(" ")[0] + " " + InventedReport.HOSTILE,
                        speaker.kind(),
                        "<b>bold</b>",
                        InventedReport.HOSTILE))
            .toList(),
        data.scores(),
        data.leftOut(),
        data.shares(),
        data.statements(),
        List.of(new Tinting("stance", true, InventedReport.HOSTILE)));
  }

  /** Returns a report on a warehouse in which nobody has a score. */
  private static ReportData empty(ReportData data) {
    return new ReportData(
        data.title(),
        data.run(),
        List.of(),
        data.targets(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Path page(String name) {
    return folder.resolve(name + ".html");
  }

  private static String draw(String chosen) throws IOException, InterruptedException {
    return drawPage("report", chosen);
  }

  /** Returns the page {@code name} as the browser has it once the script ran. */
  private static String drawPage(String name, String chosen)
      throws IOException, InterruptedException {
    StringBuilder hash = new StringBuilder();
    for (String part : chosen.split("&")) {
      String[] pair = part.split("=", 2);
      hash.append(pair[0]).append('=');
      hash.append(pair.length > 1 ? URLEncoder.encode(pair[1], UTF_8) : "").append('&');
    }
    return browse(page(name).toUri() + "#" + hash);
  }

  /**
   * Carries out {@code steps}, a script, on the page with two scales, which stands in a frame: the
   * page itself admits no script but its own.
   *
   * @return what the steps logged: a name, the number of speakers and the scale, who is chosen, and
   *     the address after the #
   */
  private static List<String> drive(String steps) throws IOException, InterruptedException {
    Files.writeString(
        page("driver"),
        """
        <!DOCTYPE html><meta charset="utf-8"><pre></pre>
        <iframe src="two-scales.html" width="1400" height="900"></iframe>
        <script>
        addEventListener("load", () => {
          const view = frames[0], page = view.document;
          const log = (name) => document.querySelector("pre").append([name,
            page.querySelectorAll(".who").length + " " + page.getElementById("scale").value,
            page.querySelector("#detail h2").textContent, view.location.hash].join(" | ") + "\\n");
          const fire = (id, type) => page.getElementById(id).dispatchEvent(new view.Event(type));
          const type = (id, text) => { page.getElementById(id).value = text; fire(id, "input"); };
          const choose = (id, value) => { page.getElementById(id).value = value; fire(id, "change"); };
          const click = (place) => page.querySelector(place).click();
          const go = (hash, then) => {
            view.addEventListener("hashchange", then, { once: true });
            view.location.hash = hash;
          };
          %s
        });
        </script>
        """
            .formatted(steps));
    Matcher logged =
        Pattern.compile("(?s)<pre>(.*?)</pre>").matcher(browse(page("driver").toUri().toString()));
    assertThat(logged.find()).isTrue();
    return logged.group(1).replace("&amp;", "&").lines().toList();
  }

  /** Returns what stands at {@code address} once scripts ran and events were handled. */
  private static String browse(String address) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--allow-file-access-from-files",
                "--virtual-time-budget=5000",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                address)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String drawn = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return drawn;
  }

  /** Returns {@code text} as a browser prints it between marks. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
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
