package org.demarche.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.demarche.DemarcheException;
import org.demarche.config.Settings;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.FingerprintTable;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.RejectTable;
import org.demarche.warehouse.SpeakerTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Tables;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Night after night, with corrections, late printings and compactions, gives what one run over all
 * gives.
 */
class NightsIT {

  private static final SparkSession SPARK = LocalSpark.session();

  private static final String SETTINGS =
      "targets = [{id = orleth, name = Orleth, aliases = []}]\n"
          + "aggregate.windows = [all, week]\n"
          + "score.probabilities = true";

  /** All tables but the rejects, which many runs and one need not share. */
  private static final List<Table<?>> TABLES =
      Stream.concat(Stream.of(FingerprintTable.TABLE), Tables.ALL.stream())
          .filter(table -> !table.equals(RejectTable.TABLE))
          .toList();

  @TempDir private Path folder;
  private Path input;

  @BeforeEach
  void makeTheInputFolder() throws IOException {
    input = Files.createDirectories(folder.resolve("in"));
  }

  @Test
  void givesTheSameAsOneRun() throws IOException {
    Stories stories = new Stories(new Random(17));
    Removal removal = new Removal(Set.of("n1-0", "n2-3", "n3-1"), Set.of("Post 3"));
    for (int night = 1; night <= 7; night++) {
      Files.write(input.resolve("night-%02d.jsonl".formatted(night)), stories.night(night));
      run("nights");
      if (night == 3 || night == 6) {
        // First into one batch, then into many.
        Pipeline.compact(
            warehouse("nights"),
            settings("nights", ""),
            night == 3 ? 128 << 20 : 4000,
            LocalSpark.silent());
      }
      if (night == 5) {
        remove("nights", new Removal(removal.ids(), Set.of()));
      }
    }
    remove("nights", removal);
    assertThat(run("once").get(Stage.INGEST)).containsKeys("superseded");
    assertThat(remove("once", removal)).containsEntry("ids_unknown", 0L);
    assertSame("nights", "once");
  }

  @Test
  void putsACorrectedArticleInThePlaceOfTheOld() throws IOException {
    day("1.jsonl", story("a", "2031-03-01", "We want talks", "Vidal"));
    run("w");
    day("2.jsonl", story("a", "2031-03-01", "We want no talks", "Brandt"));
    assertThat(run("w").get(Stage.INGEST))
        .containsEntry("articles", 1L)
        .containsEntry("corrected", 1L)
        .containsEntry("rejects", 0L);
    assertThat(rows("w", StatementTable.TABLE))
        .singleElement()
        .asString()
        .contains("We want no talks", "Brandt");
    assertThat(rows("w", SpeakerTable.TABLE)).singleElement().asString().contains("Brandt");
    assertSame("w", "w once");
  }

  @Test
  void keepsTheFirstOfTwoTextsOfOneFileHoweverOftenItIsRead() throws IOException {
    String setting = "gates.rejected-share = 1";
    String first = story("a", "2031-03-01", "We want talks", "Vidal");
    String second = story("a", "2031-03-01", "We want no talks", "Brandt");
    day("1.jsonl", first, second);
    run("w", setting);
    day("1.jsonl", first, second, "");
    run("w", setting);
    assertThat(rows("w", SpeakerTable.TABLE)).singleElement().asString().contains("Vidal");
  }

  @Test
  void keepsOutARemovedFileThatWasNamedApart() throws IOException {
    text("a/x.txt", "One of them, the elder, said the dam was safe.");
    text("b/x.txt", "Two years after the flood nothing is mended.");
    run("w");
    String apart =
        warehouse("w")
            .read(ArticleTable.TABLE)
            .where("article_id <> 'x'")
            .first()
            .getAs("article_id");
    remove("w", new Removal(Set.of(apart), Set.of()));
    text("c/x.txt", "Two years after the flood nothing is mended.");
    assertThat(run("w").get(Stage.INGEST))
        .containsEntry("articles", 0L)
        .containsEntry("withdrawn", 1L);
    text("b/x.txt", "Two years after the flood all is mended.");
    run("w", "gates.rejected-share = 1");
    assertThat(rows("w", ArticleTable.TABLE)).singleElement().asString().contains("the elder");
  }

  private void text(String file, String text) throws IOException {
    Files.createDirectories(input.resolve(file).getParent());
    Files.writeString(input.resolve(file), text);
  }

