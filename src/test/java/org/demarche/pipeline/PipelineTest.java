package org.demarche.pipeline;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.util.SerializableConfiguration;
import org.demarche.ExitStatus;
import org.demarche.Thrown;
import org.demarche.cli.Demo;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.files.Storage;
import org.demarche.ingest.InputOptions;
import org.demarche.ingest.Outcomes;
import org.demarche.report.Explain;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.InputFile;
import org.demarche.warehouse.LocalSpark;
import org.demarche.warehouse.Manifest;
import org.demarche.warehouse.RejectTable;
import org.demarche.warehouse.SpeakerLabelTable;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.StatementProbabilityTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Tables;
import org.demarche.warehouse.TargetTable;
import org.demarche.warehouse.Transaction;
import org.demarche.warehouse.Warehouse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way on real Spark, on small articles and damaged ones. */
class PipelineTest {

  private static final SparkSession SPARK = LocalSpark.session();

  private static final String MORNING =
      article("m1", "2031-03-04", "Harbour Post", "Minister Ana Vidal accused Orleth of lying.");
  private static final String NOON =
      article("m2", "2031-03-05", "Vell Daily", "“We want talks,” Minister Ana Vidal said.");

  private static final String ORLETH_BY_WEEK =
      "targets = [{id = orleth, name = Orleth, aliases = []}, {id = dam, name = dam, aliases = []}]\n"
          + "aggregate.windows = [all, week]\n"
          + "aggregate.low-n = 2";

  /** The input folder and the warehouses of the morning's and the noon's article. */
  @TempDir private static Path shared;

  @TempDir private Path folder;
  private Path input;
  private List<Path> inputs;

  /** Takes both articles in once; a test that writes to the warehouse does so to a copy. */
  @BeforeAll
  static void takeBothArticlesIn() throws IOException {
    PipelineTest both = new PipelineTest();
    both.folder = shared;
    both.makeTheInputFolder();
    both.write("a.jsonl", MORNING, NOON);
    both.runAll("both");
    both.runAll("by week", ORLETH_BY_WEEK + "\nscore.probabilities = true");
  }

  @BeforeEach
  void makeTheInputFolder() throws IOException {
    input = Files.createDirectories(folder.resolve("in"));
    inputs = List.of(input);
  }

  @Test
  void accountsForEveryRecord() throws IOException {
    write(
        "a.jsonl",
        MORNING,
        MORNING, // the same once more: a duplicate
        article("m1", "2031-03-04", "Harbour Post", "Another text under the same id, she said."),
        "{\"id\": \"cut\", \"text\": \"and th",
        "{\"id\": \"empty\", \"text\": \"  \"}",
        article("bad-date", "sometime in spring", "Vell Daily", "“No,” Ana Vidal said."),
        NOON);
    Map<String, Long> counts = run("w", Stage.INGEST, "gates.rejected-share = 1");
    assertThat(counts)
        .containsEntry("records", 7L)
        .containsEntry("articles", 2L)
        .containsEntry("duplicates", 1L)
        .containsEntry("rejects", 4L);
    assertThat(column("w", RejectTable.TABLE, "reason"))
        .containsExactlyInAnyOrder("duplicate_id", "malformed", "empty_text", "malformed_date");
    assertThat(column("w", ArticleTable.TABLE, "article_id")).containsExactlyInAnyOrder("m1", "m2");
    // With the rejects and the duplicate, the articles account for every record of the file.
    assertThat(column("w", ArticleTable.TABLE, "record")).containsExactlyInAnyOrder("0", "6");
    assertThat(column("w", RejectTable.TABLE, "record"))
        .containsExactlyInAnyOrder("2", "3", "4", "5");
    assertThat(column("w", ArticleTable.TABLE, "input_file"))
        .allSatisfy(file -> assertThat(file).endsWith("/in/a.jsonl"));
    assertThat(column("w", ArticleTable.TABLE, "published_source")).containsOnly("field");
  }

  @Test
  void writesColumnsAsTheDataDictionaryHasThem() throws IOException {
    for (Table<?> table : Tables.ALL) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(shared.resolve("by week").resolve(table.name()))) {
        files = all.filter(file -> file.toString().endsWith(".parquet")).toList();
      }
      assertThat(files).as(table.name()).isNotEmpty();
      for (Path file : files) {
        try (ParquetFileReader reader =
            ParquetFileReader.open(
                HadoopInputFile.fromPath(
                    new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
          FileMetaData found = reader.getFileMetaData();
          String columns =
              found.getKeyValueMetaData().get("org.apache.spark.sql.parquet.row.metadata");
          assertThat(DataType.fromJson(columns)).as(file.toString()).isEqualTo(table.schema());
          for (StructField column : table.schema().fields()) {
            assertThat(found.getSchema().getType(column.name()).isRepetition(Repetition.OPTIONAL))
                .as("%s can be null in %s", column.name(), file)
                .isEqualTo(column.nullable());
          }
        }
      }
    }
  }

