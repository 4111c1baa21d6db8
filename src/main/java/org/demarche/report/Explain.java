package org.demarche.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.config.Settings;
import org.demarche.console.AttributionLines;
import org.demarche.console.ExplanationLines;
import org.demarche.console.Progress;
import org.demarche.console.TerminalText;
import org.demarche.model.ScaleModel;
import org.demarche.pipeline.ExplainQueries;
import org.demarche.pipeline.ExplainQueries.Labelled;
import org.demarche.pipeline.Models;
import org.demarche.pipeline.PriorShifts;
import org.demarche.stance.Passage;
import org.demarche.warehouse.RequiredTables;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.SpeakerScoreTable.SpeakerScoreRow;
import org.demarche.warehouse.StatementScoreTable.StatementScoreRow;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.StatementTable.StatementRow;
import org.demarche.warehouse.StoredPrior;
import org.demarche.warehouse.Warehouse;
import org.demarche.warehouse.WarehouseSession;

/**
 * Explains on a terminal how a statement was found, why a text or statement got its label and a
 * speaker their score.
 */
public final class Explain {

  /** How many of a speaker's statements are shown. */
  private static final int STATEMENTS = 20;

  /** How many names a misspelt one is compared with; those with the most statements. */
  private static final int NAMES = 200_000;

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private Explain() {}

  /**
   * Explains the answer of {@code model} to {@code passage} by what each word adds.
   *
   * @param colours whether to use ANSI colours
   */
  public static List<String> passage(ScaleModel model, Passage passage, boolean colours) {
    return ExplanationLines.of(passage.text(), model.explain(passage), colours);
  }

  /**
   * Explains how the statement {@code id} of a warehouse was found, and its labels on every scale.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if the warehouse has no such
   *     statement
   */
  public static List<String> statement(
      Settings settings, String id, boolean colours, Progress progress) throws IOException {
    RequiredTables.require(settings.warehouse(), StatementTable.TABLE);
    try (progress;
        WarehouseSession session = WarehouseSession.open("demarche explain", progress)) {
      progress.stage("explain");
      return statement(session.warehouse(settings.warehouse()), settings, id, colours);
    }
  }

  public static List<String> statement(
      Warehouse warehouse, Settings settings, String id, boolean colours) throws IOException {
    StatementRow row = row(warehouse, id);
    String whole = row.statementId();
    List<String> lines = new ArrayList<>();
    lines.add("statement %s in article %s".formatted(whole, shown(row.articleId(), "")));
    lines.add(
        "  %s, %s at %d-%d, found by %s (confidence %.2f)"
            .formatted(
                shown(row.speaker(), "unknown"),
                row.kind(),
                row.start(),
                row.end(),
                row.rule(),
                row.confidence()));
    ExplainQueries.finding(warehouse, settings, row)
        .ifPresent(
            found -> {
              lines.add("");
              lines.addAll(AttributionLines.of(found.finding(), colours));
              if (found.isCutOff()) {
                lines.add(
                    "  The article is longer than extract.max-characters-per-article = %d: the rest"
                            .formatted(settings.extract().maxCharacters())
                        + " was not read.");
              }
              lines.add("");
            });
    if (!row.asserted()) {
      lines.add(
          "  not asserted: the article denies, supposes, foretells or only asks for the saying, so"
              + " it has no scores");
      return lines;
    }
    Map<String, String> scoredBy = new HashMap<>();
    for (StatementScoreRow label : ExplainQueries.labels(warehouse, whole)) {
      scoredBy.put(label.scale(), label.modelId());
      lines.add(
          "  %s towards %s: %s %.2f"
              .formatted(label.scale(), label.targetId(), label.label(), label.confidence()));
    }
    for (ScaleModel model :
        PriorShifts.asScored(StoredPrior.of(warehouse), Models.load(settings, warehouse.storage()))
            .byScale()
            .values()) {
      lines.add("");
      String scale = model.scale().name();
      if (!model.id().equals(scoredBy.getOrDefault(scale, model.id()))) {
        lines.add(
            ("On %s the statement was scored by the model %s, but this explains the answer of the model"
                    + " %s: name the first with --set scales.%s.model=DIR")
                .formatted(scale, scoredBy.get(scale), model.id(), scale));
      }
      lines.addAll(passage(model, row.statementPassage().whole(), colours));
    }
    return lines;
  }

  /**
   * Returns as one line of JSON how the statement {@code id} of a warehouse was found.
   *
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if the warehouse has no such
   *     statement
   */
  public static String statementAsJson(Settings settings, String id, Progress progress)
      throws IOException {
    RequiredTables.require(settings.warehouse(), StatementTable.TABLE);
    try (progress;
        WarehouseSession session = WarehouseSession.open("demarche explain", progress)) {
      progress.stage("explain");
      return statementAsJson(session.warehouse(settings.warehouse()), settings, id);
    }
  }

