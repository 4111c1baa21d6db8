package org.demarche.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.demarche.report.ReportData.Evidence;
import org.demarche.report.ReportData.Pull;
import org.demarche.report.ReportData.Tint;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Pattern SCRIPT =
      Pattern.compile("<script(?<type>[^>]*)>(?<body>.*?)</script>", Pattern.DOTALL);

  @Test
  void letsNothingThatWasReadBecomeMarkup() {
    String harmless = Report.html(InventedReport.data("A dispute"));
    String hostile = Report.html(InventedReport.data(InventedReport.HOSTILE));

    for (String mark : List.of("<script", "</script", "<img", "<!--", "<style", "<")) {
      assertThat(count(hostile, mark)).as(mark).isEqualTo(count(harmless, mark));
    }
    assertThat(hostile)
        .contains("Statements were found by &lt;rules&gt;.")
        .contains("<title>&lt;/script&gt;&lt;script&gt;document.title=&#39;taken&#39;");
  }

  @Test
  void carriesTheTextsWordForWord() throws IOException {
    JsonNode data = new ObjectMapper().readTree(scripts().group("body"));

    JsonNode first = data.get("statements").get(0);
    assertThat(field(data, "statements", first, "text").asText()).isEqualTo(InventedReport.HOSTILE);
    JsonNode speaker =
        data.get("speakers").get(field(data, "statements", first, "speaker").asInt());
    assertThat(field(data, "speakers", speaker, "name").asText()).isEqualTo("Edda Marsh-Olin");
    assertThat(data.get("scores")).hasSameSizeAs(InventedReport.data("A dispute").scores());
  }

  /** Returns what stands in a row under the name of a column. */
  private static JsonNode field(JsonNode data, String rows, JsonNode row, String name) {
    for (int i = 0; i < row.size(); i++) {
      if (data.get("columns").get(rows).get(i).asText().equals(name)) {
        return row.get(i);
      }
    }
    throw new AssertionError("%s have no column %s".formatted(rows, name));
  }

  @Test
  void carriesWhichWayEveryWordPulls() throws IOException {
    JsonNode data = new ObjectMapper().readTree(scripts().group("body"));

    JsonNode statement = data.get("statements").get(1);
    JsonNode tint = field(data, "statements", statement, "tints").get(0);
    JsonNode scale = data.get("scales").get(field(data, "tints", tint, "scale").asInt());
    assertThat(scale.get("name").asText()).isEqualTo("stance");
    assertThat(field(data, "tints", tint, "target").isNull()).isTrue();
    String text = field(data, "statements", statement, "text").asText();
    JsonNode pulls = field(data, "tints", tint, "pulls");
    int start = pulls.get(0).asInt();
    assertThat(text.split("\\W+")).contains(text.substring(start, start + pulls.get(1).asInt()));
    assertThat(Math.abs(pulls.get(2).asInt())).isBetween(1, 140);
    assertThat(data.get("tintings").get(0).get("drawn").asBoolean()).isTrue();
  }

  @Test
  void refusesPullsThatOverlap() {
    List<Pull> pulls = List.of(new Pull(0, 4, 1), new Pull(3, 6, 1));
    assertThatThrownBy(() -> new Tint("stance", null, pulls, List.of()))
        .hasMessageContaining("must follow one another");
  }

  @Test
  void admitsItsOwnScriptAndStyleAndNothingElse() throws GeneralSecurityException {
    String page = Report.html(InventedReport.data("A dispute"));
    Matcher scripts = scripts();
    assertThat(scripts.find()).isTrue();
    String script = scripts.group("body");
    assertThat(scripts.find()).isFalse();

    assertThat(page).contains("default-src 'none'", "script-src '" + digest(script) + "'");
    assertThat(page).doesNotContain("src=\"http", "@import", "url(", "<link");
  }

  @Test
  void isTheSamePageForTheSameData() {
    assertThat(Report.html(InventedReport.data("A dispute")))
        .isEqualTo(Report.html(InventedReport.data("A dispute")));
  }

  @Test
  void saysThatLabelsAreInterpretationsAndWhatLowNMeans() {
    assertThat(Report.html(InventedReport.data("A dispute")))
        .contains("a model’s interpretation", "Fewer than 5 distinct statements");
  }

  @Test
  void canBeEmpty() {
    assertThat(Report.html(empty())).contains("<h1>Nothing yet</h1>", "<b>0</b>articles");
  }

  @Test
  void refusesARowAboutNobody() {
    ReportData data = empty();
    ReportData wrong =
        InventedReport.withStatements(
            data,
            List.of(
                new Evidence(
                    "s9", null, null, null, null, "a", 0, 1, "direct", "x", null, null, 0,
                    List.of(), List.of())));

    assertThatThrownBy(() -> Report.html(wrong)).hasMessageContaining("unknown speaker s9");
  }

  static ReportData empty() {
    return new ReportData(
        "Nothing yet",
        new ReportData.Run(
            "run-0",
            0,
            0,
            0,
            0,
            0,
            new ReportData.Credits(0, 0, 0, 0, 0, 0, 0, 0),
            null,
            null,
            "Found by nobody.",
            List.of(),
            5),
        List.of(Scales.STANCE),
        List.of(new ReportData.TargetName("all", "any target")),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** The scripts of the page, the data block found. */
  private static Matcher scripts() {
    Matcher scripts = SCRIPT.matcher(Report.html(InventedReport.data("A dispute")));
    assertThat(scripts.find()).isTrue();
    assertThat(scripts.group("type")).contains("application/json");
    return scripts;
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static String digest(String text) throws GeneralSecurityException {
    return "sha256-"
        + Base64.getEncoder()
            .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }
}
