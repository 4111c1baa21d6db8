package org.demarche.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.config.Settings;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlabelledPassagesTest {

  private static final String FIRST = "The minister accused Orleth of lying about the dam.";
  private static final String SECOND = "We want talks, and we want them before the winter comes.";
  private static final String THIRD = "Nobody in the harbour knows when the ferries will return.";

  @TempDir private Path folder;
  private Path input;

  @BeforeEach
  void makeTheInputFolder() throws IOException {
    input = Files.createDirectories(folder.resolve("in"));
  }

  @Test
  void takesEachSentenceOfTheArticlesOnce() throws IOException {
    write("a.jsonl", article("a", FIRST + " " + SECOND), article("b", FIRST + " " + THIRD));
    Files.writeString(input.resolve("c.txt"), SECOND.replace(" and", "\nand") + "\n");

    assertThat(passages(100)).containsExactlyInAnyOrder(FIRST, SECOND, THIRD);
  }

  @Test
  void readsParquetAndNoWarehouseThatLiesAmongTheArticles() throws IOException {
    write("a.jsonl", article("a", FIRST));
    LocalSpark.session()
        .sql("SELECT '%s' AS text".formatted(SECOND))
        .write()
        .parquet(input.resolve("p").toString());
    Files.createDirectories(input.resolve("w/_runs/r"));
    Files.writeString(input.resolve("w/_runs/r/manifest.json"), "{}");
    Files.createDirectories(input.resolve("w/articles"));
    Files.writeString(input.resolve("w/articles/b.txt"), THIRD);

    assertThat(passages(100)).containsExactlyInAnyOrder(FIRST, SECOND);
  }

  @Test
  void leavesOutScrapsAndListsThatLostTheirLineEnds() throws IOException {
    write(
        "a.jsonl",
        article("a", "He left. " + FIRST + " " + "One more boat, ".repeat(50) + "sank."));

    assertThat(passages(100)).containsExactly(FIRST);
  }

  @Test
  void takesTheSameForAnyOrderAndSplitOfTheFiles() throws IOException {
    List<String> articles = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      articles.add(article("a" + i, "The boat of number " + i + " left the harbour at night."));
    }
    write("a.jsonl", articles.toArray(String[]::new));
    List<String> all = passages(100);
    List<String> some = passages(12);
    Files.delete(input.resolve("a.jsonl"));
    write("z.jsonl", articles.subList(0, 11).toArray(String[]::new));
    write("b.jsonl", articles.subList(11, 30).toArray(String[]::new));

    assertThat(all).hasSize(30);
    assertThat(passages(100)).isEqualTo(all);
    assertThat(passages(12)).isEqualTo(some).isEqualTo(all.subList(0, 12));
    assertThat(
            UnlabelledPassages.passages(
                List.of(input.resolve("z.jsonl").toString(), input.resolve("b.jsonl").toString()),
                100,
                List.of(),
                LocalSpark.silent()))
        .extracting(Passage::text)
        .isEqualTo(all);
  }

  @Test
  void leavesOutWhatWillBeJudgedAndIsNotMisledByScraps() throws IOException {
    write("a.jsonl", article("a", FIRST + " " + SECOND + " " + THIRD));
    assertThat(passages(100, "…", "No.", "nobody", "“" + FIRST + "”"))
        .containsExactlyInAnyOrder(SECOND, THIRD);
    assertThatThrownBy(() -> passages(100, FIRST, SECOND, THIRD))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("share their words with --held-back");
  }

  private List<String> passages(int most, String... heldBack) throws IOException {
    List<LabelledStatement> judging = new ArrayList<>();
    for (String text : heldBack) {
      judging.add(
          new LabelledStatement(
              "h" + judging.size(), "h" + judging.size(), Passage.of(text), "neutral"));
    }
    return UnlabelledPassages.passages(
            List.of(input.toString()), most, judging, LocalSpark.silent())
        .stream()
        .map(Passage::text)
        .toList();
  }

  @Test
  void saysThatThereIsNothing() throws IOException {
    assertThatThrownBy(() -> passages(100))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("no file is there");
    write("a.jsonl", article("a", "He left. So did she."));
    assertThatThrownBy(() -> passages(100))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessage(
            "There are no passages at %s: give a warehouse with statements, or article files"
                .formatted(input));
    assertThatThrownBy(
            () ->
                UnlabelledPassages.passages(
                    List.of(folder.resolve("no-such").toString()),
                    5,
                    List.of(),
                    LocalSpark.silent()))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("no-such");
  }

  @Test
  void samplesThePassagesOfAWarehouseEachOnce() throws IOException {
    String said = "“We want talks, and we want them before the winter comes,” Ana Vidal said.";
    write(
        "a.jsonl",
        article("one", "VELL - " + said + " “The dam is safe and sound,” Tom Okafor said."),
        article("two", said + " Minister Ana Vidal accused Orleth of lying about the dam."));
    SparkSession spark = LocalSpark.session();
    Path place = folder.resolve("w");
    Settings settings =
        Settings.of(
            List.of(
                new Settings.Layer(
                    "test",
                    "warehouse = \"%s\"\narticles.paths = [\"%s\"]".formatted(place, input))));
    Pipeline.run(spark, settings, List.of(Stage.INGEST, Stage.EXTRACT), false, LocalSpark.silent());
    Warehouse warehouse = Warehouse.at(spark, place.toString());

    List<String> all = UnlabelledPassages.sample(warehouse, 100);

    assertThat(all)
        .doesNotHaveDuplicates()
        .hasSizeBetween(3, 6)
        .anyMatch(text -> text.contains("before the winter"))
        .anyMatch(text -> text.contains("accused Orleth"));
    assertThat(UnlabelledPassages.sample(warehouse, 2)).isEqualTo(all.subList(0, 2));
    assertThatThrownBy(
            () ->
                UnlabelledPassages.sample(Warehouse.at(spark, folder.resolve("no").toString()), 2))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("There is no warehouse at");
  }

  @Test
  void leavesOutWhatSharesItsWordsWithWhatWillJudge() throws IOException {
    write("a.jsonl", article("a", FIRST + " " + SECOND), article("b", THIRD));
    List<String> all = passages(100);
    String judge = "«" + all.get(0).replace(" ", "  ") + "» And more.";
    assertThat(
            UnlabelledPassages.passages(
                List.of(input.toString()),
                100,
                List.of(new LabelledStatement("1", "1", Passage.of(judge), "neutral")),
                LocalSpark.silent()))
        .extracting(Passage::text)
        .isEqualTo(all.subList(1, all.size()));
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(input.resolve(name), String.join("\n", lines) + "\n");
  }

  private static String article(String id, String text) {
    return "{\"id\": \"%s\", \"date\": \"2031-03-04\", \"outlet\": \"Post\", \"text\": \"%s\"}"
        .formatted(id, text);
  }
}