  public static String statementAsJson(Warehouse warehouse, Settings settings, String id)
      throws IOException {
    StatementRow row = row(warehouse, id);
    ObjectNode json = JSON.createObjectNode();
    json.put("statement_id", row.statementId());
    json.put("article_id", row.articleId());
    json.putNull("winner");
    ExplainQueries.finding(warehouse, settings, row)
        .ifPresent(
            found -> {
              ObjectNode finding = JSON.valueToTree(found.finding());
              finding.remove("article");
              json.put("winner", found.finding().winner());
              json.setAll(finding);
              json.put("article_cut_off", found.isCutOff());
            });
    return json.toString();
  }

  private static StatementRow row(Warehouse warehouse, String id) throws IOException {
    List<StatementRow> rows = ExplainQueries.statements(warehouse, id);
    if (rows.isEmpty()) {
      throw DemarcheException.inputMissing(
          ("The warehouse %s has no statement whose id begins with '%s'; the column statement_id"
                  + " of its table statements has the ids, and demarche explain --speaker shows"
                  + " those of a speaker")
              .formatted(warehouse.shown(), id));
    }
    if (rows.size() > 1 && !rows.get(0).statementId().equals(id)) {
      throw DemarcheException.inputMissing(
          "Several statements of the warehouse %s begin with '%s': give more of the id"
              .formatted(warehouse.shown(), id));
    }
    return rows.get(0);
  }

  /**
   * Explains the score of a speaker over all time: its numbers and the statements behind it, the
   * furthest from the middle first.
   *
   * @param name name or id of the speaker; case does not matter
   * @throws DemarcheException ({@link ExitStatus#INPUT_MISSING}) if no speaker of that name has a
   *     score
   */
  public static List<String> speaker(
      Settings settings, String name, String scale, String target, Progress progress)
      throws IOException {
    RequiredTables.require(settings.warehouse(), SpeakerScoreTable.TABLE);
    try (progress;
        WarehouseSession session = WarehouseSession.open("demarche explain", progress)) {
      progress.stage("explain");
      return speaker(session.warehouse(settings.warehouse()), name, scale, target);
    }
  }

  public static List<String> speaker(Warehouse warehouse, String name, String scale, String target)
      throws IOException {
    List<SpeakerScoreRow> found = ExplainQueries.scores(warehouse, name, scale, target);
    if (found.isEmpty()) {
      throw DemarcheException.inputMissing(
          "No speaker '%s' has a score on scale %s towards %s; %s"
              .formatted(name, scale, target, instead(warehouse, name, scale, target)));
    }
    List<String> lines = new ArrayList<>();
    for (SpeakerScoreRow row : found) {
      lines.addAll(explain(warehouse, row));
    }
    return lines;
  }

  /** Removes control characters from input text, so that it can be printed. */
  private static String shown(String words, String ifNone) {
    return words == null ? ifNone : TerminalText.clean(words);
  }

  private static List<String> explain(Warehouse warehouse, SpeakerScoreRow score)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s (%s), scale %s, target %s"
            .formatted(
                shown(score.speaker(), "unknown"),
                score.speakerId(),
                score.scale(),
                score.targetId()));
    lines.add(
        ("  score %+.2f, 95 %% interval %+.2f to %+.2f%s")
            .formatted(
                score.score(),
                score.low(),
                score.high(),
                score.lowN() ? " (few statements: do not rely on it)" : ""));
    lines.add(
        "  mean %+.2f of %d distinct statements (%d printed, %d articles, %d outlets),"
            .formatted(
                score.mean(),
                score.distinctStatements(),
                score.statements(),
                score.articles(),
                score.outlets()));
    lines.add(
        "  drawn by %+.2f towards the mean of all speakers"
            .formatted(score.score() - score.mean()));
    List<Labelled> statements =
        ExplainQueries.statements(warehouse, score).stream()
            .sorted(
                Comparator.comparingDouble((Labelled row) -> -Math.abs(row.position()))
                    .thenComparing(Labelled::statementId))
            .toList();
    for (Labelled row : statements.subList(0, Math.min(STATEMENTS, statements.size()))) {
      lines.add(
          "  %+.2f %s %.2f  %s %s  %s  [%s]"
              .formatted(
                  row.position(),
                  row.label(),
                  row.confidence(),
                  row.publishedDate() == null ? "undated" : row.publishedDate(),
                  shown(row.outlet(), ""),
                  shown(row.text(), ""),
                  row.statementId()));
    }
    if (statements.size() > STATEMENTS) {
      lines.add("  … and %d more in statements".formatted(statements.size() - STATEMENTS));
    }
    return lines;
  }

  /** Suggests a scale, target or name that the user may have meant. */
  private static String instead(Warehouse warehouse, String name, String scale, String target)
      throws IOException {
    List<String> scales = ExplainQueries.scales(warehouse);
    if (!scales.contains(scale)) {
      return "there are the scales " + String.join(", ", scales);
    }
    List<String> targets = ExplainQueries.targets(warehouse, scale);
    if (!targets.contains(target)) {
      return "there are the targets " + String.join(", ", targets);
    }
    List<String> names =
        NearNames.of(name, ExplainQueries.speakers(warehouse, scale, target, NAMES), 5);
    if (!names.isEmpty()) {
      return "did you mean %s?".formatted(String.join(", ", names));
    }
    return "nobody of a name like it has one; unnamed groups and sources get no score";
  }
}
