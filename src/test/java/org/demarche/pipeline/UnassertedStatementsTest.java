package org.demarche.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.demarche.config.Settings;
import org.demarche.report.Explain;
import org.demarche.report.ReportData;
import org.demarche.report.ReportReader;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.SpeakerTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An article with one statement that was said and three that were not. */
class UnassertedStatementsTest {

  private static final String ARTICLE =
      "Minister Ana Vidal said that the dam was a disgrace. Vidal did not say whether she would"
          + " resign. Mayor Tobias Renner declined to comment on the strike. Vidal may say that the dam is safe.";

  @TempDir private static Path folder;
  private static Settings settings;
  private static Warehouse warehouse;

  @BeforeAll
  static void run() throws IOException {
    Path article = Files.writeString(folder.resolve("dam.txt"), ARTICLE);
    String configuration =
        "warehouse = \"%s\", articles.paths = [\"%s\"]".formatted(folder.resolve("w"), article);
    settings = Settings.of(List.of(new Settings.Layer("test", configuration)));
    warehouse = Warehouse.at(LocalSpark.session(), settings.warehouse());
    Pipeline.run(LocalSpark.session(), settings, Stage.ALL, false, LocalSpark.silent());
  }

  @Test
  void areRowsOfTheTableOfStatements() throws IOException {
    assertThat(texts(StatementTable.TABLE, "asserted", "text"))
        .containsExactly("that the dam was a disgrace");
    assertThat(texts(StatementTable.TABLE, "not asserted", "text"))
        .containsExactly(
            "that the dam is safe", "to comment on the strike", "whether she would resign");
  }

  @Test
  void haveNoScores() throws IOException {
    assertThat(texts(StatementScoreTable.TABLE, "true", "statement_id"))
        .isNotEmpty()
        .hasSameElementsAs(texts(StatementTable.TABLE, "asserted", "statement_id"));
  }

  @Test
  void countForNobody() throws IOException {
    assertThat(texts(SpeakerTable.TABLE, "statements = 1 and articles = 1", "speaker"))
        .isEqualTo(texts(SpeakerTable.TABLE, "true", "speaker"))
        .containsExactly("Ana Vidal");
    assertThat(texts(SpeakerScoreTable.TABLE, "statements = 1", "speaker"))
        .containsOnly("Ana Vidal");
  }

  @Test
  void areCountedByTheReportAndNotShown() throws IOException {
    ReportData data = ReportReader.data(warehouse, settings);
    assertThat(data.run().statements()).isEqualTo(4);
    assertThat(data.run().credits()).isEqualTo(new ReportData.Credits(1, 1, 0, 0, 0, 0, 0, 3));
    assertThat(data.statements())
        .extracting(ReportData.Evidence::text)
        .containsExactly("that the dam was a disgrace");
  }

  @Test
  void areExplainedAsNotSaid() throws IOException {
    String id = texts(StatementTable.TABLE, "text like 'to comment%'", "statement_id").get(0);
    assertThat(Explain.statement(warehouse, settings, id, false))
        .last()
        .asString()
        .startsWith("  not asserted: the article denies");
  }

  @Test
  void areNoSampleOfWhatIsScored() throws IOException {
    assertThat(UnlabelledPassages.sample(warehouse, 10)).hasSize(1);
  }

  private static List<String> texts(Table<?> table, String condition, String column)
      throws IOException {
    Dataset<Row> rows = warehouse.read(table).where(condition).select(column).orderBy(column);
    return rows.as(Encoders.STRING()).collectAsList();
  }
}
