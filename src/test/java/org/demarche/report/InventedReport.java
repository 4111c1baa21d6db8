package org.demarche.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.demarche.pipeline.ReportQueries.LeftOut;
import org.demarche.report.ReportData.Evidence;
import org.demarche.report.ReportData.Judgement;
import org.demarche.report.ReportData.Pull;
import org.demarche.report.ReportData.SpeakerName;
import org.demarche.report.ReportData.TargetName;
import org.demarche.report.ReportData.Tint;
import org.demarche.report.ReportData.Tinting;
import org.demarche.stance.Scales;
import org.demarche.warehouse.SpeakerLabelTable.SpeakerLabelRow;
import org.demarche.warehouse.SpeakerScoreTable.SpeakerScoreRow;

/** A report about people and sentences that do not exist. The main method writes it to a file. */
final class InventedReport {

  /** A title and a sentence that would take over a page that does not escape them. */
  static final String HOSTILE =
      "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
          + "<!-- {{script}} ]]> & \u2028 'single' \"double\"";

  private static final String[][] CAST = {
    {"Edda Marsh-Olin", "person", "harbour minister", "Quillon", "-0.7"},
    {"Tobias Renner", "person", "foreign minister", "Quillon", "0.45"},
    {"Wren Adeyemi", "person", "mediator", "Isle of Hart", "0.7"},
    {"Quillon Foreign Ministry", "organization", null, null, "-0.3"},
    {"Admiral Jorun Pike", "person", "commander of the Northern Fleet", "Sundry", "-0.55"},
    {"Sundry Pilots’ Guild", "organization", null, null, "0.1"},
    {"Leoš Varga", "person", "economist", null, "0.05"},
    {"Ines Calloway", "person", "opposition leader", "Quillon", "-0.85"},
    {"a senior Sundry official", "unnamed", null, null, "0.2"},
    {"Bo Thackeray", "person", "mayor of Nettle Quay", null, "0.6"},
    {"Mirela Osei", "person", "trade minister", "Sundry", "-0.1"},
  };

  private static final String[][] SENTENCES = {
    {
      "We will answer every ship that crosses the line, and we will not ask twice.",
      "that the blockade was an act of piracy and would be treated as one",
      "They have broken each promise they made in this hall.",
    },
    {
      "that the figures for March would be published next week",
      "The ferry carried forty passengers and a cargo of seed.",
      "that the commission had met on Tuesday",
    },
    {
      "We are ready to sit down with them tomorrow, in any room they choose.",
      "both sides to keep the channel open while the talks go on",
      "I thank my colleague across the water for his patience, and I share his hope for an early end of"
          + " this quarrel, which has cost both our harbours more than either of us can afford to say.",
    },
  };

  private static final String[] LABELS = {"assertive", "neutral", "conciliatory"};