  @Test
  void changesNothingWhenItRunsAgain() throws IOException {
    copy("both", "w");
    List<String> first = scores("w");
    runAll("w");
    assertThat(scores("w")).isEqualTo(first).isNotEmpty();
    assertThat(column("w", ArticleTable.TABLE, "article_id")).hasSize(2);
  }

  @Test
  void doesNotCountAnArticleThatComesAgainInAnotherFile() throws IOException {
    copy("both", "w");
    List<String> first = scores("w");
    inputs = List.of(shared.resolve("in"), input);
    write("b.jsonl", NOON);
    assertThat(runAll("w").get(Stage.INGEST))
        .containsEntry("duplicates", 1L)
        .containsEntry("articles", 0L);
    assertThat(scores("w")).isEqualTo(first);
  }

  @Test
  void givesTheSameScoresInOneBatchOrInTwo() throws IOException {
    write("a.jsonl", MORNING);
    runAll("two");
    write("b.jsonl", NOON);
    runAll("two");
    assertThat(scores("two")).isEqualTo(scores(shared.resolve("both")));
  }

  @Test
  void countsAReprintOnce() throws IOException {
    String text =
        "VELL - Minister Ana Vidal accused Orleth of lying about the dam on Tuesday, in the sharpest"
            + " words so far of a dispute that has gone on since the spring floods of last year.";
    write(
        "a.jsonl",
        article("one", "2031-03-04", "Harbour Post", text),
        article("two", "2031-03-05", "Vell Daily", text));
    runAll("w");
    assertThat(column("w", ArticleTable.TABLE, "cluster_id")).containsExactly("one", "one");
    assertThat(
            SPARK
                .read()
                .parquet(folder.resolve("w/speaker_scores").toString())
                .where("scale = 'stance' AND window = 'all' AND speaker = 'Ana Vidal'")
                .collectAsList())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<Long>getAs("statements")).isEqualTo(2);
              assertThat(row.<Long>getAs("distinct_statements")).isEqualTo(1);
              assertThat(row.<Long>getAs("outlets")).isEqualTo(2);
            });
  }

  @Test
  void saysWhichTargetNoStatementMentions() throws IOException {
    copy("by week", "w");
    ByteArrayOutputStream notes = new ByteArrayOutputStream();
    Pipeline.run(
        SPARK,
        settings("w", ORLETH_BY_WEEK.replace("low-n = 2", "low-n = 3")),
        List.of(Stage.AGGREGATE),
        false,
        new Progress(new PrintStream(notes, true, StandardCharsets.UTF_8), false));
    assertThat(notes.toString(StandardCharsets.UTF_8))
        .contains("target dam: no statement mentions it; check its name and aliases")
        .doesNotContain("target orleth");
  }

  @Test
  void writesNothingWhenTooMuchIsRejected() throws IOException {
    write("a.jsonl", MORNING, "noise", "noise");
    assertThatThrownBy(() -> run("w", Stage.INGEST, ""))
        .satisfies(Thrown.with(ExitStatus.QUALITY_GATE))
        .hasMessageStartingWith(
            "The gate rejected-share failed: 0.6667 of 3 records were rejected, more than"
                + " gates.rejected-share = 0.1 allows; no table was changed")
        .hasMessageContaining(
            "2 × malformed, first in a.jsonl record 1: Record is not a JSON object")
        .hasMessageContaining("  correct these records")
        .hasMessageContaining("to publish all the same: --accept rejected-share")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("articles.fields.text"));
    assertThat(folder.resolve("w/articles")).doesNotExist();
    assertThat(folder.resolve("w/_staging")).doesNotExist();
    assertThat(ExitStatus.QUALITY_GATE.code()).isEqualTo(4);
  }

  @Test
  void keepsTheRejectsOfADeliveryThatItRefuses() throws IOException {
    write(
        "a.jsonl",
        "{\"nr\": 1, \"story\": \"Fine.\"}",
        "{\"nr\": 2, \"story\": \"Too.\"}",
        MORNING);
    assertThatThrownBy(() -> run("w", Stage.INGEST, ""))
        .satisfies(Thrown.with(ExitStatus.QUALITY_GATE))
        .hasMessageContaining("it has 'nr', 'story', but none of 'text'")
        .hasMessageContaining("articles.fields.text")
        .hasMessageContaining(folder.resolve("w/_runs").toString());
    try (var runs = Files.list(folder.resolve("w/_runs"))) {
      Path rejects = runs.findFirst().orElseThrow().resolve("rejects.jsonl");
      assertThat(rejects).hasFileName("rejects.jsonl");
      assertThat(Files.readAllLines(rejects))
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).contains("\"reason\":\"missing_field\"", "story"));
    }
  }

  @Test
  void countsArticlesWithoutADate() throws IOException {
    write("a.jsonl", MORNING, "{\"id\": \"u\", \"text\": \"Undated.\"}");
    assertThat(run("w", Stage.INGEST, "")).containsEntry("undated", 1L);
    write(
        "b.jsonl",
        "{\"id\": \"u\", \"text\": \"Undated.\"}",
        "{\"id\": \"v\", \"text\": \"Too.\"}");
    assertThat(run("w", Stage.INGEST, ""))
        .containsEntry("undated", 1L)
        .containsEntry("duplicates", 1L);
  }

  @Test
  void readsNoForeignArticleByEnglishRules() throws IOException {
    write(
        "a.jsonl",
        MORNING,
        article(
            "fr",
            "2031-03-04",
            "Courrier du port",
            "« Nous voulons parler », a dit Anne Vidal, qui est dans le port avec les ministres."),
        "{\"id\": \"es\", \"language\": \"es\", \"text\": \"“No”, Ana Vidal said.\"}",
        "{\"id\": \"short\", \"text\": \"“Non,” Ana Vidal said.\"}");
    Pipeline.Result result =
        Pipeline.run(
            SPARK,
            settings("w", ""),
            List.of(Stage.INGEST, Stage.EXTRACT),
            false,
            LocalSpark.silent());
    assertThat(result.counts().get(Stage.EXTRACT))
        .containsExactly(
            entry("articles", 4L), entry("statements", 2L), entry("unsupported_language", 2L));
    assertThat(result.lines())
        .contains("extract    4 articles, 2 statements, 2 unsupported language");
    assertThat(Files.readString(folder.resolve("w/_runs/" + result.runId() + "/manifest.json")))
        .contains("\"unsupported_language\" : 2");
    assertThat(column("w", ArticleTable.TABLE, "article_id"))
        .containsExactlyInAnyOrder("m1", "fr", "es", "short");
    assertThat(column("w", StatementTable.TABLE, "article_id"))
        .containsExactlyInAnyOrder("m1", "short");
  }

  @Test
  void tellsWhichTextsWereNotClean() throws IOException {
    String entities = "&#8220;We want talks,&#8221; Minister Zo&euml; Renner said.";
    write(
        "a.jsonl",
        MORNING,
        article("e", "2031-03-04", "Vell Daily", entities),
        article("d", "2031-03-04", "Vell Daily", "M\uFFFDrz was silent."),
        article("e", "2031-03-04", "Vell Daily", entities));
    Pipeline.Result result =
        Pipeline.run(
            SPARK,
            settings("w", ""),
            List.of(Stage.INGEST, Stage.EXTRACT),
            false,
            LocalSpark.silent());
    assertThat(result.lines())
        .anyMatch(line -> line.startsWith("ingest") && line.endsWith(", 2 unclean text"));
    assertThat(Files.readString(folder.resolve("w/_runs/" + result.runId() + "/manifest.json")))
        .contains("\"unclean_text\" : 2");
    assertThat(column("w", ArticleTable.TABLE, "text_quality"))
        .containsExactlyInAnyOrder("clean", "entities", "damaged");
    assertThat(column("w", ArticleTable.TABLE, "text")).contains(entities);
    assertThat(column("w", StatementTable.TABLE, "speaker")).contains("Zoë Renner");
    assertThat(column("w", StatementTable.TABLE, "passage"))
        .contains("&#8220;We want talks,&#8221; Minister Zo&euml; Renner said");
  }

  @Test
  void explainsAStatementByTheBeginningOfItsId() throws IOException {
    Settings both = shared("both");
    Warehouse warehouse = Warehouse.at(SPARK, both.warehouse());
    String id =
        warehouse
            .read(StatementTable.TABLE)
            .where("article_id = 'm1'")
            .first()
            .getAs("statement_id");
    assertThat(Explain.statement(warehouse, both, id.substring(0, 8), false))
        .startsWith("statement " + id + " in article m1")
        .anyMatch(line -> line.matches(" +1  0\\.\\d\\d  this statement: .*"))
        .anyMatch(line -> line.matches(".*found by \\S+ \\(confidence [01]\\.\\d\\d\\).*"))
        .anyMatch(line -> line.startsWith("  stance towards all: assertive "));
    assertThat(Explain.statementAsJson(warehouse, both, id.substring(0, 8)))
        .startsWith("{\"statement_id\":\"" + id + "\",\"article_id\":\"m1\",\"winner\":0,")
        .contains("\"outcome\":\"KEPT\"", "\"log_odds\":{", "\"content_probability\":0.");
    assertThatThrownBy(() -> Explain.statement(warehouse, both, "x", false))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("has no statement whose id begins with 'x'");
  }

  @Test
  void saysWhatElseCouldBeExplained() throws IOException {
    Warehouse warehouse = Warehouse.at(SPARK, shared("both").warehouse());
    assertThatThrownBy(() -> Explain.speaker(warehouse, "vidal", "stance", "all"))
        .hasMessageEndingWith("did you mean Ana Vidal?");
    assertThatThrownBy(() -> Explain.speaker(warehouse, "Ana Vidal", "no", "all"))
        .hasMessageEndingWith("there are the scales sentiment, stance");
    assertThatThrownBy(() -> Explain.speaker(warehouse, "Ana Vidal", "stance", "x"))
        .hasMessageEndingWith("there are the targets all");
  }

  @Test
  void keepsARecordOfAnotherTextUnderTheSameId() throws IOException {
    write("a.jsonl", MORNING, article("m1", "2031-03-04", "Post", "Another text."));
    run("w", Stage.INGEST, "gates.rejected-share = 1");
    assertThat(column("w", RejectTable.TABLE, "raw"))
        .singleElement()
        .satisfies(
            raw -> assertThat(raw).startsWith("{\"id\":\"m1\"").contains("Another text.", "Post"));
  }

  @Test
  void readsParquetFilesOfDifferentColumnsSideBySide() throws IOException {
    for (String query :
        List.of(
            "SELECT 'p1' AS id, 'One.' AS text",
            "SELECT 'p2' AS id, 'Two.' AS text",
            "SELECT 'p3' AS id, 'Three.' AS body, DATE '2031-03-04' AS date")) {
      String id = query.substring(8, 10);
      SPARK.sql(query).coalesce(1).write().parquet(folder.resolve("in/part " + id).toString());
    }
    SPARK.sql("SELECT 'p4' AS id").coalesce(1).write().parquet(input.resolve("no text").toString());
    run("w", Stage.INGEST, "gates.rejected-share = 1");
    assertThat(column("w", ArticleTable.TABLE, "article_id"))
        .containsExactlyInAnyOrder("p1", "p2", "p3");
    assertThat(column("w", RejectTable.TABLE, "input_file"))
        .singleElement()
        .satisfies(file -> assertThat(file).startsWith("file:/").contains("/no text/part-"));
  }

  @Test
  void takesABracketInTheNameOfAParquetFileAsItIs() throws IOException {
    SPARK
        .sql("SELECT 'p1' AS id, 'One.' AS text")
        .coalesce(1)
        .write()
        .parquet(folder.resolve("made").toString());
    try (Stream<Path> parts = Files.list(folder.resolve("made"))) {
      Path part = parts.filter(path -> path.toString().endsWith(".parquet")).findFirst().get();
      Files.move(part, input.resolve("a[1].parquet"));
    }
    run("w", Stage.INGEST, "");
    assertThat(column("w", ArticleTable.TABLE, "article_id")).containsExactly("p1");
  }

  @Test
  void refusesScoresOfAScaleThatIsNotConfiguredNow() throws IOException {
    copy("both", "w");
    assertThatThrownBy(() -> run("w", Stage.AGGREGATE, "score.scales = [stance]"))
        .satisfies(Thrown.with(ExitStatus.MODEL_INCOMPATIBLE))
        .hasMessageContaining("'sentiment'")
        .hasMessageEndingWith("run score");
  }

  @Test
  void leavesAManifestWhenSparkFails() throws IOException {
    copy("both", "w");
    try (Stream<Path> files = Files.walk(folder.resolve("w/articles"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
        Files.writeString(file, "no Parquet any more");
      }
    }
    inputs = List.of(shared.resolve("in"), input);
    write("b.jsonl", article("m9", "2031-03-09", "Vell Daily", "“No,” Ana Vidal said."));
    Files.delete(folder.resolve("w/_recipes/extract")); // extracts everything again
    assertThatThrownBy(() -> runAll("w"));
    try (Stream<Path> runs = Files.walk(folder.resolve("w/_runs"))) {
      assertThat(runs.filter(path -> path.endsWith("manifest.json")))
          .hasSize(2)
          .anySatisfy(
              path -> assertThat(path).content().contains("\"exit_code\" : 3", "is damaged"));
    }
  }

  @Test
  void sendsASecondWriterAwayAsAConflict() throws IOException {
    write("a.jsonl", MORNING);
    Warehouse warehouse = Warehouse.at(SPARK, folder.resolve("w").toString());
    try (Transaction other = Transaction.begin(warehouse, new Manifest("other", List.of(), "{}"))) {
      assertThatThrownBy(() -> runAll("w"))
          .hasMessageContaining(other.manifest().runId())
          .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT));
    }
  }

  @Test
  void keepsWhatStandsBeforeTheDamageOfAFile() throws IOException {
    Path whole = folder.resolve("whole.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 4000; i++) {
        lines.append(article("x" + i, "2031-03-04", "Post", "Text " + i * 7919L + " of it."));
        lines.append('\n');
      }
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(input.resolve("cut.jsonl.gz"), Arrays.copyOf(bytes, bytes.length / 2));
    Files.write(input.resolve("no.parquet"), "PAR1 and no more".getBytes(StandardCharsets.UTF_8));
    Map<String, Long> counts = run("w", Stage.INGEST, "");
    assertThat(counts.get("articles")).isBetween(100L, 3999L);
    assertThat(column("w", RejectTable.TABLE, "reason"))
        .containsExactlyInAnyOrder("damaged_file", "damaged_file");
    assertThat(column("w", RejectTable.TABLE, "detail"))
        .anyMatch(detail -> detail.endsWith("it is cut short, still being written, or not Parquet"))
        .noneMatch(detail -> detail.contains("Job aborted"));
  }

  @Test
  void keepsTextsOfFilesThatHaveTheSameName() throws IOException {
    text("a/x.txt", "One.");
    text("b/x.text", "Two.");
    text("b/copy/x.txt", "One.");
    text("y.txt", "Three.");
    Map<String, Long> counts = run("w", Stage.INGEST, "");
    assertThat(counts)
        .containsEntry("records", 4L)
        .containsEntry("articles", 3L)
        .containsEntry("duplicates", 1L)
        .containsEntry("named_apart", 1L)
        .containsEntry("rejects", 0L);
    assertThat(texts("w"))
        .containsEntry("x", "One.")
        .containsEntry("y", "Three.")
        .containsValue("Two.")
        .hasSize(3)
        .allSatisfy((id, text) -> assertThat(id).matches("x|y|x~[0-9a-f]{12}"));
  }

  @Test
  void givesFilesOfOneNameTheSameIdsOnAnotherDay() throws IOException {
    text("a/x.txt", "One.");
    text("b/x.txt", "Two.");
    run("at once", Stage.INGEST, "");
    Files.delete(input.resolve("b/x.txt"));
    run("w", Stage.INGEST, "");
    text("b/x.txt", "Two.");
    assertThat(run("w", Stage.INGEST, ""))
        .containsEntry("articles", 1L)
        .containsEntry("named_apart", 1L);
    assertThat(texts("w")).isEqualTo(texts("at once"));

    // Touched and moved it is the same article; with another text it is not taken for a new one.
    Files.setLastModifiedTime(input.resolve("b/x.txt"), FileTime.fromMillis(1_000_000));
    text("c/x.txt", "Two.");
    assertThat(run("w", Stage.INGEST, ""))
        .containsEntry("articles", 0L)
        .containsEntry("duplicates", 2L);
    text("b/x.txt", "Two, corrected.");
    text("a/x.txt", "One, corrected.");
    assertThat(run("w", Stage.INGEST, "gates.rejected-share = 1"))
        .containsEntry("articles", 0L)
        .containsEntry("rejects", 2L);
    assertThat(texts("w")).isEqualTo(texts("at once"));
  }

  @Test
  void readsNoWarehouseThatLiesAmongTheArticles() throws IOException {
    write("a.jsonl", MORNING, NOON);
    copy("both", "in/w");
    inputs = List.of(input);
    List<String> first = scores("in/w");
    assertThat(runAll("in/w").get(Stage.INGEST)).containsEntry("files", 1L);
    assertThat(scores("in/w")).isEqualTo(first);
    // Nor that of somebody else.
    assertThat(run("other", Stage.INGEST, "")).containsEntry("files", 1L);
  }

  @Test
  void goesOnWhereAFileIsCompressedInAWayThatIsNotAvailable() throws IOException {
    for (String file : List.of("brotli", "groups", "nanos")) {
      Files.copy(
          Path.of("src/test/resources/parquet/%s.parquet".formatted(file)),
          input.resolve(file + ".parquet"));
    }
    assertThat(run("w", Stage.INGEST, "gates.rejected-share = 1"))
        .containsEntry("records", 8L)
        .containsEntry("articles", 7L)
        .containsEntry("rejects", 1L)
        .containsEntry("undated", 6L);
    assertThat(column("w", RejectTable.TABLE, "detail"))
        .singleElement()
        .satisfies(detail -> assertThat(detail).contains("brotli"));
  }

  @Test
  void namesTheEncodingWhereEveryFileIsInOne() throws IOException {
    for (String name : List.of("a.txt", "b.txt")) {
      Files.write(
          input.resolve(name),
          ("Le garçon déjà parti à l’école a été reçu là-bas, dit-elle à " + name)
              .getBytes(Charset.forName("windows-1252")));
    }
    assertThatThrownBy(() -> run("w", Stage.INGEST, ""))
        .satisfies(Thrown.with(ExitStatus.QUALITY_GATE))
        .hasMessageContaining("2 × not_text, first in a.txt record 0: File is not UTF-8")
        .hasMessageContaining("looks like windows-1252")
        .hasMessageContaining("set articles.encoding=windows-1252");
    assertThat(run("w", Stage.INGEST, "articles.encoding = windows-1252"))
        .containsEntry("articles", 2L);
    assertThat(texts("w").get("a")).startsWith("Le garçon déjà parti à l’école");
  }

  @Test
  void readsALargeFileInPartsByOneTaskEach() throws IOException {
    Path file =
        Files.writeString(input.resolve("large.jsonl"), "{\"text\": \"Calm.\"}\n".repeat(900));
    String path = file.toUri().toString();
    List<InputFiles.Part> parts =
        RecordFiles.parts(
                JavaSparkContext.fromSparkContext(SPARK.sparkContext()),
                new SerializableConfiguration(SPARK.sparkContext().hadoopConfiguration()),
                List.of(new InputFile(path, Files.size(file), 0)),
                InputOptions.DEFAULT,
                4_000)
            .get(path);
    assertThat(parts).hasSizeGreaterThan(3);
    InputFiles.Part last = parts.get(parts.size() - 1);
    try (Outcomes outcomes =
        RecordFiles.open(last, SPARK.sparkContext().hadoopConfiguration(), InputOptions.DEFAULT)) {
      assertThat(outcomes.next().origin().record()).isEqualTo(last.stretch().firstRecord());
    }
  }

  @Test
  void takesNothingInWhereAFileIsGone() {
    InputFile gone = new InputFile(input.resolve("gone.jsonl").toUri().toString(), 9, 0);
    IngestTotals totals = new IngestTotals();
    SPARK.sparkContext().register(totals, "records");
    assertThatThrownBy(
            () ->
                RecordFiles.read(
                        SPARK,
                        List.of(gone),
                        InputOptions.DEFAULT,
                        totals,
                        new Progress(System.err, false))
                    .write()
                    .parquet(folder.resolve("out").toString()))
        .satisfies(
            thrown -> {
              Failure failure = Failure.of(thrown);
              assertThat(failure.status()).isEqualTo(ExitStatus.INPUT_MISSING);
              assertThat(failure.line())
                  .contains("gone.jsonl cannot be read: it was there and is gone");
            });
  }

  @Test
  void opensInDuckDbWithTheQueryThatTheDemoPrints() throws Exception {
    copy("both", "w");
    run("w", Stage.AGGREGATE, "aggregate.low-n = 1");
    assertThat(query(Demo.query(folder.resolve("w")))).contains("Ana Vidal");
    for (String table : List.of("articles", "rejects", "statements", "targets")) {
      assertThat(
              query(
                  "SELECT count(*) FROM read_parquet('%s/%s/**/*.parquet', hive_partitioning = true)"
                      .formatted(folder.resolve("w"), table)))
          .as(table)
          .hasSize(1);
    }
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> run("w", Stage.EXTRACT, ""))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("There is no warehouse at " + folder.resolve("w"));
    assertThatThrownBy(() -> run("w", Stage.INGEST, ""))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("no file is there");
  }

  @Test
  void leavesNothingOfARunThatHadNothingToDo() throws IOException {
    for (Stage stage : Stage.values()) {
      assertThatThrownBy(() -> run("deep/w", stage, ""))
          .as(stage.label())
          .satisfies(Thrown.with(ExitStatus.INPUT_MISSING));
    }
    assertThat(folder.resolve("deep")).doesNotExist();
    assertThatThrownBy(() -> run("deep/w", Stage.INGEST, "articles.paths = [\"no-such\"]"))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("no-such");
    assertThat(folder.resolve("deep")).doesNotExist();
  }

  @Test
  void namesAWarehouseThatCannotBeWritten() throws IOException {
    write("a.jsonl", MORNING);
    Files.writeString(folder.resolve("file"), "no folder");
    for (String place : List.of("file", "file/w")) {
      assertThatThrownBy(() -> run(place, Stage.INGEST, ""))
          .satisfies(Thrown.with(ExitStatus.OUTPUT_CONFLICT))
          .hasMessageContaining("Cannot write to the warehouse " + folder.resolve(place));
    }
    assertThat(folder.resolve("file")).hasContent("no folder");
  }

  @Test
  void goesOnWithTheConfigurationThatTheWarehouseWasMadeBy() throws IOException {
    copy("by week", "w");
    List<String> first = scores("w");
    assertThat(first)
        .anyMatch(row -> row.contains(",orleth,"))
        .anyMatch(row -> row.contains("week"));

    Settings bare = WarehouseSettings.over(layers("w", ""), Storage.ofProcess()).settings();
    Pipeline.run(SPARK, bare, List.of(Stage.SCORE, Stage.AGGREGATE), false, LocalSpark.silent());
    assertThat(scores("w")).isEqualTo(first);
    assertThat(
            WarehouseSettings.over(layers("w", "aggregate.low-n = 3"), Storage.ofProcess()).kept())
        .containsExactly("aggregate.windows", "score.probabilities", "targets");

    // What is set anew holds, and from then on.
    Pipeline.run(
        SPARK,
        WarehouseSettings.over(layers("w", "aggregate.windows = [all]"), Storage.ofProcess())
            .settings(),
        List.of(Stage.AGGREGATE),
        false,
        LocalSpark.silent());
    assertThat(
            WarehouseSettings.over(layers("w", ""), Storage.ofProcess())
                .settings()
                .aggregate()
                .windows())
        .containsExactly("all");
    assertThat(scores("w")).isNotEmpty().noneMatch(row -> row.contains("week"));
  }

  @Test
  void dropsATargetOnlyWhenTold() throws IOException {
    copy("by week", "w");
    List<String> first = scores("w");
    Settings without =
        WarehouseSettings.over(
                layers("w", "targets = [{id = dam, name = dam, aliases = []}]"),
                Storage.ofProcess())
            .settings();
    assertThatThrownBy(
            () ->
                Pipeline.run(SPARK, without, List.of(Stage.AGGREGATE), false, LocalSpark.silent()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'targets' lacks orleth")
        .hasMessageContaining("--drop-targets");
    assertThat(scores("w")).isEqualTo(first);

    Pipeline.run(SPARK, without, List.of(Stage.AGGREGATE), true, LocalSpark.silent());
    for (Table<?> table :
        List.of(
            StatementScoreTable.TABLE,
            StatementProbabilityTable.TABLE,
            SpeakerScoreTable.TABLE,
            SpeakerLabelTable.TABLE,
            TargetTable.TABLE)) {
      assertThat(column("w", table, "target_id")).contains("all").doesNotContain("orleth");
    }
    // Nothing is dropped twice: the next bare run needs no leave. So it is without a session.
    WarehouseSettings.checkTargets(
        WarehouseSettings.over(layers("w", ""), Storage.ofProcess()).settings(),
        false,
        Storage.ofProcess());
    assertThatThrownBy(
            () ->
                WarehouseSettings.checkTargets(
                    WarehouseSettings.over(layers("w", "targets = []"), Storage.ofProcess())
                        .settings(),
                    false,
                    Storage.ofProcess()))
        .hasMessageContaining("'targets' lacks dam");
    Pipeline.run(
        SPARK,
        WarehouseSettings.over(layers("w", ""), Storage.ofProcess()).settings(),
        List.of(Stage.AGGREGATE),
        false,
        LocalSpark.silent());
  }

  /** Spark passes over files that are empty or gone; scores made without them would be wrong. */
  @Test
  void noticesFilesOfATableThatAreEmptyOrGone() throws IOException {
    copy("both", "w");
    List<String> first = scores("w");
    List<Path> statements;
    try (Stream<Path> files = Files.walk(folder.resolve("w/statements"))) {
      statements = files.filter(path -> path.toString().endsWith(".parquet")).toList();
    }
    for (Path file : statements) {
      Files.write(file, new byte[0]);
    }
    assertThatThrownBy(() -> run("w", Stage.AGGREGATE, "aggregate.low-n = 3"))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining(".parquet is empty: restore it");
    for (Path file : statements) {
      Files.delete(file);
    }
    assertThatThrownBy(() -> run("w", Stage.AGGREGATE, "aggregate.low-n = 3"))
        .satisfies(Thrown.with(ExitStatus.INPUT_MISSING))
        .hasMessageContaining("there is no file in " + statements.get(0).getParent());
    assertThat(scores("w")).isEqualTo(first);
  }

  /** A warehouse of an earlier version keeps no configuration: its tables tell what is lost. */
  @Test
  void noticesWhatAnEarlierVersionHad() throws IOException {
    copy("by week", "w");
    Files.delete(folder.resolve("w/_configuration.json"));
    assertThatThrownBy(() -> run("w", Stage.AGGREGATE, ""))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'targets' lacks dam, orleth");
    Warehouse warehouse = Warehouse.at(SPARK, folder.resolve("w").toString());
    assertThat(WarehouseSettings.lostWindows(warehouse, settings("w", ""))).containsExactly("week");
  }

  /**
   * Data of the warehouse may be anybody's: it sets what is kept, and nothing is fetched for it.
   */
  @Test
  void readsTheConfigurationOfAWarehouseAsData() throws IOException {
    Path own = Files.createDirectories(folder.resolve("w")).resolve("_configuration.json");
    Files.writeString(
        own, "{\"aggregate\": {\"low-n\": 7}, \"articles\": {\"paths\": [\"/elsewhere\"]}}");
    Settings settings = WarehouseSettings.over(layers("w", ""), Storage.ofProcess()).settings();
    assertThat(settings.aggregate().lowN()).isEqualTo(7);
    assertThat(settings.articles().paths()).containsExactly(input.toString());
    for (String damaged : List.of("include \"/etc/passwd\"", "{\"aggregate\": ", "targets = []")) {
      Files.writeString(own, damaged);
      assertThatThrownBy(
              () -> WarehouseSettings.over(layers("w", ""), Storage.ofProcess()).settings())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("_configuration.json is damaged");
    }
  }

  @Test
  void keepsFoldersOfModelsFromWhereverACommandIsRun() {
    String kept =
        settings("w", "scales.stance.model = src\nencoder.directory = \"s3a://b/e\"")
            .own()
            .replacing("{}", Set.of("scales", "encoder"), place -> "<" + place + ">");
    assertThat(kept).contains("<src>", "<s3a://b/e>");
  }

  private static String article(String id, String date, String outlet, String text) {
    return "{\"id\": \"%s\", \"date\": \"%s\", \"outlet\": \"%s\", \"text\": \"%s\"}"
        .formatted(id, date, outlet, text);
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(input.resolve(name), String.join("\n", lines) + "\n");
  }

  private void text(String name, String text) throws IOException {
    Files.createDirectories(input.resolve(name).getParent());
    Files.writeString(input.resolve(name), text);
  }

  private Map<String, String> texts(String warehouse) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    Warehouse.at(SPARK, folder.resolve(warehouse).toString())
        .read(ArticleTable.TABLE)
        .select("article_id", "text")
        .collectAsList()
        .forEach(row -> texts.put(row.getString(0), row.getString(1)));
    return texts;
  }

  private Map<Stage, Map<String, Long>> runAll(String warehouse) throws IOException {
    return runAll(warehouse, "");
  }

  private Map<Stage, Map<String, Long>> runAll(String warehouse, String setting)
      throws IOException {
    return BundledRun.of(settings(warehouse, setting));
  }

  /** Copies a shared warehouse; a run on the copy finds the articles that it was made of. */
  private void copy(String from, String to) throws IOException {
    Path source = shared.resolve(from);
    try (Stream<Path> paths = Files.walk(source)) {
      for (Path path : paths.toList()) {
        Files.copy(path, folder.resolve(to).resolve(source.relativize(path).toString()));
      }
    }
    inputs = List.of(shared.resolve("in"));
  }

  /** Returns the settings of a shared warehouse, to read it. */
  private static Settings shared(String warehouse) {
    return Settings.of(
        List.of(Settings.Layer.text("test", "warehouse", shared.resolve(warehouse).toString())));
  }

  private Map<String, Long> run(String warehouse, Stage stage, String setting) throws IOException {
    return Pipeline.run(
            SPARK, settings(warehouse, setting), List.of(stage), false, LocalSpark.silent())
        .counts()
        .get(stage);
  }

  private Settings settings(String warehouse, String setting) {
    return Settings.of(layers(warehouse, setting));
  }

  private List<Settings.Layer> layers(String warehouse, String setting) {
    return List.of(
        new Settings.Layer("test", setting),
        new Settings.Layer(
            "test",
            "warehouse = \"%s\"\narticles.paths = [%s]"
                .formatted(
                    folder.resolve(warehouse),
                    inputs.stream()
                        .map(path -> '"' + path.toString() + '"')
                        .collect(joining(", ")))));
  }

  private List<String> scores(String warehouse) throws IOException {
    return scores(folder.resolve(warehouse));
  }

  private static List<String> scores(Path warehouse) throws IOException {
    return Warehouse.at(SPARK, warehouse.toString())
        .read(SpeakerScoreTable.TABLE)
        .drop("run_id")
        .collectAsList()
        .stream()
        .map(Object::toString)
        .sorted()
        .toList();
  }

  private List<String> column(String warehouse, Table<?> table, String column) throws IOException {
    return Warehouse.at(SPARK, folder.resolve(warehouse).toString())
        .read(table)
        .select(column)
        .collectAsList()
        .stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  private static List<String> query(String sql) throws SQLException {
    List<String> first = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        first.add(rows.getString(1));
      }
    }
    return first;
  }
}
