package org.demarche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.demarche.attribution.learned.AttributionModel;
import org.demarche.files.FolderFileSystem;
import org.demarche.files.ObjectStoreFileSystem;
import org.demarche.pipeline.Pipeline;
import org.demarche.pipeline.Stage;
import org.demarche.speaker.CreditedStatement;
import org.demarche.text.Article;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.SpeakerTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemarcheTest {

  private static final String TEXT = "Ada Quist called for calm.";

  @TempDir Path folder;

  @Test
  void extractsAndScoresWithoutSpark() {
    assertThat(Demarche.extract(Article.of("ferry", TEXT)))
        .singleElement()
        .satisfies(
            statement -> {
              assertThat(statement.speaker().name()).isEqualTo("Ada Quist");
              assertThat(answer(statement)).isEqualTo("conciliatory");
            });
  }

  private static String answer(CreditedStatement statement) {
    return Demarche.model("stance").predict(statement.passage(TEXT).whole()).label();
  }

  @Test
  void refusesAModelThatIsNotThere() {
    assertThatThrownBy(() -> Demarche.model("no-such-model"))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE));
  }

  @Test
  void asksForAWarehouse() {
    assertThatThrownBy(() -> Demarche.run(LocalSpark.session(), "articles.paths = [\"news\"]"))
        .satisfies(Thrown.with(ExitStatus.USAGE))
        .hasMessageContaining("'warehouse' is required");
  }

  @Test
  void runsInASessionOfTheCallerAndLeavesItAsItWas() throws IOException {
    SparkSession callers = LocalSpark.session().newSession();
    callers.conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
    callers.conf().set("spark.sql.datetime.java8API.enabled", "false");
    callers.range(3).createOrReplaceTempView("mine");
    Object before = callers.conf().getAll();
    Files.writeString(folder.resolve("ferry.txt"), TEXT);

    Pipeline.Result result = Demarche.run(callers, configuration());

    assertThat(result.counts().get(Stage.EXTRACT)).containsEntry("statements", 1L);
    assertThat(callers.sparkContext().isStopped()).isFalse();
    assertThat((Object) callers.conf().getAll()).isEqualTo(before);
    assertThat(callers.table("mine").count()).isEqualTo(3);
    assertThat(Demarche.run(callers, configuration()).counts().get(Stage.INGEST))
        .containsEntry("records", 0L);
  }

  private String configuration() {
    return "warehouse = \"%s\", articles.paths = [\"%s\"]"
        .formatted(folder.resolve("w"), folder.resolve("ferry.txt"));
  }

  /** The session may hold the address and the credentials of a storage that the process lacks. */
  @Test
  void readsModelsAndSharesFromAStorageThatOnlyTheSessionKnows() throws IOException {
    SparkSession callers = LocalSpark.session().newSession();
    FolderFileSystem.in(folder, callers.sparkContext().hadoopConfiguration());
    Files.writeString(folder.resolve("ferry.txt"), TEXT);
    Files.write(folder.resolve("mine.gz"), AttributionModel.bundled().toBytes());
    Files.writeString(
        folder.resolve("shares.json"),
        "{\"stance\": {\"conciliatory\": 0.2, \"neutral\": 0.5, \"assertive\": 0.3}}");

    Pipeline.Result result =
        Demarche.run(
            callers,
            configuration()
                + ", extract.model = \"press:///mine.gz\", score.prior = \"press:///shares.json\"");

    assertThat(result.counts().get(Stage.SCORE)).containsEntry("statements", 1L);
    assertThat(FolderFileSystem.OPENED).containsOnlyOnce("mine.gz").contains("shares.json");
  }

  @Test
  void writesToAnObjectStoreOnlyIfTheUserAcceptsIt() throws IOException {
    SparkSession callers = LocalSpark.session().newSession();
    Configuration hadoop = callers.sparkContext().hadoopConfiguration();
    ObjectStoreFileSystem.in(Files.createDirectories(folder.resolve("bucket")), hadoop);
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(in.resolve("ferry.txt"), TEXT);
    String configuration =
        "warehouse.folder = \"s3a://press/w\", articles.paths = [\"%s\"]".formatted(in);
    try {
      assertThatThrownBy(() -> Demarche.run(callers, configuration))
          .satisfies(Thrown.with(ExitStatus.USAGE))
          .hasMessageContaining("accept-object-store");
      assertThat(folder.resolve("bucket")).isEmptyDirectory();

      String accepted = configuration + ", warehouse.accept-object-store = true";
      Demarche.run(callers, accepted);
      Files.writeString(in.resolve("train.txt"), "\"The trains will run again,\" said Ada Quist.");
      Demarche.run(callers, accepted);

      Warehouse warehouse = Warehouse.at(callers, "s3a://press/w");
      assertThat(warehouse.read(ArticleTable.TABLE).count()).isEqualTo(2);
      assertThat(warehouse.read(StatementTable.TABLE).count()).isEqualTo(2);
      assertThat(warehouse.read(SpeakerTable.TABLE).count()).isEqualTo(1);
    } finally {
      hadoop.unset("fs.s3a.impl");
      hadoop.unset("fs.s3a.impl.disable.cache");
    }
  }
}
