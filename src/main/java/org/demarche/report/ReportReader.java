package org.demarche.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.Settings;
import org.demarche.console.Progress;
import org.demarche.files.OutputFile;
import org.demarche.pipeline.Aggregate;
import org.demarche.pipeline.Parallel;
import org.demarche.pipeline.ReportQueries;
import org.demarche.pipeline.ReportQueries.Known;
import org.demarche.pipeline.ReportQueries.Listed;
import org.demarche.pipeline.ReportQueries.Printed;
import org.demarche.report.ReportData.Credits;
import org.demarche.report.ReportData.Evidence;
import org.demarche.report.ReportData.Judgement;
import org.demarche.report.ReportData.Run;
import org.demarche.report.ReportData.SpeakerName;
import org.demarche.report.ReportData.TargetName;
import org.demarche.report.ReportData.Tint;
import org.demarche.stance.Scale;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.ScoringModel;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.SpeakerScoreTable.SpeakerScoreRow;
import org.demarche.warehouse.SpeakerTable.SpeakerRow;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementScoreTable.StatementScoreRow;
import org.demarche.warehouse.StatementTable.StatementRow;
import org.demarche.warehouse.StoredPrior;
import org.demarche.warehouse.TargetTable.TargetRow;
import org.demarche.warehouse.Warehouse;
import org.demarche.warehouse.WarehouseSession;

/** Reads from the tables of a warehouse what a report shows, and writes the report. */
public final class ReportReader {

  /** This many speakers are always listed, however few statements they have. */
  private static final int BEST_KNOWN = 150;

  /** Default number of sentences for each of the {@link #BEST_KNOWN}. */
  private static final int SENTENCES_OF_BEST_KNOWN = 60;

  /** Default number of sentences for every other listed speaker. */
  private static final int SENTENCES_OF_OTHERS = 5;

  /** A thousand sentences make half a megabyte of the page. */
  private static final long MOST_SENTENCES = 20_000;

  /** Nine thousand scores make a megabyte. */
  private static final long MOST_SCORES = 100_000;

  /** A larger page takes a browser long to open. */
  private static final long LARGE_PAGE = 30_000_000;

  /**
   * How much of a warehouse a report shows; null means what fits on a page.
   *
   * @param speakers maximum number of listed speakers, at least 1; those with the most statements
   *     come first. By default everybody with enough statements to rely on is listed, and the first
   *     150 in any case
   * @param sentences number of newest sentences of each speaker, at least 0. The default is 60 for
   *     each of the first 150 and 5 for everybody else, as long as the page can hold them
   */
  public record Extent(Integer speakers, Integer sentences) {

    /** What fits on a page. */
    public static final Extent FITTING = new Extent(null, null);
  }

  private ReportReader() {}

  /**
   * Writes the report on a warehouse to {@code out}.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if the warehouse has no scores yet
   * @throws DemarcheException ({@link ExitStatus#OUTPUT_CONFLICT}) if {@code out} cannot be written
   */
  public static void run(Settings settings, Extent extent, Path out, Progress progress)
      throws IOException {
    try (progress) {
      OutputFile.check(out);
      OutputFile.checkReplaces(out, "a report", OutputFile::isPage);
      RequiredTables.require(settings.warehouse(), SpeakerScoreTable.TABLE);
      try (WarehouseSession session = WarehouseSession.open("demarche report", progress)) {
        progress.stage("report");
        Warehouse warehouse = session.warehouse(settings.warehouse());
        ReportData data = data(warehouse, settings, extent);
        Aggregate.noteIfBehind(warehouse, progress);
        String page = Report.html(data);
        OutputFile.write(out, page);
        if (page.length() > LARGE_PAGE) {
          progress.note(
              "the page has %d MB, which a browser takes long to open: fewer --speakers or --sentences make it smaller"
                  .formatted(page.length() / 1_000_000));
        }
        data.tintings().stream()
            .filter(tinting -> !tinting.drawn())
            .forEach(tinting -> progress.note(tinting.scale() + ": " + tinting.note()));
      }
    }
  }

  /** Returns what fits on a page; see {@link Extent#FITTING}. */
  public static ReportData data(Warehouse warehouse, Settings settings) throws IOException {
    return data(warehouse, settings, Extent.FITTING);
  }

