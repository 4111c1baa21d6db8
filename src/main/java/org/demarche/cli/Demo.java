package org.demarche.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.files.OutputFile;
import org.demarche.files.Storage;
import org.demarche.pipeline.Models;
import org.demarche.pipeline.Pipeline;
import org.demarche.pipeline.Stage;
import org.demarche.report.Report;
import org.demarche.report.ReportData;
import org.demarche.report.ReportReader;
import org.demarche.report.TerminalSummary;
import org.demarche.speaker.SpeakerDirectory;
import org.demarche.speaker.StatementExtractor;
import org.demarche.text.Article;
import org.demarche.warehouse.Warehouse;
import org.demarche.warehouse.WarehouseSession;

/** Runs the whole pipeline on the bundled sample. */
public final class Demo {

  private static final int WIDTH = 100;

  /** A file that marks the folder of a demo, which the next demo may delete. */
  private static final String MARK = "_demo";

  private Demo() {}

  /**
   * Runs the demo, writes tables and report into {@code out}, and returns the lines to print.
   *
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if {@code out} holds something
   *     other than an earlier demo
   */
  public static List<String> run(Path out, Progress progress, boolean colours) throws IOException {
    try {
      clear(out);
      Files.createDirectories(out);
      Files.createFile(out.resolve(MARK));
    } catch (IOException e) {
      throw OutputFile.cannotWrite("to " + out, e);
    }
    Path articles = Files.createTempDirectory("demarche-demo");
    try (progress) {
      return run(out, articles, progress, colours);
    } finally {
      delete(articles);
    }
  }

  /** Runs the demo; the sample is written into the empty folder {@code articles}. */
  private static List<String> run(Path out, Path articles, Progress progress, boolean colours)
      throws IOException {
    Path sample = Files.write(articles.resolve("articles.jsonl"), resource("articles.jsonl"));
    Settings settings =
        Settings.of(
            List.of(
                Settings.Layer.text("demo", "warehouse", out.toAbsolutePath().toString()),
                Settings.Layer.texts(
                    "demo", "articles.paths", List.of(sample.toAbsolutePath().toString())),
                new Settings.Layer("demo.conf", new String(resource("demo.conf"), UTF_8))));
    // Models and word lists are loaded on another core while Spark starts.
    CompletableFuture<Models> models =
        CompletableFuture.supplyAsync(() -> Models.load(settings, Storage.ofProcess()));
    CompletableFuture.runAsync(Demo::readWordLists);
    try (WarehouseSession session = WarehouseSession.open("demarche demo", progress)) {
      Warehouse warehouse = session.warehouse(settings);
      Pipeline.run(warehouse, settings, Stage.ALL, false, Optional.of(models.join()), progress);
      progress.stage("report");
      ReportData data = ReportReader.data(warehouse, settings);
      Path report = out.resolve("report.html");
      OutputFile.write(report, Report.html(data));
      List<String> lines = new ArrayList<>(TerminalSummary.lines(data, WIDTH, colours));
      lines.add("");
      lines.add("Report   " + report);
      lines.add("Tables   " + out + "/{articles,statements,statement_scores,speaker_scores,…}");
      lines.add("DuckDB   " + query(out));
      return lines;
    }
  }

  /** Extracts a sentence, so that the word lists are loaded before the tasks need them. */
  private static void readWordLists() {
    new StatementExtractor(SpeakerDirectory.EMPTY)
        .extract(Article.of("first", "“We want talks,” Minister Ana Vidal said on Monday."));
  }

  /** Returns a DuckDB query on the tables in {@code warehouse}. */
  public static String query(Path warehouse) {
    return ("SELECT speaker, round(score, 2) AS score, round(low, 2) AS low, round(high, 2) AS high,"
            + " distinct_statements AS n FROM read_parquet('%s/speaker_scores/**/*.parquet')"
            + " WHERE scale = 'stance' AND target_id = 'all' AND \"window\" = 'all' AND NOT low_n"
            + " ORDER BY score DESC;")
        .formatted(warehouse);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Demo.class.getResourceAsStream("/org/demarche/demo/" + name)) {
      return in.readAllBytes();
    }
  }

  /** Deletes an earlier demo; refuses if the folder holds anything else. */
  private static void clear(Path out) throws IOException {
    if (!Files.exists(out)) {
      return;
    }
    boolean empty;
    try (Stream<Path> entries = Files.list(out)) {
      empty = entries.findAny().isEmpty();
    }
    if (!empty && !Files.exists(out.resolve(MARK))) {
      throw DemarcheException.outputConflict(
          "%s holds something other than a demo: choose another folder with --out".formatted(out));
    }
    delete(out);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
