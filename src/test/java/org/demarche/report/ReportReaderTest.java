package org.demarche.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.demarche.config.Settings;
import org.demarche.pipeline.Pipeline;
import org.demarche.pipeline.ReportQueries.Known;
import org.demarche.pipeline.ReportQueries.Listed;
import org.demarche.pipeline.Stage;
import org.demarche.report.ReportReader.Extent;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of a warehouse a report shows. */
class ReportReaderTest {

  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir private Path folder;

  @Test
  void listsEverybodyWithEnoughStatements() {
    List<Listed> listed = ReportReader.listed(known(100, 100, 5, 300, 4, 500), 5, Extent.FITTING);

    assertThat(listed).hasSize(400).allMatch(Listed::whole);
    assertThat(listed.subList(0, 100)).allMatch(of -> of.sentences() == 60);
    assertThat(listed.subList(100, 400)).allMatch(of -> of.sentences() == 5);
  }

  @Test
  void listsTheBestKnownOfASmallWarehouse() {
    assertThat(ReportReader.listed(known(6, 2, 1, 40), 5, Extent.FITTING)).hasSize(42);
    assertThat(ReportReader.listed(known(1, 400), 5, Extent.FITTING)).hasSize(150);
  }

  @Test
  void keepsThePageSmallEnoughToOpen() {
    List<Listed> listed = ReportReader.listed(known(100, 30_000), 5, Extent.FITTING);

    assertThat(listed).hasSize(30_000);
    assertThat(listed.stream().mapToLong(Listed::sentences).sum()).isEqualTo(20_000);
    // Ten scores each.
    assertThat(listed.stream().filter(Listed::whole)).hasSize(10_000);
  }

  @Test
  void showsWhatIsAskedFor() {
    List<Known> known = known(100, 300, 1, 500);

    assertThat(ReportReader.listed(known, 5, new Extent(700, 3)))
        .hasSize(700)
        .allMatch(of -> of.whole() && of.sentences() == 3);
    assertThat(ReportReader.listed(known, 5, new Extent(Integer.MAX_VALUE, null))).hasSize(800);
    assertThat(ReportReader.listed(known, 5, new Extent(null, Integer.MAX_VALUE)))
        .hasSize(300)
        .allMatch(of -> of.sentences() == Integer.MAX_VALUE);
  }

  @Test
  void saysHowManyScoresItLeavesOut() throws IOException {
    Path input = Files.createDirectories(folder.resolve("in"));
    List<String> lines = new ArrayList<>();
    for (int day = 1; day <= 6; day++) {
      lines.add(article(day, "Minister Ana Vidal accused Orleth of breaking promise " + day + "."));
    }
    lines.add(article(7, "“We want talks,” Tobias Renner said. “They met,” Wren Adeyemi said."));
    Files.write(input.resolve("a.jsonl"), lines);
    Settings settings =
        Settings.of(
            List.of(
                new Settings.Layer(
                    "test",
                    "warehouse = \"%s\", articles.paths = [\"%s\"]"
                        .formatted(folder.resolve("w"), input))));
    Pipeline.run(SPARK, settings, Stage.ALL, false, LocalSpark.silent());
    Warehouse warehouse = Warehouse.at(SPARK, folder.resolve("w").toString());

    ReportData whole = ReportReader.data(warehouse, settings);
    assertThat(whole.leftOut()).isEmpty();
    assertThat(whole.speakers()).hasSize(3);
    assertThat(whole.statements()).hasSize(8);

    ReportData part = ReportReader.data(warehouse, settings, new Extent(1, 2));
    assertThat(part.speakers())
        .extracting(ReportData.SpeakerName::name)
        .containsExactly("Ana Vidal");
    assertThat(part.statements())
        .extracting(statement -> statement.date().getDayOfMonth())
        .containsExactly(6, 5);
    assertThat(part.scores().size() * 3).isEqualTo(whole.scores().size());
    assertThat(part.shares().size() * 3).isEqualTo(whole.shares().size());
    assertThat(part.leftOut())
        .hasSize(part.scores().size())
        .allMatch(left -> left.speakers() == 2 && left.most() == 1);
  }

  private static String article(int day, String text) {
    return "{\"id\":\"a%d\",\"date\":\"2031-03-%02d\",\"outlet\":\"Harbour Post\",\"text\":\"%s\"}"
        .formatted(day, day, text);
  }

  /** Rows of speakers, ten scores each: statements, number of such speakers, and so on. */
  private static List<Known> known(int... statementsAndSpeakers) {
    List<Known> rows = new ArrayList<>();
    for (int i = 0; i < statementsAndSpeakers.length; i += 2) {
      long statements = statementsAndSpeakers[i];
      IntStream.range(0, statementsAndSpeakers[i + 1])
          .forEach(n -> rows.add(new Known("s" + rows.size(), statements, 10)));
    }
    return rows;
  }
}