  private InventedReport() {}

  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), Report.html(data("The Nettle Channel dispute")));
    TerminalSummary.lines(data("The Nettle Channel dispute"), 100, true)
        .forEach(System.out::println);
  }

  static ReportData data(String title) {
    Random random = new Random(5);
    List<SpeakerName> speakers = new ArrayList<>();
    List<SpeakerScoreRow> scores = new ArrayList<>();
    List<SpeakerLabelRow> shares = new ArrayList<>();
    List<Evidence> statements = new ArrayList<>();
    for (int c = 0; c < CAST.length; c++) {
      String[] who = CAST[c];
      String id = "s" + c;
      speakers.add(new SpeakerName(id, who[0], who[1], who[2], who[3]));
      double own = Double.parseDouble(who[4]);
      int n = 40 / (c + 1) + 1;
      for (String target : List.of("all", "channel")) {
        scores.add(
            score(target, "all", null, null, id, target.equals("all") ? n : 1 + n / 3, own, null));
        shares(shares, target, id, own, n);
      }
      Double before = null;
      for (int month = 3; month <= 8; month++) {
        if (random.nextInt(6) == 0) {
          before = null;
          continue;
        }
        LocalDate start = LocalDate.of(2031, month, 1);
        double now = Math.max(-1, Math.min(1, own + (month - 5.5) * 0.12 * (c % 3 - 0.5)));
        scores.add(
            score(
                "all",
                "month",
                start,
                start.plusMonths(1).minusDays(1),
                id,
                1 + n / 6,
                now,
                before == null ? null : now - before));
        before = now;
      }
      for (int i = 0; i < n; i++) {
        int label =
            (int)
                Math.floor(
                    (Math.max(-1, Math.min(.99, own + random.nextGaussian() * .5)) + 1) * 1.5);
        String text = SENTENCES[label][random.nextInt(3)];
        double confidence = 0.45 + 0.5 * random.nextDouble();
        statements.add(
            new Evidence(
                id,
                i == 3 ? null : LocalDate.of(2031, 3, 2).plusDays(random.nextInt(170)),
                i % 7 == 0 ? "Nettle Gazette" : "Harbour & Sons Wire",
                i % 5 == 0 ? "javascript:document.title='taken'" : "https://gazette.example/" + i,
                c == 0 && i == 0 ? HOSTILE : "A headline",
                "gazette-2031-" + i,
                120 + i,
                200 + i,
                i % 3 == 0 ? "direct" : i % 3 == 1 ? "indirect" : "mixed",
                c == 0 && i == 0 ? HOSTILE : text,
                i % 4 == 0 ? null : "said",
                who[0],
                i % 6 == 0 ? 2 : 0,
                List.of(
                    new Judgement(
                        "stance", "all", LABELS[label], confidence, (label - 1) * confidence),
                    new Judgement(
                        "stance", "channel", LABELS[label], confidence, (label - 1) * confidence)),
                List.of(tint(c == 0 && i == 0 ? HOSTILE : text, label - 1))));
      }
    }
    return new ReportData(
        title,
        new ReportData.Run(
            "run-7f3a",
            1234,
            56,
            7,
            4321,
            3987,
            new ReportData.Credits(CAST.length, 3993, 90, 210, 100, 11, 0, 7),
            LocalDate.of(2031, 3, 1),
            LocalDate.of(2031, 8, 29),
            "Statements were found by <rules>.",
            List.of("stance, table 3f09 <linear>, macro-F1 0.66 in 10 folds"),
            5),
        List.of(Scales.STANCE),
        List.of(new TargetName("all", "any target"), new TargetName("channel", "Nettle Channel")),
        speakers,
        scores,
        List.of(
            new LeftOut("stance", "all", "all", null, null, 4321, 4),
            new LeftOut(
                "stance",
                "all",
                "month",
                LocalDate.of(2031, 9, 1),
                LocalDate.of(2031, 9, 30),
                3,
                1)),
        shares,
        statements,
        List.of(new Tinting("stance", true, "the word’s part of the log-odds")));
  }

  /** Every word of three letters or more pulls, the longer the more; every fourth the other way. */
  private static Tint tint(String text, int side) {
    List<Pull> pulls = new ArrayList<>();
    Matcher words = Pattern.compile("\\w{3,}").matcher(text);
    while (words.find()) {
      double pull = Math.min(1.4, .1 * words.group().length());
      double value = (pulls.size() % 4 == 3 ? -pull : pull) * (side == 0 ? .4 : side);
      pulls.add(new Pull(words.start(), words.end(), value));
    }
    return new Tint("stance", null, pulls, List.of(new Pull(0, 4, -.5)));
  }

  private static SpeakerScoreRow score(
      String target,
      String window,
      LocalDate start,
      LocalDate end,
      String speaker,
      long n,
      double mean,
      Double change) {
    double score = mean * n / (n + 2.0);
    double reach = 1.1 / Math.sqrt(n + 2.0);
    return new SpeakerScoreRow(
        "stance",
        target,
        window,
        start,
        end,
        speaker,
        "",
        n + n / 4,
        n,
        Math.max(1, n - 1),
        Math.min(n, 6),
        mean,
        score,
        Math.max(-1, score - reach),
        Math.min(1, score + reach),
        n < 5,
        change,
        change != null && Math.abs(change) > 0.15,
        "",
        "");
  }

  private static void shares(
      List<SpeakerLabelRow> shares, String target, String speaker, double own, int n) {
    double[] share = {Math.max(0, -own) * .8 + .1, 0, Math.max(0, own) * .8 + .1};
    share[1] = 1 - share[0] - share[2];
    // With few statements no adjusted share is steady.
    double[] adjusted = n < 40 ? null : new double[] {.7, .297, .003};
    for (int i = 0; i < 3; i++) {
      shares.add(
          new SpeakerLabelRow(
              "stance",
              target,
              "all",
              null,
              null,
              speaker,
              "",
              LABELS[i],
              share[i],
              adjusted == null ? null : adjusted[i],
              Math.max(0, share[i] - .12),
              Math.min(1, share[i] + .12),
              Math.round(share[i] * n)));
    }
  }

  /** Returns {@code data} with other sentences. */
  static ReportData withStatements(ReportData data, List<Evidence> statements) {
    return new ReportData(
        data.title(),
        data.run(),
        data.scales(),
        data.targets(),
        data.speakers(),
        data.scores(),
        data.leftOut(),
        data.shares(),
        statements,
        data.tintings());
  }
}