  /** Reads what a report of this extent shows. */
  public static ReportData data(Warehouse warehouse, Settings settings, Extent extent)
      throws IOException {
    List<Known> known = ReportQueries.known(warehouse);
    List<Listed> listed = listed(known, settings.aggregate().lowN(), extent);
    boolean isAll = listed.size() == known.size() && listed.stream().allMatch(Listed::whole);
    ReportQueries tables = new ReportQueries(warehouse, listed, isAll);
    try (Parallel together = new Parallel()) {
      var scores = together.start(tables::scores);
      var labels = together.start(tables::labels);
      var speakers = together.start(tables::speakers);
      var targets = together.start(tables::targets);
      var articles = together.start(tables::articles);
      var statements = together.start(tables::allStatements);
      var credits = together.start(() -> Credits.of(tables.speakersWithScore(), tables.parts()));
      var leftOut = together.start(tables::leftOut);
      List<String> usedScales =
          scores.get().stream().map(SpeakerScoreRow::scale).distinct().toList();
      // The scale that was asked for first is shown first.
      List<Scale> scales =
          settings.score().scales().stream()
              .filter(usedScales::contains)
              .map(name -> settings.scales().get(name).scale())
              .toList();
      WordWeights tints = new WordWeights(settings, scales, StoredPrior.of(warehouse));
      List<Printed> printed = tables.statements();
      List<Evidence> evidence = evidence(printed, tables.labelsOf(printed), tints);
      Run run =
          new Run(
              scores.get().stream()
                  .map(SpeakerScoreRow::runId)
                  .min(Comparator.naturalOrder())
                  .orElse(""),
              articles.get().articles(),
              articles.get().reprints() == null ? 0 : articles.get().reprints(),
              tables.rejects(),
              statements.get().statements(),
              statements.get().distinct(),
              credits.get(),
              articles.get().first(),
              articles.get().last(),
              AttributionFigures.sentences(settings.extract()),
              ScoringModel.all(warehouse).stream().map(ScoringModel::toString).toList(),
              settings.aggregate().lowN());
      return new ReportData(
          "Who stands where",
          run,
          scales,
          targetNames(targets.get()),
          speakers.get().stream().map(ReportReader::speakerName).toList(),
          scores.get(),
          leftOut.get(),
          labels.get(),
          evidence,
          tints.tintings());
    }
  }

  private static SpeakerName speakerName(SpeakerRow row) {
    return new SpeakerName(
        row.speakerId(), row.speaker(), row.kindId(), row.role(), row.affiliation());
  }

  /** Returns the targets, first that which stands for any. */
  private static List<TargetName> targetNames(List<TargetRow> targets) {
    return targets.stream()
        .sorted(Comparator.comparing(row -> !row.targetId().equals(StatementScoreTable.ANY_TARGET)))
        .map(row -> new TargetName(row.targetId(), row.name()))
        .toList();
  }

  /**
   * Chooses who is in the list and how many of their sentences are shown.
   *
   * @param known every speaker with a score, ordered by number of statements, the most first
   */
  static List<Listed> listed(List<Known> known, int lowN, Extent extent) {
    long enough = known.stream().filter(row -> row.statements() >= lowN).count();
    long most = extent.speakers() == null ? Math.max(BEST_KNOWN, enough) : extent.speakers();
    List<Listed> listed = new ArrayList<>();
    long sentences = 0;
    long scores = 0;
    for (Known row : known.subList(0, (int) Math.min(most, known.size()))) {
      boolean isBestKnown = listed.size() < BEST_KNOWN;
      long own;
      if (extent.sentences() != null) {
        own = extent.sentences();
      } else {
        long wanted =
            Math.min(row.statements(), isBestKnown ? SENTENCES_OF_BEST_KNOWN : SENTENCES_OF_OTHERS);
        own = sentences + wanted <= MOST_SENTENCES ? wanted : 0;
        sentences += own;
      }
      scores += row.scores();
      boolean fits = extent.speakers() != null || isBestKnown || scores <= MOST_SCORES;
      listed.add(new Listed(row.speakerId(), fits, own));
    }
    return listed;
  }

  private static List<Evidence> evidence(
      List<Printed> printed, List<StatementScoreRow> labels, WordWeights tints) {
    Map<String, List<StatementScoreRow>> byStatement =
        labels.stream().collect(groupingBy(StatementScoreRow::statementId));
    List<List<Tint>> tinted =
        tints.of(
            printed.stream()
                .map(
                    row ->
                        new WordWeights.Sentence(
                            row.statement().statementPassage(),
                            row.statement().source(),
                            row.statement().speakerId(),
                            row.rank(),
                            byStatement
                                .getOrDefault(row.statement().statementId(), List.of())
                                .stream()
                                .collect(
                                    toMap(
                                        StatementScoreRow::scale,
                                        StatementScoreRow::modelId,
                                        (first, last) -> last))))
                .toList());
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < printed.size(); i++) {
      StatementRow row = printed.get(i).statement();
      evidence.add(
          new Evidence(
              row.speakerId(),
              row.publishedDate(),
              row.outlet(),
              row.url(),
              printed.get(i).title(),
              row.articleId(),
              row.start(),
              row.end(),
              row.kind(),
              row.text(),
              row.cue(),
              row.source(),
              printed.get(i).copies() - 1,
              byStatement.getOrDefault(row.statementId(), List.of()).stream()
                  .map(ReportReader::judgement)
                  .toList(),
              tinted.get(i)));
    }
    return evidence;
  }

  private static Judgement judgement(StatementScoreRow row) {
    return new Judgement(
        row.scale(), row.targetId(), row.label(), row.confidence(), row.position());
  }
}