  @Test
  void makesAnEarlierPrintingThatComesLaterTheOriginal() throws IOException {
    day("1.jsonl", story("late", "2031-03-03", "We want talks", "Vidal"));
    run("w");
    day("2.jsonl", story("early", "2031-03-01", "We want talks", "Vidal"));
    run("w");
    assertThat(
            warehouse("w")
                .read(ArticleTable.TABLE)
                .select("article_id", "cluster_id", "is_reprint")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder("[late,early,true]", "[early,early,false]");
    assertSame("w", "w once");
  }

  @Test
  void partsAClusterWhoseOriginalIsCorrected() throws IOException {
    day("1.jsonl", story("early", "2031-03-01", "We want talks", "Vidal"));
    day("2.jsonl", story("late", "2031-03-03", "We want talks", "Vidal"));
    run("w");
    day(
        "3.jsonl",
        "{\"id\": \"early\", \"date\": \"2031-03-01\", \"text\": \"The ferry was late again in the"
            + " evening, and nobody at the harbour knew why.\"}");
    run("w");
    assertThat(
            warehouse("w")
                .read(ArticleTable.TABLE)
                .where("is_reprint or cluster_id <> article_id")
                .count())
        .isZero();
    assertSame("w", "w once");
  }

  @Test
  void leavesNoTraceOfAnArticleThatIsRemoved() throws IOException {
    day(
        "1.jsonl",
        story("withdrawn-1", "2031-03-01", "We want talks", "Vidal"),
        story("withdrawn-1", "2031-03-01", "This is a second text under one id", "Vidal"),
        story("kept-1", "2031-03-01", "The treaty is dead", "Brandt"));
    day("2.jsonl", story("copy", "2031-03-03", "We want talks", "Vidal"));
    run("w", "gates.rejected-share = 1");
    day("3.jsonl", story("refused", "2031-03-04", "It was right", "Lind"), "{", "{", "{");
    assertThatThrownBy(() -> run("w")).isInstanceOf(DemarcheException.class);
    assertThat(traces("w", "withdrawn-1")).isNotEmpty();

    assertThat(remove("w", new Removal(Set.of("withdrawn-1", "never-came"), Set.of("copy Post"))))
        .containsEntry("articles", 2L)
        .containsEntry("rejects", 1L)
        .containsEntry("ids_unknown", 1L);
    for (String trace : List.of("withdrawn-1", "We want talks", "second text", "Vidal", "copy")) {
      assertThat(traces("w", trace)).as(trace).isEmpty();
    }
    assertThat(rows("w", SpeakerTable.TABLE)).singleElement().asString().contains("Brandt");

    // It comes in no more, not even from a file that is read again.
    Files.delete(input.resolve("3.jsonl"));
    day("4.jsonl", story("withdrawn-1", "2031-03-01", "We want talks", "Vidal"));
    assertThat(run("w").get(Stage.INGEST))
        .containsEntry("records", 1L)
        .containsEntry("articles", 0L)
        .containsEntry("withdrawn", 1L);
    assertThat(traces("w", "Vidal")).isEmpty();
    assertThat(remove("w", new Removal(Set.of("withdrawn-1", "another"), Set.of())))
        .containsEntry("ids_unknown", 1L)
        .containsEntry("ids_withdrawn_before", 1L);
  }

  /**
   * Returns the files of a warehouse that have a text in them, in bytes or in values of a table.
   */
  private List<String> traces(String name, String text) throws IOException {
    List<String> traces = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder.resolve(name))) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String bytes =
          file.toString().endsWith(".avro")
              ? unpacked(file)
              : Files.readString(file, StandardCharsets.ISO_8859_1);
      if (bytes.contains(text) || file.toString().contains(text)) {
        traces.add(file.toString());
      } else if (file.toString().endsWith(".parquet")
          && SPARK.read().parquet(file.toString()).toJSON().collectAsList().stream()
              .anyMatch(row -> row.contains(text))) {
        traces.add(file + " (packed)");
      }
    }
    return traces;
  }

  /** Returns the values in a file of Iceberg's metadata, which is compressed. */
  private static String unpacked(Path file) throws IOException {
    try (var values = new DataFileReader<>(file.toFile(), new GenericDatumReader<Object>())) {
      StringBuilder all = new StringBuilder();
      values.forEach(all::append);
      return all.toString();
    }
  }

  private Map<String, Long> remove(String name, Removal removal) throws IOException {
    return Pipeline.remove(warehouse(name), settings(name, ""), removal, LocalSpark.silent())
        .counts()
        .get(Stage.REMOVE);
  }

  private void day(String file, String... lines) throws IOException {
    Files.write(input.resolve(file), List.of(lines));
  }

  private static String story(String id, String date, String said, String speaker) {
    String text =
        ("“%s,” Minister Ana %s said on Monday in the old harbour town, where fishermen had been"
                + " waiting since the early morning for a word about Orleth and the new dam. The"
                + " boats stay in the harbour until the council has met, and the market is closed."
                + " Two ferries from the island brought more of them before noon.")
            .formatted(said, speaker);
    return "{\"id\": \"%s\", \"date\": \"%s\", \"outlet\": \"%s Post\", \"text\": \"%s\"}"
        .formatted(id, date, id, text);
  }

  private Map<Stage, Map<String, Long>> run(String name) throws IOException {
    return run(name, "");
  }

  private Map<Stage, Map<String, Long>> run(String name, String setting) throws IOException {
    return BundledRun.of(settings(name, setting));
  }

  private Settings settings(String name, String setting) {
    return Settings.of(
        List.of(
            new Settings.Layer("test", SETTINGS + "\n" + setting),
            new Settings.Layer("test", LocalSpark.STORAGE),
            new Settings.Layer(
                "test",
                "warehouse = \"%s\"\narticles.paths = [\"%s\"]"
                    .formatted(folder.resolve(name), input))));
  }

  private Warehouse warehouse(String name) throws IOException {
    return Warehouse.at(SPARK, folder.resolve(name).toString());
  }

  /** Runs once over all input of today, unless that is done, and compares all tables. */
  private void assertSame(String nights, String once) throws IOException {
    if (!Files.exists(folder.resolve(once))) {
      run(once);
    }
    for (Table<?> table : TABLES) {
      assertThat(rows(nights, table)).as(table.name()).isEqualTo(rows(once, table)).isNotEmpty();
    }
  }

  private List<String> rows(String name, Table<?> table) throws IOException {
    Dataset<Row> rows = warehouse(name).read(table).drop("run_id", Table.BATCH);
    return rows.toJSON().collectAsList().stream().sorted().toList();
  }

  /** Makes up what the papers print: new stories, copies of earlier ones, and corrections. */
  private static final class Stories {

    private static final List<String> NAMES =
        List.of("Ana Vidal", "Tomas Brandt", "Leyla Osmani", "Piet Moor", "Rosa Lind");

    private static final List<String> SAYINGS =
        List.of(
            "We want talks with Orleth before the winter",
            "Orleth has broken every promise that it made",
            "Nobody in this town will pay for the dam",
            "The treaty is the best that we could get",
            "I welcome what the council has decided");

    private static final List<String> SCENES =
        List.of(
            "The boats stay in the harbour until the council has met.",
            "Fishermen had been waiting since the early morning.",
            "Two ferries from the island brought more of them before noon.",
            "The market in the old town was closed for the day.",
            "Rain had washed the posters from the walls of the town hall.",
            "A band played until the mayor asked it to stop.",
            "Workers of the shipyard left early to hear the news.",
            "The lamps along the quay were lit before four in the afternoon.");

    private final Random random;
    private final List<String> texts = new ArrayList<>();

    Stories(Random random) {
      this.random = random;
    }

    List<String> night(int night) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int before = texts.size();
        String id = "n%d-%d".formatted(night, i);
        if (before > 2 && random.nextInt(3) == 0) {
          // A copy, printed a few days before or after.
          texts.add(texts.get(random.nextInt(before)));
        } else if (night > 1 && random.nextInt(3) == 0) {
          // Each article is corrected at most once a night.
          id = "n%d-%d".formatted(1 + random.nextInt(night - 1), i);
          texts.add(text());
        } else {
          texts.add(text());
        }
        int day = Math.max(1, night * 2 + random.nextInt(7) - 3);
        lines.add(
            "{\"id\": \"%s\", \"date\": \"2031-03-%02d\", \"outlet\": \"Post %d\", \"text\": \"%s\"}"
                .formatted(id, day, random.nextInt(4), texts.get(before)));
      }
      return lines;
    }

    private String text() {
      List<String> scenes = new ArrayList<>(SCENES);
      Collections.shuffle(scenes, random);
      return "“%s,” %s said on Monday. %s Officials said the vote was lost. “%s,” said %s. %s"
          .formatted(
              pick(SAYINGS),
              pick(NAMES),
              String.join(" ", scenes.subList(0, 3)),
              pick(SAYINGS),
              pick(NAMES),
              String.join(" ", scenes.subList(3, 6)));
    }

    private String pick(List<String> from) {
      return from.get(random.nextInt(from.size()));
    }
  }
}
